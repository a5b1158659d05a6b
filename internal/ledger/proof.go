// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package ledger

import (
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// Proof is a leaf with everything that somebody needs to see that it is in the
// log: it is one JSON document, which can be kept and checked years later.
type Proof struct {
	Index  int64       `json:"index"`  // of the leaf, from 0
	Entry  string      `json:"entry"`  // the leaf, byte for byte as it is hashed
	Hashes []tlog.Hash `json:"hashes"` // RFC 6962's audit path, base64
	Head   string      `json:"head"`   // the signed checkpoint to which the path leads
}

// Check proves that the entry is in the log whose head one of the keys has signed,
// and returns both.
func (p *Proof) Check(verifiers ...string) (e Entry, h Head, err error) {
	if h, _, err = OpenHead([]byte(p.Head), verifiers...); err != nil {
		return e, h, err
	}
	if e, err = ParseEntry([]byte(p.Entry)); err != nil {
		return e, h, err
	}
	if err := tlog.CheckRecord(p.Hashes, h.Size, h.Root, p.Index, tlog.RecordHash([]byte(p.Entry))); err != nil {
		return e, h, fmt.Errorf("leaf %d is not in the log of %d leaves that the head stands for", p.Index, h.Size)
	}
	return e, h, nil
}

// Growth proves that one head's log begins with the whole of another's.
type Growth struct {
	From   int64       `json:"from"`
	To     int64       `json:"to"`
	Hashes []tlog.Hash `json:"hashes"` // RFC 6962's consistency proof, base64
}

// Check proves that the log only grew from the older head to the newer one.
func (g *Growth) Check(older, newer Head) error {
	switch {
	case older.Origin != newer.Origin:
		return fmt.Errorf("the heads are of two logs, %s and %s", older.Origin, newer.Origin)
	case older.Size > newer.Size:
		return fmt.Errorf("the log was cut: it had %d leaves, and has %d", older.Size, newer.Size)
	case older.Size == newer.Size && older.Root != newer.Root:
		return fmt.Errorf("there are two logs of %d leaves: their roots differ", older.Size)
	case older.Size == newer.Size || older.Size == 0:
		return nil
	case g.From != older.Size || g.To != newer.Size:
		return fmt.Errorf("the proof is of other sizes")
	}
	if err := tlog.CheckTree(g.Hashes, newer.Size, newer.Root, older.Size, older.Root); err != nil {
		return fmt.Errorf("the log of %d leaves does not begin with that of %d: what was in it was changed", newer.Size, older.Size)
	}
	return nil
}

// Tree counts leaves one by one and keeps what is needed for the root: for
// whoever reads a whole log and wants to know its head.
type Tree struct {
	size   int64
	stored map[int64]tlog.Hash // hashes of complete subtrees, those that may still be asked for
}

// Append adds a leaf and returns the hashes to be stored for it.
func (t *Tree) Append(leaf tlog.Hash) ([]tlog.Hash, error) {
	if t.stored == nil {
		t.stored = map[int64]tlog.Hash{}
	}
	hashes, err := tlog.StoredHashesForRecordHash(t.size, leaf, tlog.HashReaderFunc(t.read))
	if err != nil {
		return nil, err
	}
	at := tlog.StoredHashIndex(0, t.size)
	for i, h := range hashes {
		t.stored[at+int64(i)] = h
	}
	// What a higher subtree has taken in is not asked for again.
	level, n := 0, t.size
	for ; n&1 == 1; level, n = level+1, n>>1 {
		delete(t.stored, tlog.StoredHashIndex(level, n))
		delete(t.stored, tlog.StoredHashIndex(level, n-1))
	}
	t.size++
	return hashes, nil
}

func (t *Tree) read(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, at := range indexes {
		h, ok := t.stored[at]
		if !ok {
			return nil, fmt.Errorf("hash %d is not kept", at)
		}
		out[i] = h
	}
	return out, nil
}

// Size is how many leaves were added.
func (t *Tree) Size() int64 { return t.size }

// Root is the root of what was added.
func (t *Tree) Root() (tlog.Hash, error) { return tlog.TreeHash(t.size, tlog.HashReaderFunc(t.read)) }
