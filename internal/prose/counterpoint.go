// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package prose

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"stet"
)

// Counterpoint is two statements of the record set side by side within a body.
// The block holds what is shown and not only whose it is: a version can be read,
// mailed and exported on its own, and stays what readers saw whatever becomes of
// the record later.
type Counterpoint struct {
	ID            string // public, of the record's counterpoint
	Label         stet.CounterpointLabel
	Note          string
	First, Second Side
	Block         string // the block that shows it
}

// Side is one of the two statements.
type Side struct {
	Statement         string // public id
	Words             string // without quotation marks
	Kind              stet.QuotationKind
	Language          string // BCP 47
	Speaker, Role     string
	Date              stet.SaidDate
	Addressee, Venue  string
	Source, SourceURL string
}

// counterpointKind is the row of the schema. The attributes of the two sides are
// the same but for their beginning.
var counterpointKind = func() kind {
	said := attr{max: stet.MaxSaid}
	k := kind{is: block, also: checkCounterpoint, attrs: map[string]attr{
		"id": idAttr, "counterpoint": {required: true, like: publicID.like}, "note": {max: stet.MaxCounterpointNote},
		"label": {required: true}}}
	label := k.attrs["label"]
	for _, l := range stet.CounterpointLabels {
		label.oneOf = append(label.oneOf, string(l))
	}
	k.attrs["label"] = label
	for _, side := range sides {
		for name, a := range map[string]attr{
			"Statement": {required: true, like: publicID.like},
			"Words":     {required: true, max: stet.MaxStatement},
			"Kind":      {required: true, oneOf: []string{string(stet.DirectQuotation), string(stet.MixedQuotation), string(stet.IndirectQuotation)}},
			"Language":  language,
			"Speaker":   {required: true, max: stet.MaxSaid},
			"Role":      said, "Addressee": said, "Venue": said, "Source": said,
			"Date":      {max: len("2006-01-02/2006-01-02")},
			"Precision": {oneOf: []string{string(stet.ToDay), string(stet.ToMonth), string(stet.ToYear), string(stet.Interval), string(stet.OnOrBefore)}},
			"SourceURL": {typ: webAddress, max: 2000},
		} {
			k.attrs[side+name] = a
		}
	}
	return k
}()

// sides are the beginnings of the attributes of the two.
var sides = [...]string{"first", "second"}

// checkCounterpoint holds what no attribute says alone.
func checkCounterpoint(n *Node) error {
	c := counterpointOf(n)
	if c.First.Statement == c.Second.Statement {
		return errors.New("the two statements are one")
	}
	for i, s := range []Side{c.First, c.Second} {
		if err := s.Date.Validate(); err != nil {
			return fmt.Errorf("attribute %q: %s", sides[i]+"Date", stet.ErrorMessage(err))
		}
		if strings.TrimSpace(s.Words) == "" || strings.TrimSpace(s.Speaker) == "" {
			return fmt.Errorf("the %s side has no words or no speaker", sides[i])
		}
	}
	return nil
}

func counterpointOf(n *Node) Counterpoint {
	side := func(p string) Side {
		return Side{
			Statement: n.Attr(p + "Statement"), Words: n.Attr(p + "Words"), Kind: stet.QuotationKind(n.Attr(p + "Kind")), Language: n.Attr(p + "Language"),
			Speaker: n.Attr(p + "Speaker"), Role: n.Attr(p + "Role"),
			Date:      stet.SaidDate{Value: n.Attr(p + "Date"), Precision: stet.DatePrecision(n.Attr(p + "Precision"))},
			Addressee: n.Attr(p + "Addressee"), Venue: n.Attr(p + "Venue"), Source: n.Attr(p + "Source"), SourceURL: n.Attr(p + "SourceURL"),
		}
	}
	return Counterpoint{ID: n.Attr("counterpoint"), Label: stet.CounterpointLabel(n.Attr("label")), Note: n.Attr("note"),
		First: side(sides[0]), Second: side(sides[1]), Block: n.ID()}
}

