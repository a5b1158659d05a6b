// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"stet"
	"stet/internal/newsroom"
	"stet/internal/prose"
	"stet/internal/record"
	"stet/internal/store"
)

// quoting is a story whose paragraphs have ids p1, p2 ...
func (d *desk) quoting(t *testing.T, headline string, paragraphs ...string) stet.Article {
	t.Helper()
	a := stet.Article{Content: stet.Content{Headline: headline, Section: ref(d.rim.PublicID, d.rim.Name), Topics: []stet.Ref{ref(d.topic.PublicID, d.topic.Name)}, Body: d.paragraphs(t, paragraphs...)}}
	must(t, d.Draft(t.Context(), op, &a))
	return a
}

func (d *desk) paragraphs(t *testing.T, paragraphs ...string) []byte {
	t.Helper()
	var blocks []prose.Node
	for i, p := range paragraphs {
		n := prose.Paragraph(prose.Text(p))
		n.Attrs = prose.Attrs{"id": "p" + string(rune('1'+i))}
		blocks = append(blocks, n)
	}
	doc, err := prose.New(blocks...)
	must(t, err)
	return doc.JSON()
}

const (
	seriously = "“We took the warning very seriously,” Jane Doe, the foreign secretary, told the committee on Tuesday."
	nonissue  = "Her deputy, Paul Ash, called it a “non-issue” in an interview with Radio Hallin."
)

// passages reads the record of a story.
func (d *desk) passages(t *testing.T, id int64) []newsroom.QuotedPassage {
	t.Helper()
	a := d.article(t, id)
	rec, err := d.Record(t.Context(), &a)
	must(t, err)
	return rec.Passages
}

// confirm puts the first passage that has the words into the record.
func (d *desk) confirm(t *testing.T, id int64, words string, change func(*newsroom.Confirmation)) (stet.Quotation, stet.Statement) {
	t.Helper()
	for _, p := range d.passages(t, id) {
		if p.Found == nil || !strings.Contains(p.Text, words) {
			continue
		}
		c := newsroom.Confirmation{Anchor: p.Anchor, Kind: p.Kind, Text: p.Text, Saying: &newsroom.Saying{
			Words: p.Found.Words, Role: p.Found.Role, Date: p.Found.Date, Addressee: p.Found.Addressee, Venue: p.Found.Venue, Speaker: p.Found.Person.ID,
		}}
		if c.Saying.Speaker == "" {
			c.Saying.Newcomer = &newsroom.Newcomer{Name: p.Found.Name, Role: stet.Role{Title: p.Found.Role}}
		}
		if change != nil {
			change(&c)
		}
		q, s, err := d.Confirm(t.Context(), op, id, c)
		must(t, err)
		return q, s
	}
	t.Fatalf("nothing is found with %q in %+v", words, d.passages(t, id))
	return stet.Quotation{}, stet.Statement{}
}

