// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"stet"
	"stet/internal/ledger"
	"stet/internal/newsroom"
	"stet/internal/store"
)

const origin = "causeway.example/ledger"

func (d *desk) keeper(t *testing.T, folder string) *newsroom.Keeper {
	t.Helper()
	k, err := newsroom.OpenKeeper(t.Context(), d.Room, folder, origin)
	must(t, err)
	return k
}

// ledgerFaults is what an examination of the log finds.
func (d *desk) ledgerFaults(t *testing.T) (found []string) {
	t.Helper()
	_, err := d.ExamineLedger(t.Context(), func(f newsroom.Finding) { found = append(found, f.What) })
	must(t, err)
	return found
}

func (d *desk) byHand(t *testing.T, query string) {
	t.Helper()
	_, err := d.Store().Conn().ExecContext(context.WithoutCancel(t.Context()), query)
	must(t, err)
}

func (d *desk) newestHead(t *testing.T) ledger.Head {
	t.Helper()
	h, err := d.Store().NewestHead(t.Context())
	must(t, err)
	keys, err := d.Store().LedgerKeys(t.Context())
	must(t, err)
	var verifiers []string
	for _, k := range keys {
		verifiers = append(verifiers, k.Verifier)
	}
	head, _, err := ledger.OpenHead([]byte(h.Head), verifiers...)
	must(t, err)
	return head
}

func (d *desk) leafKinds(t *testing.T, from int64) (out []string) {
	t.Helper()
	leaves, err := d.Store().Leaves(t.Context(), from, 1000)
	must(t, err)
	for _, l := range leaves {
		out = append(out, string(l.Entry.Kind))
	}
	return out
}

// sealed fills a magazine with one of each kind and signs its head.
func sealed(t *testing.T, d *desk, folder string) (stet.Article, stet.Statement, *newsroom.Keeper) {
	t.Helper()
	a := d.quoting(t, "A warning", seriously, nonissue)
	_, s := d.confirm(t, a.ID, "very seriously", nil)
	a = d.article(t, a.ID)
	_, err := d.Publish(t.Context(), op, a.ID, newsroom.PublishOptions{})
	must(t, err)
	_, err = d.Correct(t.Context(), op, a.ID, newsroom.CorrectInput{Kind: stet.Updating, Note: "A report is out."})
	must(t, err)
	k := d.keeper(t, folder)
	must(t, k.Sign(t.Context()))
	return a, s, k
}

func TestLedgerHoldsWhatIsPublished(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		begun, err := d.Store().LedgerSize(ctx)
		must(t, err)
		a, s, k := sealed(t, d, t.TempDir())
		if got := strings.Join(d.leafKinds(t, begun), " "); got != "version statement version correction" {
			t.Errorf("leaves %s", got)
		}
		size, err := d.Store().LedgerSize(ctx)
		must(t, err)
		if h := d.newestHead(t); h.Size != size || h.Origin != origin {
			t.Errorf("head %+v, %d leaves", h, size)
		}
		// A version's leaf is provably in the log.
		l, err := d.Store().LeafOf(ctx, ledger.Version, a.PublicID, 2)
		must(t, err)
		path, err := tlog.ProveRecord(size, l.Index, d.Store().HashReader(ctx))
		must(t, err)
		must(t, tlog.CheckRecord(path, size, d.newestHead(t).Root, l.Index, tlog.RecordHash(l.Data)))

		// A statement is sealed again when it reads differently, and when it goes.
		saying := newsroom.Saying{Words: s.Words, Speaker: d.person.PublicID, Role: "the foreign secretary", Date: s.Date, Venue: "Radio Hallin"}
		s, err = d.Store().Statement(ctx, s.ID)
		must(t, err)
		s, err = d.ChangeStatement(ctx, op, s.PublicID, s.UpdatedAt, saying)
		must(t, err)
		_, err = d.ChangeStatement(ctx, op, s.PublicID, s.UpdatedAt, saying)
		must(t, err)
		must(t, d.Withdraw(ctx, op, a.ID))
		leaves, err := d.Store().LeavesOfKind(ctx, ledger.Statement)
		must(t, err)
		leaves = slices.DeleteFunc(leaves, func(l store.Leaf) bool { return l.Entry.ID != s.PublicID })
		if len(leaves) != 3 || leaves[1].Entry.Number != 2 || !strings.Contains(string(leaves[1].Document), "Radio Hallin") || !leaves[2].Entry.Gone {
			t.Errorf("%d leaves of the statement: %+v", len(leaves), leaves)
		}
		was := d.newestHead(t)
		must(t, k.Sign(ctx))
		now := d.newestHead(t)
		proof, err := tlog.ProveTree(now.Size, was.Size, d.Store().HashReader(ctx))
		must(t, err)
		must(t, (&ledger.Growth{From: was.Size, To: now.Size, Hashes: proof}).Check(was, now))
		if faults := d.ledgerFaults(t); len(faults) > 0 {
			t.Errorf("an untouched log: %q", faults)
		}
	})
}

