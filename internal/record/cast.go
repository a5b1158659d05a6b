// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package record

import (
	"slices"
	"strings"
)

// Person is somebody whom the magazine knows, so that a speaker can be told to
// be them.
type Person struct {
	ID       string // public id
	Name     string
	Variants []string
	Kind     SpeakerKind
	Roles    []PersonRole
}

// PersonRole is an office with the time for which it is held; dates as in
// package stet, any precision, empty for open.
type PersonRole struct {
	Title, Organisation, From, To string
}

// figure is somebody or something with a name in the document.
type figure struct {
	name   string   // the fullest form
	words  []string // of the name, folded
	roles  set      // words of titles and appositions
	role   string   // as it stands
	kind   SpeakerKind
	gender byte // 'h', 's' or 0
	count  int
	known  *Person
	junior string // "jr", "ii": what tells a son from his father
	sure   bool   // a human for certain: a title or a first name says so
	placed bool   // stands after "in" somewhere, as places do
}

// naming is one place where a figure is named.
type naming struct {
	run
	who    *figure
	title  run // "Rep.", "spokeswoman"
	quoted bool
	bare   bool // nothing but a title
	parted bool // from the place named right before: "in Port Ansgar Katrin Osmund"
}

// cast is everybody named in the document.
type cast struct {
	figures  []*figure
	namings  []naming
	bySur    map[string][]*figure
	byFirst  map[string]*figure // the first one with a first name
	acronyms map[string]*figure
	only     *figure // when there is but one human
}

// meet goes through the document and makes its cast: full names first, so that a
// surname alone finds its owner wherever that stands.
func (r *reading) meet() {
	c := &cast{bySur: map[string][]*figure{}, byFirst: map[string]*figure{}, acronyms: map[string]*figure{}}
	r.cast = c
	for p := range r.paras {
		for i := r.paras[p].from; i < r.paras[p].to; {
			n, ok := r.nameAt(&r.paras[p], i)
			if !ok {
				i++
				continue
			}
			if q := r.quoteAt(i); q >= 0 && r.quotes[q].title {
				n.bare = true // who is named in the title of a work speaks in none
			}
			if n.who = nil; !n.bare {
				c.namings = append(c.namings, n)
			}
			i = max(n.to, i+1)
		}
	}
	r.parted()
	for _, single := range []bool{false, true} {
		for k := range c.namings {
			n := &c.namings[k]
			if (r.nameWords(n.run) <= 1) == single {
				r.assign(n)
			}
		}
	}
	for k := range c.namings {
		r.learnRole(&c.namings[k])
	}
	r.known()
	humans := 0
	for _, f := range c.figures {
		if f.kind == Human && f.sure {
			humans++
			c.only = f
		}
	}
	if humans != 1 {
		c.only = nil
	}
}

// nameAt reads a name that begins at token i, with the title before it.
func (r *reading) nameAt(p *para, i int) (naming, bool) {
	if !r.nameWord(p, i) {
		return naming{}, false
	}
	j := i + 1
	for j < p.to && j-i < 12 {
		switch t := &r.tokens[j]; {
		case r.nameWord(p, j):
		case (t.text == "-" || t.text == "‑") && r.touches(j) && j+1 < p.to && r.touches(j+1) && (r.tokens[j+1].isCap() || r.in("particles", r.tokens[j-1].low)):
		case r.in("particles", t.low) && t.low != "of" && j+1 < p.to && r.nameWord(p, j+1):
		case r.in("name joins", t.low) && (r.organisation(i, j) && (t.low != "and" || !r.titled(i, j)) || t.low == "of" && r.in("titles", r.tokens[j-1].low)) && j+1 < p.to && (r.nameWord(p, j+1) || r.tokens[j+1].low == "the" && j+2 < p.to && r.nameWord(p, j+2)):
		case t.low == "&" && j+1 < p.to && r.nameWord(p, j+1):
		default:
			goto done
		}
		j++
	}
done:
	n := naming{run: run{i, j}, title: run{i, i}}
	if !r.untitle(&n) {
		return naming{run: n.run, bare: true}, true
	}
	r.split(&n)
	for n.to-1 > n.from+1 && r.in("after names", r.tokens[n.to-1].low) {
		n.to--
	}
	if n.title.to == n.from && n.from-1 >= p.from && r.roleWord(n.from-1) {
		n.title = run{r.roleStart(p, n.from-1), n.from}
	}
	n.quoted = r.quoteAt(i) >= 0
	return n, true
}

