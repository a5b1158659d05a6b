// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package record

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// The gold texts are our own, their people and places invented. A text begins
// with "published:" and "---"; in it stand ⟦d1 what was said⟧ (d direct, m mixed,
// i indirect), ⟪1=Full_Name the speaker as mentioned⟫ and ⟨1 the cue⟩; pieces with
// the same number are one quotation, and ⟪1,2 ...⟫ speaks in two. After a second "---" may stand lines
// "1: date=2026-03-10 addressee=reporters negated".

// goldQuotation is one annotated quotation.
type goldQuotation struct {
	id      string
	kind    Kind
	spans   []Span
	cue     Span
	speaker Span
	name    string
	facts   map[string]string
}

type goldText struct {
	name       string
	doc        Document
	quotations []*goldQuotation
}

func readGold(t testing.TB, dir string) []goldText {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("testdata", dir, "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no gold in %s: %v", dir, err)
	}
	var out []goldText
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		g, err := parseGold(string(b))
		if err != nil {
			t.Fatalf("%s: %v", f, err)
		}
		g.name = strings.TrimSuffix(filepath.Base(f), ".txt")
		out = append(out, g)
	}
	return out
}

var goldKinds = map[byte]Kind{'d': Direct, 'm': Mixed, 'i': Indirect}

func parseGold(s string) (goldText, error) {
	var g goldText
	head, body, ok := strings.Cut(s, "---\n")
	if !ok {
		return g, fmt.Errorf("no --- after the head")
	}
	body, tail, _ := strings.Cut(body, "\n---\n")
	published, err := time.Parse(isoDay, strings.TrimSpace(strings.TrimPrefix(head, "published:")))
	if err != nil {
		return g, err
	}
	byID := map[string]*goldQuotation{}
	get := func(id string) *goldQuotation {
		if byID[id] == nil {
			byID[id] = &goldQuotation{id: id, facts: map[string]string{}}
			g.quotations = append(g.quotations, byID[id])
		}
		return byID[id]
	}
	var text strings.Builder
	at := 0
	for body != "" {
		i := strings.IndexAny(body, "⟦⟪⟨")
		if i < 0 {
			i = len(body)
		}
		text.WriteString(body[:i])
		at += utf8.RuneCountInString(body[:i])
		if body = body[i:]; body == "" {
			break
		}
		open, size := utf8.DecodeRuneInString(body)
		j := strings.IndexAny(body, "⟧⟫⟩")
		if j < 0 {
			return g, fmt.Errorf("%.30q is not closed", body)
		}
		tag, words, _ := strings.Cut(body[size:j], " ")
		n := utf8.RuneCountInString(words)
		sp := Span{at, at + n}
		switch open {
		case '⟦':
			q := get(tag[1:])
			q.kind = goldKinds[tag[0]]
			q.spans = append(q.spans, sp)
		case '⟪':
			ids, name, _ := strings.Cut(tag, "=")
			for _, id := range strings.Split(ids, ",") {
				get(id).speaker, get(id).name = Span{at, at + n - strings.Count(words[max(0, len(words)-1):], ",")}, strings.ReplaceAll(name, "_", " ")
			}
		case '⟨':
			get(tag).cue = sp
		}
		text.WriteString(words)
		at += n
		body = body[j+len("⟧"):]
	}
	for _, line := range strings.Split(tail, "\n") {
		id, rest, ok := strings.Cut(line, ": ")
		if !ok {
			continue
		}
		readFacts(get(id), rest)
	}
	g.quotations = slices.DeleteFunc(g.quotations, func(q *goldQuotation) bool { return len(q.spans) == 0 })
	g.doc = Plain(text.String())
	g.doc.Published = published
	return g, nil
}

// readFacts reads "date=2026-03-10 venue=an interview negated".
func readFacts(q *goldQuotation, s string) {
	key := ""
	for _, w := range strings.Fields(s) {
		switch k, v, ok := strings.Cut(w, "="); {
		case ok:
			key = k
			q.facts[key] = v
		case w == "negated":
			key = ""
			q.facts["negated"] = "true"
		case key != "":
			q.facts[key] += " " + w
		}
	}
	if n := q.facts["name"]; n != "" {
		q.name = n
	}
}