// What somebody changes in the database by hand is found.
func TestLedgerSeesWhatIsChangedByHand(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		a, s, _ := sealed(t, d, t.TempDir())
		v, err := d.Store().VersionOf(t.Context(), a.PublicID, 1)
		must(t, err)
		quoted := func(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }
		changed := strings.Replace(string(v.Document), "seriously", "lightly", 1)
		for _, c := range []struct{ what, do, undo, want string }{
			{"a version, with its hash",
				`UPDATE version SET document = ` + quoted(changed) + `, hash = '` + ledger.Sum([]byte(changed)) + `' WHERE hash = '` + v.Hash + `'`,
				`UPDATE version SET document = ` + quoted(string(v.Document)) + `, hash = '` + v.Hash + `' WHERE hash = '` + ledger.Sum([]byte(changed)) + `'`,
				"is not what was published"},
			{"a correction", `UPDATE correction SET note = 'Nothing.'`, `UPDATE correction SET note = 'A report is out.'`, "The correction"},
			{"a statement", `UPDATE statement SET words = 'We laughed' WHERE public_id = '` + s.PublicID + `'`, `UPDATE statement SET words = ` + quoted(s.Words) + ` WHERE public_id = '` + s.PublicID + `'`, "is not what was sealed"},
			{"a statement, hidden", `UPDATE statement SET live = 0 WHERE public_id = '` + s.PublicID + `'`, `UPDATE statement SET live = 1 WHERE public_id = '` + s.PublicID + `'`, "not seen by readers"},
			{"a leaf", `UPDATE leaf SET entry = REPLACE(entry, '"number":1', '"number":9') WHERE kind = 'version' AND ref = '` + a.PublicID + `'`, `UPDATE leaf SET entry = REPLACE(entry, '"number":9', '"number":1')`, "was changed"},
			{"a hash", `UPDATE ledger_hash SET hash = (SELECT hash FROM ledger_hash WHERE n = 1) WHERE n = 0`, ``, "was changed"},
		} {
			d.byHand(t, c.do)
			if got := d.ledgerFaults(t); !strings.Contains(strings.Join(got, "\n"), c.want) {
				t.Errorf("%s: found %q", c.what, got)
			}
			if c.undo == "" {
				continue
			}
			d.byHand(t, c.undo)
			if got := d.ledgerFaults(t); len(got) > 0 {
				t.Errorf("%s, brought back: found %q", c.what, got)
			}
		}
		d.byHand(t, `DELETE FROM leaf WHERE n = 0`)
		if got := d.ledgerFaults(t); !strings.Contains(strings.Join(got, "\n"), "Leaf 0 of the ledger is missing") {
			t.Errorf("a leaf that is gone: %q", got)
		}
	})
}

