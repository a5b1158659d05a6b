// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"stet"
	"stet/internal/jobs"
	"stet/internal/record"
	"stet/internal/store"
)

// Saying is what an editor says of a statement.
type Saying struct {
	Words     string
	Denial    bool
	Speaker   string    // public id of a person
	Newcomer  *Newcomer // or somebody whom the magazine does not know yet
	Role      string    // the office at the time
	Date      stet.SaidDate
	Addressee string
	Venue     string
	SourceURL string
	Source    string
	Topics    []string // public ids
}

// Newcomer is a speaker who becomes a person with the confirmation.
type Newcomer struct {
	Name string
	Kind stet.PersonKind
	Role stet.Role // with a title, or zero
}

// Confirmation says that a passage of a story reports speech, and whose.
type Confirmation struct {
	Proposal  string // public id of a proposal of the archive's queue, or empty
	Anchor    []stet.Selector
	Kind      stet.QuotationKind
	Text      string
	Statement string  // public id: the same utterance as that one; then Saying is not asked
	Saying    *Saying // of a new statement
}

// Confirm puts a passage of a story into the record: as a statement of its own,
// or as a further quotation of one that is there.
func (r *Room) Confirm(ctx context.Context, staff stet.Staff, article int64, c Confirmation) (q stet.Quotation, s stet.Statement, err error) {
	err = r.actOn(ctx, staff, KeepRecord, article, func(r *Room, a *stet.Article) error {
		if q, err = r.quotationFor(ctx, a, c); err != nil {
			return err
		}
		c.Kind = q.Kind // a proposal says it by itself
		if s, err = r.statementFor(ctx, staff, a, c); err != nil {
			return err
		}
		q.State, q.StatementID, q.DecidedBy = stet.QuotationConfirmed, s.ID, staff.ID
		if err := r.storeQuotation(ctx, a, &q); err != nil {
			return err
		}
		if err := r.settleQuotations(ctx, a, nil); err != nil {
			return err
		}
		if s, err = r.store.Statement(ctx, s.ID); err != nil {
			return err
		}
		r.stated(&s)
		r.changed(recordTag(a))
		return r.noteArticle(ctx, staff, "recorded", a, "“"+s.Short(120)+"”")
	})
	return q, s, err
}

// quotationFor is the quotation that a decision is about: a proposal of the
// queue, or a new one at a passage that stands in the story.
func (r *Room) quotationFor(ctx context.Context, a *stet.Article, c Confirmation) (q stet.Quotation, err error) {
	if c.Proposal != "" {
		if q, err = r.store.QuotationByPublicID(ctx, c.Proposal); err != nil {
			return q, err
		}
		if q.ArticleID != a.ID || q.State != stet.QuotationProposed {
			return q, stet.Errorf(stet.Conflict, "somebody has decided about this passage meanwhile")
		}
	} else {
		q = stet.Quotation{PublicID: stet.NewID(), ArticleID: a.ID}
	}
	if len(c.Anchor) > 0 {
		q.Anchor, q.Kind, q.Text = c.Anchor, c.Kind, c.Text
	}
	if err := checkQuotation(&q); err != nil {
		return q, err
	}
	return q, r.standsIn(ctx, a, &q)
}

func checkQuotation(q *stet.Quotation) error {
	if len(q.Anchor) == 0 || len(q.Anchor) > 50 {
		return stet.Errorf(stet.Invalid, "a quotation is one passage, or a few that belong together")
	}
	if !q.Kind.Valid() {
		return stet.Errorf(stet.Invalid, "there is no kind of quotation %q", q.Kind)
	}
	size := 0
	for _, s := range q.Anchor {
		if s.Exact == "" {
			return stet.Errorf(stet.Invalid, "a passage has no words")
		}
		size += len(s.Exact)
		if err := stet.CheckText("passage", s.Block+s.Exact+s.Prefix+s.Suffix, 2*stet.MaxStatement); err != nil {
			return err
		}
	}
	if size > 4*stet.MaxStatement {
		return stet.Errorf(stet.TooLarge, "the passage is longer than %d characters", stet.MaxStatement)
	}
	if strings.TrimSpace(q.Text) == "" {
		var parts []string
		for _, s := range q.Anchor {
			parts = append(parts, s.Exact)
		}
		q.Text = strings.Join(parts, " … ")
	}
	return stet.CheckText("passage", q.Text, 2*stet.MaxStatement)
}

