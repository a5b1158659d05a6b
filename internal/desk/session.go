// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package desk

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"stet"
	"stet/internal/newsroom"
)

// sessionCookie is the cookie that a browser has after signing in. Behind https
// its name begins with securePrefix, with which browsers let no neighbouring
// host and no page without encryption set it.
const (
	sessionCookie = "stet_session"
	securePrefix  = "__Host-"
)

// SignedIn is who is at the desk, and of which magazine.
type SignedIn struct {
	Staff    StaffRow       `json:"staff"`
	Magazine DeskMagazine   `json:"magazine"`
	May      []newsroom.Act `json:"may" doc:"The acts that are open to this account; each completes the sentence 'the account may ...'."`
}

// DeskMagazine is what the app must know of the magazine to write dates and
// addresses.
type DeskMagazine struct {
	Name     string `json:"name"`
	Language string `json:"language" doc:"BCP 47."`
	TimeZone string `json:"timeZone" doc:"IANA name."`
	URL      string `json:"url" doc:"Public address, without a slash at the end."`
}

// SignInAnswer is how far a sign-in has come: done, or in need of a second step.
type SignInAnswer struct {
	Session *SignedIn `json:"session,omitempty" doc:"Who is signed in; missing while a second step is wanted."`
	Second  *Second   `json:"second,omitempty"`
}

// Second is what is needed for the second step of a sign-in.
type Second struct {
	Token string         `json:"token" doc:"Goes with the second step; good for ten minutes."`
	Ways  []newsroom.Way `json:"ways" enum:"code,recovery,passkey"`
}

// Doors are the ways to sign in here.
type Doors struct {
	Magazine string  `json:"magazine"`
	Issuer   *Issuer `json:"issuer,omitempty" doc:"The OpenID Connect issuer, when there is one."`
	Passkeys bool    `json:"passkeys" doc:"Whether passkeys work at this address."`
	SetUp    bool    `json:"setUp" doc:"True while nobody has an account: the console shows the link to begin."`
	Mail     bool    `json:"mail" doc:"Whether links are sent by mail; otherwise an administrator hands them over."`
}

// Issuer is somebody else who vouches for people.
type Issuer struct {
	Name string `json:"name"`
	URL  string `json:"url" doc:"Where to send the browser."`
}

// Challenge is what a passkey is asked.
type Challenge struct {
	Token   string `json:"token" doc:"Goes back with the answer."`
	Options any    `json:"options" doc:"PublicKeyCredentialCreationOptionsJSON or PublicKeyCredentialRequestOptionsJSON of WebAuthn Level 3."`
}

// KeyResponse is what a browser makes of a challenge.
type KeyResponse struct {
	Token    string         `json:"token" maxLength:"100"`
	Response map[string]any `json:"response" doc:"RegistrationResponseJSON or AuthenticationResponseJSON of WebAuthn Level 3."`
	Name     string         `json:"name,omitempty" maxLength:"60" doc:"How a new passkey is called in the list."`
}

func (k KeyResponse) raw() json.RawMessage {
	b, _ := json.Marshal(k.Response) // it came from JSON
	return b
}

func (k KeyResponse) answer() newsroom.KeyAnswer {
	return newsroom.KeyAnswer{Token: k.Token, Response: k.raw()}
}

