// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package storetest

import (
	"testing"
	"time"

	"stet"
	"stet/internal/store"
)

func fronts(t *testing.T, s *store.Store) {
	ctx := t.Context()
	until := Now.Add(time.Hour)
	live := stet.Arrangement{
		PublicID: stet.NewID(), Number: 1, State: stet.FrontLive, StaffID: 7, Note: "first", PublishedAt: Now,
		Front: stet.Front{Blocks: []stet.Block{{Type: stet.BlockLead, Pins: []stet.Pin{{Story: "a"}, {Story: "b", Until: until}}}}},
	}
	_, err := s.Front(ctx, stet.HomeFront)
	wantCode(t, "no front", err, stet.NotFound)
	must(t, s.CreateFront(ctx, &live))
	same(t, "live", live, get(s.Front(ctx, stet.HomeFront))(t))
	same(t, "by id", live, get(s.FrontByID(ctx, live.ID))(t))
	same(t, "by public id", live, get(s.FrontByPublicID(ctx, live.PublicID))(t))

	second := live
	second.PublicID, second.Number = stet.NewID(), 2
	wantCode(t, "two that readers see", s.CreateFront(ctx, &second), stet.Conflict)
	second.State, second.Number = stet.FrontPast, 1
	wantCode(t, "a number twice", s.CreateFront(ctx, &second), stet.Conflict)

	draft := stet.Arrangement{PublicID: stet.NewID(), State: stet.FrontDraft, Base: 1}
	must(t, s.CreateFront(ctx, &draft))
	again := stet.Arrangement{PublicID: stet.NewID(), State: stet.FrontDraft}
	wantCode(t, "two drafts", s.CreateFront(ctx, &again), stet.Conflict)
	elsewhere := stet.Arrangement{PublicID: stet.NewID(), State: stet.FrontDraft, Place: "section"}
	must(t, s.CreateFront(ctx, &elsewhere))

	stale := draft
	draft.Note = "changed"
	must(t, s.UpdateFront(ctx, &draft))
	same(t, "changed", draft, get(s.FrontDraft(ctx, stet.HomeFront))(t))
	wantCode(t, "a stale change", s.UpdateFront(ctx, &stale), stet.Conflict)

	draft.State, draft.ScheduledAt = stet.FrontScheduled, until
	must(t, s.UpdateFront(ctx, &draft))
	same(t, "due too early", []int64(nil), get(s.DueFronts(ctx, until.Add(-time.Second)))(t))
	same(t, "due", []int64{draft.ID}, get(s.DueFronts(ctx, until))(t))
	same(t, "scheduled", []stet.Arrangement{draft}, get(s.Fronts(ctx, stet.FrontScheduled))(t))
	must(t, s.DropFrontDraft(ctx, "section"))
	same(t, "drafts", []stet.Arrangement(nil), get(s.Fronts(ctx, stet.FrontDraft))(t))

	live.State = stet.FrontPast
	must(t, s.UpdateFront(ctx, &live))
	draft.State, draft.Number, draft.PublishedAt = stet.FrontLive, 2, until
	must(t, s.UpdateFront(ctx, &draft))
	same(t, "history", []stet.Arrangement{draft, live}, get(s.FrontHistory(ctx, stet.HomeFront, 0, 10))(t))
	same(t, "older", []stet.Arrangement{live}, get(s.FrontHistory(ctx, stet.HomeFront, 2, 10))(t))
}
