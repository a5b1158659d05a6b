// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"stet"
	"stet/internal/prose"
	"stet/internal/record"
)

// The tags of pages that show the record.
const TagRecord = "record" // lists of statements and counterpoints

// StatementTag is the tag of pages that show the statement.
func StatementTag(id int64) string { return fmt.Sprintf("statement:%d", id) }

// recordTag tells those who have the story open that its record has changed.
func recordTag(a *stet.Article) string { return "record:" + a.PublicID }

// finders are the finders of the languages that were asked for, each made once.
type finders struct {
	mu   sync.Mutex
	made map[string]*record.Finder
}

// of returns the finder of a language, nil when nothing is known of it.
func (f *finders) of(language string) *record.Finder {
	base, _, _ := strings.Cut(strings.ToLower(language), "-")
	f.mu.Lock()
	defer f.mu.Unlock()
	if found, ok := f.made[base]; ok {
		return found
	}
	found, err := record.New(base)
	if err != nil {
		found = nil
	}
	if f.made == nil {
		f.made = map[string]*record.Finder{}
	}
	f.made[base] = found
	return found
}

// QuotedPassage is a passage of a story that reports speech, as the desk shows it
// beside the text: found, confirmed or rejected.
type QuotedPassage struct {
	ID     string              `json:"id,omitempty" doc:"Of the quotation, once somebody has decided."`
	State  stet.QuotationState `json:"state" enum:"proposed,confirmed,rejected"`
	Fate   record.Fate         `json:"fate" enum:"kept,moved,changed,gone" doc:"What has become of it since it was decided: 'changed' when other words stand there now, 'gone' when nothing like it is left."`
	Kind   stet.QuotationKind  `json:"kind" enum:"direct,mixed,indirect"`
	Text   string              `json:"text" doc:"As it stood when it was decided, or stands; the pieces of a divided one apart by ' … '."`
	Now    string              `json:"now,omitempty" doc:"What stands there now, when it has changed."`
	Words  []Wording           `json:"wordings,omitempty" doc:"Both compared, when it has changed: 'only here' stands there now."`
	Pieces []Piece             `json:"pieces" doc:"Where it stands now."`
	Anchor []stet.Selector     `json:"anchor" doc:"What holds on to it while the text is edited."`
	Found  *Found              `json:"found,omitempty" doc:"What was found out about it."`

	Statement string `json:"statement,omitempty" doc:"Public id of the statement that it quotes, once confirmed."`
}

// Wording is a piece of two wordings.
type Wording struct {
	Op   string `json:"op" enum:"same,only here,only there"`
	Text string `json:"text"`
}

// Piece is a range of code points in the text of a block.
type Piece struct {
	Block string `json:"block"`
	Start int    `json:"start"`
	End   int    `json:"end"`
}

// Found is what the finder says of a passage.
type Found struct {
	Words      string        `json:"words" doc:"The quoted words without their marks."`
	Cue        string        `json:"cue,omitempty"`
	Speaker    string        `json:"speaker,omitempty" doc:"As it stands in the text."`
	Name       string        `json:"name,omitempty" doc:"The speaker's full name, when the story has it."`
	Role       string        `json:"role,omitempty"`
	Kind       string        `json:"kind,omitempty" enum:"person,organisation"`
	Person     stet.Ref      `json:"person,omitzero" doc:"Whom the magazine knows by that name."`
	Carried    bool          `json:"carried,omitempty" doc:"The speaker is carried on from the quotation before."`
	Date       stet.SaidDate `json:"date"`
	DateText   string        `json:"dateText,omitempty"`
	Addressee  string        `json:"addressee,omitempty"`
	Venue      string        `json:"venue,omitempty"`
	Source     string        `json:"source,omitempty" doc:"The address of a link on the words, the cue or the venue."`
	Negated    bool          `json:"negated,omitempty"`
	Confidence float64       `json:"confidence" doc:"Between 0 and 1."`
	Reason     string        `json:"reason"`
}

// Record is what is known of the quotations of a story's working copy.
type Record struct {
	Passages []QuotedPassage `json:"passages" doc:"In the order of the text; those that are gone stand last."`
	Alike    []AlikeNames    `json:"alike" doc:"Names that may be one person's."`
	// Language is false when nothing is looked for in texts of this language.
	Language bool `json:"language"`
	// Sources are offered for where the words can be checked.
	Sources []Source `json:"sources" doc:"The links of the text, in its order, each once."`
}