func TestRecord(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		a := d.quoting(t, "The cable", seriously, nonissue)
		found := d.passages(t, a.ID)
		if len(found) != 2 || found[0].Found.Name != "Jane Doe" || found[1].State != stet.QuotationProposed {
			t.Fatalf("found %+v", found)
		}
		q, s := d.confirm(t, a.ID, "seriously", nil)
		if s.Live || s.Quotations != 1 || !slices.Equal(s.Topics, []int64{d.topic.ID}) || s.Words == "" || strings.ContainsAny(s.Words, "“”") {
			t.Errorf("of a story that nobody sees the statement is %+v", s)
		}
		d.publish(t, a.ID, newsroom.PublishOptions{})
		live := func() bool {
			v, err := d.Store().Statement(ctx, s.ID)
			must(t, err)
			return v.Live
		}
		if !live() {
			t.Error("the story is public and its statement is not")
		}
		jane, err := d.Store().Person(ctx, s.SpeakerID)
		must(t, err)
		if jane.Name != "Jane Doe" || len(jane.Roles) != 1 {
			t.Errorf("the new speaker is %+v", jane)
		}

		// A second reading knows the person, and does not ask again.
		found = d.passages(t, a.ID)
		if len(found) != 2 || found[0].State != stet.QuotationConfirmed || found[0].Statement != s.PublicID || found[0].ID != q.PublicID || found[1].Found == nil {
			t.Fatalf("after confirming: %+v", found)
		}
		_, _, err = d.Confirm(ctx, op, a.ID, newsroom.Confirmation{Anchor: q.Anchor, Kind: q.Kind, Statement: s.PublicID})
		wantCode(t, "to confirm it twice", err, stet.Conflict)

		// Rejected is not asked again, taken back it is.
		no, err := d.Reject(ctx, op, a.ID, newsroom.Confirmation{Anchor: found[1].Anchor, Kind: found[1].Kind, Text: found[1].Text})
		must(t, err)
		if got := d.passages(t, a.ID); got[1].State != stet.QuotationRejected {
			t.Errorf("after rejecting: %+v", got[1])
		}
		must(t, d.Reconsider(ctx, op, no.PublicID))
		if got := d.passages(t, a.ID); got[1].State != stet.QuotationProposed {
			t.Errorf("after taking it back: %+v", got[1])
		}

		// An edit elsewhere moves it; other words ask.
		edit := func(paragraphs ...string) {
			t.Helper()
			a = d.article(t, a.ID)
			a.Content.Body = d.paragraphs(t, paragraphs...)
			must(t, d.Save(ctx, op, &a))
		}
		edit("A new beginning.", "It was read. "+seriously, nonissue)
		if got := d.passages(t, a.ID); got[0].Fate != record.Moved || got[0].Pieces[0].Block != "p2" {
			t.Errorf("after an edit before it: %+v", got[0])
		}
		edit(strings.Replace(seriously, "very seriously", "seriously enough", 1), nonissue)
		got := d.passages(t, a.ID)
		if got[0].Fate != record.Changed || !strings.Contains(got[0].Now, "enough") {
			t.Fatalf("after its words were changed: %+v", got[0])
		}
		if !live() {
			t.Error("an edit of the working copy changes what readers see")
		}
		d.publish(t, a.ID, newsroom.PublishOptions{})
		if live() {
			t.Error("readers see a statement whose words stand nowhere")
		}
		must(t, d.Rewrite(ctx, op, q.PublicID, []stet.Selector{{Block: "p1", Exact: "We took the warning seriously enough,", Prefix: "“", Suffix: "” Jane"}}, ""))
		if !live() {
			t.Error("a quotation that was confirmed anew is not seen")
		}
		must(t, d.Withdraw(ctx, op, a.ID))
		if live() {
			t.Error("a statement is seen of a story that was withdrawn")
		}
		must(t, d.PutBack(ctx, op, a.ID))
		if !live() {
			t.Error("a statement is not seen of a story that was put back")
		}
		d.heard()
		must(t, d.Reconsider(ctx, op, q.PublicID))
		if tags := d.heard(); !slices.Contains(tags, newsroom.PersonTag(jane.ID)) || !slices.Contains(tags, newsroom.TagRecord) {
			t.Errorf("nobody is told: %v", tags)
		}
		_, err = d.Store().Statement(ctx, s.ID)
		wantCode(t, "a statement that nothing quotes", err, stet.NotFound)
	})
}

