// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/french"
	"github.com/blevesearch/snowballstem/german"
	"github.com/blevesearch/snowballstem/spanish"
)

// Words are analysed here and not by the engines, so that a search finds the
// same stories on both: a word is folded (see Fold) and stemmed by the Snowball
// algorithm of the story's language (https://snowballstem.org; Arabic has its
// own, see arabic.go), and the engines only match tokens.

// indexWords are the analysed fields of a story, tokens divided by spaces.
type indexWords struct{ headline, dek, people, body string }

func analyse(t IndexText, language string) indexWords {
	if t.Tokens == "" {
		t.Tokens = tokens(t.Body, language)
	}
	return indexWords{
		headline: tokens(t.Headline, language), dek: tokens(t.Dek, language),
		people: tokens(t.People, language), body: t.Tokens,
	}
}

// maxToken is the longest token kept, in bytes: longer ones are data and not
// words, and PostgreSQL refuses lexemes over 2,046 bytes.
const maxToken = 64

// tokens returns the tokens of a text, divided by spaces.
func tokens(text, language string) string {
	stem := stemmer(language)
	env := snowballstem.NewEnv("")
	var b strings.Builder
	b.Grow(len(text))
	eachWord(Fold(text), func(_, _ int, w string) {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(stemWord(stem, env, w))
	})
	return b.String()
}

// eachWord calls f for every run of letters and digits, with its byte offsets.
// An apostrophe ends a word, so that "l'Europe" and "minister's" are found.
func eachWord(s string, f func(start, end int, word string)) {
	start := -1
	for i, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			if start < 0 {
				start = i
			}
			continue
		}
		if start >= 0 {
			emitWord(s, start, i, f)
			start = -1
		}
	}
	if start >= 0 {
		emitWord(s, start, len(s), f)
	}
}

func emitWord(s string, start, end int, f func(int, int, string)) {
	if w := s[start:end]; len(w) <= maxToken {
		f(start, end, w)
	}
}

type stemFunc func(*snowballstem.Env) bool

// stemmer returns the algorithm of a language, English's where we have none:
// a wrong stem is harmless as long as text and query are treated alike.
func stemmer(language string) stemFunc {
	base, _, _ := strings.Cut(language, "-")
	switch base {
	case "fr":
		return french.Stem
	case "de":
		return german.Stem
	case "es":
		return spanishStem
	case "ar":
		return arabicStem
	}
	return english.Stem
}

// spanishStem gives -cion its accent back, which Fold took and without which
// the algorithm does not know it: negociación and negociaciones are one word.
func spanishStem(env *snowballstem.Env) bool {
	if stem, ok := strings.CutSuffix(env.Current(), "cion"); ok {
		env.SetCurrent(stem + "ción")
	}
	return spanish.Stem(env)
}

func stemWord(stem stemFunc, env *snowballstem.Env, w string) string {
	env.SetCurrent(w)
	stem(env)
	if out := env.Current(); out != "" {
		return out
	}
	return w
}

// Query is a search. Words are what somebody typed: words in "double quotes"
// are a phrase, the rest must all occur.
type Query struct {
	Words    string
	Language string // of the magazine
	Section  int64
	Person   int64
	From, To time.Time // first published in [From, To)
	Limit    int
	Offset   int
}

// Hit is a story that matched.
type Hit struct {
	Live
	Rank float64
}

// matchQuery is a query made ready for the engines.
type matchQuery struct {
	groups [][]string // each a phrase of one word or more
	prefix bool       // the last word is still being typed
	also   []string   // words that count as the last one, when it is being typed
	fields searchFields
	floor  int64 // matches from this article on count, 0 for all
	most   int   // stories from there on that have all words
}

// searchFields says in which fields the words must stand.
type searchFields int

const (
	inAll      searchFields = iota
	inHead                  // headline, dek and people
	inHeadline              // for suggestions
)

// maxQueryWords keeps a pasted page from becoming a query of a thousand terms.
const maxQueryWords = 24

func parseQuery(words, language string) matchQuery {
	stem := stemmer(language)
	env := snowballstem.NewEnv("")
	var q matchQuery
	n := 0
	for i, part := range strings.Split(strings.NewReplacer("“", `"`, "”", `"`, "„", `"`, "«", `"`, "»", `"`).Replace(words), `"`) {
		var group []string
		eachWord(Fold(part), func(_, _ int, w string) {
			if n < maxQueryWords {
				group = append(group, stemWord(stem, env, w))
				n++
			}
		})
		if len(group) == 0 {
			continue
		}
		if i%2 == 1 { // between quotation marks
			q.groups = append(q.groups, group)
			continue
		}
		for _, w := range group {
			if !slices.ContainsFunc(q.groups, func(g []string) bool { return len(g) == 1 && g[0] == w }) {
				q.groups = append(q.groups, []string{w})
			}
		}
	}
	return q
}