// standsIn refuses a passage that stands neither in the working copy nor in what
// readers see, and one of which somebody has decided already.
func (r *Room) standsIn(ctx context.Context, a *stet.Article, q *stet.Quotation) error {
	doc, err := r.readable(ctx, a, &a.Content)
	if err != nil {
		return err
	}
	at := anchorOf(q.Anchor).In(doc)
	if !stillStands(at) {
		c, err := r.liveContent(ctx, a)
		if err != nil {
			return err
		}
		if c != nil {
			live, err := r.readable(ctx, a, c)
			if err != nil {
				return err
			}
			at = anchorOf(q.Anchor).In(live)
		}
		if !stillStands(at) {
			return stet.Errorf(stet.Conflict, "the passage does not stand in the story any more")
		}
		return nil
	}
	known, err := r.store.QuotationsIn(ctx, a.ID)
	if err != nil {
		return err
	}
	for _, k := range known {
		if k.ID == q.ID {
			continue
		}
		there := anchorOf(k.Anchor).In(doc)
		if !stillStands(there) || !overlapsAny(pieces(at.Places), []QuotedPassage{{Pieces: pieces(there.Places)}}) {
			continue
		}
		if k.State == stet.QuotationConfirmed {
			return stet.Errorf(stet.Conflict, "this passage is in the record already")
		}
		// A rejection is taken back by confirming, and what a scan proposed is decided.
		if err := r.store.DropQuotation(ctx, k.ID); err != nil {
			return err
		}
	}
	return nil
}

func stillStands(at record.Landing) bool { return at.Fate == record.Kept || at.Fate == record.Moved }

func (r *Room) storeQuotation(ctx context.Context, a *stet.Article, q *stet.Quotation) error {
	if q.ID != 0 {
		return r.store.UpdateQuotation(ctx, q)
	}
	return r.store.AddQuotation(ctx, q)
}

// statementFor is the statement that is confirmed, made if it is new.
func (r *Room) statementFor(ctx context.Context, staff stet.Staff, a *stet.Article, c Confirmation) (s stet.Statement, err error) {
	if c.Statement != "" {
		s, err = r.store.StatementByPublicID(ctx, c.Statement)
		if stet.ErrorCode(err) == stet.NotFound {
			return s, stet.Errorf(stet.Invalid, "the statement that this is another quotation of does not exist")
		}
		return s, err
	}
	if c.Saying == nil {
		return s, stet.Errorf(stet.Invalid, "a statement needs a speaker")
	}
	s = stet.Statement{PublicID: stet.NewID(), Kind: c.Kind, Language: firstOf(a.Content.Language, r.language(ctx)), ConfirmedBy: staff.ID}
	if c.Saying.Topics == nil {
		c.Saying.Topics = []string{}
		for _, t := range a.Content.Topics {
			c.Saying.Topics = append(c.Saying.Topics, t.ID)
		}
	}
	p, err := r.say(ctx, staff, &s, c.Saying)
	if err != nil {
		return s, err
	}
	return s, r.store.AddStatement(ctx, &s, namesOf(p))
}

// namesOf are the names by which search finds what a person said.
func namesOf(p *stet.Person) string {
	return strings.Join(append([]string{p.Name}, p.Variants...), " · ")
}

