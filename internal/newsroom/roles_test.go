// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom_test

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"stet"
	"stet/internal/newsroom"
	"stet/internal/prose"
)

var update = flag.Bool("update", false, "write the tables of docs/reference/roles.md anew")

const rolesPage = "../../docs/reference/roles.md"

// who is somebody who tries.
type who struct {
	name  string
	staff stet.Staff
}

// cast is one account of each role, and an editor of one section.
func cast(t *testing.T, d *desk) []who {
	t.Helper()
	var out []who
	for _, role := range stet.StaffRoles {
		a := stet.Staff{Email: string(role) + "@sound.example", Name: string(role), Role: role}
		must(t, d.AddStaff(t.Context(), op, &a, ""))
		out = append(out, who{string(role), a})
	}
	a := stet.Staff{Email: "section@sound.example", Name: "section", Role: stet.Editor, Sections: []string{d.sound.PublicID}}
	must(t, d.AddStaff(t.Context(), op, &a, ""))
	return append(out, who{"editor of a section", a})
}

// stories are the kinds of story on which an act is tried: whose, where, and
// how far.
var stories = []struct {
	name   string
	own    bool
	away   bool // in a section that the editor of a section does not have
	status stet.Status
}{
	{"own draft", true, false, stet.Draft},
	{"own, handed in", true, false, stet.InReview},
	{"own, approved", true, false, stet.Approved},
	{"another's", false, false, stet.InReview},
	{"another's, other section", false, true, stet.InReview},
}

// storyFor makes a story of its kind for somebody.
func storyFor(t *testing.T, d *desk, w who, kind int) stet.Article {
	t.Helper()
	k := stories[kind]
	author := op
	if k.own {
		author = w.staff
		author.Sections = nil // begun where they may write; limits are tried below
	}
	section := d.sound
	if k.away {
		section = d.rim
	}
	a := stet.Article{Content: stet.Content{Headline: "A story", Section: stet.Ref{ID: section.PublicID}}}
	must(t, d.Draft(t.Context(), author, &a))
	a.Status = k.status
	must(t, d.Store().SaveArticle(t.Context(), &a))
	return a
}

// errNothing is for an act that has nothing to do on a kind of story.
var errNothing = errors.New("nothing to do")

// tries are the acts on a story, each done for real.
var tries = []struct {
	name string
	do   func(t *testing.T, d *desk, w who, a stet.Article) error
}{
	{"save", func(t *testing.T, d *desk, w who, a stet.Article) error {
		a.Content.Headline = "Another headline"
		return d.Save(t.Context(), w.staff, &a)
	}},
	{"move to another section", func(t *testing.T, d *desk, w who, a stet.Article) error {
		a.Content.Section = stet.Ref{ID: d.rim.PublicID}
		if a.Content.Section.ID == "" {
			t.Fatal("the section has no id")
		}
		return d.Save(t.Context(), w.staff, &a)
	}},
	{"put code into", func(t *testing.T, d *desk, w who, a stet.Article) error {
		doc, err := prose.New(prose.Raw("<script>alert(1)</script>"))
		must(t, err)
		a.Content.Body = doc.JSON()
		return d.Save(t.Context(), w.staff, &a)
	}},
	{"take back", func(t *testing.T, d *desk, w who, a stet.Article) error {
		if a.Status == stet.Draft {
			return errNothing
		}
		return d.TakeBack(t.Context(), w.staff, a.ID)
	}},
	{"publish", func(t *testing.T, d *desk, w who, a stet.Article) error {
		_, err := d.Publish(t.Context(), w.staff, a.ID, newsroom.PublishOptions{AnySlug: true})
		return err
	}},
	{"correct, once it is live", func(t *testing.T, d *desk, w who, a stet.Article) error {
		if _, err := d.Publish(t.Context(), op, a.ID, newsroom.PublishOptions{AnySlug: true}); err != nil {
			t.Fatal(err)
		}
		_, err := d.Correct(t.Context(), w.staff, a.ID, newsroom.CorrectInput{Kind: stet.Correcting, Note: "It was so."})
		return err
	}},
}

// storyTable tries every act by every role on every kind of story.
func storyTable(t *testing.T, d *desk, people []who) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("| who | act |")
	for _, k := range stories {
		b.WriteString(" " + k.name + " |")
	}
	b.WriteString("\n|---|---|" + strings.Repeat("---|", len(stories)) + "\n")
	for _, w := range people {
		for _, try := range tries {
			fmt.Fprintf(&b, "| %s | %s |", w.name, try.name)
			for kind := range stories {
				err := try.do(t, d, w, storyFor(t, d, w, kind))
				if err == errNothing {
					b.WriteString("  |")
					continue
				}
				switch stet.ErrorCode(err) {
				case "":
					b.WriteString(" yes |")
				case stet.Forbidden:
					b.WriteString(" – |")
				default:
					t.Fatalf("%s, %s, %s: %v", w.name, try.name, stories[kind].name, err)
				}
			}
			b.WriteString("\n")
		}
	}
	return b.String()
}

