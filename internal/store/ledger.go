// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package store

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"stet"
	"stet/internal/ledger"
)

// Leaf is a leaf of the log as it is stored.
type Leaf struct {
	Index    int64
	Data     []byte // the entry, byte for byte as it is hashed
	Entry    ledger.Entry
	Document []byte // of a correction or a statement; nil of others, and once it was removed
}

// AppendLeaves puts entries at the end of the log and returns the index of the
// first. It takes the log for itself until the transaction ends, so it comes last.
func (s *Store) AppendLeaves(ctx context.Context, leaves ...Leaf) (first int64, err error) {
	if !s.InTx() {
		panic("store: leaves are appended in the transaction that makes what they are about")
	}
	size, err := s.insert(ctx, `UPDATE ledger SET size = size + $1 WHERE id = 1 RETURNING size`, int64(len(leaves)))
	if err != nil {
		return 0, fmt.Errorf("append to the ledger: %w", err)
	}
	first = size - int64(len(leaves))
	fresh := map[int64]tlog.Hash{} // hashes of this very call, which are not stored yet
	reader := s.HashReader(ctx)
	read := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) { return readFresh(fresh, reader, indexes) })
	var rows, hashes []any
	for i := range leaves {
		l := &leaves[i]
		l.Index, l.Data = first+int64(i), l.Entry.Bytes()
		stored, err := tlog.StoredHashes(l.Index, l.Data, read)
		if err != nil {
			return 0, fmt.Errorf("append to the ledger: %w", err)
		}
		at := tlog.StoredHashIndex(0, l.Index)
		for k, h := range stored {
			fresh[at+int64(k)] = h
			hashes = append(hashes, at+int64(k), h[:])
		}
		rows = append(rows, l.Index, string(l.Entry.Kind), l.Entry.ID, l.Entry.Number, string(l.Data), document(l.Document))
	}
	if err := s.insertMany(ctx, `INSERT INTO leaf (n, kind, ref, number, entry, document) VALUES `, 6, rows); err != nil {
		return 0, fmt.Errorf("append to the ledger: %w", err)
	}
	return first, s.insertMany(ctx, `INSERT INTO ledger_hash (n, hash) VALUES `, 2, hashes)
}

func document(b []byte) any {
	if b == nil {
		return nil
	}
	return string(b)
}

func readFresh(fresh map[int64]tlog.Hash, stored tlog.HashReader, indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	var rest []int64
	for i, at := range indexes {
		if h, ok := fresh[at]; ok {
			out[i] = h
		} else {
			rest = append(rest, at)
		}
	}
	if len(rest) == 0 {
		return out, nil
	}
	found, err := stored.ReadHashes(rest)
	if err != nil {
		return nil, err
	}
	for i, at := range indexes {
		if _, ok := fresh[at]; !ok {
			out[i], found = found[0], found[1:]
		}
	}
	return out, nil
}

// insertMany inserts rows of so many columns, a few hundred at a time.
func (s *Store) insertMany(ctx context.Context, into string, columns int, values []any) error {
	for step := columns * 100; len(values) > 0; {
		part := values[:min(step, len(values))]
		values = values[len(part):]
		var b strings.Builder
		b.WriteString(into)
		for i := range part {
			switch {
			case i == 0:
				b.WriteString("(")
			case i%columns == 0:
				b.WriteString("), (")
			default:
				b.WriteString(", ")
			}
			b.WriteString("$" + strconv.Itoa(i+1))
		}
		b.WriteString(")")
		if _, err := s.exec(ctx, b.String(), part...); err != nil {
			return err
		}
	}
	return nil
}

// LedgerSize is how many leaves the log has.
func (s *Store) LedgerSize(ctx context.Context) (int64, error) {
	return one(ctx, s, "ledger", scanID, `SELECT size FROM ledger WHERE id = 1`)
}

