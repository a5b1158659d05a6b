// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package prose

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Markdown writes the body as CommonMark with tables, strikethrough and footnotes. What Markdown
// cannot say is one line of HTML, so FromMarkdown with Options{Raw: true} gives the same document
// again but for its ids (and for white space that no HTML keeps, and empty blocks). Without
// Env.Asset a picture's address is "asset:" and its id.
func (d *Doc) Markdown(env Env) string {
	m := &markdown{env: env}
	out := m.blocks(d.content())
	for i := 0; i < len(m.notes); i++ {
		out += fmt.Sprintf("\n\n[^%d]: %s", i+1, m.inline(m.notes[i].Content, true))
	}
	return strings.TrimLeft(out, "\n") + "\n"
}

type markdown struct {
	env   Env
	notes []*Node
}

func (m *markdown) blocks(list []Node) string {
	var parts []string
	for i := range list {
		n := &list[i]
		// Two lists in a row would be one.
		if i > 0 && list[i-1].Type == n.Type && (n.Type == "bulletList" || n.Type == "orderedList") {
			parts = append(parts, "<!-- -->")
		}
		parts = append(parts, m.block(n))
	}
	return strings.Join(parts, "\n\n")
}

func (m *markdown) block(n *Node) string {
	switch n.Type {
	case "paragraph":
		if len(n.Content) > 0 {
			return m.inline(n.Content, false)
		}
	case "heading":
		if len(n.Content) > 0 {
			return strings.Repeat("#", n.Int("level")) + " " + m.inline(n.Content, true)
		}
	case "horizontalRule":
		return "---"
	case "blockquote":
		if n.Attr("cite") == "" {
			return indent("> ", "> ", m.blocks(n.Content))
		}
	case "bulletList", "orderedList":
		if simpleList(n) {
			return m.list(n)
		}
	case "image":
		if s, ok := m.picture(n); ok {
			return s
		}
	case "table":
		if simpleTable(n) {
			return m.table(n)
		}
	case "codeBlock":
		if code := n.Content; len(code) > 0 && !strings.Contains(code[0].Text, "\t") {
			return fence(n.Attr("language"), code[0].Text)
		}
	case "rawHTML":
		return fence("{=html}", n.Attr("html"))
	}
	return m.html(n)
}

// html writes a block as one line of HTML.
func (m *markdown) html(n *Node) string {
	w := &writer{env: m.env, medium: &exact, level: 1}
	w.block(n)
	return string(w.b)
}

// exact is HTML that FromHTML reads back into the very same blocks.
var exact = medium{exact: true, picture: feedPicture, missing: exactPicture, table: exactTable, raw: exactRaw, media: exactMedia, note: exactNote,
	dress: func(w *writer, role string, n *Node) {
		class := classes[role]
		if own := exactClasses[role]; own != "" {
			class = own
		}
		if role == "codeText" && n.Attr("language") != "" {
			class = "language-" + n.Attr("language")
		}
		if role == "image" && n.Attr("layout") != "" {
			class += " picture-" + n.Attr("layout")
		}
		if class != "" {
			w.attr("class", class)
		}
		if role == "counterpoint" {
			w.attr("data-label", n.Attr("label"))
		}
		if role == "relatedStory" && n.Attr("story") != "" {
			w.attr("data-story", n.Attr("story"))
		}
	}}

// exactClasses mark what a page need not tell apart.
var exactClasses = map[string]string{"besideWhen": "beside-when", "besideTo": "beside-to", "besideVenue": "beside-venue", "besideSource": "beside-source"}

func exactPicture(w *writer, n *Node, p Picture) {
	src := n.Attr("src")
	if id := n.Attr("asset"); id != "" {
		src = "asset:" + id
	}
	w.open("figure", "image", n)
	w.str("<img")
	w.attr("src", src)
	w.attr("alt", p.Alt)
	w.str(">")
	w.caption(n, p.Credit)
	w.close("figure")
}

func exactTable(w *writer, n *Node) {
	w.str("<table>")
	for i := range n.Content {
		w.str("<tr>")
		for j := range n.Content[i].Content {
			c := &n.Content[i].Content[j]
			w.cell(gridCell{node: c, colspan: c.Int("colspan"), rowspan: c.Int("rowspan")}, false)
		}
		w.str("</tr>")
	}
	w.str("</table>")
}

func exactRaw(w *writer, n *Node) {
	w.str(`<pre><code class="language-{=html}">`)
	w.text(n.Attr("html"))
	w.str("</code></pre>")
}

func exactNote(w *writer, n *Node) {
	w.str(`<span data-type="footnote">`)
	w.inline(n.Content)
	w.str("</span>")
}

