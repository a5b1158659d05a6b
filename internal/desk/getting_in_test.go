// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package desk_test

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"stet"
	"stet/internal/desk"
	"stet/internal/newsroom"
	"stet/internal/stettest"
	"stet/internal/web"
)

// answerOf sends a request with headers and returns the answer.
func (c *client) answerOf(method, path, body string, headers map[string]string) *http.Response {
	c.t.Helper()
	req, err := http.NewRequestWithContext(c.t.Context(), method, c.base+path, strings.NewReader(body))
	must(c.t, err)
	req.Header.Set("Content-Type", "application/json")
	for k, v := range headers {
		req.Header.Set(k, v)
	}
	res, err := c.http.Do(req)
	must(c.t, err)
	c.t.Cleanup(func() { res.Body.Close() })
	return res
}

const goodBody = `{"email":"editor@causeway.example","password":"` + password + `"}`

func TestCrossOriginIsRefused(t *testing.T) {
	onBoth(t, func(t *testing.T, r *room) {
		c := r.as(t, stet.Owner)
		for name, headers := range map[string]map[string]string{
			"a form elsewhere":      {"Sec-Fetch-Site": "cross-site"},
			"a neighbouring host":   {"Sec-Fetch-Site": "same-site"},
			"an older browser":      {"Origin": "https://evil.example"},
			"a frame without place": {"Origin": "null"},
		} {
			for _, try := range []struct{ method, path string }{{"POST", "/api/session"}, {"POST", "/api/articles"}, {"DELETE", "/api/session"}, {"PUT", "/api/settings/rules"}} {
				if res := c.answerOf(try.method, try.path, goodBody, headers); res.StatusCode != http.StatusForbidden {
					t.Errorf("%s: %s %s answers %s", name, try.method, try.path, res.Status)
				} else if kind := res.Header.Get("Content-Type"); kind != "application/problem+json" {
					t.Errorf("%s: %s %s is refused as %s", name, try.method, try.path, kind)
				}
			}
		}
		if res := c.answerOf("POST", "/api/session", goodBody, map[string]string{"Sec-Fetch-Site": "same-origin"}); res.StatusCode != http.StatusOK {
			t.Errorf("from the desk itself: %s", res.Status)
		}
	})
}

func TestWhatIsNotThere(t *testing.T) {
	onBoth(t, func(t *testing.T, r *room) {
		c := r.as(t, stet.Owner)
		for _, try := range []struct {
			method, path, accept string
			want                 int
		}{
			{"GET", "/api/nothing", "", http.StatusNotFound},
			{"POST", "/api/webhooks/a/messages/%00/b/again", "", http.StatusNotFound},
			{"DELETE", "/api/articles", "", http.StatusMethodNotAllowed},
			{"GET", "/api/events", "application/json", http.StatusNotAcceptable},
		} {
			res := c.answerOf(try.method, try.path, "", map[string]string{"Sec-Fetch-Site": "same-origin", "Accept": try.accept})
			if res.StatusCode != try.want || res.Header.Get("Content-Type") != "application/problem+json" {
				t.Errorf("%s %s answers %s, %s", try.method, try.path, res.Status, res.Header.Get("Content-Type"))
			}
			if allow := res.Header.Get("Allow"); (try.want == http.StatusMethodNotAllowed) != (allow != "") {
				t.Errorf("%s %s allows %q", try.method, try.path, allow)
			}
		}
	})
}

func TestCookies(t *testing.T) {
	onBoth(t, func(t *testing.T, r *room) {
		c := r.nobody(t)
		plain := c.answerOf("POST", "/api/session", goodBody, nil).Header.Get("Set-Cookie")
		for _, want := range []string{"stet_session=", "HttpOnly", "SameSite=Lax", "Path=/"} {
			if !strings.Contains(plain, want) {
				t.Errorf("the cookie has no %s: %s", want, plain)
			}
		}
		if strings.Contains(plain, "Secure") || strings.Contains(plain, "Domain") {
			t.Errorf("the cookie is %s", plain)
		}
	})
}

