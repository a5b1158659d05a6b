// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package intake

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"stet/internal/intake/item"
)

// Report is what an import has done, and what it could not do. It is filled by
// many goroutines and read when they have ended.
type Report struct {
	Sources []SourceReport `json:"sources"`
	DryRun  bool           `json:"dryRun,omitempty"`
	Counts  Counts         `json:"counts"`
	// Kinds counts the lines by kind, also those that were too many to be kept.
	Kinds map[string]int `json:"kinds"`
	// Names counts within a kind: how often which shortcode ...
	Names    map[string]map[string]int `json:"names,omitempty"`
	Found    map[string]int            `json:"found,omitempty"` // what was in the sources and is no story
	Lines    []Line                    `json:"lines"`
	Pictures []MissingPicture          `json:"missingPictures,omitempty"`
	Seconds  float64                   `json:"seconds"`

	mu sync.Mutex
}

// SourceReport is what one file or address was.
type SourceReport struct {
	Name   string `json:"name"`
	Kind   string `json:"kind,omitempty"`
	Format string `json:"format,omitempty"`
	Title  string `json:"title,omitempty"`
	URL    string `json:"url,omitempty"`
	Posts  int    `json:"posts"`
	Error  string `json:"error,omitempty"`
}

// Counts are the figures of the summary.
type Counts struct {
	Posts      int `json:"posts"` // stories and pages that the sources hold and that could be read
	Stories    int `json:"stories"`
	Pages      int `json:"pages"`
	Drafts     int `json:"drafts"`
	Scheduled  int `json:"scheduled"`
	Created    int `json:"created"`
	Updated    int `json:"updated"`
	Unchanged  int `json:"unchanged"`
	Conflicts  int `json:"conflicts"` // changed at the desk since; left alone
	Duplicates int `json:"duplicates"`
	Failed     int `json:"failed"`

	People       int `json:"people"` // new ones, as are the following
	Sections     int `json:"sections"`
	Topics       int `json:"topics"`
	Genres       int `json:"genres"`
	Pictures     int `json:"pictures"`
	OldAddresses int `json:"oldAddresses"`

	MissingPictures int `json:"missingPictures"`
	Comments        int `json:"comments"`
	Collisions      int `json:"collisions"`
	Errors          int `json:"errors"`
	Warnings        int `json:"warnings"`
}

// Line is one line of the report.
type Line struct {
	Severity item.Severity `json:"severity"`
	Kind     string        `json:"kind"`
	Source   string        `json:"source,omitempty"`
	Position string        `json:"position,omitempty"`
	Item     string        `json:"item,omitempty"`
	Reason   string        `json:"reason"`
}

// MissingPicture is a picture that could not be had.
type MissingPicture struct {
	Address string   `json:"address"`
	Reason  string   `json:"reason"`
	Wanted  int      `json:"wanted"`  // by how many stories
	Stories []string `json:"stories"` // some of them
}

const (
	maxLines = 10_000 // of one kind
	maxNames = 1000   // counted within one kind
	maxField = 500    // characters of a field of a line
)

func newReport(dry bool) *Report {
	return &Report{DryRun: dry, Kinds: map[string]int{}, Names: map[string]map[string]int{}, Found: map[string]int{}, Lines: []Line{}}
}

// add writes a notice down, or only counts it when there are too many already.
func (r *Report) add(source string, n item.Notice) {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch n.Severity {
	case item.Error:
		r.Counts.Errors++
	case item.Warning:
		r.Counts.Warnings++
	}
	r.Kinds[n.Kind]++
	if n.Name != "" {
		m := r.Names[n.Kind]
		if m == nil {
			m = map[string]int{}
			r.Names[n.Kind] = m
		}
		if name := strings.Clone(shorten(n.Name, 80)); m[name] > 0 || len(m) < maxNames {
			m[name]++
		}
	}
	if r.Kinds[n.Kind] > maxLines {
		return
	}
	r.Lines = append(r.Lines, Line{Severity: n.Severity, Kind: n.Kind, Source: source, Position: n.Position.String(), Item: strings.Clone(shorten(n.Item, maxField)), Reason: shorten(n.Reason, maxField)})
}

// count changes the figures.
func (r *Report) count(f func(*Counts)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	f(&r.Counts)
}