func TestSameUtterance(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		first := d.quoting(t, "The cable", seriously)
		_, s := d.confirm(t, first.ID, "seriously", nil)
		second := d.quoting(t, "The inquiry", "“We took the warning very seriously, as we take all of them,” said Jane Doe.")
		p := d.passages(t, second.ID)[0]
		jane, err := d.Store().Person(ctx, s.SpeakerID)
		must(t, err)
		if p.Found.Person.ID != jane.PublicID || p.Found.Person.Name != "Jane Doe" {
			t.Errorf("the speaker is not known again: %+v", p.Found)
		}
		like, err := d.Resembling(ctx, jane.PublicID, p.Found.Words, s.Date, "")
		must(t, err)
		if len(like) != 1 || like[0].Statement.ID != s.ID || len(like[0].Words) == 0 {
			t.Fatalf("resembling: %+v", like)
		}
		q, joined := d.confirm(t, second.ID, "seriously", func(c *newsroom.Confirmation) { c.Statement, c.Saying = s.PublicID, nil })
		if joined.ID != s.ID || joined.Quotations != 2 {
			t.Errorf("joined: %+v", joined)
		}
		own, err := d.Split(ctx, op, q.PublicID)
		must(t, err)
		if own.ID == s.ID || own.Quotations != 1 || !strings.Contains(own.Words, "all of them") || own.SpeakerID != jane.ID {
			t.Errorf("split: %+v", own)
		}
		_, err = d.Split(ctx, op, q.PublicID)
		wantCode(t, "to split one alone", err, stet.Conflict)
		merged, err := d.MergeStatements(ctx, op, own.PublicID, s.PublicID)
		must(t, err)
		if merged.ID != s.ID || merged.Quotations != 2 {
			t.Errorf("merged: %+v", merged)
		}
		in := newsroom.Saying{Words: "We took it seriously.", Speaker: jane.PublicID, Date: stet.SaidDate{Value: "2008", Precision: stet.ToYear}, Topics: []string{}}
		changed, err := d.ChangeStatement(ctx, op, s.PublicID, merged.UpdatedAt, in)
		must(t, err)
		if changed.Date.Value != "2008" || len(changed.Topics) != 0 {
			t.Errorf("changed: %+v", changed)
		}
		in.Date = stet.SaidDate{Value: "2008-13", Precision: stet.ToMonth}
		_, err = d.ChangeStatement(ctx, op, s.PublicID, changed.UpdatedAt, in)
		wantCode(t, "a month that there is not", err, stet.Invalid)
		_, err = d.ChangeStatement(ctx, op, s.PublicID, time.Time{}, in)
		wantCode(t, "an older state", err, stet.Conflict)
		in.Date, in.Speaker = stet.SaidDate{}, "nobody000000"
		_, err = d.ChangeStatement(ctx, op, s.PublicID, changed.UpdatedAt, in)
		wantCode(t, "a speaker who is nobody", err, stet.Invalid)
	})
}

func TestSideBySide(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		a := d.quoting(t, "The cable", "“The breach was a serious matter,” said Jane Doe, the foreign secretary.", "But Paul Ash, her deputy, said: “The breach was a non-issue from the start.”")
		_, one := d.confirm(t, a.ID, "serious", nil)
		_, two := d.confirm(t, a.ID, "non-issue", nil)
		a = d.article(t, a.ID)
		pairs, err := d.ProposePairs(ctx, &a)
		must(t, err)
		if len(pairs) != 1 || pairs[0].Reason == "" {
			t.Fatalf("proposed: %+v", pairs)
		}
		c, err := d.SetSideBySide(ctx, op, one.PublicID, two.PublicID, stet.Contradicts, "They sat in one cabinet.")
		must(t, err)
		_, err = d.SetSideBySide(ctx, op, two.PublicID, one.PublicID, stet.Answers, "")
		wantCode(t, "the pair a second time", err, stet.Conflict)
		if pairs, err := d.ProposePairs(ctx, &a); err != nil || len(pairs) != 0 {
			t.Errorf("a pair that is set side by side is proposed: %v, %v", pairs, err)
		}
		c, err = d.ChangeCounterpoint(ctx, op, c.PublicID, c.UpdatedAt, stet.Answers, "", true)
		must(t, err)
		if c.FirstID != two.ID || c.Label != stet.Answers {
			t.Errorf("changed: %+v", c)
		}
		_, err = d.ChangeCounterpoint(ctx, op, c.PublicID, c.UpdatedAt, "is odd", "", false)
		wantCode(t, "a label that there is not", err, stet.Invalid)
		_, err = d.DismissPair(ctx, op, one.PublicID, two.PublicID)
		must(t, err)
		if list, err := d.Store().Counterpoints(ctx, false, 0, 9); err != nil || len(list) != 0 {
			t.Errorf("a pair that was dismissed is there: %v, %v", list, err)
		}
		if pairs, err := d.ProposePairs(ctx, &a); err != nil || len(pairs) != 0 {
			t.Errorf("a pair that was dismissed is proposed: %v, %v", pairs, err)
		}
		must(t, d.DropCounterpoint(ctx, op, c.PublicID))
		if pairs, err := d.ProposePairs(ctx, &a); err != nil || len(pairs) != 1 {
			t.Errorf("a pair of which nobody has decided is not proposed: %v, %v", pairs, err)
		}
		_, err = d.SetSideBySide(ctx, op, one.PublicID, one.PublicID, stet.Contradicts, "")
		wantCode(t, "a statement beside itself", err, stet.Invalid)
	})
}