// untitle takes the title off the beginning of a name: "Senate Majority Leader",
// "Secretary of State". The result is false when nothing but a title is there.
func (r *reading) untitle(n *naming) bool {
	if r.in("organisations", r.tokens[n.to-1].low) {
		return true
	}
	last := -1
	for i := n.from; i < n.to; i++ {
		if r.titleWord(i) && !(i == n.to-1 && i > n.from && (r.names[r.tokens[i-1].low] != 0 || r.tokens[i-1].abbr)) { // Rep. Peter King
			last = i
		}
	}
	if last < 0 || last-n.from > 6 {
		return true
	}
	from := last + 1
	if from < n.to && r.tokens[from].low == "of" {
		from++
		if from < n.to && r.tokens[from].low == "the" {
			from++
		}
		from = r.personIn(from, n.to)
	}
	if from >= n.to {
		return last == n.from && n.to == n.from+1 && !r.in("titles", r.tokens[last].low)
	}
	n.title = run{n.from, from}
	if r.in("honorifics", r.tokens[from-1].low) { // "Undersecretary for Education Mr. Doe"
		n.title.from = from - 1
	}
	n.from = from
	return true
}

// parted takes a person's name off the end of an organisation's where the two
// ran together, when the surname stands alone elsewhere.
func (r *reading) parted() {
	alone := set{}
	for k := range r.cast.namings {
		if n := &r.cast.namings[k]; n.to-n.from == 1 {
			alone[r.tokens[n.from].low] = true
		}
	}
	for k := range r.cast.namings {
		n := &r.cast.namings[k]
		last := r.tokens[n.to-1].low
		if n.to-n.from >= 4 && alone[last] && r.organisation(n.from, n.to-2) && !r.in("organisations", last) && r.tokens[n.to-2].tag == tNNP {
			n.from = n.to - 2
			n.title = run{n.from, n.from}
		}
	}
}

// split parts a place or an organisation from the person named after it: in
// "Port Ansgar Katrin Osmund" the known first name tells.
func (r *reading) split(n *naming) {
	if n.title.to > n.title.from || r.names[r.tokens[n.from].low] != 0 || n.to-n.from < 3 {
		return
	}
	for i := n.from + 1; i < n.to-1; i++ {
		if r.names[r.tokens[i].low] != 0 && r.tokens[i-1].tag == tNNP && !r.tokens[i-1].abbr && len(r.tokens[i-1].text) > 2 && !r.in("particles", r.tokens[i-1].low) {
			n.title = run{i, i}
			n.from, n.parted = i, true
			return
		}
	}
}

// personIn returns where a person's name begins after "Secretary of State": at a
// known first name, else before the last two words; the end when there is one
// word only.
func (r *reading) personIn(from, to int) int {
	for i := from + 1; i < to; i++ {
		if r.names[r.tokens[i].low] != 0 {
			return i
		}
	}
	if to-from > 2 {
		return to - 2
	}
	return to
}

// titled reports whether a person's title stands among tokens i..j.
func (r *reading) titled(i, j int) bool {
	for ; i < j; i++ {
		if r.in("titles", r.tokens[i].low) || r.names[r.tokens[i].low] != 0 {
			return true
		}
	}
	return false
}

func (r *reading) touches(j int) bool { return r.tokens[j].start == r.tokens[j-1].end }

// nameWord reports whether a token can be part of a name.
func (r *reading) nameWord(p *para, i int) bool {
	t := &r.tokens[i]
	if !t.isCap() || r.in("not names", t.low) || r.in("months", t.low) && t.low != "may" && t.low != "june" && t.low != "april" {
		return false
	}
	if t.abbr && !r.in("titles", t.low) && !r.in("honorifics", t.low) && !r.in("after names", t.low) && !r.in("generations", t.low) && len(t.text) > 2 && !strings.Contains(t.text[:len(t.text)-1], ".") {
		return false // Pa., Inc.
	}
	switch t.tag {
	case tNNP, tFW:
		return !r.in("groups", t.low)
	case tDT, tIN, tCC, tPRP, tPRPS, tTO, tWH, tPunct, tMD, tEX, tUH, tPOS, tCD:
		return false
	}
	if r.names[t.low] != 0 || t.abbr && r.in("titles", t.low) || r.in("honorifics", t.low) {
		return true
	}
	if r.startsSentence(p, i) && !r.proper[t.low] {
		if t.tag == tJJ && t.class == '-' {
			return false
		}
		if i+1 >= p.to || t.tag == tVBG || t.tag == tRB || t.tag == tVBN {
			return false
		}
		n := &r.tokens[i+1]
		return n.tag == tNNP && n.isCap()
	}
	return t.tag != tRB
}

func (r *reading) titleWord(i int) bool {
	w := r.tokens[i].low
	return r.in("titles", w) || r.in("honorifics", w) || r.in("roles", w) || w == "prime" || w == "vice" || w == "former" || w == "foreign" || w == "chief" && r.tokens[i+1].isCap()
}

func (r *reading) roleWord(i int) bool {
	w := r.tokens[i].low
	return r.in("roles", w) || r.in("titles", w) || r.in("honorifics", w)
}

