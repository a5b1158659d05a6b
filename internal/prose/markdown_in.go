// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package prose

import (
	"bytes"
	"html"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	renderer "github.com/yuin/goldmark/renderer/html"
)

// FromMarkdown makes a document of CommonMark with tables, strikethrough and footnotes. HTML in
// it is allowed, because all of it goes through FromHTML: there is one converter that sanitises.
func FromMarkdown(src string, o Options) (*Doc, []Note) {
	md := goldmark.New(
		goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.Footnote),
		goldmark.WithRendererOptions(renderer.WithUnsafe()),
	)
	var out bytes.Buffer
	if !convert(md, flattenMarkers(cleanInput(src)), &out) {
		// The text is kept, whatever has gone wrong with its markup.
		d, notes := FromHTML("<pre>"+html.EscapeString(src)+"</pre>", o)
		return d, append(notes, Note{Kind: NoteStructure, Detail: "the Markdown could not be read; kept as plain text"})
	}
	return FromHTML(out.String(), o)
}

func convert(md goldmark.Markdown, src string, out *bytes.Buffer) (ok bool) {
	defer func() {
		if recover() != nil {
			ok = false
		}
	}()
	return md.Convert([]byte(src), out) == nil
}

// flattenMarkers cuts the run of container markers at the beginning of a line to what a document
// can hold: a line of ten thousand ">" would open as many quotations, and each later line try
// them all.
func flattenMarkers(src string) string {
	const most = 60
	if !strings.Contains(src, strings.Repeat(">", most)) && !strings.Contains(src, strings.Repeat("> ", most)) {
		return src
	}
	lines := strings.SplitAfter(src, "\n")
	for i, line := range lines {
		end, markers := 0, 0
		for end < len(line) && strings.IndexByte("> \t", line[end]) >= 0 {
			if line[end] == '>' {
				markers++
			}
			end++
		}
		if markers > most {
			lines[i] = strings.Repeat(">", most) + " " + line[end:]
		}
	}
	return strings.Join(lines, "")
}
