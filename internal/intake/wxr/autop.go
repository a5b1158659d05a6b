// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package wxr

import (
	"regexp"
	"strings"
)

// autop does what WordPress's wpautop does to a text of the classic editor: an
// empty line begins a paragraph, a line end is a line break. What is code,
// script or the skeleton of a table or list keeps its line ends. The result is
// meant for an HTML parser, which closes paragraphs by itself.
func autop(s string) string {
	if !strings.Contains(s, "\n") {
		return s
	}
	var out strings.Builder
	out.Grow(len(s) + len(s)/16)
	// Nothing stands at the very beginning: as after a block.
	afterBlock, keep := true, ""
	for len(s) > 0 {
		i := strings.IndexByte(s, '<')
		if i != 0 {
			if i < 0 {
				i = len(s)
			}
			text := s[:i]
			s = s[i:]
			if keep == "" {
				text = paragraphs(text, afterBlock, s == "" || blockTag(s))
			}
			if strings.TrimSpace(text) != "" {
				afterBlock = strings.HasSuffix(text, "<p>")
			}
			out.WriteString(text)
			continue
		}
		name, closing, end := tagAt(s)
		tag := s[:end]
		s = s[end:]
		out.WriteString(tag)
		switch {
		case keep != "":
			if closing && name == keep {
				keep, afterBlock = "", true
			}
		case !closing && keepsLines(name):
			keep = name
		case blockName[name]:
			afterBlock = true
		case name != "" && name != "!":
			afterBlock = false
		}
	}
	return out.String()
}

var emptyLines = regexp.MustCompile(`[ \t]*\n(?:[ \t\x{a0}]*\n)+[ \t]*`)

// paragraphs marks up the line ends of a text between two tags.
func paragraphs(text string, afterBlock, beforeBlock bool) string {
	if !strings.Contains(text, "\n") {
		return text
	}
	if strings.TrimSpace(text) == "" {
		switch {
		case afterBlock || beforeBlock:
			return "\n"
		case strings.Count(text, "\n") > 1:
			return "\n<p>"
		}
		return "<br>\n"
	}
	lead := text[:len(text)-len(strings.TrimLeft(text, " \t\n"))]
	tail := text[len(strings.TrimRight(text, " \t\n")):]
	core := text[len(lead) : len(text)-len(tail)]
	core = emptyLines.ReplaceAllString(core, "\x00")
	core = strings.ReplaceAll(core, "\n", "<br>\n")
	core = strings.ReplaceAll(core, "\x00", "\n<p>")
	return edge(lead, afterBlock) + core + edge(tail, beforeBlock)
}

// edge marks up the white space at the edge of a text.
func edge(space string, block bool) string {
	n := strings.Count(space, "\n")
	switch {
	case n == 0:
		return space
	case n > 1:
		return "\n<p>"
	case block:
		return "\n"
	}
	return "<br>\n"
}

func keepsLines(name string) bool {
	switch name {
	case "pre", "script", "style", "textarea", "svg", "object", "select":
		return true
	}
	return false
}

// blockName lists the elements that wpautop takes for blocks, and <br>, after
// which no second break is wanted.
var blockName = set(`table thead tfoot caption col colgroup tbody tr td th div dl dd dt ul ol li pre form map area blockquote address style p
	h1 h2 h3 h4 h5 h6 hr fieldset legend section article aside hgroup header footer nav figure figcaption details menu summary br iframe video audio script noscript select`)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

func blockTag(s string) bool {
	name, _, _ := tagAt(s)
	return blockName[name]
}

// tagAt reads the tag or comment at the beginning of s: its name in lower case,
// "!" for a comment, "" for a stray sign, and where it ends.
func tagAt(s string) (name string, closing bool, end int) {
	if strings.HasPrefix(s, "<!--") {
		if i := strings.Index(s, "-->"); i >= 0 {
			return "!", false, i + 3
		}
		return "!", false, len(s)
	}
	i := 1
	if i < len(s) && s[i] == '/' {
		closing = true
		i++
	}
	n := i
	for n < len(s) && (s[n] >= 'a' && s[n] <= 'z' || s[n] >= 'A' && s[n] <= 'Z' || n > i && s[n] >= '0' && s[n] <= '9') {
		n++
	}
	if n == i {
		return "", false, 1
	}
	name = strings.ToLower(s[i:n])
	quote := byte(0)
	for ; n < len(s); n++ {
		switch c := s[n]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case (c == '"' || c == '\'') && s[n-1] == '=':
			quote = c
		case c == '>':
			return name, closing, n + 1
		}
	}
	return name, closing, len(s)
}
