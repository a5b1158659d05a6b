// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"context"
	"encoding/json"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"

	"stet"
	"stet/internal/ledger"
	"stet/internal/store"
)

const restoreIt = "Restore the database from a backup: Stet never changes what is in the ledger."

// ExamineLedger reads the whole log and holds everything that it stands for
// against it. It returns how many leaves there are.
func (r *Room) ExamineLedger(ctx context.Context, report func(Finding)) (int64, error) {
	x := &ledgerExam{Room: r, report: report, removed: map[int64]bool{}, newest: map[string]store.Leaf{}}
	if err := x.heads(ctx); err != nil {
		return 0, err
	}
	redactions, err := r.store.LeavesOfKind(ctx, ledger.Redaction)
	if err != nil {
		return 0, err
	}
	for _, l := range redactions {
		if l.Entry.Leaf != nil {
			x.removed[*l.Entry.Leaf] = true
		}
	}
	if err := x.leaves(ctx); err != nil {
		return 0, err
	}
	return x.tree.Size(), x.rest(ctx)
}

type ledgerExam struct {
	*Room
	report  func(Finding)
	tree    ledger.Tree
	signed  []ledger.Head         // heads to come, the shortest first
	removed map[int64]bool        // leaves whose document was removed
	newest  map[string]store.Leaf // of each statement
	lost    int                   // leaves whose hash is not what is stored
}

// heads checks the keys and the signatures.
func (x *ledgerExam) heads(ctx context.Context) error {
	keys, err := x.store.LedgerKeys(ctx)
	if err != nil {
		return err
	}
	verifiers, err := x.vouched(ctx, keys)
	if err != nil {
		return err
	}
	for before := int64(0); ; {
		heads, err := x.store.Heads(ctx, before, 1000)
		if err != nil {
			return err
		}
		for _, h := range heads {
			before = h.Size
			head, _, err := ledger.OpenHead([]byte(h.Head), verifiers...)
			switch {
			case err != nil:
				x.report(Finding{What: fmt.Sprintf("The head of %d leaves is not signed as it stands: %v.", h.Size, err), Remedy: restoreIt})
			case head.Size != h.Size:
				x.report(Finding{What: fmt.Sprintf("The head of %d leaves is kept as one of %d.", head.Size, h.Size), Remedy: restoreIt})
			default:
				x.signed = append(x.signed, head)
			}
		}
		if len(heads) < 1000 {
			break
		}
	}
	for i, j := 0, len(x.signed)-1; i < j; i, j = i+1, j-1 {
		x.signed[i], x.signed[j] = x.signed[j], x.signed[i]
	}
	return nil
}

// vouched are the keys of the log, each of them vouched for by one before it.
func (x *ledgerExam) vouched(ctx context.Context, keys []store.LedgerKey) ([]string, error) {
	leaves, err := x.store.LeavesOfKind(ctx, ledger.Key)
	if err != nil {
		return nil, err
	}
	said := map[string]ledger.Entry{}
	for _, l := range leaves {
		said[l.Entry.Verifier] = l.Entry
	}
	var out []string
	for i, k := range keys {
		if i > 0 {
			e, ok := said[k.Verifier]
			switch {
			case !ok:
				x.report(Finding{What: fmt.Sprintf("The ledger does not speak of the key %s.", ledger.Fingerprint(k.Verifier)), Remedy: restoreIt})
				continue
			case e.Vouched != "":
				if err := ledger.Vouched(e.Vouched, k.Verifier, out...); err != nil {
					x.report(Finding{What: fmt.Sprintf("The key %s: %v.", ledger.Fingerprint(k.Verifier), err), Remedy: restoreIt})
					continue
				}
			}
		}
		out = append(out, k.Verifier)
	}
	return out, nil
}

// leaves goes through the log from its beginning.
func (x *ledgerExam) leaves(ctx context.Context) error {
	size, err := x.store.LedgerSize(ctx)
	if err != nil {
		return err
	}
	const step = 500
	for from := int64(0); ; from += step {
		rows, err := x.store.Leaves(ctx, from, step)
		if err != nil {
			return err
		}
		if err := x.batch(ctx, from, rows); err != nil {
			return err
		}
		if len(rows) < step {
			break
		}
	}
	if n := x.tree.Size(); n != size {
		x.report(Finding{What: fmt.Sprintf("The ledger has %d leaves, and should have %d.", n, size), Remedy: restoreIt})
	}
	for _, h := range x.signed {
		x.report(Finding{What: fmt.Sprintf("A head of %d leaves was signed, and there are %d.", h.Size, x.tree.Size()), Remedy: restoreIt})
	}
	return nil
}

func (x *ledgerExam) batch(ctx context.Context, from int64, rows []store.Leaf) error {
	first := tlog.StoredHashIndex(0, from)
	stored, err := x.store.LedgerHashes(ctx, first, tlog.StoredHashIndex(0, from+int64(len(rows))))
	if err != nil {
		return err
	}
	for i := range rows {
		l := &rows[i]
		if l.Index != from+int64(i) {
			x.report(Finding{What: fmt.Sprintf("Leaf %d of the ledger is missing.", from+int64(i)), Remedy: restoreIt})
			return nil // what follows cannot be told apart from that
		}
		hashes, err := x.tree.Append(tlog.RecordHash(l.Data))
		if err != nil {
			return err
		}
		at := tlog.StoredHashIndex(0, l.Index)
		for k, h := range hashes {
			if stored[at+int64(k)] != h && x.lost < 5 {
				x.lost++
				x.report(Finding{What: fmt.Sprintf("Leaf %d of the ledger was changed: its hashes do not fit.", l.Index), Remedy: restoreIt})
				break
			}
		}
		if err := x.head(); err != nil {
			return err
		}
		if err := x.leaf(ctx, l); err != nil {
			return err
		}
	}
	return nil
}

