// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package storetest

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"stet"
	"stet/internal/store"
)

// assistantReadings: one a story, the newest, whatever came back from outside;
// whoever forgets one that has been replaced meanwhile forgets nothing.
func assistantReadings(t *testing.T, s *store.Store) {
	ctx := t.Context()
	a := stet.Article{PublicID: stet.NewID(), Kind: stet.Story, Status: stet.Draft, Content: stet.Content{Headline: "The cable"}}
	must(t, s.CreateArticle(ctx, &a))
	_, err := s.AssistantReading(ctx, a.ID)
	wantCode(t, "a reading that nobody asked for", err, stet.NotFound)
	first := stet.AssistantReading{
		ArticleID: a.ID, ReadAt: Now, Kind: stet.ChatAssistant, Host: "model.example:8443", Model: "small-1", Staff: "Æ",
		Pairs:     []stet.PairReading{{First: "s1", Second: "s2", Sent: "abc", Label: stet.DiffersOnFact, Reason: "“12” and “21”"}, {First: "s3", Second: "s4", Sent: "def", Silent: true}},
		Exchanges: []stet.AssistantExchange{{Sent: `{"model":"small-1"}`, Answer: "{\"a\": \"\x00 \\u0000 🌊 </script>\"}"}},
	}
	must(t, s.SetAssistantReading(ctx, first))
	if diff := cmp.Diff(first, get(s.AssistantReading(ctx, a.ID))(t)); diff != "" {
		t.Errorf("stored (-want +got):\n%s", diff)
	}
	second := first
	second.ReadAt, second.Model = Now.Add(time.Microsecond), "small-2"
	must(t, s.SetAssistantReading(ctx, second))
	must(t, s.DropAssistantReading(ctx, first))
	if got := get(s.AssistantReading(ctx, a.ID))(t); got.Model != "small-2" || !got.ReadAt.Equal(second.ReadAt) {
		t.Errorf("the newer one: %+v", got)
	}
	must(t, s.DropAssistantReading(ctx, second))
	_, err = s.AssistantReading(ctx, a.ID)
	wantCode(t, "one that was forgotten", err, stet.NotFound)
	must(t, s.SetAssistantReading(ctx, second))
	must(t, s.DropArticle(ctx, a.ID))
	_, err = s.AssistantReading(ctx, a.ID)
	wantCode(t, "one of a story that is gone", err, stet.NotFound)
}