// finish puts the report in order.
func (r *Report) finish(took time.Duration) {
	r.Seconds = float64(took.Milliseconds()) / 1000
	r.Counts.MissingPictures = len(r.Pictures)
	r.Counts.Collisions = r.Kinds["address"]
	slices.SortFunc(r.Pictures, func(a, b MissingPicture) int {
		return cmp.Or(cmp.Compare(b.Wanted, a.Wanted), cmp.Compare(a.Address, b.Address))
	})
	rank := map[item.Severity]int{item.Error: 0, item.Warning: 1, item.Info: 2}
	slices.SortStableFunc(r.Lines, func(a, b Line) int { return cmp.Compare(rank[a.Severity], rank[b.Severity]) })
}

// Summary is the one line that a script reads: {"posts":12,"pages":3,...}.
func (r *Report) Summary() []byte {
	kinds := map[string]bool{}
	for _, s := range r.Sources {
		if s.Kind != "" {
			kinds[s.Kind] = true
		}
	}
	b, err := json.Marshal(struct {
		Kind string `json:"kind"`
		Counts
		DryRun  bool    `json:"dryRun,omitempty"`
		Seconds float64 `json:"seconds"`
	}{strings.Join(slices.Sorted(maps.Keys(kinds)), ","), r.Counts, r.DryRun, r.Seconds})
	if err != nil {
		panic(err) // numbers and texts always marshal
	}
	return b
}

// WriteText writes the report for a terminal: the figures, then the lines of
// each kind, a few of them.
func (r *Report) WriteText(w io.Writer) error {
	var b strings.Builder
	c := r.Counts
	for _, s := range r.Sources {
		fmt.Fprintf(&b, "%s: %s\n", s.Name, cmp.Or(s.Error, fmt.Sprintf("%s, %q, %d stories and pages", s.Format, s.Title, s.Posts)))
	}
	verb := "Imported"
	if r.DryRun {
		verb = "Would import"
	}
	fmt.Fprintf(&b, "%s %d stories and %d pages: %d new, %d updated, %d unchanged, %d left alone because they were changed here, %d failed.\n",
		verb, c.Stories, c.Pages, c.Created, c.Updated, c.Unchanged, c.Conflicts, c.Failed)
	fmt.Fprintf(&b, "New: %d people, %d sections, %d topics, %d genres, %d pictures, %d old addresses.\n", c.People, c.Sections, c.Topics, c.Genres, c.Pictures, c.OldAddresses)
	if c.Comments > 0 || c.MissingPictures > 0 {
		fmt.Fprintf(&b, "Not imported: %d comments, %d pictures.\n", c.Comments, c.MissingPictures)
	}
	r.writeKinds(&b)
	for i, p := range r.Pictures {
		if i == 10 {
			fmt.Fprintf(&b, "  ... and %d more\n", len(r.Pictures)-i)
			break
		}
		fmt.Fprintf(&b, "  missing %s: %s (wanted by %d: %s)\n", p.Address, p.Reason, p.Wanted, strings.Join(p.Stories, "; "))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (r *Report) writeKinds(b *strings.Builder) {
	for _, kind := range slices.Sorted(maps.Keys(r.Kinds)) {
		fmt.Fprintf(b, "%s (%d)", kind, r.Kinds[kind])
		for i, name := range slices.SortedFunc(maps.Keys(r.Names[kind]), func(x, y string) int {
			return cmp.Or(cmp.Compare(r.Names[kind][y], r.Names[kind][x]), cmp.Compare(x, y))
		}) {
			if i == 12 {
				b.WriteString(" ...")
				break
			}
			fmt.Fprintf(b, " %s:%d", name, r.Names[kind][name])
		}
		b.WriteString("\n")
		shown := 0
		for _, l := range r.Lines {
			if l.Kind != kind || shown == 5 {
				continue
			}
			shown++
			fmt.Fprintf(b, "  %s %s\n", l.Severity, strings.Join(strings.Fields(strings.Join([]string{l.Position, quoted(l.Item), l.Reason}, " ")), " "))
		}
	}
}

func quoted(s string) string {
	if s == "" {
		return ""
	}
	return "“" + s + "”"
}

// shorten cuts a text to at most n characters.
func shorten(s string, n int) string {
	if len(s) <= n {
		return s
	}
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}