func (q matchQuery) hasPhrase() bool {
	return slices.ContainsFunc(q.groups, func(g []string) bool { return len(g) > 1 })
}

// MaxRanked is how far the results of a search can be paged through.
const MaxRanked = 300

// Bounds keep a search short in a large archive, where a common word stands in
// half of the stories: to weigh a hundred thousand of them takes a second, to see
// whether frequent words stand side by side in as many a quarter of one, to count
// them for five words a twentieth.
type Bounds struct {
	Weighed int // stories that are weighed against each other; 1,000 when 0
	// Phrased is in how many stories that have all its words a phrase is looked
	// for, times the number of its words, since it takes longer by the word; 40,000
	// when 0. PostgreSQL, which takes 20 µs a story and not one, looks in half of them.
	Phrased int
	Counted int // 10,000 when 0
}

func (b Bounds) withDefaults() Bounds {
	return Bounds{cmp.Or(b.Weighed, 1000), cmp.Or(b.Phrased, 40_000), cmp.Or(b.Counted, 10_000)}
}

// Total is how many stories match: exactly, or AtLeast when there were too many
// to look at all.
type Total struct {
	Stories int
	AtLeast bool
}

// Search returns the stories that match, best first, and how many there are.
// Words without a letter or digit match nothing; without any words a filter
// alone lists what it leaves, newest first. When more than Bounds.Weighed
// match, those that have all words in headline, dek and people come first, best
// first, and the others by date.
func (s *Store) Search(ctx context.Context, q Query) ([]Hit, Total, error) {
	if strings.TrimSpace(q.Words) == "" && q.narrows() {
		hits, total, err := s.narrowed(ctx, q)
		if err != nil {
			return nil, Total{}, fmt.Errorf("list what filters leave: %w", err)
		}
		return hits, Total{Stories: total}, nil
	}
	m := parseQuery(q.Words, q.Language)
	if len(m.groups) == 0 {
		return nil, Total{}, nil
	}
	hits, total, err := s.search(ctx, m, q)
	if err != nil {
		return nil, Total{}, fmt.Errorf("search %q: %w", q.Words, err)
	}
	return hits, total, nil
}

func (s *Store) search(ctx context.Context, m matchQuery, q Query) (hits []Hit, total Total, err error) {
	if m.hasPhrase() {
		m.most = s.dialect.phrased(s.bounds.Phrased) / len(m.loose().groups)
		if m.floor, err = s.phraseFloor(ctx, m, q); err != nil {
			return nil, total, err
		}
	}
	// To find a phrase is so much work that it is weighed at once and not
	// looked for a second time.
	weighed := m.hasPhrase() && m.floor == 0
	found, err := s.newest(ctx, m, q, weighed, s.bounds.Weighed+1)
	total = Total{len(found), m.floor > 0}
	switch {
	case err != nil:
	case m.floor > 0 || len(found) > s.bounds.Weighed:
		found, total, err = s.headFirst(ctx, m, q, found, total)
	case !weighed:
		found, err = s.newest(ctx, m, q, true, s.bounds.Weighed)
	}
	if err != nil {
		return nil, total, err
	}
	sortMatches(found)
	from := min(q.Offset, len(found))
	hits, err = s.hits(ctx, found[from:min(from+q.Limit, len(found))])
	return hits, total, err
}

// headFirst puts those before what was found that have the words in headline,
// dek and people, whatever their age, and counts the rest unless it is known
// already that the count would not be whole.
func (s *Store) headFirst(ctx context.Context, m matchQuery, q Query, found []match, total Total) ([]match, Total, error) {
	if len(found) > s.bounds.Weighed && !total.AtLeast {
		var err error
		if total, err = s.countMatches(ctx, m, q); err != nil {
			return nil, total, err
		}
	}
	m.fields, m.floor = inHead, 0
	head, err := s.newest(ctx, m, q, true, MaxRanked)
	found = bestOf(head, found)
	total.Stories = max(total.Stories, len(found))
	return found, total, err
}

