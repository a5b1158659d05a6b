// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package theme

import (
	"errors"
	"fmt"
	"html/template"
	"net/url"
	"strconv"
	"strings"
	"time"

	xlanguage "golang.org/x/text/language"
)

// CardUse is a card at a place, as the parts "card" and "picture" take it.
// Use names the place; style sheet and picture sizes go by it.
type CardUse struct {
	Card
	Use   string
	Level int  // of the headline
	Eager bool // the picture is seen at once
}

// PictureUse is a picture at a place.
type PictureUse struct {
	Picture
	Use      string
	Eager    bool
	Language string
}

// funcs are what templates may call, beside html/template's own.
func (t *Theme) funcs() template.FuncMap {
	l := t.language
	local := func(f func(time.Time) string) func(time.Time) string {
		return func(at time.Time) string { return f(at.In(t.location)) }
	}
	return template.FuncMap{
		"t":      l.text,                    // {{t "search"}} {{t "found.in" .Partner}}
		"n":      l.plural,                  // {{n "minutes" .Minutes}}
		"number": l.number,                  // 1,234
		"year":   strconv.Itoa,              // 2026, without a separator
		"month":  l.month,                   // November
		"date":   local(l.FormatDateLong),   // 20 November 2026
		"day":    local(l.FormatDateMedium), // 20 Nov 2026
		"clock":  local(l.FormatTimeShort),  // 06:00
		"iso":    local(func(at time.Time) string { return at.Format(time.RFC3339) }),
		"locale": l.locale, // en_GB, as Open Graph writes it
		"lang":   func() string { return l.tag.String() },
		"dir":    func() string { return l.dir },
		"tongue": tongue, // <h1{{tongue .Language}}>: lang and dir of a text in another language
		"asset":  t.Asset,
		"card": func(c Card, use string, level int, eager bool) CardUse {
			return CardUse{Card: c, Use: use, Level: level, Eager: eager}
		},
		// A fourth argument is the language of its words, where it is another one.
		"picture": func(p Picture, use string, eager bool, language ...string) PictureUse {
			return PictureUse{Picture: p, Use: use, Eager: eager, Language: strings.Join(language, "")}
		},
		// {{part "card" (card . "grid" 3 false)}} is {{template}} that keeps what
		// it makes; loadTemplates gives each page its own.
		"part":      func(string, any) (template.HTML, error) { return "", errors.New("a part stands in a page") },
		"within":    within,
		"separator": t.separator,
		"share":     t.share,
		"followed":  func(blocks []Block, i int, kind BlockKind) bool { return is(blocks, i+1, kind) },
		"preceded":  func(blocks []Block, i int, kind BlockKind) bool { return is(blocks, i-1, kind) },
	}
}

// tongue are the attributes of an element whose text is not in the language of
// the page; none for a text that is, or whose language has no name.
func tongue(language string) template.HTMLAttr {
	tag, err := xlanguage.Parse(language)
	if language == "" || err != nil {
		return ""
	}
	return template.HTMLAttr(fmt.Sprintf(` lang="%s" dir="%s"`, tag, direction(tag)))
}

// separator stands before name i of n: nothing, a comma or "and".
func (t *Theme) separator(i, n int) (string, error) {
	switch {
	case i == 0:
		return "", nil
	case i == n-1:
		return t.language.text("list.and")
	}
	return t.language.text("list.comma")
}

// share are plain links that hand a story on. None of them is called before
// the reader follows it.
func (t *Theme) share(title, address string) ([]Link, error) {
	mail, err := t.language.text("share.mail")
	if err != nil {
		return nil, err
	}
	q := func(base string, pairs ...string) string {
		v := url.Values{}
		for i := 0; i < len(pairs); i += 2 {
			v.Set(pairs[i], pairs[i+1])
		}
		return base + v.Encode()
	}
	return []Link{
		{Text: mail, URL: "mailto:?subject=" + url.PathEscape(title) + "&body=" + url.PathEscape(address)},
		{Text: "Bluesky", URL: q("https://bsky.app/intent/compose?", "text", title+" "+address)},
		{Text: "Mastodon", URL: q("https://share.joinmastodon.org/#", "text", title+" "+address)},
		{Text: "LinkedIn", URL: q("https://www.linkedin.com/sharing/share-offsite/?", "url", address)},
		{Text: "WhatsApp", URL: q("https://wa.me/?", "text", title+" "+address)},
	}, nil
}

// within drops the section from a card's label where the section's own page or
// band says it already.
func within(c Card, address string) Card {
	if address != "" && c.Label.Section.URL == address {
		c.Label.Section = Link{}
	}
	return c
}

// is says whether there is a block i and it has the shape.
func is(blocks []Block, i int, kind BlockKind) bool {
	return i >= 0 && i < len(blocks) && blocks[i].Kind == kind
}
