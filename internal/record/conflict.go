// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package record

import (
	"cmp"
	"slices"
	"strings"
)

// Said is a statement as the search for conflicts sees it.
type Said struct {
	ID      string
	Story   string // in which it was found
	Speaker string // a person's id; "" for unknown
	Name    string // for the reason
	Text    string
	Negated bool // "denied that"
	Cue     string
	Date    Date
	Topics  []string // topics and events; two statements without one in common are never compared
}

// Label is how two statements stand to one another.
type Label string

// The labels of a counterpoint.
const (
	Contradicts     Label = "contradicts"
	ChangedPosition Label = "changed position"
	DiffersOnFact   Label = "differs on fact"
	Answers         Label = "answers"
)

// Proposal is a pair that an editor may want to set side by side.
type Proposal struct {
	A, B   string // ids, the earlier first where dates tell
	Label  Label
	Reason string // one line
	Score  float64
}

// AtMost is how many conflicts are proposed for a story.
const AtMost = 5

// Conflicts proposes pairs of a story's statements with one another and with
// those of other stories. A pair needs a topic or an event in common, and then
// one of: a contrast that the author makes, a denial, opposite ends of an axis,
// different numbers of the same thing, or one speaker at two dates. That the two
// use the same words is no reason: of 25 pairs so found none was real.
func (f *Finder) Conflicts(story, others []Said, contrasts []Contrast) []Proposal {
	c := &conflicts{language: f.lang, views: map[string]*view{}}
	var out []Proposal
	for i := range story {
		for j := i + 1; j < len(story); j++ {
			out = c.add(out, &story[i], &story[j], contrasts)
		}
		for j := range others {
			if others[j].ID != story[i].ID {
				out = c.add(out, &story[i], &others[j], nil)
			}
		}
	}
	slices.SortFunc(out, func(a, b Proposal) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B))
	})
	return c.few(out)
}

// few keeps the best, no statement in more than two of them.
func (c *conflicts) few(list []Proposal) []Proposal {
	uses := map[string]int{}
	var out []Proposal
	for _, p := range list {
		if len(out) == AtMost {
			break
		}
		if uses[p.A] < 2 && uses[p.B] < 2 {
			uses[p.A]++
			uses[p.B]++
			out = append(out, p)
		}
	}
	return out
}

type conflicts struct {
	*language
	views map[string]*view
}

// view is a statement made ready to be compared.
type view struct {
	words   []string
	content set // words that say what it is about
	stands  map[string]stand
	amounts []amount
}

func (c *conflicts) view(s *Said) *view {
	if v := c.views[s.ID]; v != nil && s.ID != "" {
		return v
	}
	v := &view{words: spoken(s.Text), content: set{}}
	for _, w := range v.words {
		if len(w) > 3 && !c.in("function words", w) && !c.in("auxiliaries", w) && !c.in("begins a sentence", w) && !c.in("negations", w) && !c.in("words without a topic", w) {
			v.content[stem(w)] = true
		}
	}
	v.stands = c.language.stands(v.words, s.Negated)
	v.amounts = amounts(v.words)
	c.views[s.ID] = v
	return v
}

// stem takes the ending off, so that "warned" and "warning" are about one thing.
func stem(w string) string {
	for _, end := range []string{"ings", "ing", "ies", "ed", "es", "s", "ly"} {
		if t, ok := strings.CutSuffix(w, end); ok && len(t) >= 4 {
			return t
		}
	}
	return w
}

func (c *conflicts) add(out []Proposal, a, b *Said, contrasts []Contrast) []Proposal {
	topic := common(a.Topics, b.Topics)
	if topic == "" {
		return out
	}
	if later(a, b) {
		a, b = b, a
	}
	best := Proposal{}
	for _, p := range []Proposal{c.contrast(a, b, contrasts), c.denial(a, b), c.opposites(a, b), c.numbers(a, b), c.twoDates(a, b)} {
		if p.Score > best.Score {
			best = p
		}
	}
	if best.Score == 0 {
		return out
	}
	best.A, best.B = a.ID, b.ID
	if a.Speaker != "" && a.Speaker == b.Speaker && best.Label == Contradicts {
		best.Label = ChangedPosition
	}
	return append(out, best)
}

func common(a, b []string) string {
	for _, t := range a {
		if t != "" && slices.Contains(b, t) {
			return t
		}
	}
	return ""
}

func later(a, b *Said) bool {
	as, _, ok := bounds(a.Date)
	bs, _, ok2 := bounds(b.Date)
	return ok && ok2 && a.Date.Precision != OnOrBefore && b.Date.Precision != OnOrBefore && as.After(bs)
}

func other(a, b *Said) bool { return a.Speaker == "" || a.Speaker != b.Speaker }

// contrast is the author's own: the strongest reason there is.
func (c *conflicts) contrast(a, b *Said, contrasts []Contrast) Proposal {
	for _, k := range contrasts {
		if k.A == a.ID && k.B == b.ID || k.A == b.ID && k.B == a.ID {
			label := Contradicts
			if c.in("answers", b.Cue) || c.in("answers", a.Cue) {
				label = Answers
			}
			return Proposal{Label: label, Score: 0.9, Reason: "the author sets the two against each other with “" + k.Word + "”"}
		}
	}
	return Proposal{}
}

// denial: one denies, and the other asserts, something about the same matter.
func (c *conflicts) denial(a, b *Said) Proposal {
	if a.Negated == b.Negated || !other(a, b) {
		return Proposal{}
	}
	shared := ""
	n := 0
	for w := range c.view(a).content {
		if c.view(b).content[w] {
			n++
			if shared == "" || w < shared {
				shared = w
			}
		}
	}
	if n < 2 {
		return Proposal{}
	}
	no, yes := a, b
	if b.Negated {
		no, yes = b, a
	}
	return Proposal{Label: Contradicts, Score: 0.8, Reason: who(no) + " denies (“" + no.Cue + "”) what " + who(yes) + " asserts"}
}

