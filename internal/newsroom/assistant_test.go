// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"stet"
	"stet/internal/newsroom"
	"stet/internal/store"
)

// oracle is an assistant on this machine, and all that it was asked.
type oracle struct {
	*httptest.Server
	mu     sync.Mutex
	asked  []*http.Request
	bodies []string
	answer func(w http.ResponseWriter, body string)
}

func newOracle(t *testing.T, answer func(w http.ResponseWriter, body string)) *oracle {
	t.Helper()
	o := &oracle{answer: answer}
	o.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		o.mu.Lock()
		o.asked, o.bodies = append(o.asked, r), append(o.bodies, string(b))
		answer := o.answer
		o.mu.Unlock()
		answer(w, string(b))
	}))
	t.Cleanup(o.Close)
	return o
}

func (o *oracle) says(answer func(w http.ResponseWriter, body string)) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.answer = answer
}

func (o *oracle) times() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return len(o.bodies)
}

// completion answers as a chat endpoint does.
func completion(content string) func(http.ResponseWriter, string) {
	return func(w http.ResponseWriter, _ string) {
		b, _ := json.Marshal(map[string]any{"id": "x", "object": "chat.completion", "choices": []any{map[string]any{"index": 0, "finish_reason": "stop", "message": map[string]any{"role": "assistant", "content": content}}}})
		w.Header().Set("Content-Type", "application/json")
		w.Write(b)
	}
}

// text answers with a body and a status.
func text(status int, body string) func(http.ResponseWriter, string) {
	return func(w http.ResponseWriter, _ string) {
		w.WriteHeader(status)
		io.WriteString(w, body)
	}
}

// quarrel is a story with two pairs that do not seem to agree.
func (d *desk) quarrel(t *testing.T) (stet.Article, []stet.Statement) {
	t.Helper()
	a := d.quoting(t, "A headline that stays in the house",
		"“The breach was a serious matter,” said Jane Doe, the foreign secretary. Nobody else is to read this sentence.",
		"But Paul Ash, her deputy, said: “The breach was a non-issue from the start.”",
		"“I support the treaty,” said Jane Doe.",
		"“I oppose the treaty,” said Paul Ash.")
	var all []stet.Statement
	for _, words := range []string{"serious", "non-issue", "support", "oppose"} {
		_, s := d.confirm(t, a.ID, words, func(c *newsroom.Confirmation) {
			c.Saying.Date = stet.SaidDate{Value: "2022-04-26", Precision: stet.ToDay}
			if len(all) == 1 {
				c.Saying.Date.Precision = stet.OnOrBefore
			}
		})
		all = append(all, s)
	}
	a = d.article(t, a.ID)
	pairs, err := d.ProposePairs(t.Context(), &a)
	must(t, err)
	if len(pairs) != 2 || pairs[0].First.ID != all[0].ID || pairs[1].First.ID != all[2].ID {
		t.Fatalf("proposed: %+v", pairs)
	}
	return a, all
}

func chatAt(o *oracle) stet.AssistantSettings {
	return stet.AssistantSettings{Kind: stet.ChatAssistant, Address: o.URL + "/v1", Model: "small-1", Inside: true}
}

const secretKey = "sk-very-secret-4711"

func (d *desk) advice(t *testing.T, staff stet.Staff, a stet.Article) newsroom.Advice {
	t.Helper()
	v, err := d.Advice(t.Context(), staff, &a)
	must(t, err)
	return v
}

