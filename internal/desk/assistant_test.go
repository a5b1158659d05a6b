// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package desk_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"stet"
	"stet/internal/newsroom"
	"stet/internal/prose"
)

// quarrel is a story that quotes two people who do not agree, as its record is
// kept over the API.
func (r *room) quarrel(t *testing.T, editor *client) string {
	t.Helper()
	topic := stet.Topic{Name: "Treaties"}
	must(t, r.AddTopic(t.Context(), stet.Operator, &topic))
	doc, err := prose.New(prose.Paragraph(prose.Text("“I support the treaty,” said Jane Doe.")), prose.Paragraph(prose.Text("“I oppose the treaty,” said Paul Ash.")))
	must(t, err)
	a := stet.Article{Content: stet.Content{Headline: "The treaty", Section: stet.Ref{ID: r.europe.PublicID}, Topics: []stet.Ref{{ID: topic.PublicID}}, Body: doc.JSON()}}
	must(t, r.Draft(t.Context(), stet.Operator, &a))
	rec, err := r.Record(t.Context(), &a)
	must(t, err)
	for _, p := range rec.Passages {
		c := newsroom.Confirmation{Anchor: p.Anchor, Kind: p.Kind, Text: p.Text, Saying: &newsroom.Saying{Words: p.Found.Words, Date: p.Found.Date, Newcomer: &newsroom.Newcomer{Name: p.Found.Name}}}
		_, _, err := r.Confirm(t.Context(), stet.Operator, a.ID, c)
		must(t, err)
	}
	var pairs []struct{ First, Second struct{ ID string } }
	if editor.do(200, "GET", "/api/articles/"+a.PublicID+"/counterpoints/proposed", nil, &pairs); len(pairs) != 1 {
		t.Fatalf("proposed: %+v", pairs)
	}
	return "/api/articles/" + a.PublicID + "/counterpoints/reading"
}

// TestAssistantConversation sets an assistant up, tries it, asks it and shows
// the reading to a colleague, each as the app does.
func TestAssistantConversation(t *testing.T) {
	onBoth(t, func(t *testing.T, r *room) {
		const key = "sk-very-secret-4711"
		var asked atomic.Int32
		status := http.StatusOK
		model := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
			asked.Add(1)
			if req.URL.Path == "/nli" {
				io.WriteString(w, `[{"label":"contradiction","score":0.97},{"label":"neutral","score":0.03}]`)
				return
			}
			if req.Header.Get("Authorization") != "Bearer "+key || req.URL.Path != "/v1/chat/completions" {
				w.WriteHeader(http.StatusUnauthorized)
				return
			}
			w.WriteHeader(status)
			content, _ := json.Marshal(`{"pairs":[{"id":"1","label":"contradicts","reason":"One says yes, the other no."}]}`)
			io.WriteString(w, `{"choices":[{"message":{"role":"assistant","content":`+string(content)+`}}]}`)
		}))
		t.Cleanup(model.Close)
		admin, editor, writer := r.as(t, stet.Administrator), r.as(t, stet.Editor), r.as(t, stet.Writer)
		reading := r.quarrel(t, editor)
		settings := "/api/settings/assistant"

		type view struct {
			Kind, Address, Model string
			Inside, HasKey       bool
		}
		var now view
		if admin.do(200, "GET", settings, nil, &now); now != (view{Kind: "off"}) {
			t.Errorf("before there is one: %+v", now)
		}
		editor.do(403, "GET", settings, nil, nil)
		editor.do(403, "POST", settings+"/try", nil, nil)
		admin.do(409, "POST", settings+"/try", nil, nil)
		editor.do(409, "POST", reading, nil, nil)
		chat := map[string]any{"kind": "chat", "address": model.URL + "/v1", "model": "small-1", "inside": true, "key": key}
		editor.do(403, "PUT", settings, chat, nil)
		admin.do(422, "PUT", settings, map[string]any{"kind": "oracle"}, nil)
		admin.do(400, "PUT", settings, map[string]any{"kind": "chat", "address": "http://model.example", "model": "m"}, nil)
		if admin.do(200, "PUT", settings, chat, &now); now != (view{"chat", model.URL + "/v1", "small-1", true, true}) {
			t.Errorf("set: %+v", now)
		}
		if _, answer, err := admin.try("GET", settings, nil); err != nil || strings.Contains(string(answer), key) {
			t.Errorf("the key comes back: %s, %v", answer, err)
		}

		var tried struct{ Label, Reason, Host, Sent, Answer string }
		admin.do(200, "POST", settings+"/try", nil, &tried)
		if tried.Label != "contradicts" || tried.Reason != "One says yes, the other no." || !strings.Contains(tried.Sent, "bridge") || !strings.Contains(tried.Answer, "choices") {
			t.Errorf("tried: %+v", tried)
		}

		type advice struct {
			Kind, Host, Model string
			Reading           *struct {
				Host, Model, At, Staff string
				Pairs                  []struct{ First, Second, Label, Reason string }
				Exchanges              []struct{ Sent, Answer string }
			}
		}
		var got advice
		if editor.do(200, "GET", reading, nil, &got); got.Kind != "chat" || got.Host == "" || got.Model != "small-1" || got.Reading != nil {
			t.Errorf("before anybody asks: %+v", got)
		}
		writer.do(403, "GET", reading, nil, nil)
		writer.do(403, "POST", reading, nil, nil)
		r.nobody(t).do(401, "POST", reading, nil, nil)
		editor.do(404, "POST", "/api/articles/nothing00000/counterpoints/reading", nil, nil)
		before := asked.Load()
		editor.do(200, "POST", reading, nil, &got)
		for _, c := range []*client{editor, admin} {
			var again advice
			c.do(200, "GET", reading, nil, &again)
			if v := again.Reading; v == nil || v.Staff != "editor" || len(v.Pairs) != 1 || v.Pairs[0].Label != "contradicts" || len(v.Exchanges) != 1 || strings.Contains(v.Exchanges[0].Sent, "The treaty\"") || v.At != got.Reading.At {
				t.Errorf("read: %+v", v)
			}
		}
		if n := asked.Load() - before; n != 1 {
			t.Errorf("asked %d times for one reading that two have seen", n)
		}

		// What goes wrong out there is said, and the reading stays.
		status = http.StatusInternalServerError
		var problem struct{ Detail string }
		editor.do(409, "POST", reading, nil, &problem)
		if !strings.Contains(problem.Detail, "is in trouble (500)") {
			t.Errorf("the problem: %+v", problem)
		}
		if editor.do(200, "GET", reading, nil, &got); got.Reading == nil {
			t.Error("the reading is gone")
		}

		admin.do(200, "PUT", settings, map[string]any{"kind": "nli", "address": model.URL + "/nli", "inside": true}, &now)
		if now.HasKey {
			t.Error("the key of the one goes to the other")
		}
		editor.do(200, "POST", reading, nil, &got)
		if p := got.Reading.Pairs[0]; p.Label != "contradicts" || p.Reason != "The one contradicts the other, 97 %" || !strings.HasPrefix(got.Reading.Exchanges[0].Sent, `{"premise":`) {
			t.Errorf("read by inference: %+v", got.Reading)
		}
		for range 20 {
			code, _, err := editor.try("POST", reading, nil)
			must(t, err)
			if code == http.StatusTooManyRequests {
				return
			}
		}
		t.Error("nobody is made to wait")
	})
}