func who(s *Said) string { return cmp.Or(s.Name, s.Speaker, "one speaker") }

// opposites: they stand at two ends of an axis.
func (c *conflicts) opposites(a, b *Said) Proposal {
	va, vb := c.view(a), c.view(b)
	for _, ax := range c.axes {
		x, ok := va.stands[ax.name]
		y, ok2 := vb.stands[ax.name]
		if !ok || !ok2 || x.side == y.side || !c.comparable(a, b) || ax.same && !oneThing(va, vb, ax) {
			continue
		}
		return Proposal{Label: Contradicts, Score: 0.7, Reason: ax.name + ": “" + x.word + "” said " + who(a) + ", “" + y.word + "” said " + who(b)}
	}
	return Proposal{}
}

// oneThing reports whether two statements name one thing, apart from the words
// of the axis.
func oneThing(a, b *view, ax axis) bool {
	for w := range a.content {
		if b.content[w] && !ax.has(w) {
			return true
		}
	}
	return false
}

// comparable refuses a speaker's two halves of one utterance.
func (c *conflicts) comparable(a, b *Said) bool {
	return other(a, b) || a.Date.Value != b.Date.Value
}

// amount is a number and what it counts.
type amount struct {
	value, unit string
}

// amounts reads "40 million crowns" and "four metres" from the words.
func amounts(words []string) []amount {
	var out []amount
	for i := 0; i < len(words); i++ {
		if !numeric(words[i]) {
			continue
		}
		j := i + 1
		for j < len(words) && (numeric(words[j]) || words[j] == "of" || words[j] == "per") {
			j++
		}
		if j < len(words) && len(words[j]) > 3 {
			out = append(out, amount{strings.Join(words[i:j], " "), stem(words[j])})
		}
		i = j - 1
	}
	return out
}

func numeric(w string) bool {
	if w == "" {
		return false
	}
	if w[0] >= '0' && w[0] <= '9' {
		return len(w) != 4 || w[0] > '2' // a year counts nothing
	}
	switch w {
	case "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "twenty", "thirty", "forty", "fifty", "hundred", "thousand", "million", "billion":
		return true
	}
	return false
}

// numbers: the same thing is counted differently.
func (c *conflicts) numbers(a, b *Said) Proposal {
	if !c.comparable(a, b) {
		return Proposal{}
	}
	va, vb := c.view(a), c.view(b)
	for _, x := range va.amounts {
		for _, y := range vb.amounts {
			if x.unit != y.unit || x.value == y.value {
				continue
			}
			for w := range va.content {
				if w != x.unit && vb.content[w] && !numeric(w) {
					return Proposal{Label: DiffersOnFact, Score: 0.65, Reason: "“" + x.value + "” said " + who(a) + " and “" + y.value + "” said " + who(b) + " of the same thing (" + x.unit + ")"}
				}
			}
		}
	}
	return Proposal{}
}

// apart is how far two dates of one speaker have to lie from each other.
const apart = 30

// twoDates: one speaker on one topic, at two times. It is the weakest reason,
// and needs that one of the two is a negation and the other is none.
func (c *conflicts) twoDates(a, b *Said) Proposal {
	if other(a, b) {
		return Proposal{}
	}
	as, _, ok := bounds(a.Date)
	bs, _, ok2 := bounds(b.Date)
	if !ok || !ok2 || bs.Sub(as).Hours() < apart*24 && as.Sub(bs).Hours() < apart*24 {
		return Proposal{}
	}
	if c.negative(a) == c.negative(b) {
		return Proposal{}
	}
	return Proposal{Label: ChangedPosition, Score: 0.5, Reason: who(a) + " on the same topic at two dates, once with a negation"}
}

func (c *conflicts) negative(s *Said) bool {
	n := s.Negated
	for _, w := range c.view(s).words {
		if c.in("negations", w) {
			n = !n
			break
		}
	}
	return n
}

// Contrast is a place where the author sets two quotations against each other.
type Contrast struct {
	A, B string // ids
	Word string // “but”, “while”, “contradicting”
}

// Contrasts finds where the author contrasts quotations of a document; ids are
// those of the quotations, in their order.
func (f *Finder) Contrasts(doc Document, quotations []Quotation, ids []string) []Contrast {
	var out []Contrast
	runes := []rune(doc.Text)
	for i := 0; i+1 < len(quotations) && i+1 < len(ids); i++ {
		a, b := &quotations[i], &quotations[i+1]
		if len(a.Spans) == 0 || len(b.Spans) == 0 || sameSpeaker(a, b) {
			continue
		}
		from := a.Spans[len(a.Spans)-1].End
		to := b.Spans[0].Start
		if b.Cue.Span.len() > 0 && b.Cue.Span.Start > to {
			to = min(b.Cue.Span.End, len(runes))
		}
		if from >= to || to-from > 260 || to > len(runes) {
			continue
		}
		for _, t := range tokenise(runes, from, to, nil) {
			if f.lang.in("contrasts", t.low) {
				out = append(out, Contrast{ids[i], ids[i+1], t.low})
				break
			}
		}
	}
	return out
}

func sameSpeaker(a, b *Quotation) bool {
	if a.Speaker.Name != "" || b.Speaker.Name != "" {
		return a.Speaker.Name == b.Speaker.Name
	}
	return a.Speaker.Text == b.Speaker.Text
}