// Behind a proxy that speaks https the cookie is bound to it.
func TestCookiesBehindHTTPS(t *testing.T) {
	onBoth(t, func(t *testing.T, r *room) {
		proxies, err := web.ParseProxies([]string{"127.0.0.0/8", "::1"})
		must(t, err)
		srv := httptest.NewServer(desk.New(desk.Options{Store: r.Store(), Room: r.Room, URL: "https://magazine.example", Proxies: proxies}))
		t.Cleanup(srv.Close)
		c := &client{t, srv.URL, srv.Client()}
		https := map[string]string{"X-Forwarded-Proto": "https"}
		set := c.answerOf("POST", "/api/session", goodBody, https).Header.Get("Set-Cookie")
		token := regexp.MustCompile(`^__Host-stet_session=([\w-]+); Path=/; Max-Age=\d+; HttpOnly; Secure; SameSite=Lax$`).FindStringSubmatch(set)
		if token == nil {
			t.Fatalf("the cookie is %s", set)
		}
		for name, want := range map[string]int{"__Host-stet_session": http.StatusOK, "stet_session": http.StatusUnauthorized} {
			https["Cookie"] = name + "=" + token[1]
			if res := c.answerOf("GET", "/api/session", "", https); res.StatusCode != want {
				t.Errorf("with the cookie %s: %s", name, res.Status)
			}
		}
	})
}

func TestRetryAfter(t *testing.T) {
	onBoth(t, func(t *testing.T, r *room) {
		c := r.nobody(t)
		for range 5 {
			c.do(http.StatusUnauthorized, "POST", "/api/session", map[string]string{"email": "nobody@causeway.example", "password": "wrong"}, nil)
		}
		res := c.answerOf("POST", "/api/session", `{"email":"nobody@causeway.example","password":"wrong"}`, nil)
		if res.StatusCode != http.StatusTooManyRequests || res.Header.Get("Retry-After") != "5" {
			t.Errorf("%s, Retry-After %q", res.Status, res.Header.Get("Retry-After"))
		}
	})
}

type accounts struct {
	Items []struct{ ID, Name, Email, State, Role string }
}

// Invited, taken up, listed, signed out, shut.
func TestStaff(t *testing.T) {
	onBoth(t, func(t *testing.T, r *room) {
		owner := r.as(t, stet.Owner)
		var made struct {
			Staff struct{ ID, State string }
			Link  string
		}
		owner.do(http.StatusOK, "POST", "/api/staff", map[string]any{"name": "Bo", "email": "bo@causeway.example", "role": "writer"}, &made)
		if made.Staff.State != "invited" || !strings.HasPrefix(made.Link, "http://magazine.example/desk/invite#") {
			t.Fatalf("invited: %+v", made)
		}
		_, token, _ := strings.Cut(made.Link, "#")
		bo := r.nobody(t)
		var door struct{ Kind, Email, Magazine string }
		bo.do(http.StatusOK, "POST", "/api/door", map[string]string{"token": token}, &door)
		if door.Kind != "invite" || door.Email != "bo@causeway.example" || door.Magazine != "The Causeway" {
			t.Errorf("the door is %+v", door)
		}
		bo.do(http.StatusBadRequest, "POST", "/api/door/use", map[string]string{"token": token, "password": "short"}, nil)
		bo.do(http.StatusOK, "POST", "/api/door/use", map[string]string{"token": token, "password": password, "name": "Bo Lind"}, nil)
		bo.do(http.StatusGone, "POST", "/api/door", map[string]string{"token": token}, nil)
		bo.do(http.StatusOK, "GET", "/api/session", nil, nil)

		// Colleagues see who there is, and no more.
		var all accounts
		bo.do(http.StatusOK, "GET", "/api/staff", nil, &all)
		for _, a := range all.Items {
			if a.Email != "" || a.Name == "" {
				t.Errorf("a writer sees %+v", a)
			}
		}
		bo.do(http.StatusForbidden, "POST", "/api/staff", map[string]any{"name": "X", "email": "x@causeway.example", "role": "owner"}, nil)
		bo.do(http.StatusForbidden, "PATCH", "/api/staff/"+made.Staff.ID, map[string]any{"role": "owner"}, nil)

		var sessions struct {
			Items []struct {
				ID, Device, Address string
				Current             bool
			}
		}
		owner.do(http.StatusOK, "GET", "/api/staff/"+made.Staff.ID+"/sessions", nil, &sessions)
		if len(sessions.Items) != 1 || sessions.Items[0].Device != "A program" || sessions.Items[0].Address != "127.0.0.1" {
			t.Fatalf("Bo is signed in at %+v", sessions)
		}
		owner.do(http.StatusNoContent, "DELETE", "/api/staff/"+made.Staff.ID+"/sessions/"+sessions.Items[0].ID, nil, nil)
		bo.do(http.StatusUnauthorized, "GET", "/api/session", nil, nil)

		// A long time after the sign-in: a mail address is where resets go.
		r.clock.Advance(newsroom.ProofLength + time.Minute)
		var problem struct {
			Errors []struct{ Location string }
		}
		owner.do(http.StatusForbidden, "PATCH", "/api/staff/"+made.Staff.ID, map[string]any{"email": "bo2@causeway.example"}, &problem)
		if len(problem.Errors) != 1 || problem.Errors[0].Location != "session.proof" {
			t.Errorf("the app cannot tell what is wanted: %+v", problem)
		}
		owner.do(http.StatusUnauthorized, "POST", "/api/session/proof", map[string]string{"password": "wrong"}, nil)
		owner.do(http.StatusNoContent, "POST", "/api/session/proof", map[string]string{"password": password}, nil)
		owner.do(http.StatusOK, "PATCH", "/api/staff/"+made.Staff.ID, map[string]any{"email": "bo2@causeway.example"}, nil)
		owner.do(http.StatusOK, "PATCH", "/api/staff/"+made.Staff.ID, map[string]any{"disabled": true}, nil)
		r.as(t, stet.Administrator).do(http.StatusForbidden, "PATCH", "/api/staff/"+r.staff[stet.Owner].PublicID, map[string]any{"name": "Nobody"}, nil)
	})
}