func (k *KeyResponse) newKey() *newsroom.NewKey {
	if k == nil {
		return nil
	}
	return &newsroom.NewKey{Token: k.Token, Response: k.raw(), Name: k.Name}
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

// withCookies is an answer that may set cookies.
type withCookies[T any] struct {
	SetCookie []string `header:"Set-Cookie"`
	Body      T
}

type cookiesOnly struct {
	SetCookie []string `header:"Set-Cookie"`
}

func cookieName(name string, secure bool) string {
	if secure {
		return securePrefix + name
	}
	return name
}

// cookie writes the header that sets a cookie; an age below zero takes it away.
func (d *Desk) cookie(r *http.Request, name, token string, age time.Duration) string {
	_, secure := d.proxies.Client(r)
	c := http.Cookie{
		Name: cookieName(name, secure), Value: token, Path: "/", HttpOnly: true, Secure: secure,
		// Lax: a link in a colleague's mail must find somebody signed in.
		SameSite: http.SameSiteLaxMode, MaxAge: int(age / time.Second),
	}
	return c.String()
}

// cookieOf reads what cookie has set.
func (d *Desk) cookieOf(r *http.Request, name string) string {
	_, secure := d.proxies.Client(r)
	c, err := r.Cookie(cookieName(name, secure))
	if err != nil {
		return ""
	}
	return c.Value
}

// entered answers a sign-in with the session, or with what the second step needs.
func (d *Desk) entered(ctx context.Context, r *http.Request, e newsroom.Entry, err error) (*withCookies[SignInAnswer], error) {
	if err != nil {
		return nil, err
	}
	if e.Token == "" {
		return &withCookies[SignInAnswer]{Body: SignInAnswer{Second: &Second{e.Second, some(e.Ways)}}}, nil
	}
	v, err := d.signedIn(ctx, e.Staff)
	return &withCookies[SignInAnswer]{[]string{d.cookie(r, sessionCookie, e.Token, newsroom.SessionLength)}, SignInAnswer{Session: &v}}, err
}

// mayWait declares that an operation counts tries.
var mayWait = answers(http.StatusTooManyRequests)

func (d *Desk) sessionOperations() {
	register(d, http.MethodGet, "/session", "get-session", "says who is signed in", func(ctx context.Context, in *struct{ Caller }) (*body[SignedIn], error) {
		v, err := d.signedIn(ctx, in.staff)
		return reply(v), err
	})
	register(d, http.MethodGet, "/session/doors", "get-doors", "says how one can sign in here", func(ctx context.Context, _ *struct{}) (*body[Doors], error) {
		v, err := d.doors(ctx)
		return reply(v), err
	}, anybody)
	type credentials struct {
		From
		Body struct {
			Email    string `json:"email" maxLength:"320"`
			Password string `json:"password" maxLength:"4000"`
		}
	}
	register(d, http.MethodPost, "/session", "sign-in", "begins a session, or asks for the second step", func(ctx context.Context, in *credentials) (*withCookies[SignInAnswer], error) {
		e, err := d.room.SignIn(ctx, in.Body.Email, in.Body.Password, d.device(in.request))
		return d.entered(ctx, in.request, e, err)
	}, anybody, mayWait)
	type second struct {
		From
		Body struct {
			Token string `json:"token" maxLength:"100"`
			Code  string `json:"code" maxLength:"60" doc:"A one-time code, or a recovery code."`
		}
	}
	register(d, http.MethodPost, "/session/second", "take-second-step", "ends a sign-in with a one-time code or a recovery code", func(ctx context.Context, in *second) (*withCookies[SignInAnswer], error) {
		e, err := d.room.SecondStep(ctx, in.Body.Token, in.Body.Code, d.device(in.request))
		return d.entered(ctx, in.request, e, err)
	}, anybody, mayWait, answers(http.StatusGone))
	register(d, http.MethodDelete, "/session", "sign-out", "ends the session", func(ctx context.Context, in *struct {
		Caller
		From
	}) (*cookiesOnly, error) {
		return &cookiesOnly{[]string{d.cookie(in.request, sessionCookie, "", -time.Second)}}, d.room.SignOut(ctx, in.session)
	})
	d.keySignInOperations()
}

// keySignInOperations are those with which a passkey signs in, and those that
// prove again who is there.
func (d *Desk) keySignInOperations() {
	type ask struct {
		From
		Body struct {
			Second string `json:"second,omitempty" maxLength:"100" doc:"Token of a second step that the passkey is to take."`
		}
	}
	register(d, http.MethodPost, "/session/passkey/challenge", "ask-passkey", "makes a challenge for a passkey", func(ctx context.Context, in *ask) (*body[Challenge], error) {
		token, options, err := d.room.AskKey(ctx, in.Body.Second, d.device(in.request))
		return reply(Challenge{token, options}), err
	}, anybody, mayWait, answers(http.StatusGone))
	type answer struct {
		From
		Body struct {
			KeyResponse
			Second string `json:"second,omitempty" maxLength:"100"`
		}
	}
	register(d, http.MethodPost, "/session/passkey", "sign-in-with-passkey", "begins a session with a passkey, or ends the second step with it", func(ctx context.Context, in *answer) (*withCookies[SignInAnswer], error) {
		e, err := d.room.SignInWithKey(ctx, in.Body.answer(), in.Body.Second, d.device(in.request))
		return d.entered(ctx, in.request, e, err)
	}, anybody, mayWait, answers(http.StatusGone))
	type proof struct {
		Caller
		From
		Body struct {
			Password string       `json:"password,omitempty" maxLength:"4000"`
			Code     string       `json:"code,omitempty" maxLength:"60" doc:"Where the account has a second step."`
			Passkey  *KeyResponse `json:"passkey,omitempty" doc:"Instead of password and code."`
		}
	}
	register(d, http.MethodPost, "/session/proof", "prove-again", "proves again who holds the session, which acts that matter want", func(ctx context.Context, in *proof) (*struct{}, error) {
		p := newsroom.Proof{Password: in.Body.Password, Code: in.Body.Code}
		if in.Body.Passkey != nil {
			a := in.Body.Passkey.answer()
			p.Key = &a
		}
		return nil, d.room.Prove(ctx, in.staff, in.session, p, d.device(in.request))
	}, mayWait, answers(http.StatusGone))
}

func (d *Desk) doors(ctx context.Context) (v Doors, err error) {
	any, err := d.store.AnyStaff(ctx)
	if err != nil {
		return v, err
	}
	v.SetUp, v.Passkeys = !any, d.room.KeysWork()
	if v.Mail, err = d.room.HasMail(ctx); err != nil {
		return v, err
	}
	if d.issuer != nil {
		v.Issuer = &Issuer{d.issuer.name, issuerStart}
	}
	m, err := d.store.Magazine(ctx)
	if stet.ErrorCode(err) == stet.NotFound {
		return v, nil
	}
	v.Magazine = m.Name
	return v, err
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
