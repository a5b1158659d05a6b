// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package desk

import (
	"context"
	"net/http"
	"strings"

	"stet"
	"stet/internal/newsroom"
	"stet/internal/store"
	"stet/internal/theme"
)

// IdentitySettings is who the magazine is.
type IdentitySettings struct {
	Name         string `json:"name" maxLength:"200"`
	Tagline      string `json:"tagline" maxLength:"2000" doc:"Stands beside the name."`
	Description  string `json:"description" maxLength:"2000" doc:"For search engines and cards, of the front page."`
	Publisher    string `json:"publisher" maxLength:"2000" doc:"The organisation behind it."`
	Founded      string `json:"founded" maxLength:"20" doc:"A year."`
	Language     string `json:"language" maxLength:"40" doc:"BCP 47."`
	TimeZone     string `json:"timeZone" maxLength:"60" doc:"IANA name."`
	Mark         string `json:"mark" maxLength:"40" doc:"A letter or short word for the icon."`
	Logo         string `json:"logo" maxLength:"12" doc:"Id of a picture, for search engines and cards; empty for none."`
	Newsletter   string `json:"newsletter" maxLength:"2000" doc:"The one sentence about what a subscriber gets; empty for no sign-up."`
	Copyright    string `json:"copyright" maxLength:"2000"`
	StoriesPaged int    `json:"storiesPaged" minimum:"0" maximum:"96" doc:"How many stories a page of a list has; 0 is the design's own number."`
}

// MenuSettings are the lists of links around every page.
type MenuSettings struct {
	Navigation []stet.Link `json:"navigation" maxItems:"60" doc:"Beside the sections."`
	Footer     []stet.Link `json:"footer" maxItems:"60"`
	Follow     []stet.Link `json:"follow" maxItems:"60"`
}

// LookSettings are the choices within the theme.
type LookSettings struct {
	Tokens map[string]string `json:"tokens" doc:"What was chosen, by name; what is not here is the design's own."`
}

// Revised is a part of the settings with the state it is in. A change sends
// back the revision on which it rests.
type Revised struct {
	Revision string `json:"revision" maxLength:"40" doc:"Changes whenever anything in this part does. A change that rests on another one is refused with 409."`
}

// Identity is the identity with its revision.
type Identity struct {
	Revised
	IdentitySettings
}

// Menus are the menus with their revision.
type Menus struct {
	Revised
	MenuSettings
}

// Look is the look with its revision.
type Look struct {
	Revised
	LookSettings
	Defaults  map[string]string `json:"defaults" doc:"The design's own choices: all tokens that there are."`
	Story     string            `json:"story,omitempty" doc:"Address of a story that shows the look well."`
	Contrasts []Contrast        `json:"contrasts"`
}

// ChecklistSettings are what is looked at before a story is published, with
// their revision.
type ChecklistSettings struct {
	Revised
	Checks stet.Checklist `json:"checks" maxItems:"60" doc:"Every check once, in the order in which they are shown. In a change, one that is not named gets its default."`
}

// Contrast is how well an ink can be read on the paper.
type Contrast struct {
	Mode   string  `json:"mode" enum:"light,dark"`
	Ink    string  `json:"ink" enum:"ink,muted,accent"`
	Colour string  `json:"colour"`
	Paper  string  `json:"paper"`
	Ratio  float64 `json:"ratio" doc:"By WCAG 2, 1 to 21: 4.5 is AA, 7 is AAA."`
	Least  float64 `json:"least" doc:"What reads easily: 7 for text, 4.5 for what stands beside it."`
}

// TriedLook is a look that was not stored.
type TriedLook struct {
	CSS       string     `json:"css" doc:"Laid over a page of the magazine, it shows the look."`
	Contrasts []Contrast `json:"contrasts"`
}

func (d *Desk) settingsOperations() {
	register(d, http.MethodGet, "/settings/identity", "get-identity", "returns who the magazine is", func(ctx context.Context, _ *struct{ Caller }) (*body[Identity], error) {
		m, err := d.magazine(ctx)
		return reply(viewIdentity(m)), err
	})
	register(d, http.MethodPut, "/settings/identity", "set-identity", "changes who the magazine is", func(ctx context.Context, in *struct {
		Caller
		Body Identity
	}) (*body[Identity], error) {
		m, err := d.room.ChangeMagazine(ctx, in.staff, newsroom.Identity, in.Body.Revision, in.Body.magazine())
		return reply(viewIdentity(m)), err
	})
	register(d, http.MethodGet, "/settings/menus", "get-menus", "returns the links around every page", func(ctx context.Context, _ *struct{ Caller }) (*body[Menus], error) {
		m, err := d.magazine(ctx)
		return reply(viewMenus(m)), err
	})
	register(d, http.MethodPut, "/settings/menus", "set-menus", "changes the links around every page", func(ctx context.Context, in *struct {
		Caller
		Body Menus
	}) (*body[Menus], error) {
		b := in.Body
		m, err := d.room.ChangeMagazine(ctx, in.staff, newsroom.Menus, b.Revision, stet.Magazine{Navigation: b.Navigation, Footer: b.Footer, Follow: b.Follow})
		return reply(viewMenus(m)), err
	})
	d.lookOperations()
	d.checklistOperations()
}

