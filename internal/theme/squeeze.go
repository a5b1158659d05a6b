// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package theme

import "strings"

// squeeze takes from a style sheet what only its authors read: comments,
// indentation, and the spaces that no rule of CSS asks for. A page waits for
// the sheet before anything of it is seen.
func squeeze(css string) string {
	var out strings.Builder
	out.Grow(len(css))
	space := false // one is due, unless what follows needs none
	for i := 0; i < len(css); {
		switch c := css[i]; {
		case strings.HasPrefix(css[i:], "/*"):
			end := strings.Index(css[i+2:], "*/")
			if end < 0 {
				return out.String()
			}
			i += 2 + end + 2
			space = true
		case strings.IndexByte(" \t\r\n\f", c) >= 0:
			space = true
			i++
		case c == '"' || c == '\'':
			end := closing(css, i)
			spaced(&out, space, c)
			out.WriteString(css[i:end])
			i, space = end, false
		default:
			spaced(&out, space, c)
			out.WriteByte(c)
			i, space = i+1, false
		}
	}
	return out.String()
}

// spaced writes the space that is due before c. Before a colon, a bracket or a
// sign it may mean something (a descendant, a sum), so there it stays.
func spaced(out *strings.Builder, due bool, c byte) {
	written := out.String()
	if !due || written == "" {
		return
	}
	if strings.IndexByte("{};:,", written[len(written)-1]) < 0 && strings.IndexByte("{};,", c) < 0 {
		out.WriteByte(' ')
	}
}

// closing is where the string that begins at i ends.
func closing(css string, i int) int {
	quote := css[i]
	for i++; i < len(css); i++ {
		switch css[i] {
		case '\\':
			i++
		case quote:
			return i + 1
		}
	}
	return len(css)
}