// Source is a link of a story.
type Source struct {
	URL  string `json:"url"`
	Text string `json:"text" doc:"The words that are the link."`
}

// AlikeNames are two names that may be one person's.
type AlikeNames struct {
	A      string `json:"a"`
	B      string `json:"b"`
	Reason string `json:"reason"`
}

// Record reads the working copy: what stands in it of what was decided, and what
// else is found.
func (r *Room) Record(ctx context.Context, a *stet.Article) (Record, error) {
	out := Record{Passages: []QuotedPassage{}, Alike: []AlikeNames{}, Sources: []Source{}}
	doc, err := r.readable(ctx, a, &a.Content)
	if err != nil {
		return out, err
	}
	known, err := r.store.QuotationsIn(ctx, a.ID)
	if err != nil {
		return out, err
	}
	decided, err := r.decidedIn(ctx, doc, known)
	if err != nil {
		return out, err
	}
	f := r.finders.of(firstOf(a.Content.Language, r.language(ctx)))
	out.Language = f != nil
	var found []record.Quotation
	if f != nil {
		if found, err = r.find(ctx, f, doc); err != nil {
			return out, err
		}
	}
	out.Passages, out.Sources = merge(doc, decided, found), sourcesIn(doc)
	for _, p := range out.Passages {
		if p.Found == nil || p.Found.Person.ID == "" {
			continue
		}
		if named, err := r.person(ctx, p.Found.Person.ID); err == nil {
			p.Found.Person.Name = named.Name
		}
	}
	out.Alike = alikeIn(found)
	return out, nil
}

// liveContent is what readers see of an article, or saw last; nil before its
// first version.
func (r *Room) liveContent(ctx context.Context, a *stet.Article) (*stet.Content, error) {
	if a.VersionID == 0 {
		return nil, nil
	}
	v, err := r.store.Version(ctx, a.VersionID)
	if err != nil {
		return nil, err
	}
	d, err := v.Open()
	if err != nil {
		return nil, err
	}
	return &d.Content, nil
}

// readable is a content as the finder reads it.
func (r *Room) readable(ctx context.Context, a *stet.Article, c *stet.Content) (record.Document, error) {
	body, err := prose.Parse(c.Body)
	if len(c.Body) == 0 {
		body, err = &prose.Doc{}, nil
	}
	if err != nil {
		return record.Document{}, stet.Errorf(stet.Invalid, "the body is not valid: %v", err)
	}
	doc := Readable(body)
	doc.Title, doc.Published = c.Headline, a.PublishedAt
	if doc.Published.IsZero() {
		doc.Published = r.store.Now()
	}
	if m, err := r.store.Magazine(ctx); err == nil {
		doc.Published = doc.Published.In(m.Location())
	}
	for _, b := range c.Bylines {
		doc.Authors = append(doc.Authors, b.Person.Name)
	}
	return doc, nil
}

// find reads the document twice: whom the magazine knows of those who speak in
// it is asked in between, so that no list of thousands has to be read through.
func (r *Room) find(ctx context.Context, f *record.Finder, doc record.Document) ([]record.Quotation, error) {
	first := f.Find(doc, record.Options{})
	names := map[string]bool{}
	var people []record.Person
	for _, q := range first {
		if q.Speaker.Name == "" || names[q.Speaker.Name] {
			continue
		}
		names[q.Speaker.Name] = true
		found, err := r.store.PeopleNamed(ctx, q.Speaker.Name)
		if err != nil {
			return nil, err
		}
		if len(found) == 1 { // of two with one name an editor has to choose
			people = append(people, known(&found[0]))
		}
	}
	if len(people) == 0 {
		return first, nil
	}
	return f.Find(doc, record.Options{People: people}), nil
}

func known(p *stet.Person) record.Person {
	out := record.Person{ID: p.PublicID, Name: p.Name, Variants: p.Variants, Kind: record.SpeakerKind(p.Kind)}
	for _, role := range p.Roles {
		out.Roles = append(out.Roles, record.PersonRole{Title: role.Title, Organisation: role.Organisation, From: role.From, To: role.To})
	}
	return out
}

