// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package desk_test

import (
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"stet"
	"stet/internal/newsroom"
)

// bearer is a program that has nothing but a token.
func (r *room) bearer(t *testing.T, token string) *client {
	t.Helper()
	return &client{t, r.url, &http.Client{Transport: withToken(token)}}
}

type withToken string

func (k withToken) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("Authorization", "Bearer "+string(k))
	return http.DefaultTransport.RoundTrip(r)
}

func TestTokens(t *testing.T) {
	onBoth(t, func(t *testing.T, r *room) {
		r.as(t, stet.Editor).do(http.StatusForbidden, "GET", "/api/tokens", nil, nil)
		r.as(t, stet.Editor).do(http.StatusForbidden, "POST", "/api/tokens", map[string]any{"name": "Mine"}, nil)
		admin := r.as(t, stet.Administrator)
		for name, wrong := range map[string]map[string]any{
			"no name":              {"name": " "},
			"a scope of no act":    {"name": "x", "scopes": []string{"do anything"}},
			"keys to the house":    {"name": "x", "scopes": []string{string(newsroom.KeepStaff)}},
			"over before it began": {"name": "x", "expiresAt": r.clock.Now().Add(-time.Hour)},
		} {
			t.Log(name)
			admin.do(http.StatusBadRequest, "POST", "/api/tokens", wrong, nil)
		}
		make := func(scopes ...newsroom.Act) (id string, c *client) {
			var made struct{ ID, Token, Hint string }
			admin.do(http.StatusOK, "POST", "/api/tokens", map[string]any{"name": "Statistics", "scopes": scopes, "expiresAt": r.clock.Now().Add(time.Hour)}, &made)
			if !strings.HasPrefix(made.Token, newsroom.TokenPrefix) || !strings.HasSuffix(made.Token, made.Hint) {
				t.Errorf("token %q, hint %q", made.Token, made.Hint)
			}
			return made.ID, r.bearer(t, made.Token)
		}
		_, reads := make()
		reads.do(http.StatusOK, "GET", "/api/articles", nil, nil)
		reads.do(http.StatusForbidden, "POST", "/api/articles", map[string]string{"headline": "x"}, nil)
		reads.do(http.StatusForbidden, "GET", "/api/tokens", nil, nil)
		id, writes := make(newsroom.Write)
		writes.do(http.StatusOK, "POST", "/api/articles", map[string]string{"headline": "x"}, nil)
		admin.do(http.StatusNoContent, "DELETE", "/api/tokens/"+id, nil, nil)
		writes.do(http.StatusUnauthorized, "GET", "/api/articles", nil, nil)
		r.bearer(t, "stet_nothing").do(http.StatusUnauthorized, "GET", "/api/articles", nil, nil)

		var list struct {
			Items []struct{ ID, Name, UsedAt, RevokedAt, Token string }
		}
		admin.do(http.StatusOK, "GET", "/api/tokens", nil, &list)
		for _, row := range list.Items {
			if row.UsedAt == "" || row.Token != "" || (row.ID == id) != (row.RevokedAt != "") {
				t.Errorf("in the list: %+v", row)
			}
		}
		r.clock.Advance(2 * time.Hour)
		reads.do(http.StatusUnauthorized, "GET", "/api/articles", nil, nil)
	})
}

