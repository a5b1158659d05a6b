// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

// Package wxr reads WordPress exports (WXR 1.0 to 1.2): posts, pages, authors,
// categories, attachments, menus; Gutenberg blocks and the classic editor's
// shortcodes become plain HTML.
//
// A file is read twice. The first look finds what posts refer to wherever in
// the file it stands (attachments, guest authors, reusable blocks, menus, the
// site's time zone); the second hands out the items one by one, unparsed, so
// that many goroutines can work on them. Neither holds more than one item of
// the file.
package wxr

import (
	"fmt"
	"io"
	"maps"
	"net/url"
	"slices"
	"strings"

	"stet"
	"stet/internal/intake/item"
	"stet/internal/intake/spool"
)

// Export is an opened export. It is an item.Source.
type Export struct {
	file   *spool.File
	site   item.Site
	names  names
	zone   zone
	users  map[string]string // login -> key of the person, and nicename -> key
	files  map[string]*item.File
	blocks map[string]string // reusable blocks by id
	menus  map[string]*menu
	posts  map[string]page // what menus point to
	counts map[string]int
	terms  map[string]bool // taxonomy/slug that were declared
	note   []item.Notice

	version string
	again   *spool.Splitter // of the second reading
	text    *spool.Text
	number  int
}

var _ item.Source = (*Export)(nil)

// Open takes the first look over the file.
func Open(f *spool.File) (*Export, error) {
	e := &Export{
		file: f, users: map[string]string{}, files: map[string]*item.File{}, blocks: map[string]string{},
		menus: map[string]*menu{}, posts: map[string]page{}, counts: map[string]int{}, terms: map[string]bool{},
	}
	e.site.Taken = map[string]bool{}
	text := f.Text()
	s := spool.NewSplitter(text, 2)
	root, err := s.Root()
	if err != nil {
		return nil, stet.Errorf(stet.Invalid, "%s is no WordPress export: %v", f.Name, err)
	}
	remark, err := spool.CheckDoctype(s.Doctype)
	if err != nil {
		return nil, stet.Errorf(stet.Invalid, "%s cannot be read: %v", f.Name, err)
	}
	if remark != "" {
		e.notice(item.Warning, "entities", item.Position{}, "", "%s", remark)
	}
	e.names = namesOf(root)
	if err := e.look(s); err != nil {
		return nil, err
	}
	e.remarkText(text)
	e.zone.settle()
	e.finish()
	e.text = f.Text()
	e.again = spool.NewSplitter(e.text, 2)
	if _, err := e.again.Root(); err != nil {
		return nil, fmt.Errorf("read %s again: %w", f.Name, err)
	}
	return e, nil
}

// look reads every element of the channel once.
func (e *Export) look(s *spool.Splitter) error {
	for {
		c, err := s.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			e.notice(item.Error, "broken", s.Position(), "", "Nothing after this place could be read: %v.", err)
			return nil
		}
		if c.Err != nil && c.Data == nil {
			continue // reported when it comes round again
		}
		el, _ := e.parse(c.Data)
		e.element(c.Name, el)
	}
}

func (e *Export) element(name string, el *spool.Element) {
	switch e.names.canonical(name) {
	case "title":
		e.site.Title = strings.TrimSpace(el.Text)
	case "link":
		if e.site.URL == nil {
			e.site.URL = address(el.Text)
		}
	case "language":
		e.site.Language = strings.TrimSpace(el.Text)
	case "wp:wxr_version":
		e.version = strings.TrimSpace(el.Text)
	case "wp:base_site_url", "wp:base_blog_url":
		if u := address(el.Text); u != nil {
			e.addHost(u)
			if e.site.URL == nil || name == "wp:base_blog_url" {
				e.site.URL = u
			}
		}
	case "wp:author", "wp:wp_author":
		e.author(el)
	case "wp:category":
		e.term(item.Category, e.value(el, "wp:category_nicename"), e.value(el, "wp:cat_name"), e.value(el, "wp:category_parent"), e.value(el, "wp:category_description"), e.value(el, "wp:term_id"))
	case "wp:tag":
		e.term(item.Tag, e.value(el, "wp:tag_slug"), e.value(el, "wp:tag_name"), "", e.value(el, "wp:tag_description"), e.value(el, "wp:term_id"))
	case "wp:term":
		e.term(taxonomy(e.value(el, "wp:term_taxonomy")), e.value(el, "wp:term_slug"), e.value(el, "wp:term_name"), e.value(el, "wp:term_parent"), e.value(el, "wp:term_description"), e.value(el, "wp:term_id"))
	case "item":
		e.item(el)
	}
}

// skipped are the types of post that hold nothing that a magazine has, and that
// every export has by the dozen: they are counted and need no line each.
var skipped = map[string]bool{
	"revision": true, "customize_changeset": true, "custom_css": true, "oembed_cache": true, "user_request": true,
	"wp_global_styles": true, "wp_navigation": true, "wp_template": true, "wp_template_part": true, "wp_font_family": true, "wp_font_face": true,
	"action_monitor": true, "jp_pay_order": true, "scheduled-action": true, "wp_block": true, "nav_menu_item": true, "attachment": true, "guest-author": true,
	"amp_validated_url": true, "jetpack_migration": true, "feedback": true,
}