func TestScan(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		a := d.quoting(t, "The cable", seriously, nonissue)
		b := d.quoting(t, "The inquiry", "“The harbour is closed,” said Ines Mar, the harbour master.")
		d.quoting(t, "A draft", seriously)
		d.publish(t, a.ID, newsroom.PublishOptions{})
		d.publish(t, b.ID, newsroom.PublishOptions{})
		read := 0
		must(t, d.Scan(ctx, newsroom.ScanArgs{}, func(n, _ int) { read = n }))
		queue, err := d.Queue(ctx, "", 10)
		must(t, err)
		if read != 2 || len(queue) < 2 || queue[0].Found == nil || queue[0].Article.Name == "" || queue[0].Path == "" {
			t.Fatalf("read %d, queue %+v", read, queue)
		}
		for i := range queue[1:] {
			if queue[i].Found.Confidence < queue[i+1].Found.Confidence {
				t.Error("the queue does not begin with the most certain")
			}
		}
		must(t, d.Scan(ctx, newsroom.ScanArgs{}, func(int, int) { t.Error("a story is read twice") }))
		q := queue[0]
		owner, err := d.Store().ArticleByPublicID(ctx, q.Article.ID)
		must(t, err)
		c := newsroom.Confirmation{Proposal: q.ID, Saying: &newsroom.Saying{Words: q.Found.Words, Date: q.Found.Date, Newcomer: &newsroom.Newcomer{Name: q.Found.Name}}}
		_, s, err := d.Confirm(ctx, op, owner.ID, c)
		must(t, err)
		if !s.Live || s.Kind != q.Kind {
			t.Errorf("confirmed from the queue: %+v", s)
		}
		_, _, err = d.Confirm(ctx, op, owner.ID, c)
		wantCode(t, "to decide twice", err, stet.Conflict)
		left, err := d.Queue(ctx, "", 10)
		must(t, err)
		if len(left) != len(queue)-1 {
			t.Errorf("the queue has %d, and had %d", len(left), len(queue))
		}
		if len(q.Paragraphs) != 1 || len(q.Pieces) == 0 || !strings.Contains(q.Paragraphs[0].Text, q.Anchor[0].Exact) {
			t.Errorf("the queue does not show the place: %+v", q)
		}
		found, err := d.Store().FindStatements(ctx, store.StatementFilter{Words: q.Found.Name, Language: "en", Limit: 5})
		must(t, err)
		if len(found) != 1 {
			t.Errorf("search by the speaker's name finds %d", len(found))
		}

		// Taken back, it waits where it was, and its speaker is known now.
		must(t, d.Reconsider(ctx, op, q.ID))
		again, err := d.Queue(ctx, "", 10)
		must(t, err)
		if len(again) != len(queue) || again[0].ID != q.ID || again[0].Found.Person.Name != q.Found.Name {
			t.Errorf("taken back: %+v", again)
		}
		if _, err := d.Store().StatementByPublicID(ctx, s.PublicID); stet.ErrorCode(err) != stet.NotFound {
			t.Errorf("its statement is still there: %v", err)
		}
	})
}

