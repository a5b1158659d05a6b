// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package browsertest

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"stet"
	"stet/internal/demo"
	"stet/internal/newsroom"
	"stet/internal/prose"
)

// TestPeople: an editor adds a guest without an account, corrects them, and
// makes one of a writer who was there twice; readers then see one name.
func TestPeople(t *testing.T) {
	t.Parallel()
	h, err := house()
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "magazine")
	if err := furnish(dir, addDouble); err != nil {
		t.Fatal(err)
	}
	program, err := serve(h.bin, dir)
	if err != nil {
		t.Fatal(err)
	}
	p := readAt(t, program.base, desk)
	p.signIn("sunniva@causeway.example", demo.Password)
	p.atDesk()

	p.visit("/desk/people")
	p.says("Leyla Hartog")
	p.check("the people")
	p.act("New person")
	p.fill("Name", "Ada Quist")
	p.act("Add")
	p.wait("the guest beside the list", `document.querySelector("aside h2")?.textContent === "Ada Quist"`)
	p.says("/person/ada-quist")
	p.act("Add a role")
	p.fill("Role", "Harbour pilot")
	p.fill("Slug", "ada")
	p.check("a person who is being changed")
	p.act("Save")
	p.says("Also leading here: /person/ada-quist")
	p.wait("the role in the list", `document.querySelector("table").innerText.includes("Harbour pilot")`)

	// A colleague is quicker, and nothing is overwritten.
	p.fill("Sort name", "Quist, Ada")
	if !js[bool](p, `(async () => { const id = new URLSearchParams(location.search).get("person"), address = "/api/people/" + id, was = await fetch(address).then((r) => r.json());
		return (await fetch(address, { method: "PATCH", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ updatedAt: was.updatedAt, bio: "Pilots ships." }) })).ok })()`) {
		t.Fatal("the colleague could not save")
	}
	p.expect(409)
	p.act("Save")
	p.says("Somebody else has saved other changes meanwhile")
	p.act("Save")
	p.wait("both changes", `fetch("/api/people/" + new URLSearchParams(location.search).get("person")).then((r) => r.json()).then((a) => { window.ada = a; }), window.ada?.bio === "Pilots ships." && window.ada?.sortName === "Quist, Ada"`)

	p.visit("/desk/people?q=leyla")
	p.act("Leyla Hartog")
	p.says("The same person?")
	p.act("Merge with Leila Hartog")
	p.says("What will happen")
	js[bool](p, `([...document.querySelectorAll("[role=dialog] label")].find((l) => l.textContent.trim() === "Leila Hartog").click(), true)`)
	p.says("Leyla Hartog and their other spellings become other spellings of Leila Hartog")
	p.axe("the dialog of a merge")
	p.act("Merge for good")
	p.wait("the one who remains", `document.querySelector("aside h2")?.textContent === "Leila Hartog"`)
	p.visit("/person/leyla-hartog")
	p.arrive("/person/leila-hartog")
	p.says("A tide gauge is read")
	p.visit("/desk/people")
	p.see(phone)
	p.says("Leila Hartog")
	p.check("the people on a phone")
}

// addDouble gives the magazine a writer a second time, with a story.
func addDouble(ctx context.Context, room *newsroom.Room) error {
	double := stet.Person{Name: "Leyla Hartog", Author: true}
	if err := room.AddPerson(ctx, stet.Operator, &double); err != nil {
		return err
	}
	sections, err := room.Store().Sections(ctx)
	if err != nil {
		return err
	}
	doc, _ := prose.FromMarkdown("It is read at six.", prose.Options{})
	a := stet.Article{Kind: stet.Story, Content: stet.Content{
		Headline: "A tide gauge is read", Section: stet.Ref{ID: sections[0].PublicID}, Body: doc.JSON(), Bylines: []stet.Byline{{Person: stet.Ref{ID: double.PublicID}}},
	}}
	if err := room.Draft(ctx, stet.Operator, &a); err != nil {
		return err
	}
	_, err = room.Publish(ctx, stet.Operator, a.ID, newsroom.PublishOptions{At: time.Now()})
	return err
}