// What outlives a session is not made with one that was left open: a token, and
// a webhook that tells more than before or tells somebody else.
func TestIntegrationsWantProof(t *testing.T) {
	onBoth(t, func(t *testing.T, r *room) {
		to := newReceiver(t)
		admin := r.as(t, stet.Administrator)
		hook := map[string]any{"name": "Archive", "url": to.URL, "events": []string{"article.published", "article.updated"}}
		with := func(changes map[string]any) map[string]any {
			out := maps.Clone(hook)
			maps.Copy(out, changes)
			return out
		}
		var made struct{ ID, Secret string }
		admin.do(http.StatusOK, "POST", "/api/webhooks", hook, &made)
		at := "/api/webhooks/" + made.ID

		r.clock.Advance(newsroom.ProofLength + time.Minute)
		wants := []struct {
			name, method, path string
			body               any
		}{
			{"a token", "POST", "/api/tokens", map[string]any{"name": "Statistics"}},
			{"a webhook", "POST", "/api/webhooks", hook},
			{"another address", "PUT", at, with(map[string]any{"url": to.URL + "/elsewhere"})},
			{"one event more", "PUT", at, with(map[string]any{"events": []string{"article.published", "article.submitted"}})},
			{"all events", "PUT", at, with(map[string]any{"events": []string{}})},
			{"another secret", "POST", at + "/secret", nil},
		}
		for _, w := range wants {
			var problem struct {
				Errors []struct{ Location string }
			}
			admin.do(http.StatusForbidden, w.method, w.path, w.body, &problem)
			if len(problem.Errors) != 1 || problem.Errors[0].Location != "session.proof" {
				t.Errorf("%s: the app cannot tell what is wanted: %+v", w.name, problem)
			}
		}
		// To rename it, to tell it less and to switch it off waits for nothing.
		admin.do(http.StatusOK, "PUT", at, with(map[string]any{"name": "The archive", "events": []string{"article.published"}}), nil)
		admin.do(http.StatusOK, "PUT", at, with(map[string]any{"events": []string{"article.published"}, "disabled": true}), nil)
		admin.do(http.StatusForbidden, "PUT", at, with(map[string]any{"events": []string{"article.published"}}), nil) // on again
		var list struct {
			Items []struct{ Secret, URL string }
		}
		admin.do(http.StatusOK, "GET", "/api/webhooks", nil, &list)
		if len(list.Items) != 1 || list.Items[0].Secret != made.Secret || list.Items[0].URL != to.URL {
			t.Errorf("what was refused was done: %+v", list)
		}
		admin.do(http.StatusNoContent, "POST", "/api/session/proof", map[string]string{"password": password}, nil)
		for _, w := range wants {
			t.Log(w.name)
			admin.do(http.StatusOK, w.method, w.path, w.body, nil)
		}
	})
}

// A token is as good as the account for which it acts.
func TestTokenOfDisabledAccount(t *testing.T) {
	onBoth(t, func(t *testing.T, r *room) {
		var made struct{ Token string }
		r.as(t, stet.Administrator).do(http.StatusOK, "POST", "/api/tokens", map[string]any{"name": "Statistics"}, &made)
		a := r.staff[stet.Administrator]
		a.Disabled = true
		must(t, r.UpdateStaff(t.Context(), stet.Operator, &a))
		r.bearer(t, made.Token).do(http.StatusUnauthorized, "GET", "/api/articles", nil, nil)
	})
}

// receiver is a server that is told of things.
type receiver struct {
	*httptest.Server
	mu     sync.Mutex
	status int
	got    []*http.Request
	bodies []string
}

func newReceiver(t *testing.T) *receiver {
	v := &receiver{status: http.StatusNoContent}
	v.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		v.mu.Lock()
		defer v.mu.Unlock()
		v.got, v.bodies = append(v.got, r), append(v.bodies, string(b))
		w.WriteHeader(v.status)
		io.WriteString(w, "heard")
	}))
	t.Cleanup(v.Close)
	return v
}

func TestWebhooks(t *testing.T) {
	onBoth(t, func(t *testing.T, r *room) {
		to := newReceiver(t)
		admin := r.as(t, stet.Administrator)
		r.as(t, stet.Editor).do(http.StatusForbidden, "GET", "/api/webhooks", nil, nil)
		admin.do(http.StatusBadRequest, "POST", "/api/webhooks", map[string]any{"name": "x", "url": "ftp://example.org"}, nil)
		admin.do(http.StatusBadRequest, "POST", "/api/webhooks", map[string]any{"name": "x", "url": to.URL, "events": []string{"article.eaten"}}, nil)
		var hook struct{ ID, Secret string }
		admin.do(http.StatusOK, "POST", "/api/webhooks", map[string]any{"name": "Archive", "url": to.URL, "events": []string{"article.published"}}, &hook)

		a := stet.Article{Content: stet.Content{Headline: "The dam holds", Section: stet.Ref{ID: r.europe.PublicID}}}
		must(t, r.Draft(t.Context(), r.staff[stet.Editor], &a))
		_, err := r.Publish(t.Context(), r.staff[stet.Editor], a.ID, newsroom.PublishOptions{})
		must(t, err)
		r.work(t)
		if len(to.got) != 1 {
			t.Fatalf("%d messages arrived", len(to.got))
		}
		h := to.got[0].Header
		if want := newsroom.Sign(hook.Secret, h.Get("webhook-id"), h.Get("webhook-timestamp"), to.bodies[0]); h.Get("webhook-signature") != want {
			t.Errorf("signature %q, want %q", h.Get("webhook-signature"), want)
		}
		var told struct {
			Type string
			Data struct {
				Article struct {
					ID, Headline, Path, Status string
					Version                    int
				}
				Staff string
			}
		}
		must(t, json.Unmarshal([]byte(to.bodies[0]), &told))
		if d := told.Data; told.Type != "article.published" || d.Article.ID != a.PublicID || d.Article.Path != "/europe/the-dam-holds" || d.Article.Version != 1 || d.Article.Status != "published" || d.Staff != "editor" {
			t.Errorf("told: %s", to.bodies[0])
		}

		// Withdrawing is not among the events that it wants.
		must(t, r.Withdraw(t.Context(), r.staff[stet.Editor], a.ID))
		r.work(t)
		if len(to.got) != 1 {
			t.Errorf("it was told of what it did not want: %v", to.bodies)
		}
		messages := r.messages(t, admin, hook.ID)
		if len(messages) != 1 || messages[0].State != "delivered" || messages[0].Status != http.StatusNoContent {
			t.Errorf("messages: %+v", messages)
		}
	})
}

