// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package storetest

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"stet"
	"stet/internal/store"
)

// addStatement stores a statement that readers see, since a story quotes it.
func addStatement(t *testing.T, s *store.Store, article int64, v stet.Statement) stet.Statement {
	t.Helper()
	ctx := t.Context()
	if v.PublicID == "" {
		v.PublicID = stet.NewID()
	}
	v.Kind, v.Language = stet.DirectQuotation, "en"
	p, err := s.Person(ctx, v.SpeakerID)
	must(t, err)
	must(t, s.AddStatement(ctx, &v, p.Name))
	q := stet.Quotation{PublicID: stet.NewID(), ArticleID: article, StatementID: v.ID, State: stet.QuotationConfirmed, Kind: v.Kind, Text: "“" + v.Words + "”", Live: true,
		Anchor: []stet.Selector{{Block: "b1", Exact: v.Words, Prefix: "“", Suffix: "”"}}}
	must(t, s.AddQuotation(ctx, &q))
	get(s.CountQuotations(ctx, v.ID))(t)
	return get(s.Statement(ctx, v.ID))(t)
}

func statements(t *testing.T, s *store.Store) {
	ctx := t.Context()
	jane := addPerson(t, s, stet.Person{Name: "Jane Doe", Slug: "jane"})
	a := put(t, s, story{headline: "The cable", at: Now})
	v := addStatement(t, s, a.ArticleID, stet.Statement{
		PublicID: "s1", Words: "We took it very seriously.", SpeakerID: jane.ID, Role: "secretary", Date: stet.SaidDate{Value: "2022-04-26", Precision: stet.ToDay},
		Addressee: "the committee", Venue: "a hearing", SourceURL: "https://example.org/a", Source: "The transcript", Topics: []int64{4, 9}, Denial: true, ConfirmedBy: 3,
	})
	if !v.Live || v.Quotations != 1 || !slices.Equal(v.Topics, []int64{4, 9}) || v.Role != "secretary" || !v.Denial || v.Venue != "a hearing" {
		t.Errorf("the statement is stored as %+v", v)
	}
	v.Words, v.Date, v.Topics = "We took it seriously.", stet.SaidDate{Value: "2022", Precision: stet.ToYear}, []int64{9}
	must(t, s.UpdateStatement(ctx, &v, jane.Name))
	if diff := cmp.Diff(v, get(s.StatementByPublicID(ctx, "s1"))(t)); diff != "" {
		t.Errorf("after an update (-want +got):\n%s", diff)
	}
	if found := get(s.FindStatements(ctx, store.StatementFilter{Words: "very", Limit: 5}))(t); len(found) != 0 {
		t.Error("a word that is gone is found")
	}
	if found := get(s.FindStatements(ctx, store.StatementFilter{Words: "jane seriously", Limit: 5}))(t); len(found) != 1 {
		t.Error("the words are not found with the speaker's name")
	}
	q := get(s.QuotationsOf(ctx, v.ID))(t)[0]
	other := put(t, s, story{headline: "Another", at: Now})
	proposed := stet.Quotation{PublicID: stet.NewID(), ArticleID: other.ArticleID, State: stet.QuotationProposed, Kind: stet.DirectQuotation, Text: "x", Live: true}
	must(t, s.AddQuotation(ctx, &proposed))
	if in := get(s.QuotedIn(ctx, a.ArticleID, other.ArticleID))(t); len(in) != 1 || in[0].ID != q.ID {
		t.Errorf("what stands in both stories is %+v", in)
	}
	if seen := get(s.LiveQuotationsOf(ctx, v.ID))(t); len(seen) != 1 || seen[0].ID != q.ID {
		t.Errorf("readers see the quotations %+v", seen)
	}
	if after := get(s.StatementsAfter(ctx, 0, 5))(t); len(after) != 1 || after[0].ID != v.ID || get(s.LastStatement(ctx))(t) != v.ID {
		t.Errorf("after the beginning come the statements %+v", after)
	}
	q.Live = false
	must(t, s.UpdateQuotation(ctx, &q))
	if !get(s.CountQuotations(ctx, v.ID))(t) || get(s.Statement(ctx, v.ID))(t).Live {
		t.Error("a statement is live without a quotation that is")
	}
	if len(get(s.QuotedIn(ctx, a.ArticleID))(t)) != 0 || len(get(s.LiveQuotationsOf(ctx, v.ID))(t)) != 0 || len(get(s.StatementsAfter(ctx, 0, 5))(t)) != 0 || get(s.LastStatement(ctx))(t) != 0 {
		t.Error("what readers do not see is counted as if they did")
	}
	must(t, s.DropQuotation(ctx, q.ID))
	must(t, s.DropStatement(ctx, v.ID))
	_, err := s.Statement(ctx, v.ID)
	wantCode(t, "a statement that was dropped", err, stet.NotFound)
	if found := get(s.FindStatements(ctx, store.StatementFilter{Words: "seriously", Hidden: true, Limit: 5}))(t); len(found) != 0 {
		t.Error("a statement that was dropped is found")
	}
}