// TestAssistant asks a chat endpoint about a story's pairs: what is sent is no
// more than was promised, what comes back is kept for all, and forgotten when
// the statements change.
func TestAssistant(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		o := newOracle(t, completion("```json\n{\"pairs\":[{\"id\":2,\"label\":\"contradicts\",\"reason\":\"One supports it,\\n the other \\u202edoes not.\"},{\"id\":\"1\",\"label\":\"none\",\"reason\":\"\",\"confidence\":1}]}\n```"))
		a, said := d.quarrel(t)
		editor := d.editor(t)
		if v := d.advice(t, editor, a); v.On() || v.Reading != nil {
			t.Errorf("before there is one: %+v", v)
		}
		wantCode(t, "to ask nobody", d.AskAssistant(ctx, editor, &a), stet.Conflict)
		key := secretKey
		must(t, d.SetAssistant(ctx, op, stet.Session{}, chatAt(o), &key))
		if o.times() != 0 {
			t.Error("something was sent that nobody has asked for")
		}
		must(t, d.AskAssistant(ctx, editor, &a))

		// What was sent.
		if got := o.asked[0]; got.Method != "POST" || got.URL.Path != "/v1/chat/completions" || got.Header.Get("Authorization") != "Bearer "+secretKey || got.Header.Get("Content-Type") != "application/json" {
			t.Errorf("asked: %s %s %v", got.Method, got.URL, got.Header)
		}
		var sent struct {
			Model    string
			Stream   bool
			Messages []struct{ Role, Content string }
		}
		must(t, json.Unmarshal([]byte(o.bodies[0]), &sent))
		if sent.Model != "small-1" || sent.Stream || len(sent.Messages) != 2 || sent.Messages[0].Role != "system" {
			t.Fatalf("sent: %+v", sent)
		}
		want := `{"pairs":[{"id":"1","first":{"speaker":"Jane Doe","date":"2022-04-26","words":"The breach was a serious matter,"},"second":{"speaker":"Paul Ash","date":"on or before 2022-04-26","words":"The breach was a non-issue from the start."}},` +
			`{"id":"2","first":{"speaker":"Jane Doe","date":"2022-04-26","words":"I support the treaty,"},"second":{"speaker":"Paul Ash","date":"2022-04-26","words":"I oppose the treaty,"}}]}`
		if got := sent.Messages[1].Content; got != want {
			t.Errorf("sent\n%s\nwant\n%s", got, want)
		}

		// What is kept of it, for another editor and without another call.
		v := d.advice(t, stet.Staff{ID: 99, PublicID: "another", Name: "Another", Role: stet.Administrator}, a)
		if v.Reading == nil || o.times() != 1 {
			t.Fatalf("a colleague sees %+v after %d calls", v, o.times())
		}
		r := v.Reading
		if r.Host != strings.TrimPrefix(o.URL, "http://") || r.Model != "small-1" || r.Staff != editor.Name || r.ReadAt.IsZero() || r.Exchanges[0].Sent != o.bodies[0] || !strings.Contains(r.Exchanges[0].Answer, "chat.completion") {
			t.Errorf("kept: %+v", r)
		}
		if p := r.Pairs; len(p) != 2 || p[0].First != said[2].PublicID || p[0].Label != stet.Contradicts || p[0].Reason != "One supports it, the other does not." || p[1].First != said[0].PublicID || p[1].Label != "" || p[1].Silent {
			t.Errorf("its pairs: %+v", p)
		}
		if list, err := d.Store().Counterpoints(ctx, false, 0, 9); err != nil || len(list) != 0 {
			t.Errorf("the assistant has set something side by side: %v, %v", list, err)
		}
		acts, err := d.Store().Activity(ctx, activityOf(a))
		must(t, err)
		if len(acts) == 0 || acts[0].Act != "asked the assistant about" || acts[0].Staff != editor.Name || !strings.Contains(acts[0].Details, r.Host+" small-1") {
			t.Errorf("remembered: %+v", acts)
		}

		// Dismissing one pair leaves the reading of the other; an answer that is of
		// no use leaves it as well.
		_, err = d.DismissPair(ctx, op, said[0].PublicID, said[1].PublicID)
		must(t, err)
		o.says(text(500, ""))
		wantCode(t, "an assistant in trouble", d.AskAssistant(ctx, editor, &a), stet.Conflict)
		if again := d.advice(t, editor, a); again.Reading == nil || !again.Reading.ReadAt.Equal(r.ReadAt) {
			t.Errorf("after an asking that failed: %+v", again)
		}

		// Other words, another name: what was read is not so any more.
		must(t, func() error {
			s, err := d.Store().Statement(ctx, said[3].ID)
			must(t, err)
			p, err := d.Store().Person(ctx, s.SpeakerID)
			must(t, err)
			_, err = d.ChangeStatement(ctx, op, s.PublicID, s.UpdatedAt, newsroom.Saying{Words: "I do not oppose the treaty.", Speaker: p.PublicID, Date: s.Date})
			return err
		}())
		if v := d.advice(t, editor, a); v.Reading != nil || !v.On() {
			t.Errorf("after a statement has changed: %+v", v)
		}
		_, err = d.Store().AssistantReading(ctx, a.ID)
		wantCode(t, "a reading of what is not said any more", err, stet.NotFound)

		// Off: nothing is known of it any more, not even the key.
		must(t, d.SetAssistant(ctx, op, stet.Session{}, stet.AssistantSettings{Kind: stet.NoAssistant, Address: "left over"}, nil))
		if s, err := d.Assistant(ctx, op); err != nil || s != (newsroom.Assistant{AssistantSettings: stet.AssistantSettings{Kind: stet.NoAssistant}}) {
			t.Errorf("off: %+v, %v", s, err)
		}
	})
}