func TestWhoKeepsTheRecord(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		a := d.quoting(t, "The cable", seriously)
		p := d.passages(t, a.ID)[0]
		c := newsroom.Confirmation{Anchor: p.Anchor, Kind: p.Kind, Text: p.Text, Saying: &newsroom.Saying{Words: "x", Speaker: d.person.PublicID}}
		for role, code := range map[stet.StaffRole]stet.Code{stet.Contributor: stet.Forbidden, stet.Writer: stet.Forbidden} {
			_, _, err := d.Confirm(ctx, stet.Staff{ID: 7, Name: "Z", Role: role}, a.ID, c)
			wantCode(t, string(role)+" in the story of somebody else", err, code)
		}
		for name, broken := range map[string]func(*newsroom.Confirmation){
			"no anchor":         func(c *newsroom.Confirmation) { c.Anchor = nil },
			"no such kind":      func(c *newsroom.Confirmation) { c.Kind = "loud" },
			"no speaker":        func(c *newsroom.Confirmation) { c.Saying = nil },
			"no words":          func(c *newsroom.Confirmation) { c.Saying = &newsroom.Saying{Speaker: d.person.PublicID} },
			"no such statement": func(c *newsroom.Confirmation) { c.Statement = "nothing00000" },
			"a source of a kind": func(c *newsroom.Confirmation) {
				c.Saying = &newsroom.Saying{Words: "x", Speaker: d.person.PublicID, SourceURL: "javascript:x"}
			},
		} {
			c := c
			broken(&c)
			_, _, err := d.Confirm(ctx, op, a.ID, c)
			wantCode(t, name, err, stet.Invalid)
		}
		gone := c
		gone.Anchor = []stet.Selector{{Block: "p1", Exact: "words that nobody wrote"}}
		_, _, err := d.Confirm(ctx, op, a.ID, gone)
		wantCode(t, "a passage that is not there", err, stet.Conflict)
		if n, err := d.Store().CountStatements(ctx, store.StatementFilter{Hidden: true}, 9); err != nil || n != 0 {
			t.Errorf("what was refused left %d statements, %v", n, err)
		}
		_, _, err = d.Confirm(ctx, stet.Staff{ID: 8, Name: "E", Role: stet.Editor}, a.ID, c)
		must(t, err)
	})
}

