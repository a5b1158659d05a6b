// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package browsertest

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"stet"
	"stet/internal/newsroom"
	"stet/internal/prose"
)

// quarrel is a draft that quotes people who do not agree on two matters, with
// its statements in the record.
func quarrel(ctx context.Context, room *newsroom.Room) (id string, err error) {
	topic := stet.Topic{Name: "The treaty of Velin"}
	if err := room.AddTopic(ctx, stet.Operator, &topic); err != nil {
		return "", err
	}
	section, err := section(ctx, room, "ideas")
	if err != nil {
		return "", err
	}
	doc, err := prose.New(
		prose.Paragraph(prose.Text("“The breach was a serious matter,” said Jane Marrow, the foreign secretary.")),
		prose.Paragraph(prose.Text("But Paul Ashby, her deputy, said: “The breach was a non-issue from the start.”")),
		prose.Paragraph(prose.Text("“I support the treaty,” said Jane Marrow.")),
		prose.Paragraph(prose.Text("“I oppose the treaty,” said Paul Ashby.")),
	)
	if err != nil {
		return "", err
	}
	a := stet.Article{Kind: stet.Story, Content: stet.Content{Headline: "What nobody has read yet", Section: section, Topics: []stet.Ref{{ID: topic.PublicID}}, Body: doc.JSON()}}
	if err := room.Draft(ctx, stet.Operator, &a); err != nil {
		return "", err
	}
	rec, err := room.Record(ctx, &a)
	if err != nil {
		return "", err
	}
	known := map[string]string{}
	for _, p := range rec.Passages {
		saying := newsroom.Saying{Words: p.Found.Words, Date: p.Found.Date, Speaker: known[p.Found.Name]}
		if saying.Speaker == "" {
			saying.Newcomer = &newsroom.Newcomer{Name: p.Found.Name}
		}
		_, s, err := room.Confirm(ctx, stet.Operator, a.ID, newsroom.Confirmation{Anchor: p.Anchor, Kind: p.Kind, Text: p.Text, Saying: &saying})
		if err != nil {
			return "", err
		}
		who, err := room.Store().Person(ctx, s.SpeakerID)
		if err != nil {
			return "", err
		}
		known[p.Found.Name] = who.PublicID
	}
	return a.PublicID, nil
}

// TestAskingTheAssistant names a model in the settings, tries it, and asks it
// about the pairs that are proposed beside a story. A colleague sees the same
// reading, and what was sent.
func TestAskingTheAssistant(t *testing.T) {
	t.Parallel()
	h, err := house()
	if err != nil {
		t.Fatal(err)
	}
	dir, story := filepath.Join(t.TempDir(), "magazine"), ""
	if err := furnish(dir, func(ctx context.Context, room *newsroom.Room) (err error) {
		story, err = quarrel(ctx, room)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	const key = "sk-very-secret-4711"
	var asked atomic.Int32
	var down atomic.Bool
	model := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		body, _ := io.ReadAll(r.Body)
		switch {
		case r.Header.Get("Authorization") != "Bearer "+key:
			w.WriteHeader(http.StatusUnauthorized)
			return
		case down.Load():
			w.WriteHeader(http.StatusTooManyRequests)
			return
		}
		says := `{"pairs":[{"id":"2","label":"contradicts","reason":"She is for the treaty, <b>he</b> against it."},{"id":"1","label":"none","reason":"A judgement, not a fact."}]}`
		if strings.Contains(string(body), "bridge") {
			says = `{"pairs":[{"id":"1","label":"differs_on_fact","reason":"Open and closed exclude each other."}]}`
		}
		content, _ := json.Marshal(says)
		fmt.Fprintf(w, `{"choices":[{"message":{"role":"assistant","content":%s}}]}`, content)
	}))
	t.Cleanup(model.Close)
	program, err := serve(h.bin, dir)
	if err != nil {
		t.Fatal(err)
	}
	a := administrator{readAt(t, program.base, desk)}
	a.expect(401) // before signing in
	a.signIn("hanne")
	a.opens("assistant")
	a.check("no assistant")
	a.chooses("label", "A language model")
	a.types(`input[placeholder="https://api.example.org/v1"]`, model.URL+"/v1")
	a.types(`input[placeholder="As the endpoint calls it"]`, "small-1")
	a.types(`input[type=password]`, "sk-a-wrong-one")
	a.expect(400)
	a.chooses("button", "Save")
	a.says("begins with https://")
	a.chooses("label", "This address is within our own network")
	a.chooses("button", "Save")
	a.says("One is kept, and never shown.")
	a.expect(409)
	a.chooses("button", "Try it")
	a.says("does not let us in (401)")
	a.types(`input[type=password]`, key)
	a.says("What is changed here is tried once it is saved.")
	a.chooses("button", "Save")
	a.says("Trying it sends one pair")
	a.chooses("button", "Try it")
	a.says("Differs on fact: Open and closed exclude each other.")
	a.chooses("summary", "What was sent")
	a.check("an assistant that was tried")

	a.visit("/desk/articles/" + story + "?panel=record")
	part := `document.querySelector("section[aria-label='Side by side?']")`
	a.wait("the proposals", part+`?.querySelectorAll("ul > li").length === 2`)
	first := part + `.querySelector("ul > li").textContent`
	a.wait("the breach to come first", first+`.includes("non-issue")`)
	before := asked.Load()
	a.wait("the offer to ask", part+`.textContent.includes("can be asked about these 2 pairs")`)
	a.chooses("button", "Ask the assistant")
	a.wait("the treaty to come first", first+`.includes("treaty")`)
	a.wait("its opinion as text", part+`.textContent.includes("Assistant Contradicts: She is for the treaty, <b>he</b> against it.")`)
	a.wait("the opinion on the other", part+`.textContent.includes("Sees no conflict: A judgement, not a fact.")`)
	a.chooses("summary", "What was sent")
	sent := `document.querySelector("textarea[aria-label='Request 1']")?.value`
	a.wait("what was sent", sent+`?.includes("I oppose the treaty")`)
	if got := js[string](a.page, sent); strings.Contains(got, "nobody has read") || strings.Contains(got, key) || !strings.Contains(got, `"model":"small-1"`) {
		t.Errorf("sent: %s", got)
	}
	a.check("a reading")
	down.Store(true)
	a.expect(409)
	a.chooses("button", "Ask again")
	a.says("come more slowly")
	a.says("The proposals stay as they are.")
	a.wait("the reading to stay", first+`.includes("treaty")`)

	a.signIn("sunniva")
	a.visit("/desk/articles/" + story + "?panel=record")
	a.wait("the same reading", part+`?.textContent.includes("asked by Hanne")`)
	a.wait("its order", first+`.includes("treaty")`)
	if n := asked.Load() - before; n != 2 {
		t.Errorf("asked %d times", n)
	}
	a.chooses("section[aria-label='Side by side?'] li:first-child button", "Set side by side")
	a.wait("the opinion in the dialog", `document.querySelector("[role=dialog]")?.textContent.includes("She is for the treaty")`)
	a.axe("the dialog of a pair that was read")
}