func findStatements(t *testing.T, s *store.Store) {
	ctx := t.Context()
	jane, org := addPerson(t, s, stet.Person{Name: "Jane Doe", Slug: "jane"}), addPerson(t, s, stet.Person{Name: "The Élan Fund", Slug: "elan"})
	a := put(t, s, story{headline: "The cable", at: Now})
	for i, v := range []stet.Statement{
		{Words: "The treaty is the brightest of all redlines", SpeakerID: jane.ID, Date: stet.SaidDate{Value: "2008-02-01", Precision: stet.ToDay}, Topics: []int64{1}},
		{Words: "A non-issue", SpeakerID: org.ID, Date: stet.SaidDate{Value: "2022-01", Precision: stet.ToMonth}, Topics: []int64{1, 2}, Venue: "Radio Élan"},
		{Words: "The treaty stands, and the treaty holds", SpeakerID: jane.ID, Date: stet.SaidDate{Value: "2022-01-15/2022-02-15", Precision: stet.Interval}},
		{Words: "We were never told of any cables", SpeakerID: jane.ID, Topics: []int64{2}},
	} {
		v.PublicID = fmt.Sprintf("s%d", i+1)
		addStatement(t, s, a.ArticleID, v)
	}
	hidden := stet.Statement{PublicID: "s5", Words: "The treaty is off", Kind: stet.IndirectQuotation, SpeakerID: jane.ID, Date: stet.SaidDate{Value: "2023-01-01", Precision: stet.OnOrBefore}}
	must(t, s.AddStatement(ctx, &hidden, "Jane Doe"))
	for _, test := range []struct {
		name string
		f    store.StatementFilter
		want string
	}{
		{"all, the newest first", store.StatementFilter{}, "s3 s2 s1 s4"},
		{"all, the oldest first", store.StatementFilter{Oldest: true}, "s4 s1 s2 s3"},
		{"hidden ones as well", store.StatementFilter{Hidden: true}, "s5 s3 s2 s1 s4"},
		{"a word", store.StatementFilter{Words: "treaties"}, "s3 s1"},
		{"a word of hidden ones", store.StatementFilter{Words: "treaty", Hidden: true}, "s5 s3 s1"},
		{"a phrase", store.StatementFilter{Words: `"treaty holds"`}, "s3"},
		{"words apart", store.StatementFilter{Words: "treaty redlines"}, "s1"},
		{"no words", store.StatementFilter{Words: "…"}, ""},
		{"a speaker", store.StatementFilter{Speaker: org.ID}, "s2"},
		{"a speaker by name", store.StatementFilter{Words: "elan"}, "s2"},
		{"a speaker and a word", store.StatementFilter{Speaker: jane.ID, Words: "treaty"}, "s3 s1"},
		{"a topic", store.StatementFilter{Topic: 2}, "s2 s4"},
		{"a topic and a word", store.StatementFilter{Topic: 1, Words: "issue"}, "s2"},
		{"a venue", store.StatementFilter{Venue: "radio elan"}, "s2"},
		{"from a day", store.StatementFilter{From: "2022-01-02"}, "s3"},
		{"up to a day", store.StatementFilter{To: "2022-01-01"}, "s2 s1 s4"},
		{"a word up to a day", store.StatementFilter{Words: "treaty", To: "2022-01-15"}, "s3 s1"},
		{"a query that is no language", store.StatementFilter{Words: `" OR rowid:* NEAR( '`}, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			test.f.Language = "en"
			test.f.Limit = 10
			if got := idsOf(get(s.FindStatements(ctx, test.f))(t)); got != test.want {
				t.Errorf("found %q, want %q", got, test.want)
			}
			if n := get(s.CountStatements(ctx, test.f, 10))(t); n != len(get(s.FindStatements(ctx, test.f))(t)) {
				t.Errorf("counted %d", n)
			}
			// Page by page it is the same.
			var paged []stet.Statement
			for test.f.Limit = 1; ; test.f.After = paged[len(paged)-1].ID {
				found := get(s.FindStatements(ctx, test.f))(t)
				if len(found) == 0 {
					break
				}
				paged = append(paged, found...)
			}
			if got := idsOf(paged); got != test.want {
				t.Errorf("page by page %q, want %q", got, test.want)
			}
		})
	}
	if diff := cmp.Diff([]store.YearCount{{Year: "2022", Count: 1}, {Year: "2008", Count: 1}, {Count: 1}}, get(s.StatementYears(ctx, store.StatementFilter{Speaker: jane.ID}))(t)); diff != "" {
		t.Errorf("years (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]store.TopicCount{{Topic: 1, Count: 1}, {Topic: 2, Count: 1}}, get(s.StatementTopics(ctx, jane.ID))(t)); diff != "" {
		t.Errorf("topics (-want +got):\n%s", diff)
	}
	must(t, s.MoveStatementTopic(ctx, 2, 1))
	if got := idsOf(get(s.FindStatements(ctx, store.StatementFilter{Topic: 1, Limit: 9}))(t)); got != "s2 s1 s4" {
		t.Errorf("of the topic that took the other's place: %s", got)
	}
	get(s.MergePerson(ctx, &org, &jane))(t)
	if got := idsOf(get(s.FindStatements(ctx, store.StatementFilter{Speaker: jane.ID, Limit: 9}))(t)); got != "s3 s2 s1 s4" {
		t.Errorf("of the person who took the other's place: %s", got)
	}
}