// A side-by-side block keeps what it shows, and the checklist tells when the
// record has moved on.
func TestSideBySideInABody(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		own, other := "“The breach was a serious matter,” said Jane Doe, the foreign secretary.", "But Paul Ash, her deputy, said: “The breach was a non-issue from the start.”"
		a := d.quoting(t, "The cable", own)
		b := d.quoting(t, "The podcast", other)
		_, one := d.confirm(t, a.ID, "serious", nil)
		_, two := d.confirm(t, b.ID, "non-issue", nil)
		c, err := d.SetSideBySide(ctx, op, one.PublicID, two.PublicID, stet.Contradicts, "They sat in one cabinet.")
		must(t, err)
		check := func(body prose.Counterpoint) newsroom.CheckResult {
			t.Helper()
			text, err := prose.Parse(d.paragraphs(t, own))
			must(t, err)
			doc, err := prose.New(append(text.Root.Content, body.Node())...)
			must(t, err)
			story := d.article(t, a.ID)
			story.Content.Body = doc.JSON()
			results, err := d.Check(ctx, &story)
			must(t, err)
			for _, r := range results {
				if r.Check == stet.CheckSides {
					return r
				}
			}
			t.Fatal("the checklist does not look at it")
			return newsroom.CheckResult{}
		}
		want := func(when string, r newsroom.CheckResult, words string) {
			t.Helper()
			if r.Passed || r.Blocks() || r.Message != "A side-by-side block is out of date." || len(r.Where) != 1 || !strings.Contains(r.Where[0], words) || !strings.HasPrefix(r.Where[0], "Jane Doe / Paul Ash: ") {
				t.Errorf("%s: %+v", when, r)
			}
		}
		block := func() prose.Counterpoint {
			t.Helper()
			now, err := d.Store().CounterpointByPublicID(ctx, c.PublicID)
			must(t, err)
			blocks, err := d.CounterpointBlocks(ctx, now)
			must(t, err)
			return blocks[0]
		}
		shown := block()
		if shown.First.Speaker != "Jane Doe" || strings.HasSuffix(shown.First.Words, ",") || shown.First.Kind != stet.DirectQuotation || shown.Second.Statement != two.PublicID || shown.Note != "They sat in one cabinet." {
			t.Errorf("the block shows %+v", shown)
		}
		want("the podcast is not public", check(shown), "in no public story")
		d.publish(t, b.ID, newsroom.PublishOptions{})
		if r := check(shown); !r.Passed || r.Level != stet.CheckWarn {
			t.Errorf("what the story quotes itself counts as not public: %+v", r)
		}

		// What is published stays as readers saw it; only the story's own words are its own.
		story := d.article(t, a.ID)
		text, err := prose.Parse(story.Content.Body)
		must(t, err)
		doc, err := prose.New(append(text.Root.Content, shown.Node())...)
		must(t, err)
		story.Content.Body = doc.JSON()
		must(t, d.Save(ctx, op, &story))
		v := d.publish(t, a.ID, newsroom.PublishOptions{})
		if got := d.passages(t, a.ID); len(got) != 1 {
			t.Errorf("the block's words are found as the story's own: %+v", got)
		}
		l, err := d.Store().Live(ctx, a.ID)
		must(t, err)
		if l.Words != 12 {
			t.Errorf("the story has %d words, want its own 12", l.Words)
		}

		jane, err := d.Store().Person(ctx, one.SpeakerID)
		must(t, err)
		one, err = d.Store().Statement(ctx, one.ID)
		must(t, err)
		_, err = d.ChangeStatement(ctx, op, one.PublicID, one.UpdatedAt, newsroom.Saying{Words: one.Words, Speaker: jane.PublicID, Date: one.Date, Role: "prime minister"})
		must(t, err)
		want("another office", check(shown), "says something else now")
		if r := check(block()); !r.Passed {
			t.Errorf("what the record says now is out of date: %+v", r)
		}
		sealed, err := d.Store().Version(ctx, v.ID)
		must(t, err)
		opened, err := sealed.Open()
		must(t, err)
		if body := string(opened.Content.Body); !strings.Contains(body, "foreign secretary") || strings.Contains(body, "prime minister") {
			t.Error("the version does not stay what readers saw")
		}
		shown = block()
		_, err = d.DismissPair(ctx, op, one.PublicID, two.PublicID)
		must(t, err)
		want("dismissed", check(shown), "not set side by side any more")
		must(t, d.DropCounterpoint(ctx, op, c.PublicID))
		want("taken apart", check(shown), "not set side by side any more")
	})
}

