// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package prose

import "html/template"

// SplitHTML renders the body for a page in two parts that belong together: an
// opening of n paragraphs (with what stands between them), and the rest, which
// is empty when little would be left for it. Footnotes are numbered through,
// and their list stands at the end of the rest.
func (d *Doc) SplitHTML(n int, env Env) (opening, rest template.HTML) {
	if d == nil {
		return "", ""
	}
	w := &writer{b: make([]byte, 0, 8192), env: env, medium: &page, level: 1}
	cut := d.openingBlocks(n)
	w.blocks(d.Root.Content[:cut])
	at := len(w.b)
	w.blocks(d.Root.Content[cut:])
	w.footnotes()
	return template.HTML(w.b[:at]), template.HTML(w.b[at:])
}

// openingBlocks is how many blocks the opening takes: up to the nth paragraph,
// or all, when only one short block would be left.
func (d *Doc) openingBlocks(n int) int {
	for i := range d.Root.Content {
		if d.Root.Content[i].Type == "paragraph" {
			n--
		}
		if n == 0 && len(d.Root.Content)-i > 2 {
			return i + 1
		}
	}
	return len(d.Root.Content)
}