// say fills in the statement, makes a person of a newcomer, and checks it all.
func (r *Room) say(ctx context.Context, staff stet.Staff, s *stet.Statement, in *Saying) (*stet.Person, error) {
	p, err := r.speaker(ctx, staff, in)
	if err != nil {
		return nil, err
	}
	s.SpeakerID, s.Words, s.Denial = p.ID, strings.TrimSpace(in.Words), in.Denial
	s.Role, s.Addressee, s.Venue = oneLine(in.Role), oneLine(in.Addressee), oneLine(in.Venue)
	s.Date, s.SourceURL, s.Source = in.Date, strings.TrimSpace(in.SourceURL), oneLine(in.Source)
	s.Topics = nil
	for _, id := range in.Topics {
		t, err := r.topic(ctx, id)
		if err != nil {
			return nil, stet.Errorf(stet.Invalid, "a topic of the statement does not exist")
		}
		if !slices.Contains(s.Topics, t.ID) {
			s.Topics = append(s.Topics, t.ID)
		}
	}
	return p, s.Validate()
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func (r *Room) speaker(ctx context.Context, staff stet.Staff, in *Saying) (*stet.Person, error) {
	if in.Newcomer == nil {
		p, err := r.person(ctx, in.Speaker)
		if stet.ErrorCode(err) == stet.NotFound {
			return nil, stet.Errorf(stet.Invalid, "a statement needs a speaker whom the magazine knows")
		}
		return &p, err
	}
	n := in.Newcomer
	p := stet.Person{Name: oneLine(n.Name), Kind: n.Kind}
	if n.Role.Title != "" {
		p.Roles = []stet.Role{n.Role}
	}
	return &p, r.AddPerson(ctx, staff, &p)
}

// Reject says that a passage is no quotation, or none for the record, so that it
// is not proposed again as long as its words stay.
func (r *Room) Reject(ctx context.Context, staff stet.Staff, article int64, c Confirmation) (q stet.Quotation, err error) {
	err = r.actOn(ctx, staff, KeepRecord, article, func(r *Room, a *stet.Article) error {
		if q, err = r.quotationFor(ctx, a, c); err != nil {
			return err
		}
		q.State, q.StatementID, q.DecidedBy, q.Live = stet.QuotationRejected, 0, staff.ID, false
		r.changed(recordTag(a))
		return r.storeQuotation(ctx, a, &q)
	})
	return q, err
}

// Reconsider takes a decision about a passage back: it may be proposed again, and
// one of the archive's queue waits there again. A statement that no other passage
// quotes goes with it.
func (r *Room) Reconsider(ctx context.Context, staff stet.Staff, quotation string) error {
	return r.onQuotation(ctx, staff, quotation, func(r *Room, a *stet.Article, q *stet.Quotation) error {
		statement := q.StatementID
		if err := r.undecide(ctx, q); err != nil || statement == 0 {
			return err
		}
		if err := r.noteArticle(ctx, staff, "took out of the record", a, cut(q.Text, 120)); err != nil {
			return err
		}
		return r.abandon(ctx, statement)
	})
}

// undecide forgets a decision. What the finder said is kept with a passage that
// came from the queue, so that it can wait there again.
func (r *Room) undecide(ctx context.Context, q *stet.Quotation) error {
	if len(q.Found) == 0 {
		return r.store.DropQuotation(ctx, q.ID)
	}
	q.State, q.StatementID, q.DecidedBy, q.Live = stet.QuotationProposed, 0, 0, false
	return r.store.UpdateQuotation(ctx, q)
}

// abandon counts the quotations of a statement and removes it when it has none.
func (r *Room) abandon(ctx context.Context, id int64) error {
	s, err := r.store.Statement(ctx, id)
	if err != nil {
		return err
	}
	r.stated(&s)
	left, err := r.store.QuotationsOf(ctx, id)
	if err != nil {
		return err
	}
	if len(left) > 0 {
		_, err := r.store.CountQuotations(ctx, id)
		return err
	}
	r.sealGone(&s)
	return r.store.DropStatement(ctx, id)
}

// onQuotation is the frame of acts on one quotation, which are acts on its story.
func (r *Room) onQuotation(ctx context.Context, staff stet.Staff, id string, f func(r *Room, a *stet.Article, q *stet.Quotation) error) error {
	return r.act(ctx, staff, KeepRecord, func(r *Room) error {
		q, err := r.store.QuotationByPublicID(ctx, id)
		if err != nil {
			return err
		}
		return r.actOn(ctx, staff, KeepRecord, q.ArticleID, func(r *Room, a *stet.Article) error {
			r.changed(recordTag(a))
			return f(r, a, &q)
		})
	})
}

// Rewrite says that the words of a quotation have changed in the story, and that
// it still is one: it holds on to those that stand there now.
func (r *Room) Rewrite(ctx context.Context, staff stet.Staff, quotation string, anchor []stet.Selector, text string) error {
	return r.onQuotation(ctx, staff, quotation, func(r *Room, a *stet.Article, q *stet.Quotation) error {
		q.Anchor, q.Text = anchor, text
		if err := checkQuotation(q); err != nil {
			return err
		}
		if err := r.standsIn(ctx, a, q); err != nil {
			return err
		}
		q.DecidedBy = staff.ID
		if err := r.store.UpdateQuotation(ctx, q); err != nil {
			return err
		}
		return r.settleQuotations(ctx, a, nil)
	})
}

// Split makes a statement of its own of a quotation that was taken for another
// one of the same.
func (r *Room) Split(ctx context.Context, staff stet.Staff, quotation string) (s stet.Statement, err error) {
	err = r.onQuotation(ctx, staff, quotation, func(r *Room, a *stet.Article, q *stet.Quotation) error {
		if q.StatementID == 0 {
			return stet.Errorf(stet.Conflict, "this passage is not in the record")
		}
		was, err := r.store.Statement(ctx, q.StatementID)
		if err != nil {
			return err
		}
		if was.Quotations < 2 {
			return stet.Errorf(stet.Conflict, "the statement has no other quotation")
		}
		p, err := r.store.Person(ctx, was.SpeakerID)
		if err != nil {
			return err
		}
		s = was
		s.ID, s.PublicID, s.Words, s.Kind, s.ConfirmedBy = 0, stet.NewID(), unquoted(q.Text), q.Kind, staff.ID
		if err := r.store.AddStatement(ctx, &s, namesOf(&p)); err != nil {
			return err
		}
		q.StatementID = s.ID
		if err := r.store.UpdateQuotation(ctx, q); err != nil {
			return err
		}
		for _, id := range []int64{was.ID, s.ID} {
			if _, err := r.store.CountQuotations(ctx, id); err != nil {
				return err
			}
		}
		r.stated(&was)
		s, err = r.store.Statement(ctx, s.ID)
		return err
	})
	return s, err
}

func unquoted(s string) string { return strings.Trim(s, "“”„‟\"«»‹›‘’ \u00a0\u202f") }

// ChangeStatement changes what is said of a statement. Seen is the time of the
// change that the caller knows of; one that somebody else has changed since is
// refused.
func (r *Room) ChangeStatement(ctx context.Context, staff stet.Staff, id string, seen time.Time, in Saying) (s stet.Statement, err error) {
	err = r.act(ctx, staff, KeepRecord, func(r *Room) error {
		if s, err = r.store.StatementByPublicID(ctx, id); err != nil {
			return err
		}
		if !s.UpdatedAt.Equal(seen) {
			return stet.Errorf(stet.Conflict, "somebody else has changed this statement meanwhile")
		}
		r.stated(&s)
		p, err := r.say(ctx, staff, &s, &in)
		if err != nil {
			return err
		}
		if err := r.store.UpdateStatement(ctx, &s, namesOf(p)); err != nil {
			return err
		}
		r.stated(&s)
		if err := r.requoted(ctx, s.ID); err != nil {
			return err
		}
		return r.note(ctx, staff, "changed", "statement", s.PublicID, s.Short(120))
	})
	return s, err
}

// requoted announces the stories that quote a statement: its card stands in them.
func (r *Room) requoted(ctx context.Context, statement int64) error {
	list, err := r.store.QuotationsOf(ctx, statement)
	for _, q := range list {
		r.changed(ArticleTag(q.ArticleID))
	}
	return err
}

// stated announces what shows a statement.
func (r *Room) stated(s *stet.Statement) {
	r.changed(TagRecord, StatementTag(s.ID), PersonTag(s.SpeakerID))
	for _, t := range s.Topics {
		r.changed(store.List{Kind: store.ListTopic, Ref: t}.Tag())
	}
}

// settleQuotations derives anew which quotations of an article stand in what
// readers see. The content is that of the live version; when it is nil it is
// looked up.
func (r *Room) settleQuotations(ctx context.Context, a *stet.Article, live *stet.Content) error {
	known, err := r.store.QuotationsIn(ctx, a.ID)
	if err != nil {
		return err
	}
	known = slices.DeleteFunc(known, func(q stet.Quotation) bool { return q.State != stet.QuotationConfirmed })
	if len(known) == 0 {
		return nil
	}
	if live == nil && a.Status == stet.Published {
		if live, err = r.liveContent(ctx, a); err != nil {
			return err
		}
	}
	doc := record.Document{}
	if live != nil {
		if doc, err = r.readable(ctx, a, live); err != nil {
			return err
		}
	}
	for i := range known {
		q := &known[i]
		if now := live != nil && stillStands(anchorOf(q.Anchor).In(doc)); now != q.Live {
			q.Live = now
			if err := r.store.UpdateQuotation(ctx, q); err != nil {
				return err
			}
			r.changed(ArticleTag(a.ID))
		}
		// Its statement shows the story's headline beside the words.
		r.changed(StatementTag(q.StatementID))
		changed, err := r.store.CountQuotations(ctx, q.StatementID)
		if err != nil {
			return err
		}
		if changed {
			s, err := r.store.Statement(ctx, q.StatementID)
			if err != nil {
				return err
			}
			r.stated(&s)
		}
	}
	return nil
}

// forgetQuotations takes out of the record what only an article says that is
// removed for good.
func (r *Room) forgetQuotations(ctx context.Context, article int64) error {
	known, err := r.store.QuotationsIn(ctx, article)
	if err != nil {
		return err
	}
	for _, q := range known {
		if err := r.store.DropQuotation(ctx, q.ID); err != nil {
			return err
		}
		if q.StatementID == 0 {
			continue
		}
		if err := r.abandon(ctx, q.StatementID); err != nil {
			return err
		}
	}
	return nil
}

// scanLater has the live version of a story read for the queue, after somebody
// has published it. An import's thousands wait for whoever asks for a scan.
func (r *Room) scanLater(ctx context.Context, staff stet.Staff, a *stet.Article) error {
	if a.Kind != stet.Story || staff.ID == 0 && staff.Name != schedule.Name {
		return nil
	}
	return r.enqueue(ctx, jobs.Job{Kind: JobScan, Args: ScanArgs{Article: a.ID}, UniqueKey: fmt.Sprintf("scan:%d", a.ID), Priority: jobs.Last})
}

// ScanArchive has all live stories read that no scan has read as they are now.
func (r *Room) ScanArchive(ctx context.Context, staff stet.Staff) error {
	return r.act(ctx, staff, KeepRecord, func(r *Room) error {
		return r.enqueue(ctx, jobs.Job{Kind: JobScan, Args: ScanArgs{}, UniqueKey: "scan", Priority: jobs.Last})
	})
}

// Resembling is a statement that may be the same utterance as a quotation.
type Resembling struct {
	Statement stet.Statement
	Reason    string
	Score     float64
	Words     []record.WordDiff
}

// most is with how many statements of a speaker a quotation is compared.
const most = 2000

// Resembling finds the statements of a speaker that a quotation may be another
// quotation of, the likeliest first.
func (r *Room) Resembling(ctx context.Context, speaker, words string, date stet.SaidDate, except string) ([]Resembling, error) {
	p, err := r.person(ctx, speaker)
	if err != nil {
		return nil, err
	}
	rows, err := r.store.FindStatements(ctx, store.StatementFilter{Speaker: p.ID, Hidden: true, Limit: most})
	if err != nil {
		return nil, err
	}
	index := record.NewIndex()
	byID := make(map[string]stet.Statement, len(rows))
	for _, s := range rows {
		if s.PublicID == except {
			continue
		}
		byID[s.PublicID] = s
		index.Add(record.Utterance{ID: s.PublicID, Text: s.Words, Speaker: p.PublicID, Date: dateOf(s.Date)})
	}
	var out []Resembling
	for _, m := range index.Find(record.Utterance{Text: words, Speaker: p.PublicID, Date: dateOf(date)}) {
		out = append(out, Resembling{byID[m.ID], m.Reason, m.Score, m.Words})
		if len(out) == 5 {
			break
		}
	}
	return out, nil
}

func dateOf(d stet.SaidDate) record.Date {
	return record.Date{Value: d.Value, Precision: record.Precision(d.Precision)}
}