func TestFindCounterpoints(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		a := d.quoting(t, "The cable", "“The breach was a serious matter,” said Jane Doe, the foreign secretary.", "But Paul Ash, her deputy, said: “The breach was a non-issue from the start.”")
		b := d.quoting(t, "The harbour", "“The harbour will be closed,” said Ines Mar, the harbour master.", "“The harbour will stay open for ever,” said Paul Ash.")
		_, one := d.confirm(t, a.ID, "serious", nil)
		_, two := d.confirm(t, a.ID, "non-issue", nil)
		_, three := d.confirm(t, b.ID, "closed", nil)
		_, four := d.confirm(t, b.ID, "stay open", nil)
		first, err := d.SetSideBySide(ctx, op, one.PublicID, two.PublicID, stet.Contradicts, "")
		must(t, err)
		second, err := d.SetSideBySide(ctx, op, three.PublicID, four.PublicID, stet.Contradicts, "")
		must(t, err)
		_, err = d.DismissPair(ctx, op, one.PublicID, four.PublicID)
		must(t, err)
		for _, tt := range []struct {
			words string
			in    *stet.Article
			want  []string
		}{
			{"harbour", nil, []string{second.PublicID}},
			{"doe", nil, []string{first.PublicID}},
			{"ash", nil, []string{second.PublicID, first.PublicID}},
			{"", &a, []string{first.PublicID}},
			{"ash", &b, []string{second.PublicID}},
			{"harbour", &a, []string{}},
			{"nobody", nil, []string{}},
		} {
			found, err := d.FindCounterpoints(ctx, tt.words, tt.in, 9)
			must(t, err)
			got := []string{}
			for _, c := range found {
				got = append(got, c.PublicID)
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("%q in %v: %v, want %v", tt.words, tt.in, got, tt.want)
			}
		}
	})
}

func TestMergerTakenApart(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		a := d.quoting(t, "The cable", seriously)
		b := d.quoting(t, "The inquiry", "“We took the warning very seriously, as we take all of them,” said Jane Doe.")
		c := d.quoting(t, "The podcast", nonissue)
		_, one := d.confirm(t, a.ID, "seriously", nil)
		_, two := d.confirm(t, b.ID, "seriously", nil)
		_, three := d.confirm(t, c.ID, "non-issue", nil)
		pair, err := d.SetSideBySide(ctx, op, two.PublicID, three.PublicID, stet.Contradicts, "Of one week.")
		must(t, err)
		for _, id := range []int64{a.ID, b.ID, c.ID} {
			d.publish(t, id, newsroom.PublishOptions{})
		}
		two, err = d.Store().Statement(ctx, two.ID)
		must(t, err)

		_, err = d.UnmergeStatement(ctx, op, two.PublicID)
		wantCode(t, "what was never merged", err, stet.NotFound)
		_, err = d.MergeStatements(ctx, op, two.PublicID, one.PublicID)
		must(t, err)
		if _, err := d.Store().StatementByPublicID(ctx, two.PublicID); stet.ErrorCode(err) != stet.NotFound {
			t.Errorf("after merging: %v", err)
		}
		merged, err := d.Store().Mergers(ctx, one.ID)
		must(t, err)
		if len(merged) != 1 || merged[0].Statement.PublicID != two.PublicID || merged[0].Statement.Words != two.Words {
			t.Errorf("remembered: %+v", merged)
		}
		nobody := stet.Staff{Email: "c@causeway.example", Name: "Josip", Role: stet.Contributor}
		must(t, d.AddStaff(ctx, op, &nobody, ""))
		_, err = d.UnmergeStatement(ctx, nobody, two.PublicID)
		wantCode(t, "a contributor", err, stet.Forbidden)

		// The note of the pair is mended meanwhile, and stays mended.
		now, err := d.Store().CounterpointByPublicID(ctx, pair.PublicID)
		must(t, err)
		if now.FirstID != one.ID {
			t.Errorf("the pair after merging: %+v", now)
		}
		_, err = d.ChangeCounterpoint(ctx, op, pair.PublicID, now.UpdatedAt, stet.Answers, "Of one month.", false)
		must(t, err)
		d.heard()
		again, err := d.UnmergeStatement(ctx, op, two.PublicID)
		must(t, err)
		if again.PublicID != two.PublicID || again.Words != two.Words || again.Quotations != 1 || !again.Live || again.Date != two.Date || !slices.Equal(again.Topics, two.Topics) {
			t.Errorf("taken apart: %+v, was %+v", again, two)
		}
		if tags := d.heard(); !slices.Contains(tags, newsroom.StatementTag(one.ID)) || !slices.Contains(tags, newsroom.ArticleTag(b.ID)) {
			t.Errorf("nobody is told: %v", tags)
		}
		now, err = d.Store().CounterpointByPublicID(ctx, pair.PublicID)
		must(t, err)
		if now.FirstID != again.ID || now.SecondID != three.ID || now.Note != "Of one month." || now.Label != stet.Answers {
			t.Errorf("the pair after taking apart: %+v", now)
		}
		if left, err := d.Store().Statement(ctx, one.ID); err != nil || left.Quotations != 1 {
			t.Errorf("the one that stays: %+v, %v", left, err)
		}
		_, err = d.UnmergeStatement(ctx, op, two.PublicID)
		wantCode(t, "to take apart twice", err, stet.NotFound)

		// Merged again, into another: its address leads there. What was taken out of
		// the record meanwhile does not come back.
		_, err = d.MergeStatements(ctx, op, two.PublicID, one.PublicID)
		must(t, err)
		if p, err := d.Store().Path(ctx, stet.StatementPath(two.PublicID)); err != nil || p.To != stet.StatementPath(one.PublicID) {
			t.Errorf("the address leads to %+v, %v", p, err)
		}
		for _, p := range d.passages(t, b.ID) {
			if p.ID != "" {
				must(t, d.Reconsider(ctx, op, p.ID))
			}
		}
		_, err = d.UnmergeStatement(ctx, op, two.PublicID)
		wantCode(t, "without its quotation", err, stet.Conflict)
	})
}