// score holds the figures of a set of texts.
type score struct {
	found                     map[Kind]*[3]ratio // at Jaccard >= .3, >= .8, exact
	quotedGold, quotedOurs    [3]ratio
	allGold, allOurs          [3]ratio
	cue, overlap, exact, name ratio
	facts                     ratio
	kinds                     ratio
}

var thresholds = [3]float64{.3, .8, 1}

func f1(gold, ours ratio) float64 {
	p, r := ours.value(), gold.value()
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}

func (s *score) F1(kind string) (out [3]float64) {
	for i := range out {
		if kind == "quoted" {
			out[i] = f1(s.quotedGold[i], s.quotedOurs[i])
		} else {
			out[i] = f1(s.allGold[i], s.allOurs[i])
		}
	}
	return out
}

// measure compares what is found in the texts with the gold.
func measure(t *testing.T, f *Finder, texts []goldText) *score { return measureWith(t.Logf, f, texts) }

// silently measures without a word about what was wrong, for texts to which no
// rule is to be fitted.
func silently(f *Finder, texts []goldText) *score {
	return measureWith(func(string, ...any) {}, f, texts)
}

func measureWith(logf func(string, ...any), f *Finder, texts []goldText) *score {
	s := &score{found: map[Kind]*[3]ratio{Direct: {}, Mixed: {}, Indirect: {}}}
	for _, g := range texts {
		ours := f.Find(g.doc, Options{})
		var quoted []Quotation
		for _, q := range ours {
			if q.Kind != Indirect {
				quoted = append(quoted, q)
			}
		}
		for _, w := range g.quotations {
			s.one(logf, &g, w, ours, quoted)
		}
		for _, q := range ours {
			j := 0.0
			jq := 0.0
			for _, w := range g.quotations {
				v := jaccard(w.spans, q.Spans)
				j = max(j, v)
				if w.kind != Indirect {
					jq = max(jq, v)
				}
			}
			for i, th := range thresholds {
				s.allOurs[i].add(j >= th)
				if q.Kind != Indirect {
					s.quotedOurs[i].add(jq >= th)
				}
			}
			if j < .3 {
				logf("%s: not gold: %s %q << %q (%s)", g.name, q.Kind, q.Text, q.Speaker.Text, q.Reason)
			}
		}
	}
	return s
}

func (s *score) one(logf func(string, ...any), g *goldText, w *goldQuotation, ours, quoted []Quotation) {
	q := bestMatch(w.spans, ours)
	j := 0.0
	if q != nil {
		j = jaccard(w.spans, q.Spans)
	}
	jq := 0.0
	if b := bestMatch(w.spans, quoted); b != nil {
		jq = jaccard(w.spans, b.Spans)
	}
	for i, th := range thresholds {
		s.found[w.kind][i].add(j >= th)
		s.allGold[i].add(j >= th)
		if w.kind != Indirect {
			s.quotedGold[i].add(jq >= th)
		}
	}
	if j < .3 {
		logf("%s: missed %s: %q", g.name, w.kind, textAt(g.doc.Text, w.spans))
		return
	}
	if j < 1 {
		logf("%s: %s: want %q\n\t\t got %q", g.name, w.kind, textAt(g.doc.Text, w.spans), q.Text)
	}
	s.kinds.add(q.Kind == w.kind)
	if q.Kind != w.kind {
		logf("%s: kind %s, want %s: %q", g.name, q.Kind, w.kind, q.Text)
	}
	if w.cue.len() > 0 {
		s.cue.add(q.Cue.Span.overlap(w.cue) > 0)
		if q.Cue.Span.overlap(w.cue) == 0 {
			logf("%s: cue %q: %q", g.name, q.Cue.Text, q.Text)
		}
	}
	if w.speaker.len() > 0 && w.kind != Indirect {
		s.overlap.add(q.Speaker.Span.overlap(w.speaker) > 0)
		s.exact.add(q.Speaker.Span == w.speaker)
		if q.Speaker.Span != w.speaker {
			logf("%s: speaker %q, want %q", g.name, q.Speaker.Text, textAt(g.doc.Text, []Span{w.speaker}))
		}
	}
	if w.name != "" {
		ok := fold(q.Speaker.Name) == fold(w.name) || strings.HasSuffix(fold(w.name), " "+fold(q.Speaker.Name)) || w.name == q.Speaker.Name
		s.name.add(ok)
		if !ok {
			logf("%s: name %q (%q), want %q: %.40s", g.name, q.Speaker.Name, q.Speaker.Text, w.name, q.Text)
		}
	}
	for k, v := range w.facts {
		got := map[string]string{"date": q.Date.Value, "addressee": q.Addressee.Text, "venue": q.Venue.Text, "role": q.Speaker.Role, "negated": fmt.Sprint(q.Negated), "name": v}[k]
		ok := got == v || k != "date" && strings.Contains(got, v)
		s.facts.add(ok)
		if !ok {
			logf("%s: %s %q, want %q: %.60s", g.name, k, got, v, q.Text)
		}
	}
}