// phraseFloor returns the article from which on a phrase is looked for: 0 when
// its words stand in few stories, else the oldest of those that m.most allows.
func (s *Store) phraseFloor(ctx context.Context, m matchQuery, q Query) (int64, error) {
	most := m.most
	m = m.loose()
	filter, args := s.searchFilter(m, q)
	text, args := s.dialect.newest(m, false, filter, args, most)
	return one(ctx, s, "floor", func(r scanner) (floor int64, err error) {
		var n int
		if err = r.Scan(&n, &floor); n < most {
			floor = 0
		}
		return floor, err
	}, `SELECT COUNT(*), COALESCE(MIN(id), 0) FROM (`+text+`) AS found`, args...)
}

// loose is the query without the order of its words.
func (q matchQuery) loose() matchQuery {
	out := matchQuery{fields: q.fields}
	for _, g := range q.groups {
		for _, w := range g {
			if !slices.ContainsFunc(out.groups, func(have []string) bool { return have[0] == w }) {
				out.groups = append(out.groups, []string{w})
			}
		}
	}
	return out
}

func (s *Store) countMatches(ctx context.Context, m matchQuery, q Query) (Total, error) {
	filter, args := s.searchFilter(m, q)
	text, args := s.dialect.newest(m, false, filter, args, s.bounds.Counted)
	n, err := one(ctx, s, "count", func(r scanner) (n int, err error) { return n, r.Scan(&n) }, `SELECT COUNT(*) FROM (`+text+`) AS found`, args...)
	return Total{n, n == s.bounds.Counted}, err
}

// searchFilter is what a story must be beside matching the words, as a
// condition on the index alone, with all arguments: to look every match up in
// another table first would take longer than the search.
func (s *Store) searchFilter(m matchQuery, q Query) (filter string, args []any) {
	id, listed := s.dialect.indexID(m.fields)
	args = []any{s.dialect.expression(m)}
	arg := func(v any) string { args = append(args, v); return fmt.Sprintf("$%d", len(args)) }
	if m.floor > 0 {
		filter += ` AND ` + id + ` >= ` + arg(m.floor)
	}
	var lists []List
	if q.Section != 0 {
		lists = append(lists, List{ListSection, q.Section})
	}
	if q.Person != 0 {
		lists = append(lists, List{ListPerson, q.Person})
	}
	if len(lists) == 0 && !(q.From.IsZero() && q.To.IsZero()) {
		lists = append(lists, List{Kind: ListAll})
	}
	for _, l := range lists {
		filter += ` AND ` + listed + ` IN (SELECT article_id FROM listing WHERE kind = ` + arg(string(l.Kind)) + ` AND ref = ` + arg(l.Ref)
		if !q.From.IsZero() {
			filter += ` AND published_at >= ` + arg(q.From.UnixMicro())
		}
		if !q.To.IsZero() {
			filter += ` AND published_at < ` + arg(q.To.UnixMicro())
		}
		filter += `)`
	}
	return filter, args
}

type match struct {
	id   int64
	rank float64
	at   int64
}

// newest returns the newest matches, unsorted, with their weights or with none.
// Newest is what came in last, which is the order in which both engines can
// stop early.
func (s *Store) newest(ctx context.Context, m matchQuery, q Query, weighed bool, limit int) ([]match, error) {
	filter, args := s.searchFilter(m, q)
	text, args := s.dialect.newest(m, weighed, filter, args, limit)
	return list(ctx, s, func(r scanner) (m match, err error) { return m, r.Scan(&m.id, &m.rank, &m.at) },
		`SELECT live.article_id, found.score, live.published_at FROM (`+text+`) AS found JOIN live ON live.article_id = found.id`, args...)
}

// sortMatches puts the best first, of equals the newer.
func sortMatches(ms []match) {
	slices.SortFunc(ms, func(a, b match) int {
		return cmp.Or(cmp.Compare(b.rank, a.rank), cmp.Compare(b.at, a.at), cmp.Compare(b.id, a.id))
	})
}

// bestOf is what stands in either, with the better of the two ranks.
func bestOf(a, b []match) []match {
	at := make(map[int64]int, len(a))
	for i, m := range a {
		at[m.id] = i
	}
	for _, m := range b {
		if i, ok := at[m.id]; ok {
			a[i].rank = max(a[i].rank, m.rank)
			continue
		}
		a = append(a, m)
	}
	return a
}

