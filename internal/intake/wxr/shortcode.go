// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package wxr

import (
	"fmt"
	"html"
	"regexp"
	"strings"

	"stet/internal/intake/item"
)

// shortcode is one [tag attr="value"], perhaps with what it encloses.
type shortcode struct {
	name  string
	attrs map[string]string
	list  []string // values without a name
	inner string
}

// maxShortcodes bounds the work on one text: beyond it the rest stays as it is.
const maxShortcodes = 5000

// shortcodes replaces the shortcodes of a text by HTML. Brackets are also what
// journalists write with ("[sic]", "[the minister]"): an unknown word in
// brackets is a shortcode only when it carries attributes, has an end tag or
// looks like nothing else; everything else stays as it is. Of an unknown
// shortcode what it encloses is kept.
func (b *body) shortcodes(s string) string {
	return b.expand(s, 0)
}

func (b *body) expand(s string, depth int) string {
	if depth > 10 || !strings.Contains(s, "[") {
		return s
	}
	var out strings.Builder
	for n := 0; ; n++ {
		i := strings.IndexByte(s, '[')
		if i < 0 || n > maxShortcodes {
			out.WriteString(s)
			return out.String()
		}
		out.WriteString(s[:i])
		s = s[i:]
		if strings.HasPrefix(s, "[[") {
			if text, end := escaped(s); end > 0 {
				out.WriteString(text)
				s = s[end:]
				continue
			}
		}
		code, end, ok := parseShortcode(s)
		if !ok {
			out.WriteByte('[')
			s = s[1:]
			continue
		}
		out.WriteString(b.shortcode(code, depth))
		s = s[end:]
	}
}

// escaped reads [[tag]], which is shown as [tag].
func escaped(s string) (string, int) {
	if i := strings.Index(s, "]]"); i > 2 && !strings.ContainsAny(s[2:i], "[]\n") {
		return "&#91;" + s[2:i] + "&#93;", i + 2
	}
	return "", 0
}

// nameOf is not greedy about what may be a name: letters, digits, _ and -.
var nameOf = regexp.MustCompile(`^\[(/?)([A-Za-z][A-Za-z0-9_-]{0,60})(?:[\s/\]=]|$)`)

// parseShortcode reads the shortcode at the beginning of s, up to the end of
// its end tag if it has one.
func parseShortcode(s string) (c shortcode, end int, ok bool) {
	m := nameOf.FindStringSubmatch(s)
	if m == nil || m[1] == "/" {
		if m != nil && m[1] == "/" && known[strings.ToLower(m[2])] {
			// An end tag without a beginning.
			if i := strings.IndexByte(s, ']'); i > 0 {
				return shortcode{name: ""}, i + 1, true
			}
		}
		return c, 0, false
	}
	c.name = m[2]
	stop := bracketEnd(s)
	if stop < 0 {
		return c, 0, false
	}
	head := s[1+len(c.name) : stop]
	closed := strings.HasSuffix(head, "/")
	c.attrs, c.list = shortcodeAttrs(strings.TrimSuffix(head, "/"))
	end = stop + 1
	enclosing := false
	if !closed {
		if i := strings.Index(s[end:], "[/"+c.name+"]"); i >= 0 && !again(s[end:end+i], c.name) {
			c.inner = s[end : end+i]
			end += i + len(c.name) + 3
			enclosing = true
		}
	}
	c.name = strings.ToLower(c.name)
	return c, end, known[c.name] || enclosing || len(c.attrs) > 0 && len(c.list) == 0 || closed || strings.Contains(c.name, "_") || strings.HasPrefix(c.name, "contact-form")
}

// again reports whether the same shortcode begins within: then the end tag that
// was found may be the inner one's, and [gallery] ... [gallery]x[/gallery] is
// no pair.
func again(s, name string) bool {
	i := strings.Index(s, "["+name)
	return i >= 0 && i+len(name)+1 < len(s) && strings.IndexByte(" ]", s[i+len(name)+1]) >= 0
}