// actTable says which acts are open to which role at all.
func actTable(people []who) string {
	var b strings.Builder
	b.WriteString("| act |")
	for _, w := range people[:len(stet.StaffRoles)] {
		b.WriteString(" " + w.name + " |")
	}
	b.WriteString("\n|---|" + strings.Repeat("---|", len(stet.StaffRoles)) + "\n")
	for _, act := range newsroom.Acts {
		fmt.Fprintf(&b, "| %s |", act)
		for _, w := range people[:len(stet.StaffRoles)] {
			switch {
			case newsroom.Can(w.staff, act):
				b.WriteString(" yes |")
			default:
				granted := w.staff
				granted.Grants = []string{string(act)}
				if newsroom.Can(granted, act) {
					b.WriteString(" granted |")
				} else {
					b.WriteString(" – |")
				}
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}

// between replaces what stands between the marks of a generated part.
func between(page, name, part string) (string, bool) {
	begin, end := "<!-- "+name+": generated by go test ./internal/newsroom -run TestRoles -update -->\n", "<!-- end of "+name+" -->"
	before, rest, ok1 := strings.Cut(page, begin)
	_, after, ok2 := strings.Cut(rest, end)
	return before + begin + part + end + after, ok1 && ok2
}

// TestRoles walks role x act x own and others', on both engines, and holds the
// documentation to what came of it.
func TestRoles(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		people := cast(t, d)
		page, err := os.ReadFile(rolesPage)
		must(t, err)
		want := string(page)
		for name, part := range map[string]string{"acts": actTable(people), "stories": storyTable(t, d, people)} {
			var ok bool
			if want, ok = between(want, name, part); !ok {
				t.Fatalf("%s has no place for %s", rolesPage, name)
			}
		}
		if *update {
			must(t, os.WriteFile(rolesPage, []byte(want), 0o644))
			return
		}
		if diff := cmp.Diff(want, string(page)); diff != "" {
			t.Errorf("%s does not say what the roles may; run with -update (-is +says):\n%s", rolesPage, diff)
		}
	})
}

// What a magazine decides, what is granted, and what was there before.
func TestRolesInDetail(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		ctx, people := t.Context(), cast(t, d)
		editor, writer, limited := people[2], people[3], people[5]

		// Four eyes: nobody publishes what is their own and nobody has approved.
		must(t, d.SetRules(ctx, op, newsroom.Rules{FourEyes: true}))
		own := storyFor(t, d, editor, 0)
		_, err := d.Publish(ctx, editor.staff, own.ID, newsroom.PublishOptions{AnySlug: true})
		wantCode(t, "one's own with four eyes", err, stet.Forbidden)
		own, err = d.Store().Article(ctx, own.ID)
		must(t, err)
		own.Status = stet.Approved
		must(t, d.Store().SaveArticle(ctx, &own))
		_, err = d.Publish(ctx, editor.staff, own.ID, newsroom.PublishOptions{AnySlug: true})
		must(t, err)
		wantCode(t, "rules by an editor", d.SetRules(ctx, editor.staff, newsroom.Rules{}), stet.Forbidden)

		// Code: granted to one account, and left where it stands by all others.
		doc, err := prose.New(prose.Raw("<b>one</b>"), prose.Paragraph(prose.Text("words")))
		must(t, err)
		a := storyFor(t, d, writer, 0)
		a.Content.Body = doc.JSON()
		granted := writer.staff
		granted.Grants = []string{string(newsroom.InjectCode)}
		wantCode(t, "code by a writer", d.Save(ctx, writer.staff, &a), stet.Forbidden)
		must(t, d.Save(ctx, granted, &a))
		a.Content.Headline = "With code that was there"
		must(t, d.Save(ctx, writer.staff, &a))
		for name, html := range map[string]string{"changed": "<b>two</b>", "doubled": "<b>one</b>"} {
			more, err := prose.New(prose.Raw("<b>one</b>"), prose.Raw(html))
			must(t, err)
			b := a
			b.Content.Body = more.JSON()
			wantCode(t, name, d.Save(ctx, writer.staff, &b), stet.Forbidden)
		}
		gone, err := prose.New(prose.Paragraph(prose.Text("words")))
		must(t, err)
		a.Content.Body = gone.JSON()
		must(t, d.Save(ctx, writer.staff, &a))
		wantCode(t, "code in a new draft", d.Draft(ctx, writer.staff, &stet.Article{Content: stet.Content{Body: doc.JSON()}}), stet.Forbidden)

		// Limits to sections hold for what is new, too.
		wantCode(t, "a draft in another section", d.Draft(ctx, limited.staff, &stet.Article{Content: stet.Content{Section: stet.Ref{ID: d.rim.PublicID}}}), stet.Forbidden)
		must(t, d.Draft(ctx, limited.staff, &stet.Article{Content: stet.Content{Section: stet.Ref{ID: d.sound.PublicID}}}))
		for what, bad := range map[string]stet.Staff{
			"a section that is not there": {Role: stet.Editor, Sections: []string{"000000000000"}},
			"an owner with limits":        {Role: stet.Owner, Sections: []string{d.sound.PublicID}},
			"a person that is not there":  {Role: stet.Writer, Person: "000000000000"},
			"a grant of nothing":          {Role: stet.Writer, Grants: []string{"fly"}},
		} {
			bad.Email, bad.Name = "bad@sound.example", "Bad"
			wantCode(t, what, d.AddStaff(ctx, op, &bad, ""), stet.Invalid)
		}
	})
}
