// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package wxr

import (
	"fmt"
	"html"
	"regexp"
	"strings"

	"stet/internal/intake/item"
	"stet/internal/intake/spool"
)

// body makes plain HTML of what the editor of the post has left: blocks, or the
// classic editor's text with its shortcodes.
func (e *Export) body(s *item.Story, el *spool.Element, meta map[string]string) {
	src := el.Value(e.names.written("content:encoded"))
	b := &body{export: e, story: s, notes: footnotes(meta)}
	src = strings.ReplaceAll(src, "\r\n", "\n")
	src = strings.ReplaceAll(src, string(item.MarkRune), "")
	s.HTML = b.convert(src, 0)
	s.FileIDs = e.pictureIDs(s.HTML)
}

// body is the work on one post's content.
type body struct {
	export *Export
	story  *item.Story
	notes  map[string]string // WordPress's footnotes by id
	inside []string          // ids of the reusable blocks that are being put in
}

const maxReused = 8

func (b *body) convert(src string, depth int) string {
	if strings.Contains(src, "<!-- wp:") {
		return b.blocks(src, depth)
	}
	return b.classic(src)
}

// classic is a text of the editor before 2018.
func (b *body) classic(src string) string {
	return autop(b.shortcodes(embedLines(src)))
}

var blockComment = regexp.MustCompile(`<!--\s+(/)?wp:([a-z][a-z0-9_-]*(?:/[a-z][a-z0-9_-]*)?)\s+(?:(\{[^\n]*?\})\s+)?(/)?-->`)

// blocks takes the comments away with which Gutenberg delimits blocks, and does
// what the blocks need that are not all said by the HTML in them.
func (b *body) blocks(src string, depth int) string {
	var out strings.Builder
	at := 0
	found := blockComment.FindAllStringSubmatchIndex(src, -1)
	group := func(m []int, n int) string {
		if m[2*n] < 0 {
			return ""
		}
		return src[m[2*n]:m[2*n+1]]
	}
	free := 0 // depth of open blocks
	for i, m := range found {
		if m[0] < at {
			continue // inside what was taken whole
		}
		piece := src[at:m[0]]
		if free == 0 {
			piece = b.freeform(piece)
		}
		out.WriteString(piece)
		at = m[1]
		name, closing, empty := group(m, 2), group(m, 1) != "", group(m, 4) != ""
		switch {
		case closing:
			free = max(0, free-1)
		case empty:
			out.WriteString(b.emptyBlock(name, group(m, 3), depth))
		case name == "html" || name == "freeform" || name == "shortcode" || name == "code" || name == "preformatted" || name == "core/freeform":
			end := closes(src, found[i+1:], name)
			inner := src[at:end]
			at = end
			free++
			out.WriteString(b.wholeBlock(name, inner))
		default:
			free++
		}
	}
	rest := src[at:]
	if free == 0 {
		rest = b.freeform(rest)
	}
	out.WriteString(rest)
	text := out.String()
	if strings.Contains(text, "[") {
		text = b.shortcodes(text)
	}
	return b.references(text)
}

// closes returns where the content of a block ends: at its own end comment, or
// at the end of the text.
func closes(src string, later [][]int, name string) int {
	for _, m := range later {
		if m[2] >= 0 && src[m[4]:m[5]] == name {
			return m[0]
		}
	}
	return len(src)
}

// freeform is text between blocks, as the classic editor wrote it.
func (b *body) freeform(s string) string {
	if strings.TrimSpace(s) == "" || strings.Contains(s, "<p") {
		return s
	}
	return b.classic(s)
}

// quiet are blocks without content of their own for which nothing need be said.
var quiet = map[string]bool{
	"more": true, "nextpage": true, "spacer": true, "separator": true, "paragraph": true, "heading": true, "list": true, "footnotes": true, "column": true, "columns": true, "group": true,
	"image": true, "list-item": true, "quote": true, "table": true, "freeform": true,
}

func (b *body) emptyBlock(name, attrs string, depth int) string {
	switch name {
	case "block":
		return b.reusable(attr(attrs, "ref"), depth)
	case "core-embed", "embed":
		if u := attr(attrs, "url"); u != "" {
			return embedFigure(u)
		}
	}
	if !quiet[name] {
		b.story.Note(item.Warning, "block", name, "A block of the type %q was left out: it holds no text and is made by the site when it is read.", name)
	}
	return ""
}

// reusable puts in a block that many posts share.
func (b *body) reusable(ref string, depth int) string {
	src, ok := b.export.blocks[ref]
	for _, r := range b.inside {
		if r == ref {
			b.story.Note(item.Warning, "block", "block", "The reusable block %s holds itself; it was left out there.", ref)
			return ""
		}
	}
	switch {
	case !ok:
		b.story.Note(item.Warning, "block", "block", "The reusable block %s is not in the file.", ref)
		return ""
	case depth >= maxReused:
		b.story.Note(item.Warning, "block", "block", "Reusable blocks are nested too deep; the block %s was left out.", ref)
		return ""
	}
	b.inside = append(b.inside, ref)
	defer func() { b.inside = b.inside[:len(b.inside)-1] }()
	return b.convert(src, depth+1)
}

