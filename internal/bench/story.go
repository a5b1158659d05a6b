// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

//go:build linux

package main

import (
	"math/rand/v2"
	"strconv"
	"time"

	"stet"
	"stet/internal/prose"
)

// generation is raised whenever the generator makes other stories, so that
// magazines kept from an earlier run are made anew.
const generation = "4"

// storyWords is the length of every story.
const storyWords = 900

// rareWord stands in one story of rareEvery and nowhere else.
const (
	rareWord  = "quillonbrate"
	rareEvery = 20_000
)

// newsroom of the generated magazine: what stories refer to.
type cast struct {
	sections, genres, topics, people []stet.Ref
	pictures                         []stet.Asset
}

// writers is how many of the people have bylines; the others are only quoted.
const writers = 60

// writer makes stories. Story i is the same in every magazine, whatever its
// size, but for its date.
type writer struct {
	cast
	words *vocabulary
	count int
}

// span is the time over which the stories are spread.
const span = 10 * 365 * 24 * time.Hour

var firstDay = time.Date(2016, time.November, 1, 6, 0, 0, 0, time.UTC)

// published is when story i came out: in order of i, spread evenly.
func (w *writer) published(i int) time.Time {
	return firstDay.Add(span / time.Duration(w.count) * time.Duration(i)).Truncate(time.Second)
}

func (w *writer) story(i int) (stet.Content, *prose.Doc, error) {
	r := rand.New(rand.NewPCG(uint64(i), 900))
	doc, err := w.body(r, i)
	if err != nil {
		return stet.Content{}, nil, err
	}
	c := stet.Content{
		Headline: w.words.headline(r), Dek: w.words.sentence(r, 16+r.IntN(8)), Slug: "story-" + strconv.Itoa(i+1), Language: "en",
		Section: w.sections[skewed(r, len(w.sections))], Genre: w.genres[skewed(r, len(w.genres))],
	}
	if r.IntN(5) == 0 {
		if also := w.sections[r.IntN(len(w.sections))]; also != c.Section {
			c.Sections = []stet.Ref{also}
		}
	}
	for range 1 + r.IntN(3) {
		c.Topics = addRef(c.Topics, w.topics[skewed(r, len(w.topics))])
	}
	var by []stet.Ref
	for range 1 + r.IntN(5)/4 {
		by = addRef(by, w.people[r.IntN(writers)])
	}
	for _, p := range by {
		c.Bylines = append(c.Bylines, stet.Byline{Person: p, Contribution: stet.Words})
	}
	if r.IntN(3) > 0 {
		c.Lead = &stet.Placement{Asset: pickOne(r, w.pictures).PublicID, Caption: w.words.sentence(r, 12)}
	}
	return c, doc, nil
}

func addRef(refs []stet.Ref, ref stet.Ref) []stet.Ref {
	for _, have := range refs {
		if have.ID == ref.ID {
			return refs
		}
	}
	return append(refs, ref)
}

// body is the text of story i: paragraphs with links and attributed
// quotations, two subheads, now and then a pull quote, a table, a footnote.
func (w *writer) body(r *rand.Rand, i int) (*prose.Doc, error) {
	var blocks []prose.Node
	left := storyWords
	add := func(words int, n prose.Node) {
		blocks = append(blocks, n)
		left -= words
	}
	for k := 0; left > 0; k++ {
		switch {
		case k == 4 || k == 9:
			n := 3 + r.IntN(4)
			add(n, prose.Node{Type: "heading", Attrs: prose.Attrs{"level": 2}, Content: []prose.Node{prose.Text(title(w.words.noun(r) + " " + w.words.prose(r, n-1)))}})
		case k == 6 && i%4 == 0:
			add(18, prose.Node{Type: "pullQuote", Attrs: prose.Attrs{"attribution": pickOne(r, w.people).Name}, Content: []prose.Node{prose.Text(w.words.sentence(r, 18))}})
		case k == 7 && i%7 == 0:
			add(24, w.table(r))
		case k == 11 && i%3 == 0:
			add(30, prose.Node{Type: "blockquote", Content: []prose.Node{prose.Paragraph(prose.Text(w.words.prose(r, 30)))}})
		default:
			n := min(35+r.IntN(50), left)
			if left-n < 20 {
				n = left
			}
			add(n, w.paragraph(r, n, i, k))
		}
	}
	return prose.New(blocks...)
}

func (w *writer) paragraph(r *rand.Rand, n, i, k int) prose.Node {
	if n < 30 {
		return prose.Paragraph(prose.Text(w.words.prose(r, n)))
	}
	switch r.IntN(4) {
	case 0: // a quotation with its speaker
		speaker := pickOne(r, w.people).Name
		return prose.Paragraph(prose.Text(w.words.prose(r, n/2) + " “" + w.words.prose(r, n-n/2-3) + "” said " + speaker + "."))
	case 1: // a link
		link := prose.Mark{Type: "link", Attrs: prose.Attrs{"href": "https://example.org/" + coin(r, 2) + "/" + strconv.Itoa(r.IntN(100000))}}
		return prose.Paragraph(prose.Text(w.words.prose(r, n/2)+" "), prose.Text(w.words.word(r)+" "+w.words.noun(r), link), prose.Text(" "+w.words.prose(r, n-n/2-2)))
	case 2:
		if k != 3 {
			break
		}
		note := prose.Node{Type: "footnote", Content: []prose.Node{prose.Text(w.words.sentence(r, 10))}}
		return prose.Paragraph(prose.Text(w.words.prose(r, n-10)), note)
	}
	// A name that no other story has.
	text := title(coin(r, 3)) + strconv.Itoa(i%10) + " " + w.words.prose(r, n-1)
	if i%rareEvery == 0 && k == 0 {
		text = title(rareWord) + ". " + text
	}
	return prose.Paragraph(prose.Text(text), prose.Text(" "+w.words.word(r), prose.Mark{Type: "italic"}))
}

func (w *writer) table(r *rand.Rand) prose.Node {
	table := prose.Node{Type: "table"}
	for row := range 4 {
		line := prose.Node{Type: "tableRow"}
		for range 3 {
			cell := prose.Node{Type: "tableCell", Content: []prose.Node{prose.Paragraph(prose.Text(w.words.noun(r) + " " + strconv.Itoa(r.IntN(1000))))}}
			if row == 0 {
				cell.Type = "tableHeader"
			}
			line.Content = append(line.Content, cell)
		}
		table.Content = append(table.Content, line)
	}
	return table
}