// roleStart goes back over "Environment Canada spokesperson" to its beginning.
func (r *reading) roleStart(p *para, i int) int {
	for i > p.from && i > 0 {
		t := &r.tokens[i-1]
		if t.tag != tNN && t.tag != tNNP && t.tag != tJJ && t.text != "-" && t.tag != tPOS || r.in("not names", t.low) && t.tag != tJJ {
			break
		}
		i--
	}
	return i
}

// organisation reports whether tokens i..j have the noun of an organisation.
func (r *reading) organisation(i, j int) bool {
	for k := i; k < j; k++ {
		if r.in("organisations", r.tokens[k].low) {
			return true
		}
	}
	return false
}

func (r *reading) nameWords(u run) int {
	n := 0
	for i := u.from; i < u.to; i++ {
		if r.tokens[i].tag != tPunct {
			n++
		}
	}
	return n
}

func (r *reading) words(u run) []string {
	var out []string
	for i := u.from; i < u.to; i++ {
		if t := &r.tokens[i]; t.tag != tPunct && t.tag != tPOS && !(i > u.from && r.in("generations", t.low)) {
			out = append(out, r.tokens[i].low)
		}
	}
	return out
}

// assign finds the figure of a naming, or makes one.
func (r *reading) assign(n *naming) {
	c := r.cast
	words := r.words(n.run)
	if len(words) == 0 {
		return
	}
	gender := r.genderOf(n, words)
	junior := r.generation(n.run)
	if f := c.find(words, gender, junior); f != nil {
		n.who = f
	} else {
		n.who = &figure{junior: junior, words: words, roles: set{}, name: r.textOf(r.span(n.from, n.to)), kind: r.kindOf(n, words)}
		c.figures = append(c.figures, n.who)
		last := words[len(words)-1]
		c.bySur[last] = append(c.bySur[last], n.who)
		if len(words) > 1 && c.byFirst[words[0]] == nil {
			c.byFirst[words[0]] = n.who
		}
	}
	f := n.who
	f.count++
	f.placed = f.placed || n.to-n.from == 1 && len(words) == 1 && r.afterPlace(n)
	if f.gender == 0 {
		f.gender = gender
	}
	if len(words) > len(f.words) {
		f.words, f.name = words, r.textOf(r.span(n.from, n.to))
	}
	if n.title.to > n.title.from && f.kind != Organisation || len(words) > 1 && r.names[words[0]] != 0 {
		f.kind, f.sure = Human, true
	}
	if f.kind == Organisation && len(words) > 1 {
		c.acronyms[initials(words)] = f
	}
	if n.to+2 < len(r.tokens) && r.tokens[n.to].text == "(" && r.tokens[n.to+2].text == ")" && shape(r.tokens[n.to+1].text) == "A" {
		c.acronyms[r.tokens[n.to+1].low] = f
	}
}

// afterPlace reports whether a name stands after a preposition that only places
// stand after, or owns what only countries have.
func (r *reading) afterPlace(n *naming) bool {
	if n.from == 0 || n.title.to > n.title.from {
		return false
	}
	switch r.tokens[n.from-1].low {
	case "in", "near", "into", "across", "outside", "inside", "throughout", "within":
		return n.to >= len(r.tokens) || r.tokens[n.to].tag != tPOS
	}
	for i := n.to; i < min(n.to+4, len(r.tokens)) && r.tokens[n.to].tag == tPOS; i++ { // "Kestovia's defence minister"
		switch r.tokens[i].low {
		case "minister", "ministry", "government", "army", "navy", "parliament", "capital", "border", "coast", "president", "ambassador", "embassy":
			return true
		}
	}
	return false
}

// generation is the "Jr." or "III" of a name.
func (r *reading) generation(u run) string {
	if w := r.tokens[u.to-1].low; r.in("generations", w) && u.to-u.from > 1 {
		return strings.TrimSuffix(w, ".")
	}
	return ""
}

func initials(words []string) string {
	var b strings.Builder
	for _, w := range words {
		if w != "of" && w != "the" && w != "and" && w != "for" && w != "on" {
			b.WriteString(prefix(w, 1))
		}
	}
	return b.String()
}

// find returns the figure that these words name: the same name, or the owner of
// a surname, the most often named of several.
func (c *cast) find(words []string, gender byte, junior string) *figure {
	last := words[len(words)-1]
	var best *figure
	for _, f := range c.bySur[last] {
		if len(words) > 1 && len(f.words) > 1 && f.junior != junior || !fits(f.words, words) || gender != 0 && f.gender != 0 && f.gender != gender {
			continue
		}
		if best == nil || f.count > best.count {
			best = f
		}
	}
	if best == nil && len(words) == 1 {
		best = c.acronyms[last]
		if f := c.byFirst[last]; best == nil && f != nil && f.kind == Human { // a first name alone
			best = f
		}
	}
	return best
}