// TestAssistantByNLI asks a service of natural language inference, one pair at
// a time.
func TestAssistantByNLI(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		a, said := d.quarrel(t)
		o := newOracle(t, func(w http.ResponseWriter, body string) {
			var in map[string]string
			if json.Unmarshal([]byte(body), &in) != nil || len(in) != 2 || in["premise"] == "" {
				w.WriteHeader(422)
				return
			}
			if strings.Contains(in["premise"], "breach") {
				io.WriteString(w, `{"label":"neutral","score":0.61}`)
				return
			}
			io.WriteString(w, `[[{"label":"NEUTRAL","score":0.1},{"label":"CONTRADICTION","score":0.876},{"label":"ENTAILMENT","score":0.024}]]`)
		})
		must(t, d.SetAssistant(ctx, op, stet.Session{}, stet.AssistantSettings{Kind: stet.NLIAssistant, Address: o.URL + "/nli", Inside: true}, nil))
		must(t, d.AskAssistant(ctx, op, &a))
		r := d.advice(t, op, a).Reading
		if r == nil || len(r.Exchanges) != 2 || o.times() != 2 || o.asked[0].URL.Path != "/nli" || o.asked[0].Header.Get("Authorization") != "" {
			t.Fatalf("read: %+v", r)
		}
		if want := `{"premise":"The breach was a serious matter,","hypothesis":"The breach was a non-issue from the start."}`; o.bodies[0] != want || r.Exchanges[0].Sent != want {
			t.Errorf("sent %s, kept %s", o.bodies[0], r.Exchanges[0].Sent)
		}
		if p := r.Pairs; p[0].First != said[2].PublicID || p[0].Label != stet.Contradicts || p[0].Reason != "The one contradicts the other, 88 %" || p[1].Label != "" || p[1].Reason == "" {
			t.Errorf("its pairs: %+v", p)
		}
	})
}