// A database that is older than what was signed is a fork: it is named, nothing
// is signed, and going on is a public act.
func TestLedgerOfARestoredBackup(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		folder := t.TempDir()
		sealed(t, d, folder)
		lost := d.newestHead(t)
		// The backup was made before the last leaf.
		last := lost.Size - 1
		d.byHand(t, `DELETE FROM ledger_head`)
		for _, q := range []string{`DELETE FROM leaf WHERE n >= `, `DELETE FROM ledger_hash WHERE n >= `} {
			n := last
			if strings.Contains(q, "hash") {
				n = tlog.StoredHashIndex(0, last)
			}
			d.byHand(t, q+itoa(n))
		}
		d.byHand(t, `DELETE FROM correction`)
		d.byHand(t, `UPDATE ledger SET size = `+itoa(last))

		k := d.keeper(t, folder)
		var fork *newsroom.Fork
		if err := k.Sign(ctx); !errors.As(err, &fork) || fork.Signed != lost || fork.Size != last || !strings.Contains(err.Error(), "older than the ledger's last head") {
			t.Fatalf("a shorter log: %v", err)
		}
		// It grows past the old length, with other leaves.
		for range 3 {
			d.published(t, "Another story")
		}
		if err := k.Sign(ctx); !errors.As(err, &fork) || !strings.Contains(err.Error(), "not those of the head") {
			t.Fatalf("another log: %v", err)
		}
		if _, err := d.Store().NewestHead(ctx); stet.ErrorCode(err) != stet.NotFound {
			t.Errorf("a fork was signed: %v", err)
		}
		if err := k.Restart(ctx, " "); stet.ErrorCode(err) != stet.Invalid {
			t.Errorf("a restart without a reason: %v", err)
		}
		must(t, k.Restart(ctx, "The disk broke; what was published after noon is lost."))
		leaves, err := d.Store().LeavesOfKind(ctx, ledger.Restart)
		must(t, err)
		if len(leaves) != 1 || leaves[0].Entry.Size != lost.Size || leaves[0].Entry.Root != lost.Root.String() || !strings.Contains(leaves[0].Entry.Reason, "disk broke") {
			t.Errorf("the leaf of the restart: %+v", leaves)
		}
		must(t, k.Sign(ctx))
		if err := k.Restart(ctx, "again"); stet.ErrorCode(err) != stet.Conflict {
			t.Errorf("a restart of a sound log: %v", err)
		}
		if got := d.ledgerFaults(t); len(got) > 0 {
			t.Errorf("after the restart: %q", got)
		}
	})
}

func TestLedgerKeys(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		folder := t.TempDir()
		_, _, k := sealed(t, d, folder)
		path := filepath.Join(folder, "ledger.key")
		if st, err := os.Stat(path); err != nil || st.Mode().Perm() != 0o600 {
			t.Fatalf("the key's file: %v, %v", st.Mode(), err)
		}
		must(t, k.Rotate(ctx, false, ""))
		must(t, k.Sign(ctx))
		keys, err := d.Store().LedgerKeys(ctx)
		must(t, err)
		signed, err := d.Store().NewestHead(ctx)
		must(t, err)
		if _, _, err := ledger.OpenHead([]byte(signed.Head), keys[1].Verifier); err != nil {
			t.Errorf("the new key does not sign: %v", err)
		}
		leaves, err := d.Store().LeavesOfKind(ctx, ledger.Key)
		must(t, err)
		must(t, ledger.Vouched(leaves[0].Entry.Vouched, keys[1].Verifier, keys[0].Verifier))
		if got := d.ledgerFaults(t); len(got) > 0 {
			t.Errorf("after a rotation: %q", got)
		}
		// Another node still has the first key, or none: it publishes and does not sign.
		b, err := os.ReadFile(path)
		must(t, err)
		must(t, os.Remove(path))
		k = d.keeper(t, folder)
		d.published(t, "A story without a key")
		if err := k.Sign(ctx); err == nil || k.Fault() == nil || !strings.Contains(err.Error(), "is not in "+path) {
			t.Errorf("a lost key: %v", err)
		}
		if err := k.Rotate(ctx, false, ""); stet.ErrorCode(err) != stet.Conflict {
			t.Errorf("a lost key vouches: %v", err)
		}
		if err := k.Rotate(ctx, true, ""); stet.ErrorCode(err) != stet.Invalid {
			t.Errorf("a key without voucher or reason: %v", err)
		}
		must(t, k.Rotate(ctx, true, "The disk with the key broke."))
		must(t, k.Sign(ctx))
		if got := d.ledgerFaults(t); len(got) > 0 {
			t.Errorf("after a key was lost: %q", got)
		}
		must(t, os.WriteFile(path, b, 0o600))
		if err := d.keeper(t, folder).Fault(); err == nil || !strings.Contains(err.Error(), "not the newest") {
			t.Errorf("an old key: %v", err)
		}
	})
}