// HashReader reads the hashes of the tree.
func (s *Store) HashReader(ctx context.Context) tlog.HashReader {
	return tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		if len(indexes) == 0 {
			return nil, nil
		}
		type row struct {
			n    int64
			hash []byte
		}
		at := make(map[int64][]int, len(indexes))
		for i, n := range indexes {
			at[n] = append(at[n], i)
		}
		out := make([]tlog.Hash, len(indexes))
		in, args := inList(1, indexes)
		rows, err := list(ctx, s, func(r scanner) (v row, err error) { return v, r.Scan(&v.n, &v.hash) }, `SELECT n, hash FROM ledger_hash WHERE n IN (`+in+`)`, args...)
		if err != nil {
			return nil, err
		}
		for _, v := range rows {
			if len(v.hash) != tlog.HashSize {
				return nil, stet.Errorf(stet.Internal, "hash %d of the ledger is damaged", v.n)
			}
			for _, i := range at[v.n] {
				out[i] = tlog.Hash(v.hash)
			}
			delete(at, v.n)
		}
		if len(at) > 0 {
			return nil, stet.Errorf(stet.Internal, "%d hashes of the ledger are missing", len(at))
		}
		return out, nil
	})
}

// LedgerHashes returns the stored hashes from an index to before another.
func (s *Store) LedgerHashes(ctx context.Context, from, to int64) (map[int64]tlog.Hash, error) {
	type row struct {
		n    int64
		hash []byte
	}
	rows, err := list(ctx, s, func(r scanner) (v row, err error) { return v, r.Scan(&v.n, &v.hash) }, `SELECT n, hash FROM ledger_hash WHERE n >= $1 AND n < $2`, from, to)
	if err != nil {
		return nil, err
	}
	out := make(map[int64]tlog.Hash, len(rows))
	for _, v := range rows {
		if len(v.hash) == tlog.HashSize {
			out[v.n] = tlog.Hash(v.hash)
		}
	}
	return out, nil
}

const leafColumns = `leaf.n, leaf.entry, leaf.document`

func scanLeaf(r scanner) (l Leaf, err error) {
	var entry string
	var document sql.NullString
	if err := r.Scan(&l.Index, &entry, &document); err != nil {
		return l, err
	}
	l.Data = []byte(entry)
	if document.Valid {
		l.Document = []byte(document.String)
	}
	l.Entry, err = ledger.ParseEntry(l.Data)
	return l, err
}

// Leaf returns the leaf with the index.
func (s *Store) Leaf(ctx context.Context, index int64) (Leaf, error) {
	return one(ctx, s, "leaf", scanLeaf, `SELECT `+leafColumns+` FROM leaf WHERE n = $1`, index)
}

// Leaves returns up to limit leaves from the index on.
func (s *Store) Leaves(ctx context.Context, from int64, limit int) ([]Leaf, error) {
	return list(ctx, s, scanLeaf, `SELECT `+leafColumns+` FROM leaf WHERE n >= $1 ORDER BY n LIMIT $2 + 0`, from, limit)
}

// LeafOf returns the leaf of a version, a correction (number 0) or a statement.
func (s *Store) LeafOf(ctx context.Context, kind ledger.Kind, id string, number int) (Leaf, error) {
	return one(ctx, s, "leaf", scanLeaf, `SELECT `+leafColumns+` FROM leaf WHERE kind = $1 AND ref = $2 AND number = $3 ORDER BY n LIMIT 1`, kind, id, number)
}

// LastLeafOf returns the newest leaf of a statement.
func (s *Store) LastLeafOf(ctx context.Context, kind ledger.Kind, id string) (Leaf, error) {
	return one(ctx, s, "leaf", scanLeaf, `SELECT `+leafColumns+` FROM leaf WHERE kind = $1 AND ref = $2 ORDER BY number DESC, n DESC LIMIT 1`, kind, id)
}

// LeavesOfKind returns all leaves of a kind, for those that are few.
func (s *Store) LeavesOfKind(ctx context.Context, kind ledger.Kind) ([]Leaf, error) {
	return list(ctx, s, scanLeaf, `SELECT `+leafColumns+` FROM leaf WHERE kind = $1 ORDER BY n`, kind)
}