// Mail goes out by the job that was stored with the invitation, over a real
// conversation, and its link opens the account; the password of the server is
// told to nobody.
func TestMail(t *testing.T) {
	onBoth(t, func(t *testing.T, r *room) {
		box := stettest.NewPostbox(t, false, "desk", "server words")
		owner := r.as(t, stet.Owner)
		settings := map[string]any{"host": box.Host, "port": box.Port, "encryption": "none", "user": "desk", "password": "server words", "sender": "desk@causeway.example"}
		for _, role := range []stet.StaffRole{stet.Editor, stet.Writer, stet.Contributor} {
			c := r.as(t, role)
			c.do(http.StatusForbidden, "PUT", "/api/settings/mail", settings, nil)
			c.do(http.StatusForbidden, "GET", "/api/settings/mail", nil, nil)
			c.do(http.StatusForbidden, "POST", "/api/settings/mail/test", nil, nil)
		}
		owner.do(http.StatusConflict, "POST", "/api/settings/mail/test", nil, nil)
		owner.do(http.StatusOK, "PUT", "/api/settings/mail", settings, nil)
		res := owner.answerOf("GET", "/api/settings/mail", "", nil)
		told, err := io.ReadAll(res.Body)
		must(t, err)
		if strings.Contains(string(told), "server words") || !strings.Contains(string(told), `"hasPassword":true`) {
			t.Errorf("the settings tell %s", told)
		}
		owner.do(http.StatusNoContent, "POST", "/api/settings/mail/test", nil, nil)
		if got := box.Letters(); len(got) != 1 || got[0].To != "owner@causeway.example" || got[0].User != "desk" {
			t.Fatalf("the test mail: %+v", got)
		}

		var made struct{ Link string }
		owner.do(http.StatusOK, "POST", "/api/staff", map[string]any{"name": "Bo", "email": "bo@causeway.example", "role": "writer"}, &made)
		if made.Link != "" {
			t.Errorf("the link is shown although it is mailed: %s", made.Link)
		}
		r.work(t)
		bo := r.nobody(t)
		bo.do(http.StatusOK, "POST", "/api/door/use", map[string]string{"token": linkIn(t, box, 1, "bo@causeway.example", "/desk/invite#"), "password": password}, nil)

		// Forgotten: the same answer for everybody, a mail for who has an account.
		for _, email := range []string{"nobody@causeway.example", "bo@causeway.example"} {
			bo.do(http.StatusNoContent, "POST", "/api/reset", map[string]string{"email": email}, nil)
		}
		r.work(t)
		r.work(t) // the job of the mail follows from the first
		token := linkIn(t, box, 2, "bo@causeway.example", "/desk/reset#")
		bo.do(http.StatusOK, "POST", "/api/door/use", map[string]string{"token": token, "password": "another good one"}, nil)
		bo.do(http.StatusUnauthorized, "POST", "/api/session", map[string]string{"email": "bo@causeway.example", "password": password}, nil)
		if n := len(box.Letters()); n != 3 {
			t.Errorf("%d letters have come", n)
		}

		// Another server does not get this one's password.
		settings["host"] = "localhost"
		delete(settings, "password")
		var now struct{ HasPassword bool }
		owner.do(http.StatusOK, "PUT", "/api/settings/mail", settings, &now)
		if now.HasPassword {
			t.Error("a stored password goes to another server")
		}
		all, err := r.Store().Settings(t.Context())
		must(t, err)
		for name := range all {
			if strings.HasPrefix(name, "secret.") {
				t.Errorf("settings are shown with %s", name)
			}
		}
	})
}