// TestWhoNamesTheAssistant: settings are for administrators, asking for those who
// set statements side by side, the key for nobody.
func TestWhoNamesTheAssistant(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		o := newOracle(t, completion(`{"pairs":[{"id":"1","label":"contradicts","reason":"The one says open, the other closed."}]}`))
		a, _ := d.quarrel(t)
		key := secretKey
		proven := stet.Session{ProvedAt: d.clock.Now()}
		role := func(r stet.StaffRole) stet.Staff {
			return stet.Staff{ID: 50, PublicID: "p" + string(r), Name: string(r), Role: r}
		}
		for _, r := range []stet.StaffRole{stet.Editor, stet.Writer, stet.Contributor} {
			wantCode(t, string(r)+" sets", d.SetAssistant(ctx, role(r), proven, chatAt(o), &key), stet.Forbidden)
			_, err := d.Assistant(ctx, role(r))
			wantCode(t, string(r)+" sees the settings", err, stet.Forbidden)
			_, err = d.TryAssistant(ctx, role(r))
			wantCode(t, string(r)+" tries", err, stet.Forbidden)
		}
		admin := role(stet.Administrator)
		if err := d.SetAssistant(ctx, admin, stet.Session{}, chatAt(o), &key); err != newsroom.ErrProve {
			t.Errorf("without a recent sign-in: %v", err)
		}
		must(t, d.SetAssistant(ctx, admin, proven, chatAt(o), &key))
		for _, r := range []stet.StaffRole{stet.Writer, stet.Contributor} {
			wantCode(t, string(r)+" asks", d.AskAssistant(ctx, role(r), &a), stet.Forbidden)
			_, err := d.Advice(ctx, role(r), &a)
			wantCode(t, string(r)+" sees the reading", err, stet.Forbidden)
		}
		elsewhere := role(stet.Editor)
		other := stet.Section{Name: "Elsewhere"}
		must(t, d.AddSection(ctx, op, &other))
		elsewhere.Sections = []string{other.PublicID}
		wantCode(t, "an editor of another section", d.AskAssistant(ctx, elsewhere, &a), stet.Forbidden)
		scoped := role(stet.Administrator)
		scoped.Scopes = []string{string(newsroom.Write)}
		wantCode(t, "an integration without the scope", d.AskAssistant(ctx, scoped, &a), stet.Forbidden)
		if o.times() != 0 {
			t.Fatalf("the assistant was asked %d times by those who may not", o.times())
		}

		// The key is used, and shown to nobody: not in settings, exports, readings.
		o.says(func(w http.ResponseWriter, body string) {
			completion(`{"pairs":[{"id":"1","label":"contradicts","reason":"You sent `+secretKey+`."}]}`)(w, body)
		})
		tried, err := d.TryAssistant(ctx, admin)
		must(t, err)
		if tried.Label != stet.Contradicts || tried.Reason != "You sent (key)." || strings.Contains(tried.Exchange.Answer+tried.Exchange.Sent, secretKey) || !strings.Contains(o.bodies[0], "bridge") || strings.Contains(o.bodies[0], "Jane") {
			t.Errorf("tried: %+v, sent %s", tried, o.bodies[0])
		}
		must(t, d.AskAssistant(ctx, admin, &a))
		all, err := d.Store().Settings(ctx)
		must(t, err)
		shown, err := json.Marshal([]any{all, d.advice(t, admin, a)})
		must(t, err)
		if strings.Contains(string(shown), secretKey) {
			t.Errorf("the key is shown: %s", shown)
		}

		// It stays with the address that it was given for.
		has := func(want bool) {
			t.Helper()
			if s, err := d.Assistant(ctx, admin); err != nil || s.HasKey != want {
				t.Errorf("there is a key: %v, want %v (%v)", s.HasKey, want, err)
			}
		}
		s := chatAt(o)
		s.Model = "small-2"
		must(t, d.SetAssistant(ctx, admin, stet.Session{}, s, nil)) // wants no proof: the words go where they went
		has(true)
		s.Address += "/"
		wantCode(t, "another address, unproven", d.SetAssistant(ctx, admin, stet.Session{}, s, nil), stet.Forbidden)
		has(true)
		must(t, d.SetAssistant(ctx, admin, proven, s, nil))
		has(false)

		for name, broken := range map[string]func(*stet.AssistantSettings){
			"no such kind":         func(s *stet.AssistantSettings) { s.Kind = "oracle" },
			"no address":           func(s *stet.AssistantSettings) { s.Address = "" },
			"no http":              func(s *stet.AssistantSettings) { s.Address = "ftp://127.0.0.1/" },
			"in the open":          func(s *stet.AssistantSettings) { s.Address, s.Inside = "http://model.example/v1", false },
			"a name before the @":  func(s *stet.AssistantSettings) { s.Address = "https://key@model.example/v1" },
			"a chat with no model": func(s *stet.AssistantSettings) { s.Model = " " },
			"a model with a NUL":   func(s *stet.AssistantSettings) { s.Model = "a\x00" },
		} {
			bad := chatAt(o)
			broken(&bad)
			wantCode(t, name, d.SetAssistant(ctx, op, stet.Session{}, bad, nil), stet.Invalid)
		}
		for _, bad := range []string{"two words", "line\nbreak", "schlüssel", strings.Repeat("x", 1001)} {
			wantCode(t, fmt.Sprintf("the key %.12q", bad), d.SetAssistant(ctx, op, stet.Session{}, chatAt(o), &bad), stet.Invalid)
		}
	})
}

