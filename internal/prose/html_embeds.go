// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package prose

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// embed makes a titled link of a frame or player: a reader's page never loads anything from
// another site.
func (f *flow) embed(n *html.Node, marks []Mark) {
	title := tidy(attrOf(n, "title"))
	src := ""
	for _, key := range []string{"src", "data-src", "data-lazy-src", "data"} {
		if src = attrOf(n, key); src != "" && src != "about:blank" {
			break
		}
	}
	if src == "" {
		if s := find(n, func(c *html.Node) bool { return isElement(c, atom.Source, atom.Embed) && hasAttr(c, "src") }); s != nil {
			src = attrOf(s, "src")
		}
	}
	if hasAttr(n, "srcdoc") {
		f.in.note(NoteFallback, "a document inside <%s srcdoc> was left out", n.Data)
	}
	if isElement(n, atom.Video, atom.Audio) && f.player(src, title) {
		title = ""
	} else if src = f.in.address(src, n.Data); src != "" {
		f.in.note(NoteEmbed, "<%s> became a link to %s", n.Data, src)
		f.add(f.in.embedNode(src, title))
	} else if title != "" {
		f.text(" ", nil)
		f.text(title, marks)
		f.text(" ", nil)
	}
	switch {
	case isElement(n, atom.Object):
		f.children(n, marks)
	case isElement(n, atom.Video, atom.Audio) && significant(n) != nil:
		f.in.note(NoteFallback, "the text for browsers without <%s> was left out", n.Data)
	}
}

func (in *converter) embedNode(src, title string) Node {
	src, provider := embedTarget(src)
	if in.Base != nil && !external(src, in.Base.String()) {
		provider = "" // the magazine's own sound or film
	}
	attrs := Attrs{"url": src}
	if title != "" && title != src {
		attrs["title"] = title
	}
	if provider != "" {
		attrs["provider"] = provider
	}
	return Node{Type: "embed", Attrs: attrs}
}

// providers are named as they name themselves; others by their host.
var providers = map[string]string{
	"youtube.com": "YouTube", "youtube-nocookie.com": "YouTube", "youtu.be": "YouTube", "vimeo.com": "Vimeo",
	"twitter.com": "X", "x.com": "X", "instagram.com": "Instagram", "facebook.com": "Facebook", "tiktok.com": "TikTok",
	"soundcloud.com": "SoundCloud", "spotify.com": "Spotify", "dailymotion.com": "Dailymotion", "reddit.com": "Reddit",
	"bsky.app": "Bluesky", "documentcloud.org": "DocumentCloud", "datawrapper.de": "Datawrapper", "dwcdn.net": "Datawrapper",
	"flourish.studio": "Flourish", "apple.com": "Apple", "google.com": "Google", "archive.org": "Internet Archive",
	"scribd.com": "Scribd", "ted.com": "TED", "rumble.com": "Rumble", "flickr.com": "Flickr", "substack.com": "Substack",
}

// embedTarget turns the address of a player into that of the page for readers, where the two are
// related by a known rule.
func embedTarget(src string) (target, provider string) {
	u, err := url.Parse(src)
	if err != nil || u.Host == "" {
		return src, ""
	}
	host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	provider = providers[site(host)]
	if provider == "" {
		provider = host
	}
	first, rest, _ := strings.Cut(strings.TrimPrefix(u.Path, "/"), "/")
	id, _, _ := strings.Cut(rest, "/")
	switch {
	case provider == "YouTube" && (first == "embed" || first == "v") && id != "" && id != "videoseries":
		src = "https://www.youtube.com/watch?v=" + url.QueryEscape(id)
	case provider == "YouTube" && first == "embed" && u.Query().Get("list") != "":
		src = "https://www.youtube.com/playlist?list=" + url.QueryEscape(u.Query().Get("list"))
	case host == "player.vimeo.com" && first == "video" && id != "":
		src = "https://vimeo.com/" + url.PathEscape(id)
	case provider == "Dailymotion" && first == "embed" && strings.HasPrefix(rest, "video/"):
		src = "https://www.dailymotion.com/" + rest
	case host == "open.spotify.com" && first == "embed" && rest != "":
		src = "https://open.spotify.com/" + rest
	case host == "w.soundcloud.com" && strings.HasPrefix(u.Query().Get("url"), "https://soundcloud.com/"):
		src = u.Query().Get("url")
	}
	if clean, ok := safeURL(src); ok {
		return clean, provider
	}
	return src, provider
}

// site is the last two labels of a host, which is enough for the names above.
func site(host string) string {
	labels := strings.Split(host, ".")
	if len(labels) > 2 {
		labels = labels[len(labels)-2:]
	}
	return strings.Join(labels, ".")
}

// embedFigure reads WordPress's embeds, whose address is the figure's text.
func (f *flow) embedFigure(n *html.Node) {
	f.flush()
	if hasClass(n, "embed") && f.ownEmbed(n) {
		return
	}
	caption, rest, credit := f.caption(n)
	inner := f.within(0)
	inner.children(n, nil)
	blocks := inner.done()
	if len(blocks) == 1 && blocks[0].Type == "paragraph" && len(blocks[0].Content) == 1 {
		text := blocks[0].Content[0].Text
		if strings.HasPrefix(text, "http") && !strings.Contains(text, " ") {
			if src := f.in.address(text, "embed"); src != "" {
				f.in.note(NoteEmbed, "an embed became a link to %s", src)
				blocks[0] = f.in.embedNode(src, "")
			}
		}
	}
	f.add(blocks...)
	if len(caption) > 0 {
		f.add(Paragraph(caption...))
	}
	if credit != "" {
		f.add(Paragraph(Text(credit)))
	}
	f.add(rest...)
}

// ownEmbed reads an embed as our own page has it: a titled link, and the provider's name.
func (f *flow) ownEmbed(n *html.Node) bool {
	var a, provider *html.Node
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case isElement(c, atom.P) && a == nil && significant(c) != nil && isElement(significant(c), atom.A):
			a = significant(c)
		case isElement(c, atom.Figcaption) && hasClass(c, "embed-provider") && provider == nil && a != nil:
			provider = c
		case c.Type != html.TextNode || !isBlank(c.Data):
			return false
		}
	}
	if a == nil {
		return false
	}
	src := f.in.address(attrOf(a, "href"), "embed")
	if src == "" {
		return false
	}
	attrs := Attrs{"url": src}
	title, rest := f.take(a)
	if title != "" && title != src {
		attrs["title"] = title
	}
	if provider != nil {
		name, more := f.take(provider)
		if rest = append(rest, more...); name != "" {
			attrs["provider"] = name
		}
	}
	f.add(Node{Type: "embed", Attrs: attrs})
	f.add(rest...)
	return true
}