func TestDismissedPairs(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		a := d.quoting(t, "The cable", "“The breach was a serious matter,” said Jane Doe, the foreign secretary.", "But Paul Ash, her deputy, said: “The breach was a non-issue from the start.”")
		_, one := d.confirm(t, a.ID, "serious", nil)
		_, two := d.confirm(t, a.ID, "non-issue", nil)
		c, err := d.DismissPair(ctx, op, one.PublicID, two.PublicID)
		must(t, err)
		list, err := d.Store().DismissedPairs(ctx, 0, 9)
		must(t, err)
		if len(list) != 1 || list[0].PublicID != c.PublicID || !c.Dismissed {
			t.Errorf("dismissed: %+v", list)
		}
		if list, err := d.Store().DismissedPairs(ctx, list[0].ID, 9); err != nil || len(list) != 0 {
			t.Errorf("after the last: %v, %v", list, err)
		}
		must(t, d.DropCounterpoint(ctx, op, c.PublicID))
		if list, err := d.Store().DismissedPairs(ctx, 0, 9); err != nil || len(list) != 0 {
			t.Errorf("after bringing it back: %v, %v", list, err)
		}
	})
}

// Every link of a story is offered as a source, with its words, each once.
func TestSourcesOfAStory(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		doc, _ := prose.FromMarkdown("“The gauge was never wrong by more than a hand,” said Ines Marrow ([*minutes* of May](https://port.example/may)).\n\n"+
			"See [the register](/ports/register), [again](https://port.example/may), [a letter](mailto:ines@port.example).", prose.Options{})
		a := stet.Article{Content: stet.Content{Headline: "The gauge", Section: ref(d.rim.PublicID, d.rim.Name), Body: doc.JSON()}}
		must(t, d.Draft(ctx, op, &a))
		want := []newsroom.Source{{URL: "https://port.example/may", Text: "minutes of May"}, {URL: "/ports/register", Text: "the register"}}
		rec, err := d.Record(ctx, &a)
		must(t, err)
		if !slices.Equal(rec.Sources, want) {
			t.Errorf("beside the story: %+v", rec.Sources)
		}
		d.publish(t, a.ID, newsroom.PublishOptions{})
		must(t, d.Scan(ctx, newsroom.ScanArgs{}, nil))
		queue, err := d.Queue(ctx, "", 9)
		must(t, err)
		if len(queue) != 1 || !slices.Equal(queue[0].Sources, want) {
			t.Errorf("in the queue: %+v", queue)
		}
	})
}