func idsOf(found []stet.Statement) string {
	out := ""
	for i, v := range found {
		if i > 0 {
			out += " "
		}
		out += v.PublicID
	}
	return out
}

func quotations(t *testing.T, s *store.Store) {
	ctx := t.Context()
	a := put(t, s, story{headline: "The cable", at: Now})
	for i, c := range []float64{0.5, 0.9, 0.9, 0.2} {
		q := stet.Quotation{PublicID: fmt.Sprintf("q%d", i+1), ArticleID: a.ArticleID, State: stet.QuotationProposed, Kind: stet.MixedQuotation, Text: "a “b”",
			Anchor: []stet.Selector{{Block: "b", Exact: "a “b”"}}, Found: []byte(`{"reason":"x"}`), Confidence: c}
		must(t, s.AddQuotation(ctx, &q))
	}
	queue := func() (out string) {
		for after := int64(0); ; {
			found := get(s.Proposals(ctx, after, 2))(t)
			if len(found) == 0 {
				return out
			}
			for _, q := range found {
				out += q.PublicID + " "
			}
			after = found[len(found)-1].ID
		}
	}
	if got := queue(); got != "q3 q2 q1 q4 " || get(s.CountProposals(ctx))(t) != 4 {
		t.Errorf("the queue is %q", got)
	}
	q := get(s.QuotationByPublicID(ctx, "q2"))(t)
	if string(q.Found) != `{"reason":"x"}` || q.Anchor[0].Exact != "a “b”" {
		t.Errorf("stored as %+v", q)
	}
	q.State, q.DecidedBy, q.Found = stet.QuotationRejected, 5, nil
	must(t, s.UpdateQuotation(ctx, &q))
	if diff := cmp.Diff(q, get(s.QuotationByPublicID(ctx, "q2"))(t)); diff != "" {
		t.Errorf("after an update (-want +got):\n%s", diff)
	}
	must(t, s.DropProposals(ctx, a.ArticleID))
	if left := get(s.QuotationsIn(ctx, a.ArticleID))(t); len(left) != 1 || left[0].PublicID != "q2" {
		t.Errorf("what was decided is dropped with what was proposed: %v", left)
	}
	for _, version := range []int64{1, 2} {
		must(t, s.SetScanned(ctx, a.ArticleID, version))
		if got := get(s.Scanned(ctx, a.ArticleID))(t); got != version {
			t.Errorf("scanned is %d", got)
		}
	}
	if got := get(s.Scanned(ctx, a.ArticleID+1))(t); got != 0 {
		t.Errorf("an article that was never scanned: %d", got)
	}
}

