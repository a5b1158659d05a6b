// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package storetest

import (
	"fmt"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"stet"
	"stet/internal/ledger"
	"stet/internal/store"
)

func leaves(t *testing.T, s *store.Store) {
	ctx := t.Context()
	var tree ledger.Tree
	var index int64
	// One at a time, many at once, and more than one statement of SQL holds.
	for i, n := range []int{1, 1, 3, 250, 1} {
		batch := make([]store.Leaf, n)
		for k := range batch {
			batch[k].Entry = ledger.Entry{Kind: ledger.Statement, ID: fmt.Sprintf("s%d", k%7), Number: i*1000 + k + 1, SHA256: "ab", At: ledger.Time(Now)}
			if k%2 == 0 {
				batch[k].Document = []byte(fmt.Sprintf(`{"n":%d}`, k))
			}
		}
		must(t, s.Tx(ctx, func(tx *store.Store) error {
			first, err := tx.AppendLeaves(ctx, batch...)
			if first != index {
				t.Errorf("the first of %d leaves has the index %d, want %d", n, first, index)
			}
			return err
		}))
		index += int64(n)
		for _, l := range batch {
			if _, err := tree.Append(l.Entry.Hash()); err != nil {
				t.Fatal(err)
			}
		}
		root, err := tree.Root()
		must(t, err)
		size, err := s.LedgerSize(ctx)
		must(t, err)
		if got, err := tlog.TreeHash(size, s.HashReader(ctx)); err != nil || got != root || size != index {
			t.Fatalf("after %d leaves: size %d, root %v, want %v, %v", index, size, got, root, err)
		}
	}
	// A transaction that fails leaves nothing behind.
	failed := s.Tx(ctx, func(tx *store.Store) error {
		if _, err := tx.AppendLeaves(ctx, store.Leaf{Entry: ledger.Entry{Kind: ledger.Key}}); err != nil {
			return err
		}
		return stet.Errorf(stet.Conflict, "no")
	})
	wantCode(t, "a transaction that fails", failed, stet.Conflict)
	if size, err := s.LedgerSize(ctx); err != nil || size != index {
		t.Errorf("%d leaves, want %d, %v", size, index, err)
	}

	last, err := s.LastLeafOf(ctx, ledger.Statement, "s0")
	must(t, err)
	if last.Index != index-1 || last.Entry.Number != 4001 || string(last.Document) != `{"n":0}` {
		t.Errorf("the last leaf: %+v", last)
	}
	one, err := s.LeafOf(ctx, ledger.Statement, "s1", 2002)
	must(t, err)
	if one.Document != nil || one.Entry.ID != "s1" || string(one.Data) != string(one.Entry.Bytes()) {
		t.Errorf("a leaf: %+v", one)
	}
	_, err = s.LeafOf(ctx, ledger.Version, "s1", 1)
	wantCode(t, "a leaf that is not there", err, stet.NotFound)
	if _, err := s.HashReader(ctx).ReadHashes([]int64{0, 1 << 40}); err == nil {
		t.Error("a hash was read that is not there")
	}
	twice, err := s.HashReader(ctx).ReadHashes([]int64{3, 0, 3})
	if err != nil || twice[0] != twice[2] || twice[0] == twice[1] {
		t.Errorf("%v, %v", twice, err)
	}
}

func heads(t *testing.T, s *store.Store) {
	ctx := t.Context()
	_, err := s.NewestHead(ctx)
	wantCode(t, "no head", err, stet.NotFound)
	for _, size := range []int64{5, 1, 9} {
		added, err := s.AddHead(ctx, store.SignedHead{Size: size, Head: fmt.Sprint("head ", size), MadeAt: Now})
		if err != nil || !added {
			t.Fatalf("head of %d: %v, %v", size, added, err)
		}
	}
	if added, err := s.AddHead(ctx, store.SignedHead{Size: 5, Head: "another", MadeAt: Now}); err != nil || added {
		t.Errorf("a second head of one size: %v, %v", added, err)
	}
	if h, err := s.NewestHead(ctx); err != nil || h.Size != 9 || h.Head != "head 9" || !h.MadeAt.Equal(Now) {
		t.Errorf("the newest: %+v, %v", h, err)
	}
	if list, err := s.Heads(ctx, 9, 10); err != nil || len(list) != 2 || list[0].Size != 5 {
		t.Errorf("heads before 9: %+v, %v", list, err)
	}
	must(t, s.AddWitness(ctx, "w+1+x"))
	wantCode(t, "a witness twice", s.AddWitness(ctx, "w+1+x"), stet.Conflict)
	w, err := s.Witnesses(ctx)
	must(t, err)
	for _, size := range []int64{1, 9} {
		must(t, s.AddCosignature(ctx, store.Cosignature{Size: size, Witness: w[0].ID, Line: fmt.Sprint("line ", size), SignedAt: Now}))
	}
	wantCode(t, "a cosignature of no head", s.AddCosignature(ctx, store.Cosignature{Size: 7, Witness: w[0].ID, Line: "x", SignedAt: Now}), stet.Conflict)
	if last, err := s.LastCosignatures(ctx); err != nil || len(last) != 1 || last[0].Line != "line 9" {
		t.Errorf("the last cosignatures: %+v, %v", last, err)
	}
	must(t, s.DropHeadsAfter(ctx, 5))
	if h, err := s.NewestHead(ctx); err != nil || h.Size != 5 {
		t.Errorf("after heads were dropped: %+v, %v", h, err)
	}
	must(t, s.DropWitness(ctx, "w+1+x"))
	wantCode(t, "a witness who is gone", s.DropWitness(ctx, "w+1+x"), stet.NotFound)
	if list, err := s.CosignaturesOf(ctx, 1); err != nil || len(list) != 0 {
		t.Errorf("cosignatures of nobody: %+v, %v", list, err)
	}
	must(t, s.AddLedgerKey(ctx, "k1"))
	must(t, s.AddLedgerKey(ctx, "k2"))
	if keys, err := s.LedgerKeys(ctx); err != nil || len(keys) != 2 || keys[1].Verifier != "k2" {
		t.Errorf("keys: %+v, %v", keys, err)
	}
}