// Attributes are those of the block that shows the counterpoint, without its id.
// What is empty is left out.
func (c Counterpoint) Attributes() map[string]string {
	out := map[string]string{"counterpoint": c.ID, "label": string(c.Label), "note": c.Note}
	for i, s := range []Side{c.First, c.Second} {
		for name, v := range map[string]string{
			"Statement": s.Statement, "Words": s.Words, "Kind": string(s.Kind), "Language": s.Language, "Speaker": s.Speaker, "Role": s.Role,
			"Date": s.Date.Value, "Precision": string(s.Date.Precision), "Addressee": s.Addressee, "Venue": s.Venue, "Source": s.Source, "SourceURL": s.SourceURL,
		} {
			out[sides[i]+name] = v
		}
	}
	for name, v := range out {
		if v == "" {
			delete(out, name)
		}
	}
	return out
}

// Node is the block that shows the counterpoint.
func (c Counterpoint) Node() Node {
	n := Node{Type: "counterpoint", Attrs: Attrs{}}
	for name, v := range c.Attributes() {
		n.Attrs[name] = v
	}
	if c.Block != "" {
		n.Attrs["id"] = c.Block
	}
	return n
}

// Counterpoints lists what is set side by side in the body, in reading order.
func (d *Doc) Counterpoints() []Counterpoint {
	var out []Counterpoint
	for n := range d.Blocks() {
		if n.Type == "counterpoint" {
			out = append(out, counterpointOf(n))
		}
	}
	return out
}

// The texts around a counterpoint, which are also the theme's for the record.
const (
	LabelContradicts = "beside.contradicts"
	LabelChanged     = "beside.changed"
	LabelDiffers     = "beside.differs"
	LabelAnswers     = "beside.answers"
	LabelSource      = "said.source"
)

var counterpointLabels = map[stet.CounterpointLabel]string{
	stet.Contradicts: LabelContradicts, stet.ChangedPosition: LabelChanged, stet.DiffersOnFact: LabelDiffers, stet.Answers: LabelAnswers,
}

// counterpoint writes the two as cards of equal weight. A figure whose caption
// comes first: how they stand to each other is what they are read by.
func (w *writer) counterpoint(n *Node) {
	c := counterpointOf(n)
	w.openFrame("figure", n)
	w.open(w.captionTag(), "besideLabel", nil)
	w.anchor(stet.CounterpointPath(c.ID), w.label(counterpointLabels[c.Label]))
	w.close(w.captionTag())
	w.open("div", "besideSides", nil)
	w.side(c.First)
	w.side(c.Second)
	w.close("div")
	if c.Note != "" {
		w.open("p", "besideNote", nil)
		w.text(c.Note)
		w.close("p")
	}
	w.closeFrame("figure")
}

func (w *writer) side(s Side) {
	w.open("div", "besideSide", nil)
	w.open("p", "besideBy", nil)
	w.open("span", "besideSpeaker", nil)
	w.text(s.Speaker)
	w.close("span")
	if s.Role != "" {
		w.str(", ")
		w.open("span", "besideRole", nil)
		w.text(s.Role)
		w.close("span")
	}
	w.close("p")
	w.sideWords(s)
	w.sideFacts(s)
	w.close("div")
}

// sideWords lead to the statement's own page.
func (w *writer) sideWords(s Side) {
	attrs := []string{"lang", s.Language}
	if !w.medium.framed {
		attrs = append(attrs, "dir", "auto")
	}
	if w.medium.exact && s.Kind != stet.DirectQuotation {
		attrs = append(attrs, "data-kind", string(s.Kind))
	}
	w.open("blockquote", "besideWords", nil, attrs...)
	w.open("p", "besideLine", nil)
	href := w.href(stet.StatementPath(s.Statement))
	w.open("a", "a", nil, "href", href)
	switch {
	case s.Kind != stet.DirectQuotation:
		w.text(s.Words)
	case w.medium.quotes:
		w.str("<q>")
		w.text(s.Words)
		w.str("</q>")
	default:
		w.text("“" + s.Words + "”")
	}
	w.str("</a></p></blockquote>")
}

