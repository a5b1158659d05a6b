// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package storetest

import (
	"encoding/json"
	"errors"
	"fmt"
	"testing"
	"time"

	"stet"
	"stet/internal/store"
)

// How far a body has come, and the log of the steps that brought it there.
func bodySteps(t *testing.T, s *store.Store) {
	ctx := t.Context()
	a, other := draft(t, s, stet.Article{}), draft(t, s, stet.Article{})
	_, err := s.BodyState(ctx, a.ID)
	wantCode(t, "before the first step", err, stet.NotFound)
	for _, state := range []stet.BodyState{{ArticleID: a.ID, Version: 0, Digest: "x"}, {ArticleID: a.ID, Version: 1 << 40, Digest: stet.DigestBody([]byte("é"))}} {
		must(t, s.SetBodyState(ctx, state))
		same(t, "how far it has come", state, get(s.BodyState(ctx, a.ID))(t))
	}
	_, err = s.BodyState(ctx, other.ID)
	wantCode(t, "of another article", err, stet.NotFound)

	var want []stet.Step
	for n, client := range []string{"one", "one", "two", "one", "server"} {
		want = append(want, stet.Step{Number: int64(n + 1), Client: client, Sequence: int64(n + 10), StaffID: 7,
			Body: json.RawMessage(fmt.Sprintf(`{"stepType":"replace","from":%d,"text":"“❦ \\u0000”"}`, n)), CreatedAt: Now.Add(time.Duration(n))})
		want[n].CreatedAt = want[n].CreatedAt.Truncate(time.Microsecond)
	}
	must(t, s.AddSteps(ctx, a.ID, want[0]))
	must(t, s.AddSteps(ctx, a.ID, want[1:]...))
	must(t, s.AddSteps(ctx, a.ID))
	must(t, s.AddSteps(ctx, other.ID, stet.Step{Number: 1, Client: "one", Sequence: 99, Body: json.RawMessage(`{}`), CreatedAt: Now}))
	same(t, "all, in order", want, get(s.Steps(ctx, a.ID, 0, 9))(t))
	same(t, "those after a version", want[2:4], get(s.Steps(ctx, a.ID, 2, 2))(t))
	same(t, "those after the last", []stet.Step(nil), get(s.Steps(ctx, a.ID, 5, 9))(t))
	for client, n := range map[string]int64{"one": 13, "two": 12, "server": 14, "nobody": 0} {
		same(t, "the last of "+client, n, get(s.LastSequence(ctx, a.ID, client))(t))
	}
	// Two that make the same version exclude each other, and neither the first
	// nor what came with the second is touched.
	err = s.Tx(ctx, func(tx *store.Store) error {
		return tx.AddSteps(ctx, a.ID, stet.Step{Number: 6, Client: "two", Sequence: 13, Body: json.RawMessage(`{}`), CreatedAt: Now}, stet.Step{Number: 3, Client: "two", Sequence: 14, Body: json.RawMessage(`{}`), CreatedAt: Now})
	})
	wantCode(t, "a version twice", err, stet.Conflict)
	same(t, "as they were", want, get(s.Steps(ctx, a.ID, 0, 9))(t))
	wantCode(t, "of no article", s.AddSteps(ctx, 1<<40, want[0]), stet.Conflict)
	_ = s.Tx(ctx, func(tx *store.Store) error {
		must(t, tx.AddSteps(ctx, a.ID, stet.Step{Number: 6, Client: "one", Sequence: 20, Body: json.RawMessage(`{}`), CreatedAt: Now}))
		must(t, tx.SetBodyState(ctx, stet.BodyState{ArticleID: a.ID, Version: 6, Digest: "y"}))
		return errors.New("rolled back")
	})
	same(t, "rolled back", want, get(s.Steps(ctx, a.ID, 0, 9))(t))
	same(t, "rolled back, and so how far it has come", int64(1<<40), get(s.BodyState(ctx, a.ID))(t).Version)

	must(t, s.DropSteps(ctx, a.ID, 3))
	same(t, "the older ones forgotten", want[3:], get(s.Steps(ctx, a.ID, 0, 9))(t))
	same(t, "the last of a client that is forgotten", int64(0), get(s.LastSequence(ctx, a.ID, "two"))(t))
	same(t, "another article", 1, len(get(s.Steps(ctx, other.ID, 0, 9))(t)))
	must(t, s.DropArticle(ctx, a.ID))
	same(t, "gone with the article", []stet.Step(nil), get(s.Steps(ctx, a.ID, 0, 9))(t))
	_, err = s.BodyState(ctx, a.ID)
	wantCode(t, "gone with the article", err, stet.NotFound)
}