// item notes what other items may refer to.
func (e *Export) item(el *spool.Element) {
	kind, id := e.value(el, "wp:post_type"), e.value(el, "wp:post_id")
	status := e.value(el, "wp:status")
	switch kind {
	case "post", "page", "":
		e.zone.learn(e.value(el, "wp:post_date"), e.value(el, "wp:post_date_gmt"))
		if len(e.posts) < 200_000 { // a menu points to pages and a handful of posts
			// Cloned: a piece of the text would keep the whole of it in memory.
			e.posts[strings.Clone(id)] = page{title: strings.Clone(plain(el.Value("title"))), url: strings.Clone(strings.TrimSpace(el.Value("link")))}
		}
		if status == "publish" || status == "future" {
			e.take(el.Value("link"))
		}
	case "attachment":
		e.counts["attachments"]++
		e.attachment(id, el)
	case "guest-author":
		e.guest(id, el)
	case "wp_block":
		if len(e.blocks) < 5000 {
			e.blocks[id] = strings.Clone(e.value(el, "content:encoded"))
		}
	case "nav_menu_item":
		e.menuItem(el)
	}
	if skipped[kind] {
		e.counts["skipped "+kind]++
		return
	}
	if kind != "post" && kind != "page" {
		e.counts["type "+kind]++
	}
	if status == "trash" || status == "auto-draft" {
		e.counts["status "+status]++
	}
}

// take notes an address of one or two segments: a section that wants it has to
// find another one.
func (e *Export) take(link string) {
	u := address(link)
	if u == nil || u.RawQuery != "" {
		return
	}
	if p, ok := stet.CleanPath(u.Path); ok && strings.Count(p, "/") <= 2 && len(e.site.Taken) < 1_000_000 {
		e.site.Taken[p] = true
	}
}

// finish puts together what the first look has found.
func (e *Export) finish() {
	s := &e.site
	s.Format = "WordPress export"
	if e.version != "" {
		s.Format += " " + e.version
	}
	if s.URL != nil {
		e.addHost(s.URL)
		s.Key = "wxr:" + hostKey(s.URL) + "#"
	} else {
		s.Key = "wxr:" + strings.ToLower(plain(s.Title)) + "#"
	}
	for _, id := range slices.Sorted(maps.Keys(e.files)) {
		s.Files = append(s.Files, e.files[id])
	}
	s.Menus = e.finishMenus()
	s.Counts = e.counts
	for name, n := range e.counts {
		if t, ok := strings.CutPrefix(name, "type "); ok {
			e.notice(item.Warning, "post type", item.Position{}, t, "%d items of the type %q were not imported: Stet has no noun for them.", n, t)
		}
	}
	slices.SortFunc(e.note, func(a, b item.Notice) int { return strings.Compare(a.Kind+a.Name, b.Kind+b.Name) })
}

func (e *Export) addHost(u *url.URL) {
	h := bareHost(u)
	if h != "" && !slices.Contains(e.site.Hosts, h) {
		e.site.Hosts = append(e.site.Hosts, h)
	}
}

// Site implements item.Source.
func (e *Export) Site() *item.Site { return &e.site }

// Next implements item.Source.
func (e *Export) Next() (item.Raw, error) {
	for {
		c, err := e.again.Next()
		if err != nil {
			return item.Raw{}, io.EOF // said at the first look already
		}
		if e.names.canonical(c.Name) != "item" {
			continue
		}
		e.number++
		c.Position.Number = e.number
		return item.Raw{Position: c.Position, Data: c}, nil
	}
}

// Notices implements item.Source.
func (e *Export) Notices() []item.Notice { return e.note }

// Close implements item.Source. The file is the caller's.
func (e *Export) Close() error { return nil }

func (e *Export) notice(sev item.Severity, kind string, p item.Position, name, format string, args ...any) {
	e.note = append(e.note, item.Notice{Severity: sev, Kind: kind, Position: p, Name: name, Reason: fmt.Sprintf(format, args...)})
}

// remarkText says what had to be done to the text before it was XML.
func (e *Export) remarkText(t *spool.Text) {
	if t.Repaired > 0 {
		e.notice(item.Warning, "encoding", item.Position{Offset: t.FirstRepair}, "", "%d bytes are no valid UTF-8 and were read as Windows-1252, the first near byte %d.", t.Repaired, t.FirstRepair)
	}
	if t.Dropped > 0 {
		e.notice(item.Warning, "control characters", item.Position{Offset: t.FirstDrop}, "", "%d control characters, which XML does not allow, were left out, the first near byte %d.", t.Dropped, t.FirstDrop)
	}
}

// value is the text of a child, by its canonical name.
func (e *Export) value(el *spool.Element, name string) string {
	return strings.TrimSpace(el.Value(e.names.written(name)))
}

// names translates between the prefixes that a file has chosen and the usual
// ones.
type names struct {
	usual   map[string]string // the file's prefix -> the usual one
	chosen  map[string]string // the usual one -> the file's
	changed bool
}

func namesOf(root *spool.Element) names {
	n := names{usual: map[string]string{}, chosen: map[string]string{}}
	for _, a := range root.Attrs {
		p, local := spool.SplitName(a.Name)
		if p != "xmlns" {
			continue
		}
		usual := ""
		switch v := a.Value; {
		case strings.HasPrefix(v, "http://wordpress.org/export/") && strings.Contains(v, "/excerpt"):
			usual = "excerpt"
		case strings.HasPrefix(v, "http://wordpress.org/export/"):
			usual = "wp"
		case strings.HasPrefix(v, "http://purl.org/rss/1.0/modules/content"):
			usual = "content"
		case strings.HasPrefix(v, "http://purl.org/dc/elements/"):
			usual = "dc"
		default:
			continue
		}
		n.usual[local], n.chosen[usual] = usual, local
		n.changed = n.changed || usual != local
	}
	return n
}

func (n *names) canonical(name string) string {
	if n.changed {
		if p, l := spool.SplitName(name); p != "" && n.usual[p] != "" {
			return n.usual[p] + ":" + l
		}
	}
	return name
}

func (n *names) written(name string) string {
	if n.changed {
		if p, l := spool.SplitName(name); p != "" && n.chosen[p] != "" {
			return n.chosen[p] + ":" + l
		}
	}
	return name
}