var attrValue = regexp.MustCompile(`"([A-Za-z]+)"\s*:\s*(?:"((?:[^"\\]|\\.)*)"|(\d+))`)

// attr finds a text or number among a block's attributes.
func attr(attrs, name string) string {
	for _, m := range attrValue.FindAllStringSubmatch(attrs, -1) {
		if m[1] == name {
			return strings.NewReplacer(`\/`, "/", `\u0026`, "&", `\u002d`, "-", `\u003d`, "=").Replace(m[2] + m[3])
		}
	}
	return ""
}

var active = regexp.MustCompile(`(?i)<(script|iframe|style|form|input|button|object|embed|canvas|svg|link|math)[\s>/]`)

// wholeBlock handles blocks whose content is not simply HTML.
func (b *body) wholeBlock(name, inner string) string {
	switch name {
	case "html":
		if active.MatchString(inner) {
			return b.raw(inner)
		}
		return inner
	case "code", "preformatted": // no shortcodes in there
		return escapeBrackets(inner)
	case "shortcode":
		return b.classic(strings.TrimSpace(inner))
	}
	return b.freeform(inner)
}

// raw keeps markup as it is: the story shows it in a sandboxed frame.
func (b *body) raw(markup string) string {
	if strings.TrimSpace(markup) == "" {
		return ""
	}
	b.story.Raw = append(b.story.Raw, strings.TrimSpace(markup))
	b.story.Note(item.Info, "raw", "html", "A block of HTML with scripts, frames or forms was kept as it is; it is shown in a sandboxed frame.")
	return "\n<p>" + item.RawMark(len(b.story.Raw)-1) + "</p>\n"
}

func escapeBrackets(s string) string {
	return strings.NewReplacer("[", "&#91;", "]", "&#93;").Replace(s)
}

var (
	footnoteMark = regexp.MustCompile(`<sup[^>]*\bdata-fn="([^"]+)"[^>]*>.*?</sup>`)
	imgTag       = regexp.MustCompile(`(?i)<img\b[^>]*>`)
	imgSrc       = regexp.MustCompile(`(?i)\ssrc\s*=\s*(?:"([^"]*)"|'([^']*)')`)
	imgID        = regexp.MustCompile(`\bwp-image-(\d+)\b`)
)

// references puts WordPress's footnotes where their marks stand.
func (b *body) references(s string) string {
	if b.notes == nil {
		return s
	}
	return footnoteMark.ReplaceAllStringFunc(s, func(m string) string {
		id := footnoteMark.FindStringSubmatch(m)[1]
		note, ok := b.notes[id]
		if !ok {
			return m
		}
		return footnote(note)
	})
}

// footnote is how FromHTML wants a note in its place.
func footnote(content string) string {
	return `<span data-type="footnote">` + content + `</span>`
}

// pictureIDs notes which attachment each picture is: its class says so even
// where its address has become another.
func (e *Export) pictureIDs(src string) map[string]string {
	var out map[string]string
	for _, t := range imgTag.FindAllString(src, 2000) {
		id, at := imgID.FindStringSubmatch(t), imgSrc.FindStringSubmatch(t)
		if id == nil || at == nil || e.files[id[1]] == nil {
			continue
		}
		if out == nil {
			out = map[string]string{}
		}
		out[strings.TrimSpace(html.UnescapeString(at[1]+at[2]))] = "file:" + id[1]
	}
	return out
}

var urlLine = regexp.MustCompile(`(?m)^[ \t]*(https?://[^\s<>"]+)[ \t]*$`)

// embedLines makes an embed of an address that stands alone on a line between
// empty ones, as WordPress does.
func embedLines(s string) string {
	if !strings.Contains(s, "http") {
		return s
	}
	return urlLine.ReplaceAllStringFunc(s, func(l string) string {
		u := strings.TrimSpace(l)
		if !embeddable(u) {
			return `<a href="` + u + `">` + u + `</a>`
		}
		return "\n" + embedFigure(html.UnescapeString(u)) + "\n"
	})
}

// embeddable lists the hosts from which WordPress embeds.
func embeddable(u string) bool {
	for _, h := range []string{"youtube.com/", "youtu.be/", "vimeo.com/", "twitter.com/", "//x.com/", "soundcloud.com/", "instagram.com/", "facebook.com/", "tiktok.com/",
		"spotify.com/", "flickr.com/", "dailymotion.com/", "ted.com/", "slideshare.net/", "scribd.com/", "reddit.com/", "issuu.com/", "mixcloud.com/", "kickstarter.com/", "bsky.app/", "videopress.com/", "wordpress.tv/"} {
		if strings.Contains(u, h) {
			return true
		}
	}
	return false
}

func embedFigure(u string) string {
	return fmt.Sprintf("<figure class=\"wp-block-embed\"><div class=\"wp-block-embed__wrapper\">\n%s\n</div></figure>", html.EscapeString(u))
}