func counterpoints(t *testing.T, s *store.Store) {
	ctx := t.Context()
	jane := addPerson(t, s, stet.Person{Name: "Jane Doe", Slug: "jane"})
	a := put(t, s, story{headline: "The cable", at: Now})
	var v [4]stet.Statement
	for i := range v {
		v[i] = addStatement(t, s, a.ArticleID, stet.Statement{PublicID: fmt.Sprintf("s%d", i), Words: fmt.Sprintf("words %d", i), SpeakerID: jane.ID})
	}
	add := func(id string, first, second int, dismissed bool) stet.Counterpoint {
		t.Helper()
		c := stet.Counterpoint{PublicID: id, FirstID: v[first].ID, SecondID: v[second].ID, Label: stet.Contradicts, Note: "n", Dismissed: dismissed, MadeBy: 2}
		must(t, s.AddCounterpoint(ctx, &c))
		return c
	}
	c := add("c1", 1, 0, false)
	add("c2", 1, 2, true)
	add("c3", 2, 3, false)
	twice := stet.Counterpoint{PublicID: "c9", FirstID: v[0].ID, SecondID: v[1].ID}
	wantCode(t, "a pair the other way round", s.AddCounterpoint(ctx, &twice), stet.Conflict)
	if diff := cmp.Diff(c, get(s.CounterpointOf(ctx, v[0].ID, v[1].ID))(t)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	idsIn := func(found []stet.Counterpoint) (out string) {
		for _, c := range found {
			out += c.PublicID + " "
		}
		return out
	}
	if got := idsIn(get(s.CounterpointsWith(ctx, v[1].ID))(t)); got != "c2 c1 " {
		t.Errorf("with a statement: %s", got)
	}
	if got := idsIn(get(s.Counterpoints(ctx, true, 0, 9))(t)); got != "c3 c1 " {
		t.Errorf("public ones: %s", got)
	}
	q := get(s.QuotationsOf(ctx, v[3].ID))(t)[0]
	q.Live = false
	must(t, s.UpdateQuotation(ctx, &q))
	get(s.CountQuotations(ctx, v[3].ID))(t)
	if got := idsIn(get(s.Counterpoints(ctx, true, 0, 9))(t)); got != "c1 " {
		t.Errorf("with a statement that readers do not see: %s", got)
	}
	// The pair of 3 and 2 takes the place of the dismissed one of 1 and 2.
	must(t, s.HandOverStatement(ctx, v[3].ID, v[1].ID))
	if got := get(s.CounterpointOf(ctx, v[1].ID, v[2].ID))(t); got.PublicID != "c3" || got.Dismissed {
		t.Errorf("after a merge the pair is %+v", got)
	}
	must(t, s.HandOverStatement(ctx, v[0].ID, v[1].ID))
	if got := idsIn(get(s.Counterpoints(ctx, false, 0, 9))(t)); got != "c3 " {
		t.Errorf("a statement is set beside itself: %s", got)
	}
	must(t, s.DropStatement(ctx, v[2].ID))
	if got := get(s.Counterpoints(ctx, false, 0, 9))(t); len(got) != 0 {
		t.Errorf("a pair without a statement stays: %v", got)
	}
}