func presences(t *testing.T, s *store.Store) {
	ctx := t.Context()
	a, other := draft(t, s, stet.Article{}), draft(t, s, stet.Article{})
	ana := stet.Staff{PublicID: stet.NewID(), Email: "ana@example.org", Name: "Ana", Role: stet.Editor}
	must(t, s.CreateStaff(ctx, &ana))
	in := func(client, place string) stet.Presence {
		return stet.Presence{Client: client, StaffID: ana.ID, Staff: ana.PublicID, Name: "Ana", Place: place, Since: Now}
	}
	must(t, s.PutPresence(ctx, a.ID, in("two", "")))
	must(t, s.PutPresence(ctx, a.ID, in("one", "headline")))
	must(t, s.PutPresence(ctx, other.ID, in("three", "")))
	same(t, "who is there", []stet.Presence{in("one", "headline"), in("two", "")}, get(s.Presences(ctx, a.ID, Now))(t))
	must(t, s.PutPresence(ctx, a.ID, in("two", "body")))
	same(t, "moved on", []stet.Presence{in("one", "headline"), in("two", "body")}, get(s.Presences(ctx, a.ID, Now))(t))
	same(t, "not seen since", []stet.Presence(nil), get(s.Presences(ctx, a.ID, Now.Add(time.Microsecond)))(t))
	same(t, "renewed", true, get(s.RenewPresence(ctx, a.ID, "one"))(t))
	same(t, "nobody knew of it", false, get(s.RenewPresence(ctx, a.ID, "three"))(t))
	must(t, s.DropPresence(ctx, a.ID, "one"))
	same(t, "left", []stet.Presence{in("two", "body")}, get(s.Presences(ctx, a.ID, Now))(t))
	wantCode(t, "in no article", s.PutPresence(ctx, 1<<40, in("one", "")), stet.Conflict)
	must(t, s.PrunePresence(ctx, Now))
	same(t, "seen then", 1, len(get(s.Presences(ctx, a.ID, time.Time{}))(t)))
	must(t, s.PrunePresence(ctx, Now.Add(time.Microsecond)))
	same(t, "pruned", 0, len(get(s.Presences(ctx, a.ID, time.Unix(0, 0)))(t))+len(get(s.Presences(ctx, other.ID, time.Unix(0, 0)))(t)))
}

// snapshot stores one; the content tells it from the others.
func snapshot(t *testing.T, s *store.Store, a *stet.Article, reason stet.SnapshotReason, headline string, at time.Time) stet.Snapshot {
	t.Helper()
	v := stet.Snapshot{PublicID: stet.NewID(), ArticleID: a.ID, Reason: reason, Name: "Before “❦”", Words: 3, StaffID: 7, CreatedAt: at,
		Content: stet.Content{Headline: headline, Body: json.RawMessage(`{"type":"doc"}`), Topics: []stet.Ref{{ID: "x", Name: "Água"}}}}
	must(t, s.AddSnapshot(t.Context(), &v))
	return v
}