// bracketEnd returns where the opening tag ends, heeding quotes: captions hold
// brackets and tags.
func bracketEnd(s string) int {
	const longest = 20_000
	quote := byte(0)
	for i := 1; i < len(s) && i < longest; i++ {
		switch c := s[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case (c == '"' || c == '\'') && s[i-1] == '=':
			quote = c
		case c == '[':
			return -1
		case c == ']':
			return i
		}
	}
	if quote != 0 {
		// A quotation mark too many: the plain end counts.
		return strings.IndexByte(s[:min(len(s), longest)], ']')
	}
	return -1
}

var shortcodeAttr = regexp.MustCompile(`([A-Za-z_][\w-]*)\s*=\s*"([^"]*)"|([A-Za-z_][\w-]*)\s*=\s*'([^']*)'|([A-Za-z_][\w-]*)\s*=\s*([^\s'"]+)|"([^"]*)"|'([^']*)'|(\S+)`)

func shortcodeAttrs(s string) (attrs map[string]string, list []string) {
	for _, m := range shortcodeAttr.FindAllStringSubmatch(strings.TrimPrefix(s, "="), 100) {
		switch {
		case m[1]+m[3]+m[5] != "":
			if attrs == nil {
				attrs = map[string]string{}
			}
			attrs[strings.ToLower(m[1]+m[3]+m[5])] = html.UnescapeString(m[2] + m[4] + m[6])
		default:
			list = append(list, html.UnescapeString(m[7]+m[8]+m[9]))
		}
	}
	return attrs, list
}

var known = set(`caption wp_caption gallery embed audio video playlist code sourcecode php css html javascript js python bash sql xml
	youtube vimeo tweet twitter soundcloud instagram spotify dailymotion ted facebook tiktok pullquote pull_quote quote blockquote
	footnote footnotes fn ref efn_note mfn dropcap more nextpage`)

// shortcode makes HTML of one.
func (b *body) shortcode(c shortcode, depth int) string {
	switch c.name {
	case "", "more", "nextpage", "footnotes":
		return ""
	case "caption", "wp_caption":
		return b.caption(c, depth)
	case "gallery":
		return b.gallery(c)
	case "embed", "youtube", "vimeo", "tweet", "twitter", "soundcloud", "instagram", "spotify", "dailymotion", "ted", "facebook", "tiktok":
		return b.embedded(c)
	case "audio", "video":
		return b.player(c)
	case "code", "sourcecode", "php", "css", "html", "javascript", "js", "python", "bash", "sql", "xml":
		return codeBlock(c)
	case "pullquote", "pull_quote":
		return "\n<aside class=\"pullquote\">" + autop(b.expand(c.inner, depth+1)) + cite(c) + "</aside>\n"
	case "quote", "blockquote":
		return "\n<blockquote>" + autop(b.expand(c.inner, depth+1)) + cite(c) + "</blockquote>\n"
	case "footnote", "fn", "ref", "efn_note", "mfn":
		return footnote(b.expand(c.inner, depth+1))
	case "dropcap":
		return b.expand(c.inner, depth+1)
	case "playlist":
		return b.playlist(c)
	}
	b.story.Note(item.Warning, "shortcode", c.name, "The shortcode [%s] is not known; what it encloses was kept, if anything.", c.name)
	return b.expand(c.inner, depth+1)
}

func cite(c shortcode) string {
	by := first(c.attrs["cite"], c.attrs["author"], c.attrs["name"])
	if by == "" {
		return ""
	}
	return "<cite>" + html.EscapeString(by) + "</cite>"
}

// caption is a picture with its text: in an attribute before WordPress 3.4,
// behind the picture since.
func (b *body) caption(c shortcode, depth int) string {
	inner := b.expand(c.inner, depth+1)
	words, pic := first(c.attrs["caption"]), inner
	if words == "" {
		if i := strings.LastIndex(strings.ToLower(inner), "</a>"); i >= 0 && imgTag.MatchString(inner[:i]) {
			pic, words = inner[:i+4], inner[i+4:]
		} else if m := imgTag.FindStringIndex(inner); m != nil {
			pic, words = inner[:m[1]], inner[m[1]:]
		}
	}
	return "\n<figure class=\"wp-caption\">" + pic + "<figcaption>" + strings.TrimSpace(words) + "</figcaption></figure>\n"
}