type message struct {
	ID, State, Answer string
	Status, Attempts  int
}

func (r *room) messages(t *testing.T, c *client, hook string) []message {
	t.Helper()
	var list struct{ Items []message }
	c.do(http.StatusOK, "GET", "/api/webhooks/"+hook+"/messages", nil, &list)
	return list.Items
}

// A receiver that is down is tried again; one that says Gone is not; and
// people can have a message sent once more.
func TestWebhookRetries(t *testing.T) {
	onBoth(t, func(t *testing.T, r *room) {
		to := newReceiver(t)
		admin := r.as(t, stet.Administrator)
		var hook struct{ ID, Secret string }
		admin.do(http.StatusOK, "POST", "/api/webhooks", map[string]any{"name": "Archive", "url": to.URL}, &hook)
		to.status = http.StatusServiceUnavailable
		admin.do(http.StatusOK, "POST", "/api/webhooks/"+hook.ID+"/test", nil, nil)
		r.work(t)
		m := r.messages(t, admin, hook.ID)[0]
		if m.State != "waiting" || m.Attempts != 1 || m.Status != 503 || m.Answer != "heard" {
			t.Fatalf("after a refusal: %+v", m)
		}
		to.status = http.StatusGone
		r.clock.Advance(time.Minute)
		r.work(t)
		if m := r.messages(t, admin, hook.ID)[0]; m.State != "failed" || m.Attempts != 2 {
			t.Fatalf("after Gone: %+v", m)
		}
		to.status = http.StatusOK
		admin.do(http.StatusNoContent, "POST", "/api/webhooks/"+hook.ID+"/messages/"+m.ID+"/again", nil, nil)
		r.work(t)
		if m := r.messages(t, admin, hook.ID)[0]; m.State != "delivered" || m.Attempts != 3 {
			t.Fatalf("sent again: %+v", m)
		}
		ids := []string{}
		for _, q := range to.got {
			ids = append(ids, q.Header.Get("webhook-id"))
		}
		if slices.Sort(ids); len(slices.Compact(ids)) != 1 {
			t.Errorf("one message has the ids %v", ids)
		}

		old := hook.Secret
		admin.do(http.StatusOK, "POST", "/api/webhooks/"+hook.ID+"/secret", nil, &hook)
		if hook.Secret == old {
			t.Error("the secret is the old one")
		}
		admin.do(http.StatusOK, "PUT", "/api/webhooks/"+hook.ID, map[string]any{"name": "Archive", "url": to.URL, "disabled": true}, nil)
		admin.do(http.StatusOK, "POST", "/api/webhooks/"+hook.ID+"/test", nil, nil)
		admin.do(http.StatusNoContent, "DELETE", "/api/webhooks/"+hook.ID, nil, nil)
		admin.do(http.StatusNotFound, "GET", "/api/webhooks/"+hook.ID+"/messages", nil, nil)
		r.work(t)
	})
}

func TestReference(t *testing.T) {
	onBoth(t, func(t *testing.T, r *room) {
		res, err := http.Get(r.url + "/api/")
		must(t, err)
		defer res.Body.Close()
		page, err := io.ReadAll(res.Body)
		must(t, err)
		for _, want := range []string{"/api/articles/{id}", "Bearer", `id="ArticleRow"`, "needs no sign-in"} {
			if !strings.Contains(string(page), want) {
				t.Errorf("the reference lacks %s", want)
			}
		}
		var doc struct{ OpenAPI string }
		r.nobody(t).do(http.StatusOK, "GET", "/api/openapi.json", nil, &doc)
		if !strings.HasPrefix(doc.OpenAPI, "3.1") {
			t.Errorf("OpenAPI %q", doc.OpenAPI)
		}
	})
}
