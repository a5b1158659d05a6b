// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package record

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Utterance is what is compared to see whether two stories quote the same words
// of the same person.
type Utterance struct {
	ID      string // the caller's; it comes back in matches
	Text    string // the quotation's text; words within quotation marks count more
	Speaker string // who said it: a person's id or folded name, "" for unknown
	Date    Date   // when; an empty one is near to every other
}

// Match says that two utterances may be one.
type Match struct {
	ID     string
	Run    int     // the longest row of words that both have
	Shared float64 // the share of the shorter one's words that both have in rows
	Score  float64 // between 0 and 1
	Reason string
	Words  []WordDiff
}

// WordDiff is a piece of the comparison of two wordings.
type WordDiff struct {
	Op   string // "same", "only here", "only there"
	Text string
}

const (
	shingle  = 3 // words that make a row worth indexing
	minRun   = 5 // a row that is hardly met by chance
	minShare = 0.6
	nearDays = 14
)

// Same compares two utterances. It needs a common row of words, the same speaker
// (or one that is not known) and dates that can be near; it is a proposal.
func Same(a, b Utterance) (Match, bool) {
	if a.Speaker != "" && b.Speaker != "" && a.Speaker != b.Speaker || !near(a.Date, b.Date) {
		return Match{}, false
	}
	x, y := spoken(a.Text), spoken(b.Text)
	diff, run, common := compare(x, y)
	shorter := min(len(x), len(y))
	if shorter == 0 {
		return Match{}, false
	}
	m := Match{ID: b.ID, Run: run, Shared: float64(common) / float64(shorter), Words: diff}
	whole := shorter >= shingle && common == shorter && run == shorter
	if run < minRun && !(run >= shingle && m.Shared >= minShare) && !whole {
		return Match{}, false
	}
	m.Score = min(1, 0.5*m.Shared+0.05*float64(min(run, 10)))
	if a.Speaker == "" || b.Speaker == "" {
		m.Score *= 0.7
	}
	m.Reason = fmt.Sprintf("%d words in a row are the same, %d of %d in all", run, common, shorter)
	return m, true
}

// Wordings compares two texts word by word as they are written, signs and all:
// what both have, what only a has ("only here") and what only b has.
func Wordings(a, b string) []WordDiff {
	x, y := strings.Fields(a), strings.Fields(b)
	diff, _, _ := compare(x[:min(len(x), mostWords)], y[:min(len(y), mostWords)])
	return diff
}

// mostWords is how much of two texts is compared.
const mostWords = 400

// spoken lists the words of a text, folded, without signs.
func spoken(s string) []string {
	var out []string
	runes := []rune(s)
	for _, t := range tokenise(runes, 0, len(runes), nil) {
		if t.isWord() {
			out = append(out, strings.Trim(t.low, "'"))
		}
	}
	return out[:min(len(out), mostWords)]
}

// compare aligns two rows of words (longest common subsequence) and returns the
// pieces, the longest common row, and how many words stand in common rows of at
// least two.
func compare(a, b []string) (diff []WordDiff, longest, common int) {
	n, m := len(a), len(b)
	table := make([][]uint16, n+1)
	for i := range table {
		table[i] = make([]uint16, m+1)
	}
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			if a[i] == b[j] {
				table[i][j] = table[i+1][j+1] + 1
			} else {
				table[i][j] = max(table[i+1][j], table[i][j+1])
			}
		}
	}
	add := func(op, w string) {
		if k := len(diff) - 1; k >= 0 && diff[k].Op == op {
			diff[k].Text += " " + w
		} else {
			diff = append(diff, WordDiff{op, w})
		}
	}
	row := 0
	end := func() {
		longest = max(longest, row)
		if row >= 2 {
			common += row
		}
		row = 0
	}
	i, j := 0, 0
	for i < n || j < m {
		switch {
		case i < n && j < m && a[i] == b[j]:
			add("same", a[i])
			row++
			i, j = i+1, j+1
			continue
		case j >= m || i < n && table[i+1][j] >= table[i][j+1]:
			add("only here", a[i])
			i++
		default:
			add("only there", b[j])
			j++
		}
		end()
	}
	end()
	return diff, longest, common
}

// near reports whether two dates can be those of one utterance: no more than two
// weeks between them. What was said on or before a day may be older.
func near(a, b Date) bool {
	as, ae, ok := bounds(a)
	bs, be, ok2 := bounds(b)
	if !ok || !ok2 {
		return true
	}
	const slack = nearDays * 24 * time.Hour
	return !as.Add(-slack).After(be) && !bs.Add(-slack).After(ae)
}

// bounds are the first and last day that a date can mean.
func bounds(d Date) (from, to time.Time, ok bool) {
	first, last, _ := strings.Cut(d.Value, "/")
	from, to, ok = vague(first)
	if !ok {
		return from, to, false
	}
	if last != "" {
		if _, e, ok := vague(last); ok {
			to = e
		}
	}
	if d.Precision == OnOrBefore {
		from = from.AddDate(-2, 0, 0)
	}
	return from, to, true
}

func vague(s string) (from, to time.Time, ok bool) {
	for _, f := range []struct {
		layout           string
		years, months, d int
	}{{isoDay, 0, 0, 1}, {"2006-01", 0, 1, 0}, {"2006", 1, 0, 0}} {
		if t, err := time.Parse(f.layout, s); err == nil {
			return t, t.AddDate(f.years, f.months, f.d).Add(-time.Second), true
		}
	}
	return from, to, false
}

// Index finds among many utterances those that share rows of words with one.
// It is not safe for concurrent use while something is added.
type Index struct {
	list []Utterance
	by   map[uint64][]int32
}

// NewIndex makes an empty index.
func NewIndex() *Index { return &Index{by: map[uint64][]int32{}} }

// Add puts an utterance into the index.
func (x *Index) Add(u Utterance) {
	n := int32(len(x.list))
	x.list = append(x.list, u)
	for _, h := range shingles(u.Text) {
		if at := x.by[h]; len(at) == 0 || at[len(at)-1] != n {
			x.by[h] = append(at, n)
		}
	}
}

// tooCommon is how many utterances may share a row of words before it says
// nothing any more ("I do not think").
const tooCommon = 200

// Find returns the utterances that may be the same as u, the likeliest first,
// without u itself.
func (x *Index) Find(u Utterance) []Match {
	seen := map[int32]bool{}
	var out []Match
	for _, h := range shingles(u.Text) {
		at := x.by[h]
		if len(at) > tooCommon {
			continue
		}
		for _, n := range at {
			if seen[n] || x.list[n].ID == u.ID {
				continue
			}
			seen[n] = true
			if m, ok := Same(u, x.list[n]); ok {
				out = append(out, m)
			}
		}
	}
	slices.SortFunc(out, func(a, b Match) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.ID, b.ID))
	})
	return out
}

// shingles are the hashes of all rows of three words of a text.
func shingles(text string) []uint64 {
	w := spoken(text)
	var out []uint64
	for i := 0; i+shingle <= len(w); i++ {
		h := uint64(14695981039346656037)
		for _, s := range w[i : i+shingle] {
			for k := 0; k < len(s); k++ {
				h = (h ^ uint64(s[k])) * 1099511628211
			}
			h = (h ^ 0xFF) * 1099511628211
		}
		out = append(out, h)
	}
	slices.Sort(out)
	return slices.Compact(out)
}