// fits reports whether one name can be a shorter form of the other: the same
// surname, and first names that do not contradict.
func fits(a, b []string) bool {
	if len(a) == 1 || len(b) == 1 {
		return true
	}
	x, y := a[0], b[0]
	if x == y {
		return true
	}
	x, y = strings.TrimSuffix(x, "."), strings.TrimSuffix(y, ".")
	return len(x) == 1 && strings.HasPrefix(y, x) || len(y) == 1 && strings.HasPrefix(x, y) || slices.Contains(a, b[0]) || slices.Contains(b, a[0])
}

func (r *reading) genderOf(n *naming, words []string) byte {
	for i := n.title.from; i < n.title.to; i++ {
		if g := r.genderOfWord(r.tokens[i].low); g != 0 {
			return g
		}
	}
	if len(words) > 1 {
		return r.names[words[0]]
	}
	return 0
}

func (r *reading) genderOfWord(w string) byte {
	switch {
	case r.in("female nouns", w):
		return 's'
	case r.in("male nouns", w):
		return 'h'
	}
	return 0
}

func (r *reading) kindOf(n *naming, words []string) SpeakerKind {
	if r.organisation(n.from, n.to) {
		return Organisation
	}
	if n.title.to > n.title.from || r.names[words[0]] != 0 {
		return Human
	}
	if len(words) == 1 && shape(r.tokens[n.from].text) == "A" && len(words[0]) > 1 {
		return Organisation
	}
	return ""
}

// learnRole keeps what title or apposition says of somebody.
func (r *reading) learnRole(n *naming) {
	f := n.who
	if f == nil {
		return
	}
	note := func(u run) {
		if u.to <= u.from {
			return
		}
		for i := u.from; i < u.to; i++ {
			if w := r.tokens[i].low; r.roleWord(i) && !r.in("honorifics", w) {
				f.roles[w], f.roles[r.office(w)] = true, true
				if f.kind == "" {
					f.kind, f.sure = Human, true
				}
				if f.role == "" {
					from := u.from
					if t := r.tokens[from].low; (t == "a" || t == "an" || t == "the") && from+1 < u.to {
						from++
					}
					f.role = r.textOf(r.span(from, u.to))
				}
				if g := r.genderOfWord(w); g != 0 && f.gender == 0 {
					f.gender = g
				}
			}
		}
	}
	note(n.title)
	i := n.to
	if i+1 < len(r.tokens) && r.tokens[i].text == "(" {
		for j := i; j < min(i+12, len(r.tokens)); j++ {
			if r.tokens[j].text == ")" {
				i = j + 1
				break
			}
		}
	}
	if i+1 < len(r.tokens) && r.tokens[i].text == "," {
		j := i + 1
		for j < len(r.tokens) && j < i+25 && r.tokens[j].tag != tPunct || j < len(r.tokens) && r.tokens[j].text == "-" {
			if r.tokens[j].tag.isFinite() {
				return
			}
			j++
		}
		if r.tokens[i+1].tag != tIN && r.tokens[i+1].tag != tCC {
			note(run{i + 1, j})
		}
	}
}

// known ties figures to the people whom the magazine knows. A surname alone does
// when only one of them has it.
func (r *reading) known() {
	byName := map[string][]*Person{}
	bySur := map[string][]*Person{}
	for k := range r.opts.People {
		p := &r.opts.People[k]
		for _, name := range append([]string{p.Name}, p.Variants...) {
			key := fold(strings.TrimSpace(name))
			if key == "" {
				continue
			}
			if !slices.Contains(byName[key], p) {
				byName[key] = append(byName[key], p)
			}
			if w := strings.Fields(key); p.Kind != Organisation && !slices.Contains(bySur[w[len(w)-1]], p) {
				bySur[w[len(w)-1]] = append(bySur[w[len(w)-1]], p)
			}
		}
	}
	for _, f := range r.cast.figures {
		ps := byName[strings.Join(f.words, " ")]
		if len(ps) == 0 {
			ps = byName[fold(f.name)]
		}
		if len(ps) == 0 && len(f.words) == 1 {
			ps = bySur[f.words[0]]
		}
		if len(ps) != 1 {
			continue
		}
		f.known = ps[0]
		f.name = ps[0].Name
		if f.known.Kind != "" {
			f.kind, f.sure = f.known.Kind, true
		}
		if w := strings.Fields(fold(f.name)); f.gender == 0 && len(w) > 1 {
			f.gender = r.names[w[0]]
		}
		for _, role := range f.known.Roles {
			for _, w := range strings.Fields(fold(role.Title)) {
				if r.in("roles", w) {
					f.roles[w], f.roles[r.office(w)] = true, true
				}
			}
		}
	}
}