// head compares the root with the head that was signed at this size.
func (x *ledgerExam) head() error {
	if len(x.signed) == 0 || x.signed[0].Size != x.tree.Size() {
		return nil
	}
	root, err := x.tree.Root()
	if err == nil && root != x.signed[0].Root {
		x.report(Finding{What: fmt.Sprintf("The first %d leaves of the ledger are not those that were signed.", x.tree.Size()), Remedy: restoreIt})
	}
	x.signed = x.signed[1:]
	return err
}

// leaf holds what the leaf is about against it.
func (x *ledgerExam) leaf(ctx context.Context, l *store.Leaf) error {
	switch l.Entry.Kind {
	case ledger.Version:
		return x.version(ctx, l)
	case ledger.Correction:
		return x.correction(ctx, l)
	case ledger.Statement:
		x.newest[l.Entry.ID] = *l
		if !l.Entry.Gone && !x.removed[l.Index] && (l.Document == nil || ledger.Sum(l.Document) != l.Entry.SHA256) {
			x.report(Finding{What: fmt.Sprintf("The statement %s is not kept as it was sealed (leaf %d).", l.Entry.ID, l.Index), Remedy: restoreIt})
		}
	}
	return nil
}

func (x *ledgerExam) version(ctx context.Context, l *store.Leaf) error {
	if x.removed[l.Index] {
		return nil
	}
	what := fmt.Sprintf("Version %d of the story %s", l.Entry.Number, l.Entry.ID)
	v, err := x.store.VersionOf(ctx, l.Entry.ID, l.Entry.Number)
	if stet.ErrorCode(err) == stet.NotFound {
		x.report(Finding{What: what + " is in the ledger, but not in the database.", Remedy: restoreIt})
		return nil
	}
	if err != nil {
		return err
	}
	if ledger.Sum(v.Document) != l.Entry.SHA256 {
		x.report(Finding{What: fmt.Sprintf("%s is not what was published: the ledger has another hash for it (leaf %d).", what, l.Index), Remedy: restoreIt})
	}
	return nil
}

func (x *ledgerExam) correction(ctx context.Context, l *store.Leaf) error {
	c, err := x.store.Correction(ctx, l.Entry.ID)
	if stet.ErrorCode(err) == stet.NotFound {
		x.report(Finding{What: fmt.Sprintf("The correction %s is in the ledger, but not in the database.", l.Entry.ID), Remedy: "Run stet doctor --fix; if that does not help, restore the database from a backup."})
		return nil
	}
	if err != nil {
		return err
	}
	e, _, err := ledger.OfCorrection(l.Entry.Story, &c)
	if err != nil {
		return err
	}
	if !x.removed[l.Index] && (e.SHA256 != l.Entry.SHA256 || c.Version != l.Entry.Version) {
		x.report(Finding{What: fmt.Sprintf("The correction %s is not what was published: the ledger has another hash for it (leaf %d).", l.Entry.ID, l.Index), Remedy: "Run stet doctor --fix; if that does not help, restore the database from a backup."})
	}
	return nil
}

// rest looks at what can be seen only when the whole log was read.
func (x *ledgerExam) rest(ctx context.Context) error {
	for id, l := range x.newest {
		if err := x.statement(ctx, id, &l); err != nil {
			return err
		}
	}
	versions, err := x.store.UnloggedVersions(ctx, 1)
	if err != nil {
		return err
	}
	corrections, err := x.store.UnloggedCorrections(ctx, 1)
	if err != nil {
		return err
	}
	statements, err := x.store.UnloggedStatements(ctx, 1)
	if err != nil {
		return err
	}
	if len(versions)+len(corrections)+len(statements) > 0 {
		x.report(Finding{What: "Something that was published is not in the ledger yet.", Remedy: "Start the server: it catches up by itself."})
	}
	return nil
}

// statement compares what readers see of a statement with what the log says. A
// speaker may be renamed without a new leaf.
func (x *ledgerExam) statement(ctx context.Context, id string, l *store.Leaf) error {
	s, err := x.store.StatementByPublicID(ctx, id)
	if code := stet.ErrorCode(err); err != nil && code != stet.NotFound {
		return err
	}
	shown := err == nil && s.Live
	if shown == l.Entry.Gone {
		what := "is seen by readers, and the ledger says that it is not"
		if !shown {
			what = "is not seen by readers, and the ledger says that it is"
		}
		x.report(Finding{What: fmt.Sprintf("The statement %s %s (leaf %d).", id, what, l.Index), Remedy: restoreIt})
		return nil
	}
	if !shown || x.removed[l.Index] || l.Document == nil {
		return nil
	}
	document, err := x.StatementDocument(ctx, &s)
	if err != nil {
		return err
	}
	was, now := unnamed(l.Document), unnamed(document)
	if was != now {
		x.report(Finding{What: fmt.Sprintf("The statement %s is not what was sealed: the ledger has other words for it (leaf %d).", id, l.Index), Remedy: restoreIt})
	}
	return nil
}

func unnamed(document []byte) string {
	var d stet.StatementDocument
	if err := json.Unmarshal(document, &d); err != nil {
		return string(document)
	}
	d.Speaker.Name = ""
	out, err := json.Marshal(&d)
	if err != nil {
		return string(document)
	}
	return string(out)
}