func indent(first, rest, s string) string {
	lines := strings.Split(s, "\n")
	for i := range lines {
		switch {
		case i == 0:
			lines[i] = first + lines[i]
		case lines[i] == "":
			lines[i] = strings.TrimRight(rest, " ")
		default:
			lines[i] = rest + lines[i]
		}
	}
	return strings.Join(lines, "\n")
}

// simpleList tells lists of text and lists from those with other blocks in them.
func simpleList(n *Node) bool {
	for i := range n.Content {
		for j := range n.Content[i].Content {
			switch c := &n.Content[i].Content[j]; {
			case c.Type == "paragraph" && len(c.Content) > 0:
			case j > 0 && (c.Type == "bulletList" || c.Type == "orderedList") && simpleList(c):
			default:
				return false
			}
		}
	}
	return true
}

func (m *markdown) list(n *Node) string {
	var items []string
	tight := true
	for i := range n.Content {
		item := n.Content[i].Content
		marker := "- "
		if n.Type == "orderedList" {
			marker = fmt.Sprintf("%d. ", n.Int("start")+i)
		}
		tight = tight && len(item) == 1
		items = append(items, indent(marker, strings.Repeat(" ", len(marker)), m.blocks(item)))
	}
	if tight {
		return strings.Join(items, "\n")
	}
	return strings.Join(items, "\n\n")
}

// picture writes a picture that is nothing but a picture.
func (m *markdown) picture(n *Node) (string, bool) {
	src := n.Attr("src")
	if id := n.Attr("asset"); id != "" {
		src = "asset:" + id
		if m.env.Asset != nil {
			if p, ok := m.env.Asset(id); ok {
				src = p.Src
			}
		}
	}
	if len(n.Content) > 0 || n.Attr("credit") != "" || n.Attr("layout") != "" || !plainAddress.MatchString(src) {
		return "", false
	}
	return "![" + escapeMarkdown(n.Attr("alt"), 0, false) + "](" + src + ")", true
}