// sideFacts are when, to whom, where and how we know.
func (w *writer) sideFacts(s Side) {
	first := true
	begin := func(role string, attrs ...string) {
		if first {
			w.open("p", "besideFacts", nil)
		} else {
			w.str(" · ")
		}
		first = false
		w.open("span", role, nil, attrs...)
	}
	if s.Date.Value != "" {
		exact := ""
		if w.medium.exact {
			exact = s.Date.Value + " " + string(s.Date.Precision)
		}
		begin("besideWhen", "data-date", exact)
		w.text(w.when(s.Date))
		w.close("span")
	}
	if s.Addressee != "" {
		begin("besideTo")
		w.text(w.to(s.Addressee))
		w.close("span")
	}
	if s.Venue != "" {
		begin("besideVenue")
		w.text(s.Venue)
		w.close("span")
	}
	if name := s.sourceName(); name != "" {
		begin("besideSource")
		w.text(w.label(LabelSource) + " ")
		w.anchor(s.SourceURL, name)
		w.close("span")
	}
	if !first {
		w.close("p")
	}
}

// sourceName is what the source is called: without a name, by its site.
func (s Side) sourceName() string {
	if s.Source != "" {
		return s.Source
	}
	if u, err := url.Parse(s.SourceURL); err == nil {
		return strings.TrimPrefix(u.Hostname(), "www.")
	}
	return ""
}

func (w *writer) label(key string) string {
	if w.medium.exact {
		return english[key]
	}
	return w.env.label(key)
}

func (w *writer) when(d stet.SaidDate) string {
	if w.env.When != nil && !w.medium.exact {
		if s := w.env.When(d); s != "" {
			return s
		}
	}
	return whenInEnglish(d)
}

func (w *writer) to(addressee string) string {
	if w.env.To != nil && !w.medium.exact {
		if s := w.env.To(addressee); s != "" {
			return s
		}
	}
	return "to " + addressee
}

// whenInEnglish is a date as precise as it is known.
func whenInEnglish(d stet.SaidDate) string {
	start, end, _ := strings.Cut(d.Value, "/")
	switch d.Precision {
	case stet.OnOrBefore:
		return "on or before " + dayInEnglish(start)
	case stet.Interval:
		return "between " + dayInEnglish(start) + " and " + dayInEnglish(end)
	}
	return dayInEnglish(start)
}

func dayInEnglish(s string) string {
	for layout, form := range map[string]string{time.DateOnly: "2 January 2006", "2006-01": "January 2006"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.Format(form)
		}
	}
	return s
}

// counterpoint writes the two as text, each side one paragraph of several lines:
// so its words are never taken for a paragraph of the story's own. They do not
// count as the story's either.
func (t *texter) counterpoint(n *Node) {
	if t.uncounted {
		return
	}
	c := counterpointOf(n)
	t.para(english[counterpointLabels[c.Label]])
	for _, s := range []Side{c.First, c.Second} {
		lines := []string{s.Speaker, s.Words}
		if s.Role != "" {
			lines[0] += ", " + s.Role
		}
		if s.Kind == stet.DirectQuotation {
			lines[1] = "“" + s.Words + "”"
		}
		if facts := s.facts(); facts != "" {
			lines = append(lines, facts)
		}
		t.para(strings.Join(lines, "\n"))
	}
	t.para(c.Note)
}

func (s Side) facts() string {
	var facts []string
	if s.Date.Value != "" {
		facts = append(facts, whenInEnglish(s.Date))
	}
	if s.Addressee != "" {
		facts = append(facts, "to "+s.Addressee)
	}
	if s.Venue != "" {
		facts = append(facts, s.Venue)
	}
	if name := s.sourceName(); name != "" {
		facts = append(facts, english[LabelSource]+" "+name)
	}
	return strings.Join(facts, " · ")
}