func (s *score) log(t *testing.T) {
	t.Helper()
	for _, k := range []Kind{Direct, Mixed, Indirect} {
		r := s.found[k]
		t.Logf("%-8s found %.3f / %.3f / %.3f of %d", k, r[0].value(), r[1].value(), r[2].value(), r[0].all)
	}
	t.Logf("quoted text F1 %.3f; all F1 %.3f", s.F1("quoted"), s.F1("all"))
	t.Logf("kind %v, cue %v, speaker overlap %v exact %v, name %v, facts %v", s.kinds, s.cue, s.overlap, s.exact, s.name, s.facts)
}

// floors that the gold texts must not fall below.
func (s *score) check(t *testing.T, want map[string][3]float64, speaker [3]float64) {
	t.Helper()
	got := map[string][3]float64{"quoted": s.F1("quoted"), "all": s.F1("all")}
	for k, r := range s.found {
		got[string(k)] = [3]float64{r[0].value(), r[1].value(), r[2].value()}
	}
	for k, w := range want {
		for i := range w {
			if got[k][i] < w[i] {
				t.Errorf("%s at %v is %.3f; it must not fall below %.2f", k, thresholds[i], got[k][i], w[i])
			}
		}
	}
	for i, r := range []ratio{s.overlap, s.exact, s.name} {
		if r.value() < speaker[i] {
			t.Errorf("speaker: %s is %v; it must not fall below %.2f", []string{"overlap", "exact", "name"}[i], r, speaker[i])
		}
	}
}

func TestGold(t *testing.T) {
	t.Parallel()
	s := measure(t, newFinder(t), readGold(t, "gold"))
	s.log(t)
	s.check(t, map[string][3]float64{
		"direct": {.98, .98, .97}, "mixed": {.97, .95, .95}, "indirect": {.97, .95, .95},
		"quoted": {.98, .97, .97}, "all": {.98, .97, .97},
	}, [3]float64{.98, .96, .97})
}

// TestHeldOut measures on texts to which no rule was fitted.
func TestHeldOut(t *testing.T) {
	t.Parallel()
	s := measure(t, newFinder(t), readGold(t, "heldout"))
	s.log(t)
	s.check(t, map[string][3]float64{
		"direct": {.97, .95, .95}, "mixed": {.95, .87, .87}, "indirect": {.85, .85, .85},
		"quoted": {.96, .94, .94}, "all": {.94, .93, .93},
	}, [3]float64{.97, .95, .93})
}

// TestUnseen measures on texts written in the manner of American political news
// and annotated before the finder was run on them. The rules were mended by what
// was wrong in a; what is wrong in b nobody has looked at, and the test does not
// tell; c was written when all was done and measured once.
func TestUnseen(t *testing.T) {
	t.Parallel()
	f := newFinder(t)
	t.Run("a", func(t *testing.T) {
		s := measure(t, f, readGold(t, "unseen-a"))
		s.log(t)
		s.check(t, map[string][3]float64{"quoted": {.98, .96, .96}, "all": {.97, .95, .95}}, [3]float64{.97, .95, .93})
	})
	t.Run("b", func(t *testing.T) {
		s := silently(f, readGold(t, "unseen-b"))
		s.log(t)
		s.check(t, map[string][3]float64{"quoted": {.96, .86, .82}, "all": {.93, .82, .78}}, [3]float64{.90, .85, .80})
	})
	t.Run("c", func(t *testing.T) {
		s := silently(f, readGold(t, "unseen-c"))
		s.log(t)
		s.check(t, map[string][3]float64{"quoted": {.95, .86, .84}, "all": {.90, .83, .81}}, [3]float64{.93, .90, .90})
	})
}