func (d *Desk) checklistOperations() {
	register(d, http.MethodGet, "/settings/checklist", "get-checklist-settings", "returns what is looked at before a story is published", func(ctx context.Context, _ *struct{ Caller }) (*body[ChecklistSettings], error) {
		c, err := d.room.Checklist(ctx)
		return reply(viewChecklist(c)), err
	})
	register(d, http.MethodPut, "/settings/checklist", "set-checklist", "changes what is looked at before a story is published", func(ctx context.Context, in *struct {
		Caller
		Body ChecklistSettings
	}) (*body[ChecklistSettings], error) {
		c, err := d.room.ChangeChecklist(ctx, in.staff, in.Body.Revision, in.Body.Checks)
		return reply(viewChecklist(c)), err
	})
}

func viewChecklist(c stet.Checklist) ChecklistSettings {
	return ChecklistSettings{Revised{newsroom.ChecklistRevision(c)}, c}
}

func (d *Desk) lookOperations() {
	register(d, http.MethodGet, "/settings/look", "get-look", "returns the choices within the theme", func(ctx context.Context, _ *struct{ Caller }) (*body[Look], error) {
		m, err := d.magazine(ctx)
		if err != nil {
			return nil, err
		}
		return d.viewLook(ctx, m)
	})
	type change struct {
		Caller
		Body struct {
			Revised
			LookSettings
		}
	}
	register(d, http.MethodPut, "/settings/look", "set-look", "changes the choices within the theme", func(ctx context.Context, in *change) (*body[Look], error) {
		m, err := d.room.ChangeMagazine(ctx, in.staff, newsroom.Look, in.Body.Revision, stet.Magazine{Tokens: in.Body.Tokens})
		if err != nil {
			return nil, err
		}
		return d.viewLook(ctx, m)
	})
	register(d, http.MethodPost, "/settings/look/try", "try-look", "returns how choices within the theme would look, and stores nothing", func(_ context.Context, in *struct {
		Caller
		Body struct {
			LookSettings
			Dark bool `json:"dark"`
		}
	}) (*body[TriedLook], error) {
		t, err := theme.ParseTokens(in.Body.Tokens)
		if err != nil {
			return nil, stet.Errorf(stet.Invalid, "%v", err)
		}
		return reply(TriedLook{string(t.Preview(in.Body.Dark)), viewContrasts(t)}), nil
	})
}

// magazine is the magazine's settings, empty ones before there are any.
func (d *Desk) magazine(ctx context.Context) (stet.Magazine, error) {
	m, err := d.store.Magazine(ctx)
	if stet.ErrorCode(err) == stet.NotFound {
		err = nil
	}
	return m, err
}

func viewIdentity(m stet.Magazine) Identity {
	return Identity{Revised{newsroom.Identity.Revision(m)}, IdentitySettings{
		Name: m.Name, Tagline: m.Tagline, Description: m.Description, Publisher: m.Publisher, Founded: m.Founded, Language: m.Language, TimeZone: m.TimeZone,
		Mark: m.Mark, Logo: m.Logo, Newsletter: m.Newsletter, Copyright: m.Copyright, StoriesPaged: m.StoriesPaged,
	}}
}

func (i IdentitySettings) magazine() stet.Magazine {
	line := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	return stet.Magazine{
		Name: line(i.Name), Tagline: line(i.Tagline), Description: line(i.Description), Publisher: line(i.Publisher), Founded: line(i.Founded),
		Language: line(i.Language), TimeZone: line(i.TimeZone), Mark: line(i.Mark), Logo: line(i.Logo), Newsletter: line(i.Newsletter),
		Copyright: line(i.Copyright), StoriesPaged: i.StoriesPaged,
	}
}

func viewMenus(m stet.Magazine) Menus {
	return Menus{Revised{newsroom.Menus.Revision(m)}, MenuSettings{some(m.Navigation), some(m.Footer), some(m.Follow)}}
}

func (d *Desk) viewLook(ctx context.Context, m stet.Magazine) (*body[Look], error) {
	t, err := theme.ParseTokens(m.Tokens)
	if err != nil {
		return nil, err
	}
	v := Look{Revised{newsroom.Look.Revision(m)}, LookSettings{m.Tokens}, theme.Tokens{}.Named(), "", viewContrasts(t)}
	if v.Tokens == nil {
		v.Tokens = map[string]string{}
	}
	newest, err := d.store.Stories(ctx, store.List{Kind: store.ListAll}, store.Cursor{}, 1)
	if len(newest) > 0 {
		v.Story = newest[0].Path
	}
	return reply(v), err
}

func viewContrasts(t theme.Tokens) []Contrast {
	out := []Contrast{}
	for _, c := range t.Contrasts() {
		out = append(out, Contrast{c.Mode, c.Ink, c.Colour, c.Paper, c.Ratio, c.Least})
	}
	return out
}