// SignedHead is a head that the magazine has signed.
type SignedHead struct {
	Size   int64
	Head   string
	MadeAt time.Time
}

func scanHead(r scanner) (h SignedHead, err error) {
	var at sql.NullInt64
	err = r.Scan(&h.Size, &h.Head, &at)
	h.MadeAt = fromMicros(at)
	return h, err
}

// AddHead keeps a signed head, unless another node has signed that size already.
func (s *Store) AddHead(ctx context.Context, h SignedHead) (added bool, err error) {
	n, err := s.exec(ctx, `INSERT INTO ledger_head (size, head, made_at) VALUES ($1, $2, $3) ON CONFLICT (size) DO NOTHING`, h.Size, h.Head, micros(h.MadeAt))
	return n > 0, err
}

// DropHeadsAfter forgets heads of a longer log than there is, after leaves were
// lost.
func (s *Store) DropHeadsAfter(ctx context.Context, size int64) error {
	if _, err := s.exec(ctx, `DELETE FROM ledger_cosignature WHERE size > $1`, size); err != nil {
		return err
	}
	_, err := s.exec(ctx, `DELETE FROM ledger_head WHERE size > $1`, size)
	return err
}

// NewestHead returns the head of the longest log that was signed.
func (s *Store) NewestHead(ctx context.Context) (SignedHead, error) {
	return one(ctx, s, "signed head", scanHead, `SELECT size, head, made_at FROM ledger_head ORDER BY size DESC LIMIT 1`)
}

// SignedHeadAt returns the signed head of a log of that size.
func (s *Store) SignedHeadAt(ctx context.Context, size int64) (SignedHead, error) {
	return one(ctx, s, "signed head", scanHead, `SELECT size, head, made_at FROM ledger_head WHERE size = $1`, size)
}

// Heads returns the newest signed heads before a size, or from the newest on
// when it is 0, the newest first.
func (s *Store) Heads(ctx context.Context, before int64, limit int) ([]SignedHead, error) {
	return list(ctx, s, scanHead, `SELECT size, head, made_at FROM ledger_head WHERE $1 = 0 OR size < $1 ORDER BY size DESC LIMIT $2 + 0`, before, limit)
}

// LedgerKey is a public key that has signed heads.
type LedgerKey struct {
	Verifier string
	MadeAt   time.Time
}

// LedgerKeys returns the keys of the log, the newest last.
func (s *Store) LedgerKeys(ctx context.Context) ([]LedgerKey, error) {
	return list(ctx, s, func(r scanner) (k LedgerKey, err error) {
		var at sql.NullInt64
		err = r.Scan(&k.Verifier, &at)
		k.MadeAt = fromMicros(at)
		return k, err
	}, `SELECT verifier, made_at FROM ledger_key ORDER BY id`)
}

// AddLedgerKey makes a key the one that signs.
func (s *Store) AddLedgerKey(ctx context.Context, verifier string) error {
	_, err := s.exec(ctx, `INSERT INTO ledger_key (verifier, made_at) VALUES ($1, $2)`, verifier, micros(s.Now()))
	return err
}

// Witness is somebody else who watches the log.
type Witness struct {
	ID       int64
	Verifier string
	AddedAt  time.Time
}

// Witnesses returns those whose cosignatures are taken.
func (s *Store) Witnesses(ctx context.Context) ([]Witness, error) {
	return list(ctx, s, func(r scanner) (w Witness, err error) {
		var at sql.NullInt64
		err = r.Scan(&w.ID, &w.Verifier, &at)
		w.AddedAt = fromMicros(at)
		return w, err
	}, `SELECT id, verifier, added_at FROM ledger_witness ORDER BY id`)
}

// AddWitness lets a witness cosign.
func (s *Store) AddWitness(ctx context.Context, verifier string) error {
	_, err := s.exec(ctx, `INSERT INTO ledger_witness (verifier, added_at) VALUES ($1, $2)`, verifier, micros(s.Now()))
	return err
}

