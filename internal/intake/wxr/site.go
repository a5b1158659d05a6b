// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package wxr

import (
	"net/url"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"stet"
	"stet/internal/intake/item"
	"stet/internal/intake/spool"
	"stet/internal/prose"
)

// author reads a wp:author of the header.
func (e *Export) author(el *spool.Element) {
	login := e.value(el, "wp:author_login")
	name := e.value(el, "wp:author_display_name")
	if name == "" {
		name = strings.TrimSpace(e.value(el, "wp:author_first_name") + " " + e.value(el, "wp:author_last_name"))
	}
	if name == "" {
		name = login
	}
	if name == "" {
		return
	}
	key := "author:" + strings.ToLower(login)
	if login == "" {
		key = "author:" + strings.ToLower(name)
	}
	if e.users[key] != "" {
		return
	}
	p := &item.Person{Key: key, Name: plain(name), Slug: slug(login)}
	if id := e.value(el, "wp:author_id"); id != "" && id != "0" {
		p.Old = append(p.Old, "/?author="+id)
	}
	e.addPerson(p, login)
}

func (e *Export) addPerson(p *item.Person, names ...string) {
	e.site.People = append(e.site.People, p)
	e.users[p.Key] = p.Key
	for _, n := range names {
		if n == "" {
			continue
		}
		n = strings.ToLower(n)
		e.users[n] = p.Key
		// WordPress makes the nicename of the login: spaces become hyphens, and
		// what an e-mail address has beside letters goes.
		nice := strings.Trim(nicename.ReplaceAllString(n, "-"), "-")
		if e.users[nice] == "" {
			e.users[nice] = p.Key
		}
		p.Old = append(p.Old, "/author/"+nice)
	}
}

var nicename = regexp.MustCompile(`[^\p{L}\p{N}_]+`)

// guest reads a guest author of Co-Authors Plus.
func (e *Export) guest(id string, el *spool.Element) {
	meta := e.meta(el)
	name := first(meta["cap-display_name"], plain(el.Value("title")), strings.TrimSpace(meta["cap-first_name"]+" "+meta["cap-last_name"]))
	login := first(meta["cap-user_login"], strings.TrimPrefix(e.value(el, "wp:post_name"), "cap-"))
	if name == "" {
		return
	}
	p := &item.Person{Key: "guest:" + first(login, id), Name: name, Slug: slug(login), Bio: text(meta["cap-description"])}
	for _, l := range []struct{ label, url string }{{"Website", meta["cap-website"]}, {"Twitter", meta["cap-twitter"]}} {
		if strings.HasPrefix(l.url, "http://") || strings.HasPrefix(l.url, "https://") {
			p.Links = append(p.Links, stet.Link{Label: l.label, URL: l.url})
		}
	}
	if t := meta["_thumbnail_id"]; t != "" {
		p.Picture = "file:" + t
	}
	// A guest author that is linked to an account is the account's person.
	if key := e.users[strings.ToLower(meta["cap-linked_account"])]; key != "" {
		for _, q := range e.site.People {
			if q.Key == key {
				q.Bio, q.Links, q.Picture = first(q.Bio, p.Bio), append(q.Links, p.Links...), first(q.Picture, p.Picture)
			}
		}
		e.users[login], e.users["cap-"+login] = key, key
		return
	}
	e.addPerson(p, login)
	e.users["cap-"+login] = p.Key
}

// term reads a category, tag or term of the header.
func (e *Export) term(tax, slug, name, parent, description, id string) {
	if slug == "" || e.terms[tax+"/"+slug] || tax == "nav_menu" || tax == "author" || tax == "post_format" {
		return
	}
	e.terms[tax+"/"+slug] = true
	t := &item.Term{Taxonomy: tax, Slug: unescape(slug), Name: plain(first(name, slug)), Parent: unescape(parent), Description: text(description)}
	t.Old = archives(tax, t.Slug)
	if tax == item.Category && id != "" {
		t.Old = append(t.Old, "/?cat="+id)
	}
	e.site.Terms = append(e.site.Terms, t)
}

// archives are the addresses of a term's list under WordPress's defaults. A
// category's has those of its parents before it, which intake puts together.
func archives(tax, slug string) []string {
	switch tax {
	case item.Category:
		return []string{"/category/" + slug, "/?category_name=" + slug}
	case item.Tag:
		return []string{"/tag/" + slug, "/?tag=" + slug}
	}
	return []string{"/" + tax + "/" + slug}
}

func taxonomy(name string) string {
	switch name {
	case "post_tag":
		return item.Tag
	case "":
		return item.Category
	}
	return name
}

// page is what a menu may point to.
type page struct{ title, url string }

type menu struct {
	name  string
	items []menuItem
}

type menuItem struct {
	order int
	top   bool
	link  stet.Link
}

func (e *Export) menuItem(el *spool.Element) {
	name, title := "", plain(el.Value("title"))
	for _, c := range el.Children {
		if c.Name == "category" && c.Attr("domain") == "nav_menu" {
			name = c.Text
		}
	}
	meta := e.meta(el)
	order, _ := strconv.Atoi(e.value(el, "wp:menu_order"))
	m := e.menus[name]
	if m == nil {
		m = &menu{name: name}
		e.menus[name] = m
	}
	// Where it leads is known when the whole file was read.
	link := stet.Link{Label: title, URL: meta["_menu_item_url"]}
	if link.URL == "" {
		link.URL = meta["_menu_item_object"] + ":" + meta["_menu_item_object_id"]
	}
	if len(m.items) < 500 {
		m.items = append(m.items, menuItem{order: order, link: link, top: meta["_menu_item_menu_item_parent"] == "" || meta["_menu_item_menu_item_parent"] == "0"})
	}
}