func simpleTable(n *Node) bool {
	columns := len(n.Content[0].Content)
	for i := range n.Content {
		row := &n.Content[i]
		if len(row.Content) != columns || columns == 0 {
			return false
		}
		for j := range row.Content {
			c := &row.Content[j]
			if (c.Type == "tableHeader") != (i == 0) || c.Int("colspan") > 1 || c.Int("rowspan") > 1 ||
				len(c.Content) != 1 || c.Content[0].Type != "paragraph" || strings.ContainsAny(c.Plain(), `|\`) {
				return false
			}
			for _, t := range c.Content[0].Content {
				for _, mark := range t.Marks {
					if strings.ContainsAny(mark.Attr("href")+mark.Attr("title"), `|\`) {
						return false
					}
				}
			}
		}
	}
	return true
}

func (m *markdown) table(n *Node) string {
	var b strings.Builder
	for i := range n.Content {
		for j := range n.Content[i].Content {
			b.WriteString("| " + m.inline(n.Content[i].Content[j].Content[0].Content, true) + " ")
		}
		b.WriteString("|")
		if i == 0 {
			b.WriteString("\n" + strings.Repeat("| --- ", len(n.Content[0].Content)) + "|")
		}
		if i < len(n.Content)-1 {
			b.WriteString("\n")
		}
	}
	return b.String()
}

func fence(info, code string) string {
	longest, run := 2, 0
	for i := range len(code) {
		if code[i] != '`' {
			run = 0
		} else if run++; run > longest {
			longest = run
		}
	}
	ticks := strings.Repeat("`", longest+1)
	return ticks + info + "\n" + code + "\n" + ticks
}

// inline writes running text; on one line where Markdown wants it so.
func (m *markdown) inline(list []Node, oneLine bool) string {
	var b strings.Builder
	var open []string // end tags
	var marksOpen []Mark
	lineStart := true
	for i := range list {
		n := &list[i]
		shared := 0
		if n.Type == "text" {
			for shared < len(marksOpen) && shared < len(n.Marks) && sameMark(marksOpen[shared], n.Marks[shared]) {
				shared++
			}
		}
		for len(open) > shared {
			b.WriteString(open[len(open)-1])
			open = open[:len(open)-1]
		}
		marksOpen = marksOpen[:shared:shared]
		switch n.Type {
		case "hardBreak":
			// After an escaped backslash goldmark sees no line break in a further one.
			if lineStart = !oneLine && lastRune(b.String()) != '\\'; lineStart {
				b.WriteString("\\\n")
			} else {
				b.WriteString("<br>")
			}
			continue
		case "footnote":
			if len(n.Content) == 0 {
				continue
			}
			m.notes = append(m.notes, n)
			fmt.Fprintf(&b, "[^%d]", len(m.notes))
		case "text":
			code := false
			for k := shared; k < len(n.Marks); k++ {
				start, end := m.mark(list, i, k)
				code = start == "`"
				b.WriteString(start)
				open = append(open, end)
				marksOpen = append(marksOpen, n.Marks[k])
			}
			switch {
			case code:
				b.WriteString(n.Text)
			case lineStart && b.Len() > 0 && len(n.Marks) == 0 || b.Len() == 0:
				b.WriteString(escapeMarkdown(n.Text, lastRune(b.String()), true))
			default:
				b.WriteString(escapeMarkdown(n.Text, lastRune(b.String()), false))
			}
		}
		lineStart = false
	}
	for len(open) > 0 {
		b.WriteString(open[len(open)-1])
		open = open[:len(open)-1]
	}
	return b.String()
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// plainAddress needs no escape in a Markdown link, nor does any writer of HTML change it.
var plainAddress = regexp.MustCompile(`^[A-Za-z0-9:/?#@!$+,;=._~-]+$`)

// mark gives the start and end of the k-th mark of the i-th node.
func (m *markdown) mark(list []Node, i, k int) (start, end string) {
	mark := list[i].Marks[k]
	sign := map[string]string{"bold": "**", "italic": "*", "strike": "~~"}[mark.Type]
	switch {
	case mark.Type == "link":
		href, title := mark.Attr("href"), mark.Attr("title")
		if plainAddress.MatchString(href) && !strings.ContainsAny(title, "\"\\&\n<`") {
			if title != "" {
				title = ` "` + title + `"`
			}
			return "[", "](" + href + title + ")"
		}
		w := &writer{medium: &exact}
		w.open("a", "a", nil, "href", href, "title", title)
		return string(w.b), "</a>"
	case mark.Type == "code" && codeSpan(list[i].Text) && k == len(list[i].Marks)-1 && !continues(list, i, k):
		return "`", "`"
	case sign != "" && delimited(list, i, k):
		return sign, sign
	}
	return "<" + markTags[mark.Type] + ">", "</" + markTags[mark.Type] + ">"
}

func codeSpan(s string) bool {
	return !strings.ContainsAny(s, "`\n|") && strings.TrimSpace(s) == s
}

// continues reports whether the next node carries the k-th mark on.
func continues(list []Node, i, k int) bool {
	if i+1 >= len(list) || len(list[i+1].Marks) <= k {
		return false
	}
	for j := 0; j <= k; j++ {
		if !sameMark(list[i].Marks[j], list[i+1].Marks[j]) {
			return false
		}
	}
	return true
}

// delimited reports whether a mark may be written with asterisks or tildes. Markdown's rules for
// when these open and close depend on their neighbours; only where no rule can go wrong are they
// used, and tags elsewhere: a single word or phrase, set off by spaces or punctuation, that
// carries no other mark.
func delimited(list []Node, i, k int) bool {
	n := &list[i]
	if len(n.Marks) != k+1 || continues(list, i, k) {
		return false
	}
	first, _ := utf8.DecodeRuneInString(n.Text)
	last := lastRune(n.Text)
	if !wordRune(first) || !wordRune(last) {
		return false
	}
	if i > 0 && list[i-1].Type != "hardBreak" && !(len(list[i-1].Marks) == 0 && edge(lastRune(list[i-1].Text))) {
		return false
	}
	if i+1 < len(list) && list[i+1].Type != "hardBreak" {
		next, _ := utf8.DecodeRuneInString(list[i+1].Text)
		return len(list[i+1].Marks) == 0 && edge(next)
	}
	return k == 0 || n.Marks[k-1].Type == "link"
}

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func edge(r rune) bool { return r != utf8.RuneError && strings.ContainsRune(" .,;:!?()\"'", r) }

// escapeMarkdown escapes what Markdown would read as more than text. before is the character that
// precedes the text.
func escapeMarkdown(s string, before rune, lineStart bool) string {
	var b strings.Builder
	b.Grow(len(s) + 8)
	digits := 0 // at the beginning of a line
	for i, r := range s {
		next, _ := utf8.DecodeRuneInString(s[i+utf8.RuneLen(r):])
		escape := false
		switch r {
		case '\\', '`', '*', '[', ']', '<', '~', '|':
			escape = true
		case '_':
			escape = !(wordRune(before) && wordRune(next))
		case '&':
			escape = next == '#' || unicode.IsLetter(next)
		case '!':
			escape = i == len(s)-1
		case '#':
			escape = lineStart && i == 0 || before == ' ' || before == '#' || next == utf8.RuneError
		case '-', '+', '=', '>':
			escape = lineStart && i == 0
		case ':', '(':
			// After a footnote's reference they would make a definition or a link of it.
			escape = i == 0 && (lineStart || before == ']')
		case '.', ')':
			escape = lineStart && digits > 0 && digits == i
		}
		if lineStart && '0' <= r && r <= '9' && digits == i {
			digits++
		}
		if escape {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
		before = r
	}
	return b.String()
}
