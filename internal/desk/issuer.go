// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package desk

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"stet"
	"stet/internal/newsroom"
	"stet/internal/web"
)

// The addresses between which a sign-in by OpenID Connect goes.
const (
	issuerStart  = "/desk/issuer/start"
	issuerReturn = "/desk/issuer/return"
)

// departureCookie ties a sign-in at the issuer to the browser that began it:
// nobody can be signed in to somebody else's account by a link.
const (
	departureCookie = "stet_departure"
	departureLife   = 10 * time.Minute
)

// IssuerOptions say who vouches for people, by OpenID Connect.
type IssuerOptions struct {
	URL          string // of the issuer, as its discovery document names it
	ClientID     string
	ClientSecret string
	Name         string // on the button; the host of the issuer when empty
	Client       *web.Client
}

// issuer signs people in elsewhere. Its discovery document is fetched when it
// is first needed: the magazine starts when the issuer is down.
type issuer struct {
	options IssuerOptions
	name    string
	http    *http.Client
	back    string // absolute address of issuerReturn

	mu       sync.Mutex
	provider *oidc.Provider
}

func newIssuer(o IssuerOptions, base string) *issuer {
	if o.URL == "" {
		return nil
	}
	i := &issuer{options: o, name: o.Name, back: base + issuerReturn, http: &http.Client{Transport: o.Client}}
	if u, err := url.Parse(o.URL); i.name == "" && err == nil {
		i.name = u.Host
	}
	return i
}

// ready returns the configuration of the issuer, and a context in which the
// library uses our guarded client.
func (i *issuer) ready(ctx context.Context) (context.Context, *oidc.Provider, oauth2.Config, error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	// The library keeps this context for fetching keys later.
	lasting := oidc.ClientContext(context.WithoutCancel(ctx), i.http)
	if i.provider == nil {
		p, err := oidc.NewProvider(lasting, i.options.URL)
		if err != nil {
			return ctx, nil, oauth2.Config{}, err
		}
		i.provider = p
	}
	return lasting, i.provider, oauth2.Config{
		ClientID: i.options.ClientID, ClientSecret: i.options.ClientSecret, Endpoint: i.provider.Endpoint(), RedirectURL: i.back,
		Scopes: []string{oidc.ScopeOpenID, "email", "profile"},
	}, nil
}

// issuerPages are the two addresses; what goes wrong is told on the sign-in page.
func (d *Desk) issuerPages(mux *http.ServeMux) {
	if d.issuer == nil {
		return
	}
	page := func(f func(http.ResponseWriter, *http.Request) error) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			err := f(w, r)
			if err == nil {
				return
			}
			if stet.ErrorCode(err) == stet.Internal {
				d.log.Error("sign-in by OpenID Connect failed", "error", err)
				err = stet.Errorf(stet.Internal, "%s could not sign you in. The reason is in the log of the magazine.", d.issuer.name)
			}
			http.Redirect(w, r, "/desk/signin?problem="+url.QueryEscape(stet.ErrorMessage(err)), http.StatusSeeOther)
		}
	}
	mux.HandleFunc("GET "+issuerStart, page(d.depart))
	mux.HandleFunc("GET "+issuerReturn, page(d.comeBack))
}

func (d *Desk) depart(w http.ResponseWriter, r *http.Request) error {
	_, _, config, err := d.issuer.ready(r.Context())
	if err != nil {
		return err
	}
	dep := newsroom.Departure{Nonce: stet.NewID() + stet.NewID(), Verifier: oauth2.GenerateVerifier(), Back: insideDesk(r.URL.Query().Get("back"))}
	token, err := d.room.Depart(r.Context(), dep)
	if err != nil {
		return err
	}
	w.Header().Add("Set-Cookie", d.cookie(r, departureCookie, token, departureLife))
	http.Redirect(w, r, config.AuthCodeURL(token, oidc.Nonce(dep.Nonce), oauth2.S256ChallengeOption(dep.Verifier)), http.StatusSeeOther)
	return nil
}

func (d *Desk) comeBack(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	state := q.Get("state")
	w.Header().Add("Set-Cookie", d.cookie(r, departureCookie, "", -departureLife))
	if state == "" || d.cookieOf(r, departureCookie) != state {
		return stet.Errorf(stet.Forbidden, "that sign-in did not begin in this browser; please try again")
	}
	dep, err := d.room.Return(r.Context(), state)
	if err != nil {
		return err
	}
	if q.Get("error") != "" {
		d.log.Info("the OpenID Connect issuer refused a sign-in", "error", q.Get("error"), "description", q.Get("error_description"))
		return stet.Errorf(stet.Forbidden, "%s did not let you in", d.issuer.name)
	}
	id, err := d.issuer.identify(r.Context(), q.Get("code"), dep)
	if err != nil {
		return err
	}
	e, err := d.room.Welcome(r.Context(), id, d.device(r))
	if err != nil {
		return err
	}
	w.Header().Add("Set-Cookie", d.cookie(r, sessionCookie, e.Token, newsroom.SessionLength))
	http.Redirect(w, r, "/desk"+dep.Back, http.StatusSeeOther)
	return nil
}

// identify exchanges the code for what the issuer says of somebody.
func (i *issuer) identify(ctx context.Context, code string, dep newsroom.Departure) (id newsroom.Claims, err error) {
	ctx, provider, config, err := i.ready(ctx)
	if err != nil {
		return id, err
	}
	token, err := config.Exchange(ctx, code, oauth2.VerifierOption(dep.Verifier))
	if err != nil {
		return id, err
	}
	raw, ok := token.Extra("id_token").(string)
	if !ok {
		return id, errors.New("the issuer sent no ID token")
	}
	checked, err := provider.Verifier(&oidc.Config{ClientID: i.options.ClientID}).Verify(ctx, raw)
	if err != nil {
		return id, err
	}
	if checked.Nonce != dep.Nonce {
		return id, errors.New("the ID token is for another sign-in")
	}
	var claims struct {
		Email    string `json:"email"`
		Verified bool   `json:"email_verified"`
	}
	if err := checked.Claims(&claims); err != nil {
		return id, err
	}
	return newsroom.Claims{Issuer: checked.Issuer, Subject: checked.Subject, Email: claims.Email, Verified: claims.Verified}, nil
}

// insideDesk lets nobody be sent elsewhere after signing in.
func insideDesk(back string) string {
	if !strings.HasPrefix(back, "/") || strings.HasPrefix(back, "//") || strings.ContainsAny(back, "\\\r\n") {
		return "/stories"
	}
	return back
}