// TestAssistantInTrouble: whatever comes back, the desk is told in a sentence,
// nothing is kept of it, and the proposals stay.
func TestAssistantInTrouble(t *testing.T) {
	t.Parallel()
	d := openDesk(t, store.Options{Path: t.TempDir() + "/stet.db"})
	d.Room = newsroom.New(newsroom.Options{Store: d.Store(), Blobs: d.blobs, Patience: 700 * time.Millisecond})
	ctx := t.Context()
	a, _ := d.quarrel(t)
	o := newOracle(t, nil)
	elsewhere := newOracle(t, completion(`{"pairs":[{"id":"1","label":"none"}]}`))
	pairs := func(s string) func(http.ResponseWriter, string) { return completion(`{"pairs":` + s + `}`) }
	drip := func(w http.ResponseWriter, _ string) {
		for range 100 {
			if _, err := io.WriteString(w, " "); err != nil {
				return
			}
			w.(http.Flusher).Flush()
			time.Sleep(50 * time.Millisecond)
		}
	}
	endless := func(w http.ResponseWriter, _ string) { io.WriteString(w, strings.Repeat("x", 200<<10)) }
	for _, tt := range []struct {
		name   string
		kind   stet.AssistantKind
		answer func(http.ResponseWriter, string)
		says   string
	}{
		{"the key is wrong", "chat", text(401, `{"error":{"message":"Incorrect API key `+secretKey+`"}}`), "does not let us in (401): the key is missing, wrong, or not for this model. It says: Incorrect API key (key)"},
		{"too often", "chat", text(429, `{"error":"slow down"}`), "come more slowly, or what was paid for is used up (429); try again later. It says: slow down"},
		{"broken", "chat", text(500, `<html>stack trace</html>`), "is in trouble (500); try again later"},
		{"no such model", "chat", text(404, `{"error":{"message":"model 'small-1' not found"}}`), "no model of this name (404). It says: model 'small-1' not found"},
		{"to be paid", "chat", text(402, ``), "paid first (402)"},
		{"not understood", "chat", text(400, `{"detail":[1]}`), "did not take the question (400)"},
		{"silent", "chat", func(http.ResponseWriter, string) { time.Sleep(time.Second) }, "has not answered within"},
		{"slow", "chat", drip, "has not answered within"},
		{"endless", "chat", endless, "much too long"},
		{"elsewhere", "chat", func(w http.ResponseWriter, _ string) {
			w.Header().Set("Location", elsewhere.URL)
			w.WriteHeader(http.StatusTemporaryRedirect)
		}, "redirect"},
		{"breaks off", "chat", func(w http.ResponseWriter, _ string) {
			w.Header().Set("Content-Length", "1000")
			io.WriteString(w, "{")
			w.(http.Flusher).Flush()
			panic(http.ErrAbortHandler)
		}, "broke off"},
		{"a page", "chat", text(200, "<!doctype html>"), "OpenAI-compatible"},
		{"nothing chosen", "chat", text(200, `{"choices":[]}`), "completion is empty"},
		{"null", "chat", text(200, `{"choices":[{"message":{"content":null}}]}`), "completion is empty"},
		{"prose", "chat", completion("Sure! Here it is: {}"), "not with the JSON"},
		{"prose after it", "chat", completion(`{"pairs":[{"id":"1","label":"none"}]} I hope this helps.`), "more than the JSON"},
		{"no pairs", "chat", pairs(`[]`), "none of the pairs"},
		{"a pair of its own", "chat", pairs(`[{"id":"3","label":"none"}]`), "a pair that was not sent"},
		{"no number", "chat", pairs(`[{"label":"none"}]`), "a pair that was not sent"},
		{"a pair twice", "chat", pairs(`[{"id":"1","label":"none"},{"id":1,"label":"answers"}]`), "a pair twice"},
		{"a label of its own", "chat", pairs(`[{"id":"1","label":"lies"}]`), `a label that there is not: "lies"`},
		{"another shape", "chat", completion(`[1,2]`), "not with the JSON"},
		{"no label", "nli", text(200, `{"score":1}`), "is missing"},
		{"no such inference", "nli", text(200, `{"label":"LABEL_0","score":1}`), `"LABEL_0" is none of`},
		{"beyond one", "nli", text(200, `{"label":"neutral","score":12}`), "not between 0 and 1"},
		{"an empty list", "nli", text(200, `[]`), "list is empty"},
		{"one label twice", "nli", text(200, `[{"label":"neutral","score":0.2},{"label":"neutral","score":0.1}]`), "twice"},
		{"no JSON", "nli", text(200, `contradiction`), "not with a label and a score"},
		{"the second one fails", "nli", func() func(http.ResponseWriter, string) {
			first := true
			return func(w http.ResponseWriter, body string) {
				if first {
					first = false
					text(200, `{"label":"contradiction","score":1}`)(w, body)
					return
				}
				text(503, "")(w, body)
			}
		}(), "is in trouble (503)"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d.clock.Advance(time.Hour)
			s, key := chatAt(o), secretKey
			s.Kind = tt.kind
			must(t, d.SetAssistant(ctx, op, stet.Session{}, s, &key))
			o.says(tt.answer)
			err := d.AskAssistant(ctx, op, &a)
			wantCode(t, "it", err, stet.Conflict)
			host := strings.TrimPrefix(o.URL, "http://")
			if got := stet.ErrorMessage(err); !strings.HasPrefix(got, host) || !strings.Contains(got, tt.says) || strings.Contains(got, secretKey) || len(got) > 400 {
				t.Errorf("it is said: %s, want %s", got, tt.says)
			}
			if v := d.advice(t, op, a); v.Reading != nil {
				t.Errorf("kept: %+v", v.Reading)
			}
			if left, err := d.ProposePairs(ctx, &a); err != nil || len(left) != 2 {
				t.Errorf("the proposals: %+v, %v", left, err)
			}
		})
	}
	if elsewhere.times() != 0 {
		t.Error("a redirect was followed")
	}
}