// DropWitness takes no further cosignatures of a witness, and forgets those it made.
func (s *Store) DropWitness(ctx context.Context, verifier string) error {
	n, err := s.exec(ctx, `DELETE FROM ledger_witness WHERE verifier = $1`, verifier)
	if err == nil && n == 0 {
		return stet.Errorf(stet.NotFound, "there is no such witness")
	}
	return err
}

// Cosignature is what a witness has put under a head.
type Cosignature struct {
	Size     int64
	Witness  int64
	Line     string
	SignedAt time.Time
}

// AddCosignature keeps a cosignature; a later one of the same head takes its place.
func (s *Store) AddCosignature(ctx context.Context, c Cosignature) error {
	_, err := s.exec(ctx, `INSERT INTO ledger_cosignature (size, witness_id, line, signed_at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (size, witness_id) DO UPDATE SET line = excluded.line, signed_at = excluded.signed_at`, c.Size, c.Witness, c.Line, micros(c.SignedAt))
	return err
}

// CosignaturesOf returns the cosignatures of a head.
func (s *Store) CosignaturesOf(ctx context.Context, size int64) ([]Cosignature, error) {
	return list(ctx, s, scanCosignature, `SELECT size, witness_id, line, signed_at FROM ledger_cosignature WHERE size = $1 ORDER BY witness_id`, size)
}

// LastCosignatures returns the newest cosignature of each witness.
func (s *Store) LastCosignatures(ctx context.Context) ([]Cosignature, error) {
	return list(ctx, s, scanCosignature, `SELECT size, witness_id, line, signed_at FROM ledger_cosignature c
		WHERE size = (SELECT MAX(size) FROM ledger_cosignature d WHERE d.witness_id = c.witness_id) ORDER BY witness_id`)
}

func scanCosignature(r scanner) (c Cosignature, err error) {
	var at sql.NullInt64
	err = r.Scan(&c.Size, &c.Witness, &c.Line, &at)
	c.SignedAt = fromMicros(at)
	return c, err
}

// Unlogged is what no leaf is about yet: all of it in a database that is older
// than the log.
type Unlogged struct {
	Article string // public id
	Version stet.Version
}

// UnloggedVersions returns versions without a leaf, the oldest first. Their
// documents are not read.
func (s *Store) UnloggedVersions(ctx context.Context, limit int) ([]Unlogged, error) {
	return list(ctx, s, func(r scanner) (u Unlogged, err error) {
		var at sql.NullInt64
		err = r.Scan(&u.Version.ID, &u.Version.ArticleID, &u.Article, &u.Version.Number, &at, &u.Version.Hash)
		u.Version.PublishedAt = fromMicros(at)
		return u, err
	}, `SELECT version.id, version.article_id, article.public_id, version.number, version.published_at, version.hash FROM version JOIN article ON article.id = version.article_id
		WHERE NOT EXISTS (SELECT 1 FROM leaf WHERE leaf.kind = 'version' AND leaf.ref = article.public_id AND leaf.number = version.number)
		ORDER BY version.published_at, version.id LIMIT $1 + 0`, limit)
}

// UnloggedCorrections returns the public ids of corrections without a leaf.
func (s *Store) UnloggedCorrections(ctx context.Context, limit int) ([]string, error) {
	return list(ctx, s, func(r scanner) (id string, err error) { return id, r.Scan(&id) },
		`SELECT public_id FROM correction WHERE NOT EXISTS (SELECT 1 FROM leaf WHERE leaf.kind = 'correction' AND leaf.ref = correction.public_id) ORDER BY made_at, id LIMIT $1 + 0`, limit)
}

// UnloggedStatements returns the ids of statements that readers see without a leaf.
func (s *Store) UnloggedStatements(ctx context.Context, limit int) ([]int64, error) {
	return list(ctx, s, scanID, `SELECT id FROM statement WHERE live = 1 AND NOT EXISTS (SELECT 1 FROM leaf WHERE leaf.kind = 'statement' AND leaf.ref = statement.public_id) ORDER BY id LIMIT $1 + 0`, limit)
}
