// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package desk

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"stet"
	"stet/internal/newsroom"
	"stet/internal/store"
)

var nullable sync.Once

// newAPI returns the API with its conventions and no operation yet.
func (d *Desk) newAPI(mux *http.ServeMux, version string) huma.API {
	// A package variable of Huma's; ours never sends a null list.
	nullable.Do(func() { huma.DefaultArrayNullable = false })
	c := huma.DefaultConfig("Stet", version)
	c.Info.Description = "Everything that the desk does. Lists answer a page at a time: `next` is the cursor of the page that follows and is missing on the last one. " +
		"Times are RFC 3339 in UTC; ids are the public ids that also stand in exports. Errors are RFC 9457 problems."
	c.OpenAPIPath, c.DocsPath, c.SchemasPath = "/api/openapi", "", ""
	c.CreateHooks = nil // no $schema fields in bodies
	c.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"session": {Type: "apiKey", In: "cookie", Name: sessionCookie, Description: "What a browser has after signing in."},
		"token":   {Type: "http", Scheme: "bearer", Description: "A token that an administrator has made for an integration."},
	}
	c.Security = []map[string][]string{{"session": {}}, {"token": {}}}
	api := humago.New(mux, c)
	api.UseMiddleware(d.authenticate(api))
	return api
}

// open marks operations that need no sign-in.
const open = "open"

// key is under which a request carries who is asking, from the middleware to
// the Caller that handlers get. It goes no further than this file.
type key struct{}

// Caller is embedded by the input of every operation that wants to know who is
// asking. Newsroom is handed the staff, never the context.
type Caller struct {
	staff   stet.Staff
	session stet.Session
}

// Resolve takes what the middleware found.
func (c *Caller) Resolve(ctx huma.Context) []error {
	if found, ok := ctx.Context().Value(key{}).(Caller); ok {
		*c = found
	}
	return nil
}

var _ huma.Resolver = (*Caller)(nil)

// authenticate finds out who is asking, and refuses those who have not signed
// in where an operation wants it.
func (d *Desk) authenticate(api huma.API) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		r, _ := humago.Unwrap(ctx)
		who, err := d.callerOf(r)
		_, isOpen := ctx.Operation().Metadata[open]
		switch {
		case err == nil:
			next(huma.WithValue(ctx, key{}, who))
		case isOpen && stet.ErrorCode(err) == stet.Unauthenticated:
			next(ctx)
		default:
			problem := d.problem(ctx.Context(), ctx.Operation(), err)
			huma.WriteErr(api, ctx, problem.GetStatus(), problem.Error())
		}
	}
}

// callerOf finds out who is asking: an integration by its token, a browser by
// its cookie. A request that has both is the integration's.
func (d *Desk) callerOf(r *http.Request) (who Caller, err error) {
	if token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		who.staff, err = d.room.AuthenticateToken(r.Context(), strings.TrimSpace(token))
		return who, err
	}
	token := d.cookieOf(r, sessionCookie)
	if token == "" {
		return who, stet.Errorf(stet.Unauthenticated, "please sign in")
	}
	who.staff, who.session, err = d.room.Authenticate(r.Context(), token, d.device(r))
	return who, err
}

// device says from where a request comes.
func (d *Desk) device(r *http.Request) newsroom.Device {
	addr, _ := d.proxies.Client(r)
	return newsroom.Device{Address: addr.String(), Agent: r.UserAgent()}
}

// register adds an operation. name is its id, "list-articles"; does completes
// the sentence "this operation ...". Its errors are made problems here.
func register[I, O any](d *Desk, method, path, name, does string, f func(context.Context, *I) (*O, error), options ...func(*huma.Operation)) {
	op := huma.Operation{
		Method: method, Path: "/api" + path, OperationID: name, Summary: does,
		Tags:   []string{strings.Split(strings.TrimPrefix(path, "/"), "/")[0]},
		Errors: []int{http.StatusBadRequest, http.StatusUnauthorized, http.StatusForbidden, http.StatusUnprocessableEntity, http.StatusInternalServerError},
	}
	if strings.Contains(path, "{") {
		op.Errors = append(op.Errors, http.StatusNotFound)
	}
	if method != http.MethodGet {
		op.Errors = append(op.Errors, http.StatusConflict, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType)
	}
	for _, option := range options {
		option(&op)
	}
	huma.Register(d.api, op, func(ctx context.Context, in *I) (*O, error) {
		out, err := f(ctx, in)
		if err != nil {
			return nil, waiting(d.problem(ctx, &op, err), err)
		}
		return out, nil
	})
}

// anybody lets an operation be used without signing in.
func anybody(op *huma.Operation) {
	op.Metadata = map[string]any{open: true}
	op.Security = []map[string][]string{{}}
}

// answers declares further statuses that an operation may have.
func answers(status ...int) func(*huma.Operation) {
	return func(op *huma.Operation) { op.Errors = append(op.Errors, status...) }
}

// body is an answer with nothing but a body.
type body[T any] struct{ Body T }

func reply[T any](v T) *body[T] { return &body[T]{v} }

// Page is one page of a list.
type Page[T any] struct {
	Items []T    `json:"items" doc:"The things of this page, in order."`
	Next  string `json:"next,omitempty" doc:"The cursor of the next page; missing on the last one."`
}

// pageOf makes a page of rows of which one more than limit was asked for.
func pageOf[T any](rows []T, limit int, cursor func(T) string) *body[Page[T]] {
	p := Page[T]{Items: rows}
	if len(rows) > limit {
		p.Items = rows[:limit]
		p.Next = cursor(rows[limit-1])
	}
	if p.Items == nil {
		p.Items = []T{}
	}
	return reply(p)
}

// cursor writes a place in a list that is ordered by a time, then by public id.
func cursor(at time.Time, id string) string {
	return strconv.FormatInt(at.UnixMicro(), 36) + "." + id
}

// parseCursor reads what cursor wrote; an empty one is the beginning.
func parseCursor(s string) (at store.Place, err error) {
	if s == "" {
		return at, nil
	}
	micros, id, _ := strings.Cut(s, ".")
	n, err := strconv.ParseInt(micros, 36, 64)
	if err != nil || !stet.ValidID(id) {
		return at, stet.Errorf(stet.Invalid, "%q is no cursor of ours", s)
	}
	return store.Place{At: time.UnixMicro(n).UTC(), ID: id}, nil
}