func (s *Store) hits(ctx context.Context, ms []match) ([]Hit, error) {
	ids := make([]int64, len(ms))
	for i, m := range ms {
		ids[i] = m.id
	}
	rows, err := s.LiveByIDs(ctx, ids...)
	if err != nil {
		return nil, err
	}
	byID := make(map[int64]Live, len(rows))
	for _, l := range rows {
		byID[l.ArticleID] = l
	}
	out := make([]Hit, 0, len(ms))
	for _, m := range ms {
		if l, ok := byID[m.id]; ok {
			out = append(out, Hit{l, m.rank})
		}
	}
	return out, nil
}

// The longest ending that a stemmer takes off, and the shortest stem that a word
// being typed is taken for, in letters.
const (
	maxSuffix = 5
	minStem   = 4
)

// SuggestStories returns stories in whose headlines every word occurs, the
// last one as a beginning.
func (s *Store) SuggestStories(ctx context.Context, words, language string, limit int) ([]Live, error) {
	m := parseQuery(strings.ReplaceAll(words, `"`, " "), language)
	if len(m.groups) == 0 {
		return nil, nil
	}
	// The last word is half typed: match its beginning as it stands, unstemmed.
	last := ""
	eachWord(Fold(words), func(_, _ int, w string) { last = w })
	m.groups[len(m.groups)-1] = []string{last}
	// The index holds stems: who has typed "electi" has passed "elect".
	for cut, r := 0, []rune(last); cut <= maxSuffix && len(r)-cut >= minStem; cut++ {
		m.also = append(m.also, string(r[:len(r)-cut]))
	}
	m.prefix, m.fields = true, inHeadline
	found, err := s.newest(ctx, m, Query{}, true, MaxRanked)
	if err != nil {
		return nil, fmt.Errorf("suggest stories for %q: %w", words, err)
	}
	sortMatches(found)
	hits, err := s.hits(ctx, found[:min(limit, len(found))])
	out := make([]Live, len(hits))
	for i, h := range hits {
		out[i] = h.Live
	}
	return out, err
}

// Span is a half-open range of bytes.
type Span struct{ Start, End int }

// Highlight returns where the words of a query stand in a text, so that a
// result can show why it is one. Both are analysed as the index is.
func Highlight(text, query, language string) []Span {
	stem := stemmer(language)
	env := snowballstem.NewEnv("")
	want := map[string]bool{}
	var initials [utf8.RuneSelf]bool
	for _, g := range parseQuery(query, language).groups {
		for _, w := range g {
			want[w] = true
			if w[0] < utf8.RuneSelf {
				initials[w[0]] = true
			}
		}
	}
	var spans []Span
	// Words are cut in the text itself and folded one by one: folding may
	// change lengths, and the spans must fit what is shown. No stemmer changes
	// a Latin initial, so that nine words in ten need not be stemmed.
	eachWord(text, func(start, end int, w string) {
		if c := w[0] | 0x20; w[0] < utf8.RuneSelf && !initials[w[0]] && !initials[c] {
			return
		}
		if want[stemWord(stem, env, Fold(w))] {
			spans = append(spans, Span{start, end})
		}
	})
	return spans
}

// Reindex writes the words of one article again, for doctor.
func (s *Store) Reindex(ctx context.Context, article int64, t IndexText, language string) error {
	if err := s.unindex(ctx, article); err != nil {
		return err
	}
	return s.index(ctx, article, analyse(t, language))
}

// ClearIndex takes every story out of the search index, for doctor.
func (s *Store) ClearIndex(ctx context.Context) error {
	return s.dialect.clearIndex(ctx, s.write)
}

// Indexed reports whether the newest of the stories is in the search index.
// The index is filled in the order of the stories, so that it is whole when it
// has the last one.
func (s *Store) Indexed(ctx context.Context) (bool, error) {
	id, _ := s.dialect.indexID(inAll)
	n, err := one(ctx, s, "story", func(r scanner) (n int, err error) { return n, r.Scan(&n) }, `SELECT COUNT(*) FROM live
		WHERE article_id = (SELECT MAX(article_id) FROM live WHERE kind = 'story') AND NOT EXISTS (SELECT 1 FROM story_index WHERE `+id+` = live.article_id)`)
	return n == 0, err
}

// CountIndexed returns how many stories are in the search index.
func (s *Store) CountIndexed(ctx context.Context) (int, error) {
	return one(ctx, s, "count", func(r scanner) (n int, err error) { return n, r.Scan(&n) }, `SELECT COUNT(*) FROM story_index`)
}