func (b *body) gallery(c shortcode) string {
	ids := strings.FieldsFunc(first(c.attrs["ids"], c.attrs["include"]), func(r rune) bool { return r < '0' || r > '9' })
	var out strings.Builder
	out.WriteString("\n<div class=\"gallery\">")
	n := 0
	for _, id := range ids {
		f := b.export.files[id]
		if f == nil {
			b.story.Note(item.Warning, "gallery", id, "The attachment %s of a gallery is not in the file.", id)
			continue
		}
		n++
		fmt.Fprintf(&out, `<figure class="gallery-item"><img class="wp-image-%s" src="%s" alt="%s"><figcaption>%s</figcaption></figure>`,
			id, html.EscapeString(f.URL), html.EscapeString(f.Alt), html.EscapeString(f.Caption))
	}
	out.WriteString("</div>\n")
	if n == 0 {
		b.story.Note(item.Warning, "gallery", "", "A gallery names no picture that is in the file; it was left out.")
		return ""
	}
	return out.String()
}

// embedded reads [embed]URL[/embed], [youtube URL], [youtube=URL] and the like.
func (b *body) embedded(c shortcode) string {
	u := first(html.UnescapeString(anyURL.FindString(c.inner)), strings.TrimSpace(c.inner), c.attrs["url"], c.attrs["src"])
	if u == "" && len(c.list) > 0 {
		u = c.list[0]
	}
	id := first(c.attrs["id"], u)
	if !strings.Contains(u, "//") {
		u = ""
		if plainID.MatchString(id) {
			switch c.name {
			case "youtube":
				u = "https://www.youtube.com/watch?v=" + id
			case "vimeo":
				u = "https://vimeo.com/" + id
			case "tweet", "twitter":
				u = "https://twitter.com/i/status/" + id
			}
		}
	}
	if u == "" {
		b.story.Note(item.Warning, "shortcode", c.name, "The shortcode [%s] names no address; it was left out.", c.name)
		return ""
	}
	return "\n" + embedFigure(u) + "\n"
}

// anyURL finds the address also where the line end made a link of it.
var anyURL = regexp.MustCompile(`https?://[^\s<>"']+`)

var plainID = regexp.MustCompile(`^[A-Za-z0-9_-]{3,40}$`)

func (b *body) player(c shortcode) string {
	src := ""
	for _, k := range []string{"src", "mp4", "m4v", "webm", "ogv", "mp3", "m4a", "ogg", "wav", "flac", "wmv", "flv"} {
		if src = c.attrs[k]; src != "" {
			break
		}
	}
	if src == "" && len(c.list) > 0 {
		src = c.list[0]
	}
	if !strings.Contains(src, "/") {
		b.story.Note(item.Warning, "shortcode", c.name, "The shortcode [%s] names no file; it was left out.", c.name)
		return ""
	}
	return fmt.Sprintf("\n<%s src=\"%s\" controls></%s>\n", c.name, html.EscapeString(src), c.name)
}

// playlist becomes one player after the other.
func (b *body) playlist(c shortcode) string {
	var out strings.Builder
	for _, id := range strings.FieldsFunc(c.attrs["ids"], func(r rune) bool { return r < '0' || r > '9' }) {
		if f := b.export.files[id]; f != nil {
			fmt.Fprintf(&out, "\n<audio src=\"%s\" title=\"%s\" controls></audio>\n", html.EscapeString(f.URL), html.EscapeString(f.Title))
		}
	}
	b.story.Note(item.Warning, "shortcode", "playlist", "A playlist became a row of players.")
	return out.String()
}

func codeBlock(c shortcode) string {
	lang := first(c.attrs["language"], c.attrs["lang"], c.name)
	if lang == "code" || lang == "sourcecode" {
		lang = "text"
	}
	inner := c.inner
	if !strings.Contains(inner, "&lt;") && !strings.Contains(inner, "&amp;") {
		inner = html.EscapeString(inner)
	}
	return fmt.Sprintf("\n<pre><code class=\"language-%s\">%s</code></pre>\n", html.EscapeString(lang), escapeBrackets(strings.Trim(inner, "\n")))
}