// A rotation is two writings; between them the program may be killed.
func TestLedgerRotationCutOff(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		folder := t.TempDir()
		_, _, k := sealed(t, d, folder)
		path := filepath.Join(folder, "ledger.key")
		was, err := os.ReadFile(path)
		must(t, err)
		must(t, k.Rotate(t.Context(), false, ""))
		must(t, os.Rename(path, path+".next"))
		must(t, os.WriteFile(path, was, 0o600))
		k = d.keeper(t, folder)
		if err := k.Fault(); err != nil {
			t.Error(err)
		}
		must(t, k.Sign(t.Context()))
		if now, err := os.ReadFile(path); err != nil || string(now) == string(was) {
			t.Errorf("the rotation was not finished: %v", err)
		}
	})
}

// A magazine that is older than its log is put into it as a whole.
func TestLedgerCatchesUp(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		folder := t.TempDir()
		sealed(t, d, folder)
		for _, q := range []string{`DELETE FROM ledger_head`, `DELETE FROM leaf`, `DELETE FROM ledger_hash`, `DELETE FROM ledger_key`, `UPDATE ledger SET size = 0`} {
			d.byHand(t, q)
		}
		if got := d.ledgerFaults(t); len(got) != 1 || !strings.Contains(got[0], "not in the ledger yet") {
			t.Errorf("found %q", got)
		}
		must(t, d.CatchUpLedger(ctx))
		must(t, d.keeper(t, t.TempDir()).Sign(ctx))
		if got := d.ledgerFaults(t); len(got) > 0 {
			t.Errorf("found %q", got)
		}
		size, err := d.Store().LedgerSize(ctx)
		must(t, err)
		must(t, d.CatchUpLedger(ctx))
		if again, err := d.Store().LedgerSize(ctx); err != nil || again != size || size < 4 {
			t.Errorf("%d leaves, then %d, %v", size, again, err)
		}
	})
}

// Several may append at once: no leaf is lost and none is written twice.
func TestLedgerOfManyAtOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		begun, err := d.Store().LedgerSize(t.Context())
		must(t, err)
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				for range 10 {
					err := d.Store().Tx(t.Context(), func(tx *store.Store) error {
						_, err := tx.AppendLeaves(t.Context(), store.Leaf{Entry: ledger.Entry{Kind: ledger.Redaction, Reason: "a test"}}, store.Leaf{Entry: ledger.Entry{Kind: ledger.Redaction, Reason: "another"}})
						return err
					})
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		if size, err := d.Store().LedgerSize(t.Context()); err != nil || size != begun+80 {
			t.Errorf("%d leaves, %v", size, err)
		}
		must(t, d.keeper(t, t.TempDir()).Sign(t.Context()))
		if got := d.ledgerFaults(t); len(got) > 0 {
			t.Errorf("found %q", got)
		}
	})
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

// published is a story that readers see.
func (d *desk) published(t *testing.T, headline string) stet.Article {
	t.Helper()
	a := d.quoting(t, headline, "Nothing is said.")
	_, err := d.Publish(t.Context(), op, a.ID, newsroom.PublishOptions{})
	must(t, err)
	return d.article(t, a.ID)
}
