// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package desk

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"stet"
	"stet/internal/newsroom"
)

// sessionCookie is the cookie that a browser has after signing in.
const sessionCookie = "stet_session"

// SignedIn is who is at the desk, and of which magazine.
type SignedIn struct {
	Staff    StaffRow       `json:"staff"`
	Magazine DeskMagazine   `json:"magazine"`
	May      []newsroom.Act `json:"may" doc:"The acts that are open to this account; each completes the sentence 'the account may ...'."`
}

type StaffRow struct {
	ID       string         `json:"id"`
	Name     string         `json:"name"`
	Email    string         `json:"email"`
	Role     stet.StaffRole `json:"role" enum:"owner,administrator,editor,writer,contributor"`
	Sections []string       `json:"sections,omitempty" doc:"Ids of the sections to which the account is limited; none means all."`
	Person   string         `json:"person,omitempty" doc:"Id of the person who they are in bylines."`
}

func viewStaff(a stet.Staff) StaffRow {
	return StaffRow{ID: a.PublicID, Name: a.Name, Email: a.Email, Role: a.Role, Sections: a.Sections, Person: a.Person}
}

// DeskMagazine is what the app must know of the magazine to write dates and
// addresses.
type DeskMagazine struct {
	Name     string `json:"name"`
	Language string `json:"language" doc:"BCP 47."`
	TimeZone string `json:"timeZone" doc:"IANA name."`
	URL      string `json:"url" doc:"Public address, without a slash at the end."`
}

func (d *Desk) signedIn(ctx context.Context, a stet.Staff) (SignedIn, error) {
	m, err := d.store.Magazine(ctx)
	if stet.ErrorCode(err) == stet.NotFound {
		m, err = stet.Magazine{Name: "Stet", Language: "en", TimeZone: "UTC"}, nil
	}
	return SignedIn{
		Staff: viewStaff(a), May: newsroom.May(a),
		Magazine: DeskMagazine{Name: m.Name, Language: m.Language, TimeZone: m.TimeZone, URL: d.base},
	}, err
}

// From gives operations that set cookies the request they answer.
type From struct{ request *http.Request }

// Resolve keeps the request.
func (f *From) Resolve(ctx huma.Context) []error {
	f.request, _ = humago.Unwrap(ctx)
	return nil
}

type withCookie[T any] struct {
	SetCookie http.Cookie `header:"Set-Cookie"`
	Body      T
}

type cookieOnly struct {
	SetCookie http.Cookie `header:"Set-Cookie"`
}

func (d *Desk) cookie(r *http.Request, token string, age time.Duration) http.Cookie {
	_, secure := d.proxies.Client(r)
	return http.Cookie{
		Name: sessionCookie, Value: token, Path: "/", HttpOnly: true, Secure: secure,
		// Lax: a link in a colleague's mail must find somebody signed in.
		SameSite: http.SameSiteLaxMode, MaxAge: int(age / time.Second),
	}
}

func (d *Desk) sessionOperations() {
	register(d, http.MethodGet, "/session", "get-session", "says who is signed in", func(ctx context.Context, in *struct{ Caller }) (*body[SignedIn], error) {
		v, err := d.signedIn(ctx, in.staff)
		return reply(v), err
	})
	type credentials struct {
		From
		Body struct {
			Email    string `json:"email" maxLength:"320"`
			Password string `json:"password" maxLength:"4000"`
		}
	}
	register(d, http.MethodPost, "/session", "sign-in", "begins a session", func(ctx context.Context, in *credentials) (*withCookie[SignedIn], error) {
		token, a, err := d.room.SignIn(ctx, in.Body.Email, in.Body.Password, d.device(in.request))
		if err != nil {
			return nil, err
		}
		v, err := d.signedIn(ctx, a)
		return &withCookie[SignedIn]{d.cookie(in.request, token, newsroom.SessionLength), v}, err
	}, anybody, answers(http.StatusTooManyRequests))
	register(d, http.MethodDelete, "/session", "sign-out", "ends the session", func(ctx context.Context, in *struct {
		Caller
		From
	}) (*cookieOnly, error) {
		return &cookieOnly{d.cookie(in.request, "", -time.Second)}, d.room.SignOut(ctx, in.session)
	})
}

// nameActs writes the acts into the document, so that the app's own types know
// them and an act that was renamed does not compile there.
func (d *Desk) nameActs() {
	all := d.api.OpenAPI().Components.Schemas.Map()
	list := func(acts []newsroom.Act) (out []any) {
		for _, a := range acts {
			out = append(out, string(a))
		}
		return out
	}
	all["SignedIn"].Properties["may"].Items.Enum = list(newsroom.Acts)
	all["PageAct"].Properties["items"].Items.Enum = list(newsroom.Scopes)
}
