// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package record

import (
	"cmp"
	"slices"
	"strings"
)

// Finder finds quotations in one language. It may be used by many at once.
type Finder struct{ lang *language }

// New makes a finder for a language by its tag ("en", "en-GB").
func New(lang string) (*Finder, error) {
	l, err := readLanguage(lang)
	if err != nil {
		return nil, err
	}
	return &Finder{l}, nil
}

// Options are what the caller knows beyond the text.
type Options struct {
	People  []Person // whom the magazine knows
	Beliefs bool     // find beliefs and wishes without quotation marks as well
}

// Find returns the quotations of a document in the order of their first words.
func (f *Finder) Find(doc Document, opts Options) []Quotation {
	r := f.reading(doc, opts)
	return r.finish()
}

// reading does the work of Find up to the end, where the tests look at it.
func (f *Finder) reading(doc Document, opts Options) *reading {
	if doc.Text == "" && len(doc.Blocks) > 0 {
		joined := Join(doc.Blocks)
		doc.Text, doc.Blocks = joined.Text, joined.Blocks
	}
	r := &reading{language: f.lang, doc: &doc, opts: opts}
	r.read()
	r.byPara, r.holds = make([][]*attribution, len(r.paras)), map[int]*attribution{}
	r.meet()
	skip := r.blockQuotes()
	for p := range r.transcripts() {
		skip[p] = true
	}
	for p := range r.paras {
		if skip[p] {
			for _, q := range r.paras[p].quotes {
				r.quotes[q].taken = true
			}
			continue
		}
		for s := range r.paras[p].sentences {
			r.attribute(p, s)
		}
	}
	r.order()
	r.floating()
	r.blockSpeakers()
	r.order()
	return r
}

func (r *reading) order() {
	slices.SortStableFunc(r.found, func(a, b *attribution) int { return a.content[0].from - b.content[0].from })
}

// finish resolves the speakers, in the order of the text, and makes the result.
func (r *reading) finish() []Quotation {
	var out []Quotation
	last := make([]*attribution, 0, len(r.found))
	for _, a := range r.found {
		res := r.resolve(a, last)
		a.who = res.who
		last = append(last, a)
		if q, ok := r.quotation(a, res); ok {
			out = append(out, q)
		}
	}
	return out
}

func (r *reading) quotation(a *attribution, res resolution) (Quotation, bool) {
	q := Quotation{Kind: a.kind, Negated: a.negated}
	var texts []string
	for _, c := range a.content {
		if c.empty() {
			continue
		}
		s := r.span(c.from, c.to)
		b := r.paras[r.paraOf(c.from)].block
		block := &r.doc.Blocks[b]
		q.Spans = append(q.Spans, s)
		q.Places = append(q.Places, Place{Block: block.ID, Index: b, Start: s.Start - block.Start, End: s.End - block.Start})
		texts = append(texts, r.textOf(s))
	}
	if len(texts) == 0 {
		return q, false
	}
	q.Text = strings.Join(texts, pieces)
	if !a.cue.empty() {
		q.Cue = r.mention(a.cue.from, a.cue.to)
	}
	q.Speaker = r.speakerOf(a, res)
	q.Date = r.dated(a)
	if !a.addressee.empty() {
		q.Addressee = r.mention(a.addressee.from, a.addressee.to)
	}
	q.Venue = r.venue(a)
	q.Source = r.source(a, q.Venue)
	q.frame = frameOf(a, &q)
	q.Confidence = r.confidence(q.frame)
	q.Reason = reason(a, res, &q)
	return q, true
}

// pieces stands between the pieces of a divided quotation in its text.
const pieces = " … "

// Words is the text without the quotation marks around its pieces.
func (q *Quotation) Words() string {
	parts := strings.Split(q.Text, pieces)
	for i, p := range parts {
		parts[i] = strings.TrimFunc(p, func(c rune) bool { return isMark(string(c)) || c == ' ' })
	}
	return strings.Join(parts, pieces)
}