// TestAssistantStaysOutside: without being told otherwise nothing within the
// house is asked, and nobody asks without measure.
func TestAssistantStaysOutside(t *testing.T) {
	t.Parallel()
	d := openDesk(t, store.Options{Path: t.TempDir() + "/stet.db"})
	ctx := t.Context()
	a, _ := d.quarrel(t)
	o := newOracle(t, completion(`{"pairs":[{"id":"1","label":"none"}]}`))
	outside := stet.AssistantSettings{Kind: stet.ChatAssistant, Address: strings.Replace(o.URL, "http://", "https://", 1), Model: "m"}
	must(t, d.SetAssistant(ctx, op, stet.Session{}, outside, nil))
	err := d.AskAssistant(ctx, op, &a)
	wantCode(t, "an address in the house", err, stet.Conflict)
	outside.Address = "https://127.0.0.1/v1"
	must(t, d.SetAssistant(ctx, op, stet.Session{}, outside, nil))
	if err := d.AskAssistant(ctx, op, &a); !strings.Contains(stet.ErrorMessage(err), "the settings have to say so") {
		t.Errorf("an address in the house: %v", err)
	}
	closed := stet.AssistantSettings{Kind: stet.ChatAssistant, Address: "http://127.0.0.1:1/v1", Model: "m", Inside: true}
	must(t, d.SetAssistant(ctx, op, stet.Session{}, closed, nil))
	if err := d.AskAssistant(ctx, op, &a); !strings.Contains(stet.ErrorMessage(err), "nothing answers at 127.0.0.1:1") {
		t.Errorf("nobody there: %v", err)
	}
	clouds := closed
	clouds.Address = "http://169.254.169.254/latest/meta-data"
	must(t, d.SetAssistant(ctx, op, stet.Session{}, clouds, nil))
	if err := d.AskAssistant(ctx, op, &a); !strings.Contains(stet.ErrorMessage(err), "not on the public internet") {
		t.Errorf("where clouds hand out keys: %v", err)
	}
	if o.times() != 0 {
		t.Fatal("an address in the house was asked")
	}

	d.clock.Advance(time.Hour)
	must(t, d.SetAssistant(ctx, op, stet.Session{}, chatAt(o), nil))
	editor := d.editor(t)
	for i := range 10 {
		if err := d.AskAssistant(ctx, editor, &a); err != nil {
			t.Fatalf("asking %d: %v", i, err)
		}
		d.clock.Advance(20 * time.Second)
	}
	err = d.AskAssistant(ctx, editor, &a)
	wantCode(t, "once more", err, stet.RateLimited)
	if wait := waitOf(err); wait <= 0 || wait > 10*time.Minute {
		t.Errorf("it says to wait %v", wait)
	}
	must(t, d.AskAssistant(ctx, op, &a)) // somebody else is not made to wait
	d.clock.Advance(waitOf(err))
	must(t, d.AskAssistant(ctx, editor, &a))
	if o.times() != 12 {
		t.Errorf("asked %d times", o.times())
	}

	empty := d.quoting(t, "Nothing in it", "Nobody said anything.")
	wantCode(t, "a story with no pairs", d.AskAssistant(ctx, editor, &empty), stet.Conflict)
}