// decidedIn says where the quotations stand of which somebody has decided.
func (r *Room) decidedIn(ctx context.Context, doc record.Document, known []stet.Quotation) ([]QuotedPassage, error) {
	var ids []int64
	for _, q := range known {
		if q.StatementID != 0 {
			ids = append(ids, q.StatementID)
		}
	}
	statements, err := r.store.Statements(ctx, ids...)
	if err != nil {
		return nil, err
	}
	public := make(map[int64]string, len(statements))
	for _, s := range statements {
		public[s.ID] = s.PublicID
	}
	var out []QuotedPassage
	for _, q := range known {
		if q.State == stet.QuotationProposed {
			continue
		}
		at := anchorOf(q.Anchor).In(doc)
		p := QuotedPassage{ID: q.PublicID, State: q.State, Fate: at.Fate, Kind: q.Kind, Text: q.Text, Pieces: pieces(at.Places), Anchor: q.Anchor, Statement: public[q.StatementID]}
		if at.Fate == record.Changed {
			p.Now = at.Text
			for _, w := range record.Wordings(at.Text, q.Text) {
				p.Words = append(p.Words, Wording(w))
			}
		}
		if q.State == stet.QuotationRejected && at.Fate != record.Kept && at.Fate != record.Moved {
			continue // other words than those that were rejected
		}
		out = append(out, p)
	}
	return out, nil
}

// merge puts what was decided and what was found into the order of the text.
// What is found where something was decided is not asked again.
func merge(doc record.Document, decided []QuotedPassage, found []record.Quotation) []QuotedPassage {
	place := map[string]int{}
	for i, b := range doc.Blocks {
		place[b.ID] = i
	}
	out := append([]QuotedPassage{}, decided...)
	for i := range found {
		p := passageOf(doc, &found[i])
		if len(p.Pieces) > 0 && !overlapsAny(p.Pieces, decided) {
			out = append(out, p)
		}
	}
	at := func(p QuotedPassage) (block, start int) {
		if len(p.Pieces) == 0 {
			return len(doc.Blocks), 0
		}
		return place[p.Pieces[0].Block], p.Pieces[0].Start
	}
	slices.SortStableFunc(out, func(a, b QuotedPassage) int {
		ab, as := at(a)
		bb, bs := at(b)
		return cmp.Or(cmp.Compare(ab, bb), cmp.Compare(as, bs))
	})
	return out
}

func passageOf(doc record.Document, q *record.Quotation) QuotedPassage {
	return QuotedPassage{
		State: stet.QuotationProposed, Fate: record.Kept, Kind: stet.QuotationKind(q.Kind), Text: q.Text,
		Pieces: pieces(q.Places), Anchor: selectors(record.NewAnchor(doc, *q)), Found: foundOf(q),
	}
}

func foundOf(q *record.Quotation) *Found {
	return &Found{
		Words: q.Words(), Cue: q.Cue.Text, Speaker: q.Speaker.Text, Name: q.Speaker.Name, Role: q.Speaker.Role, Kind: string(q.Speaker.Kind),
		Person: stet.Ref{ID: q.Speaker.Person, Name: q.Speaker.Name}, Carried: q.Speaker.Carried,
		Date: stet.SaidDate{Value: q.Date.Value, Precision: stet.DatePrecision(q.Date.Precision)}, DateText: q.Date.Text,
		Addressee: q.Addressee.Text, Venue: q.Venue.Text, Source: q.Source, Negated: q.Negated, Confidence: q.Confidence, Reason: q.Reason,
	}
}

// overlapsAny reports whether the pieces share half of their text with the
// passages, which may have divided it among them.
func overlapsAny(list []Piece, passages []QuotedPassage) bool {
	size, shared := 0, 0
	for _, a := range list {
		size += a.End - a.Start
		for i := range passages {
			for _, b := range passages[i].Pieces {
				if a.Block == b.Block {
					shared += max(0, min(a.End, b.End)-max(a.Start, b.Start))
				}
			}
		}
	}
	return 2*shared >= size && size > 0
}

// mostSources is how many links of a story are offered as sources.
const mostSources = 200

// sourcesIn are the links of a text that readers can follow. A link whose words
// are in several styles is one.
func sourcesIn(doc record.Document) []Source {
	out := []Source{}
	at := map[string]int{}
	for _, b := range doc.Blocks {
		text := []rune(b.Text)
		last := ""
		for i, l := range b.Links {
			joined := last == l.URL && b.Links[i-1].End == l.Start
			last = l.URL
			words := string(text[l.Start:l.End])
			n, known := at[l.URL]
			switch {
			case known && joined:
				out[n].Text = cut(out[n].Text+words, 120)
			case !known && len(out) < mostSources && stet.Followable(l.URL):
				at[l.URL] = len(out)
				out = append(out, Source{l.URL, cut(words, 120)})
			}
		}
	}
	return out
}