// finishMenus finds out where the menus' items lead. Items below others are
// left out: a navigation is one row.
func (e *Export) finishMenus() []item.Menu {
	var out []item.Menu
	terms := map[string]*item.Term{}
	for _, t := range e.site.Terms {
		for _, old := range t.Old {
			if id, ok := strings.CutPrefix(old, "/?cat="); ok {
				terms[id] = t
			}
		}
	}
	for name, m := range e.menus {
		slices.SortStableFunc(m.items, func(a, b menuItem) int { return a.order - b.order })
		n := item.Menu{Name: name}
		for _, i := range m.items {
			if l, ok := e.menuLink(i, terms); ok && i.top {
				n.Links = append(n.Links, l)
			}
		}
		out = append(out, n)
	}
	slices.SortFunc(out, func(a, b item.Menu) int {
		if d := len(b.Links) - len(a.Links); d != 0 {
			return d
		}
		return strings.Compare(a.Name, b.Name)
	})
	return out
}

func (e *Export) menuLink(i menuItem, terms map[string]*item.Term) (stet.Link, bool) {
	l := i.link
	object, id, _ := strings.Cut(l.URL, ":")
	switch object {
	case "page", "post":
		p, ok := e.posts[id]
		if !ok {
			return l, false
		}
		l.Label, l.URL = first(l.Label, p.title), p.url
	case "category":
		t, ok := terms[id]
		if !ok {
			return l, false
		}
		l.Label, l.URL = first(l.Label, t.Name), t.Old[0]
	}
	return l, l.Label != "" && (strings.HasPrefix(l.URL, "/") || strings.HasPrefix(l.URL, "http"))
}

// attachment reads a picture or other upload.
func (e *Export) attachment(id string, el *spool.Element) {
	u := first(e.value(el, "wp:attachment_url"), e.value(el, "guid"))
	if id == "" || address(u) == nil {
		return
	}
	meta := e.meta(el)
	f := &item.File{
		Key: "file:" + id, URL: u, Path: meta["_wp_attached_file"], Title: plain(el.Value("title")),
		Alt:     text(meta["_wp_attachment_image_alt"]),
		Caption: text(first(e.value(el, "excerpt:encoded"), e.value(el, "content:encoded"))),
		Credit:  text(credit(meta)),
	}
	f.Old = append(f.Old, "/?attachment_id="+id)
	if l := address(el.Value("link")); l != nil {
		f.Old = append(f.Old, l.String())
	}
	for _, m := range sizes.FindAllStringSubmatch(meta["_wp_attachment_metadata"], 60) {
		if base := path.Base(m[1]); base != "." && base != "/" {
			f.Old = append(f.Old, u[:strings.LastIndexByte(u, '/')+1]+base)
		}
	}
	e.files[id] = f
}

// sizes finds the files of the smaller copies in PHP's serialised form.
var sizes = regexp.MustCompile(`s:(?:4:"file"|14:"original_image");s:\d+:"([^"]{1,300})"`)

// credit is the photographer or agency, under the keys of the plugins that
// magazines use.
func credit(meta map[string]string) string {
	for _, k := range []string{"_media_credit", "_wp_attachment_credit", "_wp_attachment_source_name", "_credit", "credit", "media_credit",
		"photographer_name", "_photographer_name", "photo_credit", "_photo_credit", "photographer", "_navis_media_credit", "image_credit", "copyright"} {
		if v := meta[k]; v != "" {
			if org := meta["_navis_media_credit_org"]; org != "" && k == "_media_credit" {
				return v + " / " + org
			}
			return v
		}
	}
	return ""
}

// meta gathers the post's meta values; of several with one key the last counts,
// as in WordPress's own importer.
func (e *Export) meta(el *spool.Element) map[string]string {
	out := map[string]string{}
	name := e.names.written("wp:postmeta")
	for _, c := range el.Children {
		if c.Name == name {
			out[e.value(c, "wp:meta_key")] = e.value(c, "wp:meta_value")
		}
	}
	return out
}

func first(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

// address parses an absolute http address; nil when it is none.
func address(s string) *url.URL {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil
	}
	return u
}

func bareHost(u *url.URL) string {
	return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
}

// hostKey names the site in source keys, whatever the scheme was that day.
func hostKey(u *url.URL) string {
	return bareHost(u) + strings.TrimSuffix(u.Path, "/")
}

// slug is a slug of WordPress as ours: percent signs resolved, lower case;
// empty when it cannot stand in an address.
func slug(s string) string {
	s = strings.ToLower(unescape(s))
	if len([]rune(s)) > stet.MaxSlug || !stet.ValidSlug(s) {
		return ""
	}
	return s
}

func unescape(s string) string {
	if u, err := url.PathUnescape(s); err == nil {
		return strings.ToValidUTF8(u, "")
	}
	return s
}

// text is the plain text of a piece of HTML, with its paragraphs.
func text(s string) string {
	s = strings.TrimSpace(s)
	if !strings.ContainsAny(s, "<&") {
		return s
	}
	d, _ := prose.FromHTML(s, prose.Options{})
	return strings.TrimSpace(d.Text())
}

// plain is the text as one line.
func plain(s string) string { return strings.Join(strings.Fields(text(s)), " ") }
