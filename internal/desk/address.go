// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package desk

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"stet"
	"stet/internal/store"
)

// AddressRow is a public address and where it leads.
type AddressRow struct {
	Path      string        `json:"path"`
	Kind      stet.PathKind `json:"kind" enum:"article,section,genre,topic,person,asset,redirect"`
	LeadsTo   string        `json:"leadsTo,omitempty" doc:"The address where readers end up; missing when they find nothing there."`
	Name      string        `json:"name,omitempty" doc:"What stands there: a headline, a name."`
	Current   bool          `json:"current" doc:"It is the address of the thing itself: nobody is led on."`
	Removable bool          `json:"removable" doc:"A redirect that was made at the desk; all other addresses were public once and stay."`
}

// RedirectImport says what became of a list of redirects.
type RedirectImport struct {
	Added   int               `json:"added"`
	Known   int               `json:"known" doc:"Led there already."`
	Refused []RefusedRedirect `json:"refused"`
}

// RefusedRedirect is a line of a list from which nothing was made.
type RefusedRedirect struct {
	Line int    `json:"line"`
	From string `json:"from"`
	To   string `json:"to"`
	Why  string `json:"why"`
}

type addressQuery struct {
	Caller
	Q      string        `query:"q" maxLength:"1024" doc:"Part of the address, or of where a redirect leads; a whole address of the magazine will do."`
	Kind   stet.PathKind `query:"kind" enum:"article,section,genre,topic,person,asset,redirect"`
	ByHand bool          `query:"byHand" doc:"Only redirects that were made at the desk."`
	Limit  int           `query:"limit" minimum:"1" maximum:"200" default:"50"`
	Cursor string        `query:"cursor" maxLength:"1100"`
}

func (d *Desk) addressOperations() {
	register(d, http.MethodGet, "/addresses", "list-addresses", "finds public addresses and tells where they lead", d.listAddresses)
	register(d, http.MethodPost, "/addresses", "add-redirect", "makes an address lead to another", func(ctx context.Context, in *struct {
		Caller
		Body struct {
			From string `json:"from" minLength:"1" maxLength:"1024" doc:"An address of the magazine at which nothing stands."`
			To   string `json:"to" minLength:"1" maxLength:"1024" doc:"An address of the magazine, or a whole one on the web."`
		}
	}) (*body[AddressRow], error) {
		from := d.ownPath(in.Body.From)
		if err := d.room.AddRedirect(ctx, in.staff, from, d.ownPath(in.Body.To)); err != nil {
			return nil, err
		}
		clean, _ := stet.CleanPath(from)
		p, err := d.store.Path(ctx, clean)
		if err != nil {
			return nil, err
		}
		rows, err := d.viewAddresses(ctx, p)
		if err != nil {
			return nil, err
		}
		return reply(rows[0]), nil
	})
	register(d, http.MethodDelete, "/addresses", "drop-redirect", "takes a redirect away that was made at the desk", func(ctx context.Context, in *struct {
		Caller
		Path string `query:"path" required:"true" maxLength:"1024"`
	}) (*struct{}, error) {
		return nil, d.room.DropRedirect(ctx, in.staff, in.Path)
	}, answers(http.StatusNotFound))
	register(d, http.MethodPost, "/addresses/import", "import-redirects", "adds a list of redirects, and tells which of them were refused", func(ctx context.Context, in *struct {
		Caller
		Body struct {
			CSV string `json:"csv" doc:"Two columns: from and to. A first line with their names is passed over."`
		}
	}) (*body[RedirectImport], error) {
		report, err := d.room.ImportRedirects(ctx, in.staff, strings.NewReader(in.Body.CSV))
		v := RedirectImport{report.Added, report.Known, []RefusedRedirect{}}
		for _, r := range report.Refused {
			v.Refused = append(v.Refused, RefusedRedirect{r.Line, r.From, r.To, r.Why})
		}
		return reply(v), err
	}, func(op *huma.Operation) { op.MaxBodyBytes = 8 << 20 })
}

// ownPath takes the magazine's base off an address, so that one can be pasted
// from a browser.
func (d *Desk) ownPath(address string) string {
	address = strings.TrimSpace(address)
	rest, ok := strings.CutPrefix(address, d.base)
	if !ok || d.base == "" || rest != "" && rest[0] != '/' {
		return address
	}
	if rest == "" {
		return "/"
	}
	if plain, err := url.PathUnescape(rest); err == nil {
		return plain // as the path table has it
	}
	return rest
}

func (d *Desk) listAddresses(ctx context.Context, in *addressQuery) (*body[Page[AddressRow]], error) {
	found, err := d.store.FindPaths(ctx, store.PathFilter{Words: d.ownPath(in.Q), Kind: in.Kind, ByHand: in.ByHand, After: in.Cursor, Limit: in.Limit + 1})
	if err != nil {
		return nil, err
	}
	rows, err := d.viewAddresses(ctx, found...)
	return pageOf(rows, in.Limit, func(r AddressRow) string { return r.Path }), err
}

func (d *Desk) viewAddresses(ctx context.Context, paths ...stet.Path) ([]AddressRow, error) {
	t, err := d.room.Signpost(ctx)
	if err != nil {
		return nil, err
	}
	rows := make([]AddressRow, len(paths))
	for i, p := range paths {
		to, name, err := t.LeadsTo(ctx, p)
		if err != nil {
			return nil, err
		}
		rows[i] = AddressRow{Path: p.Path, Kind: p.Kind, LeadsTo: to, Name: name, Current: to == p.Path, Removable: p.Removable()}
	}
	return rows, nil
}