func pieces(places []record.Place) []Piece {
	out := make([]Piece, len(places))
	for i, p := range places {
		out[i] = Piece{p.Block, p.Start, p.End}
	}
	return out
}

func selectors(a record.Anchor) []stet.Selector {
	out := make([]stet.Selector, len(a.Pieces))
	for i, s := range a.Pieces {
		out[i] = stet.Selector(s)
	}
	return out
}

func anchorOf(list []stet.Selector) record.Anchor {
	a := record.Anchor{Pieces: make([]record.Selector, len(list))}
	for i, s := range list {
		a.Pieces[i] = record.Selector(s)
	}
	return a
}

// alikeIn proposes which of the speakers may be one.
func alikeIn(found []record.Quotation) []AlikeNames {
	out := []AlikeNames{}
	var names []string
	seen := map[string]bool{}
	for _, q := range found {
		if n := q.Speaker.Name; n != "" && !seen[n] {
			seen[n] = true
			names = append(names, n)
		}
	}
	for _, l := range record.Alike(names) {
		out = append(out, AlikeNames{l.A, l.B, l.Reason})
	}
	return out
}

// ScanArgs names the article whose live version is to be read, 0 for all that
// no scan has read as they are now.
type ScanArgs struct {
	Article int64 `json:"article,omitempty"`
}

// doubtful is the confidence below which a scan of the archive proposes nothing:
// an editor who works through thousands wants those that are right.
const doubtful = 0.5

// Scan is the work of JobScan: what is found in live stories is proposed to
// whoever works through the archive. progress, which may be nil, is called after
// each story.
func (r *Room) Scan(ctx context.Context, args ScanArgs, progress func(read, proposed int)) error {
	read, proposed := 0, 0
	one := func(article int64) error {
		n, did, err := r.scan(ctx, article)
		if err != nil {
			return fmt.Errorf("scan article %d: %w", article, err)
		}
		if did {
			read, proposed = read+1, proposed+n
			if progress != nil {
				progress(read, proposed)
			}
		}
		return nil
	}
	if args.Article != 0 {
		return one(args.Article)
	}
	last, err := r.store.LastLive(ctx)
	for after := int64(0); err == nil; {
		rows, err2 := r.store.LiveAfter(ctx, after, last, 100)
		if err2 != nil || len(rows) == 0 {
			return err2
		}
		for _, l := range rows {
			if err = one(l.ArticleID); err != nil {
				return err
			}
		}
		after = rows[len(rows)-1].ArticleID
	}
	return err
}

// scan reads one live story, unless it was read as it is.
func (r *Room) scan(ctx context.Context, article int64) (proposed int, did bool, err error) {
	a, err := r.store.Article(ctx, article)
	if stet.ErrorCode(err) == stet.NotFound {
		return 0, false, nil
	}
	if err != nil {
		return 0, false, err
	}
	done, err := r.store.Scanned(ctx, article)
	if err != nil || a.Kind != stet.Story || a.VersionID == 0 || done == a.VersionID {
		return 0, false, err
	}
	c, err := r.liveContent(ctx, &a)
	if err != nil {
		return 0, false, err
	}
	doc, err := r.readable(ctx, &a, c)
	if err != nil {
		return 0, false, err
	}
	var found []record.Quotation
	if f := r.finders.of(firstOf(c.Language, r.language(ctx))); f != nil {
		if found, err = r.find(ctx, f, doc); err != nil {
			return 0, false, err
		}
	}
	err = r.Batch(ctx, func(r *Room) error {
		if proposed, err = r.propose(ctx, &a, doc, found); err != nil {
			return err
		}
		return r.store.SetScanned(ctx, a.ID, a.VersionID)
	})
	return proposed, err == nil, err
}