// linkIn reads the token out of the nth letter.
func linkIn(t *testing.T, box *stettest.Postbox, n int, to, place string) string {
	t.Helper()
	letters := box.Letters()
	if len(letters) <= n || letters[n].To != to {
		t.Fatalf("no letter %d to %s: %d have come", n, to, len(letters))
	}
	whole := strings.ReplaceAll(strings.ReplaceAll(letters[n].Data, "=\r\n", ""), "=3D", "=")
	m := regexp.MustCompile(regexp.QuoteMeta("http://magazine.example"+place) + `([\w-]+)`).FindStringSubmatch(whole)
	if m == nil {
		t.Fatalf("no link in %s", whole)
	}
	return m[1]
}

func TestIssuer(t *testing.T) {
	onBoth(t, func(t *testing.T, r *room) {
		issuer := stettest.NewIssuer(t)
		client := web.NewClient(web.ClientOptions{AllowPrivate: true})
		t.Cleanup(client.Close)
		srv := httptest.NewUnstartedServer(nil)
		base := "http://" + srv.Listener.Addr().String()
		srv.Config.Handler = desk.New(desk.Options{
			Store: r.Store(), Room: r.Room, Logger: stettest.Logger(t), URL: base,
			Issuer: desk.IssuerOptions{URL: issuer.URL, ClientID: issuer.ClientID, ClientSecret: issuer.ClientSecret, Name: "The House", Client: client},
		})
		srv.Start()
		t.Cleanup(srv.Close)

		// arrive goes the whole way and returns where it ends.
		arrive := func(who stettest.Vouched) (*http.Client, *url.URL) {
			jar, err := cookiejar.New(nil)
			must(t, err)
			issuer.Next(who)
			c := &http.Client{Jar: jar, CheckRedirect: func(req *http.Request, _ []*http.Request) error {
				if strings.HasPrefix(req.URL.Path, "/desk/") && !strings.HasPrefix(req.URL.Path, "/desk/issuer/") {
					return http.ErrUseLastResponse
				}
				return nil
			}}
			res, err := c.Get(base + "/desk/issuer/start?back=/account")
			must(t, err)
			res.Body.Close()
			at, err := res.Location()
			if err != nil {
				t.Fatalf("the way ends at %s with %s", res.Request.URL, res.Status)
			}
			return c, at
		}
		signedIn := func(c *http.Client) bool {
			res, err := c.Get(base + "/api/session")
			must(t, err)
			res.Body.Close()
			return res.StatusCode == http.StatusOK
		}
		editor := stettest.Vouched{Subject: "e1", Email: "Editor@causeway.example", Verified: true}
		c, at := arrive(editor)
		if at.Path != "/desk/account" || !signedIn(c) {
			t.Errorf("an editor arrives at %s", at)
		}
		editor.Email = "elsewhere@causeway.example" // the same person, whatever the address now is
		if c, at := arrive(editor); at.Path != "/desk/account" || !signedIn(c) {
			t.Errorf("the same editor arrives at %s", at)
		}
		for name, who := range map[string]stettest.Vouched{
			"nobody we know":          {Subject: "x1", Email: "stranger@causeway.example", Verified: true},
			"an address not verified": {Subject: "w1", Email: "writer@causeway.example"},
			"the address of another":  {Subject: "e2", Email: "editor@causeway.example", Verified: true},
		} {
			if c, at := arrive(who); at.Path != "/desk/signin" || at.Query().Get("problem") == "" || signedIn(c) {
				t.Errorf("%s arrives at %s", name, at)
			}
		}
		issuer.Lie("of another sign-in")
		if c, at := arrive(editor); at.Path != "/desk/signin" || signedIn(c) {
			t.Errorf("a token for another sign-in arrives at %s", at)
		}
		issuer.Lie("")

		// A return that did not begin in this browser, and one that is replayed.
		res, err := (&http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}).Get(base + "/desk/issuer/return?code=x&state=y")
		must(t, err)
		res.Body.Close()
		if at, err := res.Location(); err != nil || at.Path != "/desk/signin" {
			t.Errorf("a return from nowhere: %v, %v", at, err)
		}
		// Nobody is sent elsewhere afterwards.
		for _, back := range []string{"//evil.example", "https://evil.example", `/\evil.example`} {
			jar, err := cookiejar.New(nil)
			must(t, err)
			c := &http.Client{Jar: jar}
			res, err := c.Get(base + "/desk/issuer/start?back=" + url.QueryEscape(back))
			must(t, err)
			res.Body.Close()
			if res.Request.URL.Host != strings.TrimPrefix(base, "http://") {
				t.Errorf("back=%s leads to %s", back, res.Request.URL)
			}
		}
	})
}