func snapshots(t *testing.T, s *store.Store) {
	ctx := t.Context()
	a, other := draft(t, s, stet.Article{}), draft(t, s, stet.Article{})
	same(t, "none yet", true, get(s.LastSnapshot(ctx, a.ID))(t).IsZero())
	same(t, "none listed", []stet.Snapshot(nil), get(s.Snapshots(ctx, a.ID, store.Place{}, 9))(t))
	var want []stet.Snapshot // the newest first; three of one moment go by their ids
	for i, at := range []time.Duration{0, 1, 1, 1, 2} {
		want = append(want, snapshot(t, s, a, stet.SnapshotWriting, fmt.Sprint(i), Now.Add(at*time.Minute)))
	}
	theirs := snapshot(t, s, other, stet.SnapshotByHand, "Theirs", Now.Add(time.Hour))
	same(t, "whole", want[0], get(s.Snapshot(ctx, a.ID, want[0].PublicID))(t))
	_, err := s.Snapshot(ctx, a.ID, theirs.PublicID)
	wantCode(t, "of another article", err, stet.NotFound)
	twice := want[0]
	wantCode(t, "an id twice", s.AddSnapshot(ctx, &twice), stet.Conflict)
	same(t, "the last", Now.Add(2*time.Minute), get(s.LastSnapshot(ctx, a.ID))(t))

	for size := 1; size <= 6; size++ {
		var got []string
		seen := map[string]bool{}
		for after := (store.Place{}); ; {
			rows := get(s.Snapshots(ctx, a.ID, after, size))(t)
			for _, v := range rows {
				if v.Content.Headline != "" || v.Words != 3 || v.Name == "" {
					t.Errorf("a row of the list: %+v", v)
				}
				got, seen[v.PublicID] = append(got, v.CreatedAt.Format("04")), true
			}
			if len(rows) == 0 || len(got) > len(want) {
				break
			}
			after = store.Place{At: rows[len(rows)-1].CreatedAt, ID: rows[len(rows)-1].PublicID}
		}
		same(t, fmt.Sprintf("by %d, the newest first", size), []string{"02", "01", "01", "01", "00"}, got)
		same(t, fmt.Sprintf("by %d, each once", size), 5, len(seen))
	}
	must(t, s.DropArticle(ctx, a.ID))
	same(t, "gone with the article", []stet.Snapshot(nil), get(s.Snapshots(ctx, a.ID, store.Place{}, 9))(t))
	same(t, "another article", 1, len(get(s.Snapshots(ctx, other.ID, store.Place{}, 9))(t)))
}

// What somebody made by hand is never forgotten, however much is written after.
func prunedSnapshots(t *testing.T, s *store.Store) {
	ctx := t.Context()
	a, other := draft(t, s, stet.Article{}), draft(t, s, stet.Article{})
	byHand := snapshot(t, s, a, stet.SnapshotByHand, "by hand", Now.Add(-time.Hour))
	kept := map[string]bool{byHand.PublicID: true}
	for i, reason := range []stet.SnapshotReason{stet.SnapshotSession, stet.SnapshotWriting, stet.SnapshotPublish, stet.SnapshotRestore} {
		v := snapshot(t, s, a, reason, "by itself", Now) // of one moment: the ones that came in last stay
		kept[v.PublicID] = i >= 2
	}
	snapshot(t, s, other, stet.SnapshotWriting, "another's", Now.Add(-time.Hour))
	for range 2 { // the second time there is nothing to do
		must(t, s.PruneSnapshots(ctx, a.ID, 2))
		rows := get(s.Snapshots(ctx, a.ID, store.Place{}, 9))(t)
		for _, v := range rows {
			if !kept[v.PublicID] {
				t.Errorf("%s %s was kept", v.Reason, v.PublicID)
			}
		}
		same(t, "how many are left", 3, len(rows))
	}
	must(t, s.PruneSnapshots(ctx, a.ID, 0))
	rows := get(s.Snapshots(ctx, a.ID, store.Place{}, 9))(t)
	if len(rows) != 1 || rows[0].PublicID != byHand.PublicID {
		t.Errorf("with none to keep: %+v", rows)
	}
	same(t, "another article", 1, len(get(s.Snapshots(ctx, other.ID, store.Place{}, 9))(t)))
}