// propose stores what was found and nobody has decided.
func (r *Room) propose(ctx context.Context, a *stet.Article, doc record.Document, found []record.Quotation) (n int, err error) {
	known, err := r.store.QuotationsIn(ctx, a.ID)
	if err != nil {
		return 0, err
	}
	decided, err := r.decidedIn(ctx, doc, known)
	if err != nil {
		return 0, err
	}
	if err := r.store.DropProposals(ctx, a.ID); err != nil {
		return 0, err
	}
	for i := range found {
		p := passageOf(doc, &found[i])
		if found[i].Confidence < doubtful || found[i].Speaker.Name == "" || len(p.Pieces) == 0 || overlapsAny(p.Pieces, decided) {
			continue
		}
		q := stet.Quotation{PublicID: stet.NewID(), ArticleID: a.ID, State: stet.QuotationProposed, Kind: p.Kind, Text: p.Text, Anchor: p.Anchor, Confidence: p.Found.Confidence}
		if q.Found, err = json.Marshal(p.Found); err != nil {
			return n, err
		}
		if err := r.store.AddQuotation(ctx, &q); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// Queued is a proposal in the queue of the archive.
type Queued struct {
	QuotedPassage
	Article     stet.Ref  `json:"article"`
	Path        string    `json:"path,omitempty"`
	PublishedAt time.Time `json:"publishedAt"`
	// Paragraphs are those in which it stands, for reading it in its place.
	Paragraphs []Paragraph `json:"paragraphs" doc:"Those in which it stands; the pieces are ranges of code points in their texts."`
	Sources    []Source    `json:"sources" doc:"The links of the story."`
}

// Paragraph is the text of a block.
type Paragraph struct {
	Block string `json:"block"`
	Text  string `json:"text"`
}

// Queue returns proposals of the archive, the most certain first, after the one
// with the public id.
func (r *Room) Queue(ctx context.Context, after string, limit int) ([]Queued, error) {
	var from int64
	if after != "" {
		q, err := r.store.QuotationByPublicID(ctx, after)
		if err != nil {
			return nil, stet.Errorf(stet.Invalid, "%q is no cursor of ours", after)
		}
		from = q.ID
	}
	rows, err := r.store.Proposals(ctx, from, limit)
	if err != nil {
		return nil, err
	}
	out := make([]Queued, 0, len(rows))
	read := map[int64]record.Document{} // a story often waits with several
	for i := range rows {
		l, err := r.store.Live(ctx, rows[i].ArticleID)
		if stet.ErrorCode(err) == stet.NotFound {
			continue // withdrawn since
		}
		if err != nil {
			return nil, err
		}
		doc, ok := read[l.ArticleID]
		if !ok {
			if doc, err = r.liveDocument(ctx, l.ArticleID); err != nil {
				return nil, err
			}
			read[l.ArticleID] = doc
		}
		v, err := r.queued(ctx, &rows[i], doc)
		if err != nil {
			return nil, err
		}
		v.Article, v.Path, v.PublishedAt = stet.Ref{ID: l.PublicID, Name: l.Headline}, l.Path, l.PublishedAt
		out = append(out, v)
	}
	return out, nil
}

// liveDocument is what readers see of a story, as the finder reads it.
func (r *Room) liveDocument(ctx context.Context, article int64) (record.Document, error) {
	a, err := r.store.Article(ctx, article)
	if err != nil {
		return record.Document{}, err
	}
	c, err := r.liveContent(ctx, &a)
	if err != nil || c == nil {
		return record.Document{}, err
	}
	return r.readable(ctx, &a, c)
}

// queued is a proposal in its place. Somebody who was unknown when the archive
// was scanned may have become a person since.
func (r *Room) queued(ctx context.Context, q *stet.Quotation, doc record.Document) (Queued, error) {
	at := anchorOf(q.Anchor).In(doc)
	v := Queued{QuotedPassage: QuotedPassage{ID: q.PublicID, State: q.State, Fate: at.Fate, Kind: q.Kind, Text: q.Text, Anchor: q.Anchor, Pieces: pieces(at.Places), Found: &Found{}}, Paragraphs: []Paragraph{}, Sources: sourcesIn(doc)}
	if err := json.Unmarshal(q.Found, v.Found); err != nil {
		return v, fmt.Errorf("proposal %d: %w", q.ID, err)
	}
	for _, b := range doc.Blocks {
		if slices.ContainsFunc(v.Pieces, func(p Piece) bool { return p.Block == b.ID }) {
			v.Paragraphs = append(v.Paragraphs, Paragraph{b.ID, b.Text})
		}
	}
	f := v.Found
	if f.Person.ID != "" {
		p, err := r.person(ctx, f.Person.ID)
		switch {
		case err == nil:
			f.Person = stet.Ref{ID: p.PublicID, Name: p.Name}
		case stet.ErrorCode(err) == stet.NotFound:
			f.Person = stet.Ref{}
		default:
			return v, err
		}
	}
	if f.Person.ID == "" && f.Name != "" {
		found, err := r.store.PeopleNamed(ctx, f.Name)
		if err != nil {
			return v, err
		}
		if len(found) == 1 {
			f.Person = stet.Ref{ID: found[0].PublicID, Name: found[0].Name}
		}
	}
	return v, nil
}