func (r *reading) speakerOf(a *attribution, res resolution) Speaker {
	if a.speaker.empty() {
		return Speaker{}
	}
	s := Speaker{Mention: r.mention(a.speaker.from, a.speaker.to), Carried: a.carried, Kind: res.kind}
	if f := res.who; f != nil {
		s.Name, s.Kind = f.name, cmp.Or(f.kind, res.kind)
		if f.known != nil {
			s.Person = f.known.ID
		}
	}
	s.Role = r.roleIn(a, res.who)
	return s
}

// roleIn is the office that the mention itself gives, as title or apposition;
// when it gives none, the one that the document gave before.
func (r *reading) roleIn(a *attribution, f *figure) string {
	for _, n := range r.namingsIn(a.speaker) {
		if n.who != f || f == nil {
			continue
		}
		if i := n.to; i < a.speaker.to {
			if s := r.appositionRole(run{i, a.speaker.to}); s != "" {
				return s
			}
		}
		if n.from > a.head.from && n.from >= a.head.to {
			return strings.TrimPrefix(r.mention(a.head.from, a.head.to).Text, "the ")
		}
		from := max(a.speaker.from, n.title.from)
		if from < n.from && !r.in("honorifics", r.tokens[from].low) {
			from = a.head.from
			if t := r.tokens[from].low; t == "the" || t == "a" || t == "an" {
				from++
			}
			return r.mention(from, n.from).Text
		}
	}
	if f != nil {
		return f.role
	}
	return ""
}

// appositionRole is what stands between the first comma after a name and the end,
// without the party, the age and the article.
func (r *reading) appositionRole(u run) string {
	for i := u.from; i < u.to; i++ {
		if r.tokens[i].text != "," || i+1 < u.to && (r.tokens[i+1].tag == tVBG || r.tokens[i+1].tag == tIN) {
			continue
		}
		j := i + 1
		for j < u.to && r.tokens[j].text != "," {
			j++
		}
		first := i + 1
		if first < j && (r.tokens[first].low == "a" || r.tokens[first].low == "an" || r.tokens[first].low == "the") {
			first++
		}
		for k := first; k < j; k++ {
			if r.roleWord(k) && r.tokens[i+1].low != "who" {
				return r.mention(first, j).Text
			}
		}
	}
	return ""
}

// venue is where it was said, as the adverbials have it.
func (r *reading) venue(a *attribution) Mention {
	for _, u := range a.adjuncts {
		for i := u.from; i < u.to; i++ {
			if t := &r.tokens[i]; r.in("venue nouns", t.low) && t.tag != tIN && !r.in("weekdays", t.low) {
				from := u.from
				if r.tokens[from].tag == tIN || r.tokens[from].tag == tTO {
					from++
				}
				for t := from; t < u.to; t++ {
					if isMark(r.tokens[t].text) && t > from+1 { // a title stands for itself
						u.to = t
					}
				}
				if m := r.mention(from, u.to); m.Span != r.mention(a.addressee.from, a.addressee.to).Span {
					return m
				}
			}
		}
	}
	return Mention{}
}

// source is the link that tells where the words are from: the one on the verb,
// the venue or the speaker, else one in the same sentence.
func (r *reading) source(a *attribution, venue Mention) string {
	if a.sent >= len(r.paras[a.para].sentences) {
		return ""
	}
	b := &r.doc.Blocks[r.paras[a.para].block]
	if len(b.Links) == 0 {
		return ""
	}
	us := r.paras[a.para].sentences[a.sent].units
	sentence := r.span(us[0].token, us[len(us)-1].end)
	spans := []Span{r.span(a.cue.from, a.cue.to), venue.Span, r.span(a.speaker.from, a.speaker.to), sentence}
	for _, s := range spans {
		for _, link := range b.Links {
			at := Span{link.Start + b.Start, link.End + b.Start}
			if s.len() > 0 && s.overlap(at) > 0 {
				return link.URL
			}
		}
	}
	return ""
}
