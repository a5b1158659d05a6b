// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"stet"
	"stet/internal/jobs"
	"stet/internal/newsroom"
	"stet/internal/prose"
	"stet/internal/stettest"
	"stet/internal/store"
)

func TestPermissions(t *testing.T) {
	t.Parallel()
	roles := stet.StaffRoles
	// One letter a role, in their order: O A E W C.
	matrix := map[newsroom.Act]string{
		newsroom.Write:          "OAEWC",
		newsroom.Publish:        "OAE--",
		newsroom.Withdraw:       "OAE--",
		newsroom.KeepTaxonomy:   "OAE--",
		newsroom.KeepPeople:     "OAEW-",
		newsroom.KeepMedia:      "OAEWC",
		newsroom.ChangeSettings: "OA---",
		newsroom.KeepStaff:      "OA---",
	}
	for act, may := range matrix {
		for i, role := range roles {
			want := may[i] != '-'
			if got := newsroom.Can(stet.Staff{Role: role}, act); got != want {
				t.Errorf("%s may %s: %v, want %v", role, act, got, want)
			}
			if newsroom.Can(stet.Staff{Role: role, Disabled: true}, act) {
				t.Errorf("a disabled %s may %s", role, act)
			}
		}
		for _, nobody := range []stet.StaffRole{"", "reader", "Owner"} {
			if newsroom.Can(stet.Staff{Role: nobody}, act) {
				t.Errorf("%q may %s", nobody, act)
			}
		}
	}
}

// Every act asks, and changes and announces nothing when the answer is no.
func TestForbidden(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		a := d.draft(t, d.content("Dam"))
		live := d.draft(t, d.content("Live"))
		d.publish(t, live.ID, newsroom.PublishOptions{})
		change, err := d.SaveFront(ctx, op, stet.HomeFront, 0, stet.Front{})
		must(t, err)
		d.heard()
		nobody := stet.Staff{Role: stet.Editor, Disabled: true}
		acts := map[string]func() error{
			"draft":    func() error { return d.Draft(ctx, nobody, &stet.Article{Content: d.content("x")}) },
			"save":     func() error { x := a; x.Content.Headline = "changed"; return d.Save(ctx, nobody, &x) },
			"publish":  func() error { _, err := d.Publish(ctx, nobody, a.ID, newsroom.PublishOptions{}); return err },
			"schedule": func() error { return d.Schedule(ctx, nobody, a.ID, d.clock.Now().Add(time.Hour)) },
			"withdraw": func() error { return d.Withdraw(ctx, nobody, live.ID) },
			"section":  func() error { return d.AddSection(ctx, nobody, &stet.Section{Name: "x"}) },
			"genre":    func() error { return d.AddGenre(ctx, nobody, &stet.Genre{Name: "x"}) },
			"topic":    func() error { return d.AddTopic(ctx, nobody, &stet.Topic{Name: "x"}) },
			"partner":  func() error { return d.AddPartner(ctx, nobody, &stet.Partner{Name: "x"}) },
			"person":   func() error { return d.AddPerson(ctx, nobody, &stet.Person{Name: "x"}) },
			"rename":   func() error { p := d.person; p.Name = "x"; return d.UpdatePerson(ctx, nobody, &p) },
			"picture": func() error {
				_, err := d.AddAsset(ctx, nobody, &stet.Asset{}, bytes.NewReader(photo(t, 40, 30, 9)))
				return err
			},
			"redirect": func() error { return d.AddRedirect(ctx, nobody, "/a", "/b") },
			"old path": func() error { _, err := d.AddOldPath(ctx, nobody, "/old", stet.PathArticle, a.ID); return err },
			"magazine": func() error {
				return d.SetMagazine(ctx, nobody, stet.Magazine{Name: "x", Language: "en", TimeZone: "UTC"})
			},
			"front":         func() error { return d.SetFront(ctx, nobody, stet.Front{}) },
			"front draft":   func() error { _, err := d.SaveFront(ctx, nobody, d.rim.PublicID, 0, stet.Front{}); return err },
			"front discard": func() error { return d.DropFrontDraft(ctx, nobody, stet.HomeFront, 1) },
			"front publish": func() error { _, err := d.PublishFront(ctx, nobody, stet.HomeFront, 1, ""); return err },
			"front schedule": func() error {
				_, err := d.ScheduleFront(ctx, nobody, stet.HomeFront, 1, d.clock.Now().Add(time.Hour), "")
				return err
			},
			"front cancel":  func() error { return d.CancelFront(ctx, nobody, change.PublicID) },
			"front restore": func() error { _, err := d.RestoreFront(ctx, nobody, change.PublicID, ""); return err },
			"front clear":   func() error { return d.ClearFront(ctx, nobody, d.rim.PublicID) },
			"account": func() error {
				return d.AddStaff(ctx, nobody, &stet.Staff{Email: "a@b.example", Name: "x", Role: stet.Writer}, "")
			},
			"role": func() error {
				return d.UpdateStaff(ctx, nobody, &stet.Staff{Email: "a@b.example", Name: "x", Role: stet.Writer})
			},
			"password": func() error {
				return d.SetPassword(ctx, nobody, &stet.Staff{Email: "a@b.example", Name: "x", Role: stet.Writer}, "long enough!")
			},
			"bring": func() error {
				v, err := newsroom.Prepare(&stet.Article{Kind: stet.Story, Content: d.content("x")}, &prose.Doc{})
				must(t, err)
				return d.Bring(ctx, nobody, v, newsroom.PublishOptions{})
			},
		}
		before := d.snapshot(t)
		for name, act := range acts {
			wantCode(t, name, act(), stet.Forbidden)
		}
		if diff := cmp.Diff(before, d.snapshot(t)); diff != "" {
			t.Errorf("a refused act changed something:\n%s", diff)
		}
		if tags := d.heard(); len(tags) > 0 {
			t.Errorf("refused acts announced %v", tags)
		}
	})
}

// snapshot counts the rows of every table that acts write to.
func (d *desk) snapshot(t *testing.T) map[string]int {
	t.Helper()
	out := map[string]int{}
	for _, table := range []string{"setting", "section", "genre", "topic", "partner", "asset", "person", "person_name", "article", "version", "live", "listing", "path", "staff", "reader", "job", "story_index", "front"} {
		var n int
		must(t, d.Store().Conn().QueryRowContext(t.Context(), "SELECT COUNT(*) FROM "+table).Scan(&n))
		out[table] = n
	}
	var revisions int
	must(t, d.Store().Conn().QueryRowContext(t.Context(), "SELECT COALESCE(SUM(revision), 0) FROM article").Scan(&revisions))
	out["revisions"] = revisions
	return out
}

func TestPublish(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		must(t, d.SetMagazine(ctx, op, stet.Magazine{Name: "M", Language: "fr", TimeZone: "UTC"}))
		a := d.draft(t, d.content("L’Europe attend"))
		if a.Status != stet.Draft || a.Kind != stet.Story || !stet.ValidID(a.PublicID) {
			t.Errorf("draft: %+v", a)
		}
		if _, err := d.Store().Live(ctx, a.ID); stet.ErrorCode(err) != stet.NotFound {
			t.Errorf("a draft is live: %v", err)
		}
		d.heard()
		v := d.publish(t, a.ID, newsroom.PublishOptions{Note: "first"})
		now := d.clock.Now()

		got := d.article(t, a.ID)
		if got.Status != stet.Published || got.VersionID != v.ID || !got.PublishedAt.Equal(now) {
			t.Errorf("published: %+v", got)
		}
		c := got.Content
		if c.Slug != "l-europe-attend" || c.Language != "fr" || c.Section.Name != "The Sound" || c.Bylines[0].Person.Name != "Leila Hartog" || c.Bylines[0].Contribution != stet.Words ||
			c.Genre.Name != "Analysis" || c.Topics[0].Name != "Ferries" || c.Origin.Partner.Name != "The Courier" {
			t.Errorf("what the content refers to is not written into it: %+v", c)
		}
		if diff := cmp.Diff(&stet.Placement{Asset: d.picture.PublicID, Alt: "A dam", Caption: "The dam at Sorin", Credit: "M. Ruiz"}, c.Lead); diff != "" {
			t.Errorf("the words of the picture do not travel along: %s", diff)
		}
		l, err := d.Store().Live(ctx, a.ID)
		must(t, err)
		if l.Path != "/northern-rim/the-sound/l-europe-attend" || l.VersionID != v.ID || l.Words != 3 || l.LeadCredit != "M. Ruiz" || l.OriginAuthor != "Otto Kern" {
			t.Errorf("live: %+v", l)
		}
		tags := d.heard()
		for _, want := range []string{newsroom.ArticleTag(a.ID), "list:all:0", fmt.Sprint("list:section:", d.rim.ID), fmt.Sprint("list:section:", d.sound.ID), fmt.Sprint("list:topic:", d.topic.ID), fmt.Sprint("list:genre:", d.genre.ID), fmt.Sprint("list:person:", d.person.ID)} {
			if !slices.Contains(tags, want) {
				t.Errorf("%s was not announced; what was: %v", want, tags)
			}
		}
		for _, words := range []string{"europe", "hartog", "kern", "held", "water"} {
			if _, n, err := d.Store().Search(ctx, store.Query{Words: words, Language: "fr", Limit: 1}); n.Stories != 1 || err != nil {
				t.Errorf("search %q: %v, %v", words, n, err)
			}
		}
	})
}

func TestVersionsAreImmutable(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		a := d.draft(t, d.content("Dam"))
		at := d.clock.Now().Add(time.Hour + 123456789) // nanoseconds that no database keeps
		first := d.publish(t, a.ID, newsroom.PublishOptions{At: at})
		stored, err := d.Store().Version(ctx, first.ID)
		must(t, err)
		if diff := cmp.Diff(first, stored); diff != "" {
			t.Errorf("what Publish returns is not what is stored: %s", diff)
		}
		doc, err := stored.Open()
		must(t, err)
		for _, at := range []string{doc.Published, doc.FirstPublished} {
			if got, err := time.Parse(time.RFC3339, at); err != nil || !got.Equal(stored.PublishedAt) {
				t.Errorf("the document says %s, the row %s", at, stored.PublishedAt)
			}
		}
		sum := sha256.Sum256(stored.Document)
		if stored.Hash != hex.EncodeToString(sum[:]) {
			t.Error("the hash is not of what is stored")
		}
		if again, hash, err := doc.Seal(); err != nil || hash != stored.Hash || !bytes.Equal(again, stored.Document) {
			t.Errorf("the document is not canonical:\n%s\n%s", stored.Document, again)
		}
		body, err := prose.Parse(doc.Content.Body)
		must(t, err)
		if !bytes.Equal(body.JSON(), doc.Content.Body) {
			t.Error("the body in the document is not canonical")
		}
		for n := range body.Blocks() {
			if n.ID() == "" {
				t.Errorf("a published %s has no id", n.Type)
			}
		}

		// Saving changes no version; publishing again makes another one.
		b := d.article(t, a.ID)
		b.Content.Headline = "Dam holds"
		must(t, d.Save(ctx, op, &b))
		if l, _ := d.Store().Live(ctx, a.ID); l.Headline != "Dam" {
			t.Errorf("readers see the working copy: %q", l.Headline)
		}
		d.clock.Advance(24 * time.Hour)
		second := d.publish(t, a.ID, newsroom.PublishOptions{Note: "held after all"})
		all, err := d.Store().Versions(ctx, a.ID)
		must(t, err)
		if len(all) != 2 || second.Number != 2 || second.Note != "held after all" {
			t.Fatalf("versions: %+v", all)
		}
		if diff := cmp.Diff(stored, all[0]); diff != "" {
			t.Errorf("the first version has changed: %s", diff)
		}
		l, err := d.Store().Live(ctx, a.ID)
		must(t, err)
		if l.Headline != "Dam holds" || !l.PublishedAt.Equal(stored.PublishedAt) || !l.UpdatedAt.Equal(d.clock.Now()) || l.Path != "/northern-rim/the-sound/dam" {
			t.Errorf("live after an update: %+v", l)
		}
	})
}

// Who may write but not publish cannot do so by saving.
func TestSaveKeepsStatus(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		writer := stet.Staff{ID: 7, Role: stet.Contributor}
		a := stet.Article{Content: d.content("Dam"), Status: stet.Scheduled, ScheduledAt: d.clock.Now().Add(-time.Hour), VersionID: 9}
		must(t, d.Draft(ctx, writer, &a))
		a.Status, a.ScheduledAt, a.VersionID = stet.Scheduled, d.clock.Now().Add(-time.Hour), 9
		must(t, d.Save(ctx, writer, &a))
		got := d.article(t, a.ID)
		if got.Status != stet.Draft || !got.ScheduledAt.IsZero() || got.VersionID != 0 {
			t.Errorf("a contributor has made it %s, scheduled at %v, version %d", got.Status, got.ScheduledAt, got.VersionID)
		}
		must(t, d.PublishAllDue(ctx, d.clock.Now()))
		if got := d.article(t, a.ID); got.Status != stet.Draft {
			t.Error("a contributor has published it")
		}
		// Two who save the same copy: the second is told.
		x, y := d.article(t, a.ID), d.article(t, a.ID)
		must(t, d.Save(ctx, writer, &x))
		wantCode(t, "an old copy", d.Save(ctx, writer, &y), stet.Conflict)
		wantCode(t, "an article that is not there", d.Save(ctx, writer, &stet.Article{ID: 999}), stet.NotFound)
	})
}

func TestRefusals(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		tests := []struct {
			name   string
			change func(c *stet.Content)
			want   string
		}{
			{"no headline", func(c *stet.Content) { c.Headline = "" }, "headline"},
			{"a headline of spaces", func(c *stet.Content) { c.Headline = " \t" }, "headline"},
			{"no section", func(c *stet.Content) { c.Section = stet.Ref{} }, "section"},
			{"no such section", func(c *stet.Content) { c.Section.ID = "nope" }, "section"},
			{"no such further section", func(c *stet.Content) { c.Sections = []stet.Ref{ref("nope", "Gone")} }, "Gone"},
			{"no such genre", func(c *stet.Content) { c.Genre = ref("nope", "G") }, "genre"},
			{"no such topic", func(c *stet.Content) { c.Topics = []stet.Ref{ref("nope", "T")} }, "topic"},
			{"no such person", func(c *stet.Content) { c.Bylines[0].Person = ref("nope", "P") }, "person"},
			{"no such partner", func(c *stet.Content) { c.Origin.Partner = ref("nope", "P") }, "partner"},
			{"no such picture", func(c *stet.Content) { c.Lead.Asset = "nope" }, "picture"},
			{"the address of a feed", func(c *stet.Content) { c.Slug = "feed" }, "program's own"},
		}
		for _, tt := range tests {
			c := d.content("Dam")
			tt.change(&c)
			a := d.draft(t, c)
			before := d.snapshot(t)
			d.heard()
			_, err := d.Publish(ctx, op, a.ID, newsroom.PublishOptions{})
			wantCode(t, tt.name, err, stet.Invalid)
			if err != nil && !strings.Contains(err.Error(), tt.want) {
				t.Errorf("%s: the message is %q", tt.name, err)
			}
			if diff := cmp.Diff(before, d.snapshot(t)); diff != "" {
				t.Errorf("%s: a refused publication changed something: %s", tt.name, diff)
			}
			if tags := d.heard(); len(tags) > 0 {
				t.Errorf("%s: announced %v", tt.name, tags)
			}
		}
		a := d.draft(t, d.content("Dam"))
		_, err := d.Publish(ctx, op, a.ID, newsroom.PublishOptions{Note: "\x00"})
		wantCode(t, "a note with NUL", err, stet.Invalid)
		_, err = d.Publish(ctx, op, 999, newsroom.PublishOptions{})
		wantCode(t, "no such article", err, stet.NotFound)
		for name, body := range map[string]string{"no JSON": "{", "no document": `{"type":"paragraph"}`, "a script": `{"type":"doc","content":[{"type":"script"}]}`, "NUL": `{"type":"doc","content":[{"type":"paragraph","content":[{"type":"text","text":"a\u0000b"}]}]}`} {
			c := d.content("x")
			c.Body = json.RawMessage(body)
			wantCode(t, "body: "+name, d.Draft(ctx, op, &stet.Article{Content: c}), stet.Invalid)
		}
	})
}

func TestAddresses(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		live := func(id int64) string {
			t.Helper()
			l, err := d.Store().Live(ctx, id)
			must(t, err)
			return l.Path
		}
		leadsTo := func(path string, id int64) {
			t.Helper()
			p, err := d.Store().Path(ctx, path)
			if err != nil || p.Kind != stet.PathArticle || p.Target != id {
				t.Errorf("%s does not lead to article %d: %+v, %v", path, id, p, err)
			}
		}
		one, two := d.draft(t, d.content("The Vote")), d.draft(t, d.content("The vote!"))
		d.publish(t, one.ID, newsroom.PublishOptions{})
		d.publish(t, two.ID, newsroom.PublishOptions{})
		if live(one.ID) != "/northern-rim/the-sound/the-vote" || live(two.ID) != "/northern-rim/the-sound/the-vote-2" {
			t.Errorf("%s and %s", live(one.ID), live(two.ID))
		}
		// Publishing again keeps the address although the headline changes.
		a := d.article(t, two.ID)
		a.Content.Headline = "Another headline"
		must(t, d.Save(ctx, op, &a))
		d.publish(t, two.ID, newsroom.PublishOptions{})
		if live(two.ID) != "/northern-rim/the-sound/the-vote-2" {
			t.Errorf("a new headline moved the story to %s", live(two.ID))
		}
		// A slug that somebody chose is not changed behind their back.
		c := d.content("x")
		c.Slug = "the-vote"
		three := d.draft(t, c)
		_, err := d.Publish(ctx, op, three.ID, newsroom.PublishOptions{})
		wantCode(t, "a taken slug", err, stet.Conflict)
		d.publish(t, three.ID, newsroom.PublishOptions{AnySlug: true})
		if live(three.ID) != "/northern-rim/the-sound/the-vote-3" {
			t.Errorf("an importer's story stands at %s", live(three.ID))
		}
		// A new slug and a new section: the old addresses go on leading there.
		a = d.article(t, one.ID)
		a.Content.Slug = "count"
		must(t, d.Save(ctx, op, &a))
		d.publish(t, one.ID, newsroom.PublishOptions{})
		a = d.article(t, one.ID)
		a.Content.Section = ref(d.rim.PublicID, "")
		must(t, d.Save(ctx, op, &a))
		d.publish(t, one.ID, newsroom.PublishOptions{})
		if live(one.ID) != "/northern-rim/count" {
			t.Errorf("it stands at %s", live(one.ID))
		}
		for _, old := range []string{"/northern-rim/the-sound/the-vote", "/northern-rim/the-sound/count", "/northern-rim/count"} {
			leadsTo(old, one.ID)
		}
		// Nobody gets an address that was somebody's.
		c.Slug = "count"
		four := d.draft(t, c)
		_, err = d.Publish(ctx, op, four.ID, newsroom.PublishOptions{})
		wantCode(t, "an address that was somebody's", err, stet.Conflict)
		// And back: its own former address is free for it.
		a = d.article(t, one.ID)
		a.Content.Section, a.Content.Slug = ref(d.sound.PublicID, ""), "the-vote"
		must(t, d.Save(ctx, op, &a))
		d.publish(t, one.ID, newsroom.PublishOptions{})
		if live(one.ID) != "/northern-rim/the-sound/the-vote" {
			t.Errorf("back at %s", live(one.ID))
		}

		if added, err := d.AddOldPath(ctx, op, "/2019/05/vote/", stet.PathArticle, one.ID); !added || err != nil {
			t.Errorf("old path: %v, %v", added, err)
		}
		leadsTo("/2019/05/vote", one.ID)
		for _, taken := range []string{"/northern-rim", "/northern-rim/the-sound/the-vote-2"} {
			if added, err := d.AddOldPath(ctx, op, taken, stet.PathArticle, one.ID); added || err != nil {
				t.Errorf("%s: %v, %v", taken, added, err)
			}
		}
		for _, bad := range []string{"/", "", "/../x", "/a\x00"} {
			if added, err := d.AddOldPath(ctx, op, bad, stet.PathArticle, one.ID); added || err != nil {
				t.Errorf("%q: %v, %v", bad, added, err)
			}
		}
		must(t, d.AddRedirect(ctx, op, "/gone/", "https://x.example"))
		wantCode(t, "redirect over a section", d.AddRedirect(ctx, op, "/northern-rim", "/x"), stet.Conflict)
		wantCode(t, "redirect of nothing", d.AddRedirect(ctx, op, "/", "/x"), stet.Invalid)
	})
}

func TestSlug(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ text, language, want string }{
		{"Hello, World!", "en", "hello-world"},
		{"L’Europe et l'État", "fr", "l-europe-et-l-etat"},
		{"Über Größe & Maß", "de", "ueber-groesse-und-mass"},
		{"¿Qué pasó?", "es-MX", "que-paso"},
		{"Выборы", "ru", "vybory"},
		{"الميناء", "ar", "lmyn"},
		{"!!!", "en", "story"},
		{"", "en", "story"},
		{"\x00\xff", "en", "story"},
		{"🌊", "en", "story"},
		{strings.Repeat("word ", 40), "en", strings.TrimSuffix(strings.Repeat("word-", 16), "-")},
		{strings.Repeat("a", 500), "en", strings.Repeat("a", 80)},
	} {
		got := newsroom.Slug(tt.text, tt.language)
		if tt.language != "ar" && got != tt.want {
			t.Errorf("Slug(%.40q, %s) = %q, want %q", tt.text, tt.language, got, tt.want)
		}
		if !stet.ValidSlug(got) || strings.ContainsFunc(got, func(r rune) bool { return r > 0x7f }) {
			t.Errorf("Slug(%.40q) = %q, which cannot stand in every address", tt.text, got)
		}
	}
}

func TestWithdraw(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		a := d.draft(t, d.content("Dam"))
		wantCode(t, "a draft", d.Withdraw(ctx, op, a.ID), stet.Conflict)
		d.publish(t, a.ID, newsroom.PublishOptions{})
		path := d.article(t, a.ID).Content.Slug
		d.heard()
		must(t, d.Withdraw(ctx, op, a.ID))
		if tags := d.heard(); !slices.Contains(tags, newsroom.ArticleTag(a.ID)) || !slices.Contains(tags, "list:all:0") {
			t.Errorf("announced %v", tags)
		}
		if _, err := d.Store().Live(ctx, a.ID); stet.ErrorCode(err) != stet.NotFound {
			t.Errorf("it is still live: %v", err)
		}
		if _, n, _ := d.Store().Search(ctx, store.Query{Words: "dam", Limit: 1}); n.Stories != 0 {
			t.Error("search finds what was withdrawn")
		}
		if p, err := d.Store().Path(ctx, "/northern-rim/the-sound/"+path); err != nil || p.Target != a.ID {
			t.Errorf("its address is gone: %v", err)
		}
		if vs, err := d.Store().Versions(ctx, a.ID); len(vs) != 1 || err != nil {
			t.Errorf("versions: %v, %v", vs, err)
		}
		wantCode(t, "twice", d.Withdraw(ctx, op, a.ID), stet.Conflict)
		// It may come back, at its address, as the next version.
		if v := d.publish(t, a.ID, newsroom.PublishOptions{}); v.Number != 2 {
			t.Errorf("it came back as version %d", v.Number)
		}

		page := stet.Article{Kind: stet.Page, Content: stet.Content{Headline: "About"}}
		must(t, d.Draft(ctx, op, &page))
		d.publish(t, page.ID, newsroom.PublishOptions{})
		if tags := d.heard(); !slices.Contains(tags, newsroom.TagPages) {
			t.Errorf("a new page announced %v", tags)
		}
		must(t, d.Withdraw(ctx, op, page.ID))
		if tags := d.heard(); !slices.Contains(tags, newsroom.TagPages) {
			t.Errorf("a withdrawn page announced %v", tags)
		}
	})
}

func TestPages(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		p := stet.Article{Kind: stet.Page, Content: stet.Content{Headline: "About us"}}
		must(t, d.Draft(ctx, op, &p))
		d.publish(t, p.ID, newsroom.PublishOptions{})
		if l, err := d.Store().Live(ctx, p.ID); err != nil || l.Path != "/about-us" {
			t.Errorf("%+v, %v", l, err)
		}
		if n, _ := d.Store().CountStories(ctx, store.List{Kind: store.ListAll}); n != 0 {
			t.Error("a page is a story")
		}
		for _, slug := range []string{"search", "media", "feed"} {
			q := stet.Article{Kind: stet.Page, Content: stet.Content{Headline: "x", Slug: slug}}
			must(t, d.Draft(ctx, op, &q))
			_, err := d.Publish(ctx, op, q.ID, newsroom.PublishOptions{})
			wantCode(t, slug, err, stet.Invalid)
		}
		q := stet.Article{Kind: stet.Page, Content: stet.Content{Headline: "Search"}}
		must(t, d.Draft(ctx, op, &q))
		d.publish(t, q.ID, newsroom.PublishOptions{})
		if l, _ := d.Store().Live(ctx, q.ID); l.Path != "/search-2" {
			t.Errorf("a page called Search stands at %s", l.Path)
		}
		wantCode(t, "a section at the address of a page", d.AddSection(ctx, op, &stet.Section{Name: "x", Slug: "about-us"}), stet.Conflict)
		wantCode(t, "a section of the program's", d.AddSection(ctx, op, &stet.Section{Name: "x", Slug: "Search"}), stet.Invalid)
		wantCode(t, "a topic called feed", d.AddTopic(ctx, op, &stet.Topic{Name: "x", Slug: "feed"}), stet.Invalid)
		topic := stet.Topic{Name: "Feed"}
		must(t, d.AddTopic(ctx, op, &topic))
		if topic.Slug != "feed-2" {
			t.Errorf("a topic named Feed stands at %s", topic.Slug)
		}
	})
}

func TestSchedule(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		s := d.Store()
		queue := jobs.New(jobs.Options{DB: s.Conn(), Reader: s.Reader(), Postgres: s.Engine() == "postgres", Now: d.clock.Now, Poll: 10 * time.Millisecond, Logger: stettest.Logger(t)})
		jobs.Handle(queue, newsroom.JobPublish, d.PublishDue)
		run, stop := context.WithCancel(ctx)
		done := make(chan error, 1)
		go func() { done <- queue.Run(run) }()
		defer func() { stop(); <-done }()

		a := d.draft(t, d.content("Dam"))
		six := d.clock.Now().Add(18 * time.Hour)
		wantCode(t, "in the past", d.Schedule(ctx, op, a.ID, d.clock.Now()), stet.Invalid)
		bare := d.draft(t, stet.Content{Headline: "no section"})
		wantCode(t, "what could not be published", d.Schedule(ctx, op, bare.ID, six), stet.Invalid)
		must(t, d.Schedule(ctx, op, a.ID, six.Add(time.Hour)))
		must(t, d.Schedule(ctx, op, a.ID, six)) // moved to an earlier hour
		moved := d.draft(t, d.content("Moved"))
		must(t, d.Schedule(ctx, op, moved.ID, six))
		must(t, d.Schedule(ctx, op, moved.ID, six.Add(48*time.Hour))) // to a later one

		d.clock.Set(six.Add(-time.Second))
		time.Sleep(50 * time.Millisecond)
		if got := d.article(t, a.ID); got.Status != stet.Scheduled {
			t.Fatalf("it is %s before its time", got.Status)
		}
		d.clock.Set(six.Add(5 * time.Minute)) // the machine slept
		for deadline := time.Now().Add(20 * time.Second); d.article(t, a.ID).Status != stet.Published; time.Sleep(10 * time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatal("it was not published")
			}
		}
		got := d.article(t, a.ID)
		if !got.PublishedAt.Equal(six) || !got.ScheduledAt.IsZero() {
			t.Errorf("published at %v for %v", got.PublishedAt, six)
		}
		// The job of the hour from which it was moved finds nothing to do.
		d.clock.Set(six.Add(2 * time.Hour))
		time.Sleep(100 * time.Millisecond)
		if vs, _ := s.Versions(ctx, a.ID); len(vs) != 1 {
			t.Errorf("it was published %d times", len(vs))
		}
		if d.article(t, moved.ID).Status != stet.Scheduled {
			t.Error("the story that was moved to a later day was published on the first")
		}
		// After a start that missed the hour, without the queue.
		stop()
		<-done
		done <- nil
		d.clock.Set(six.Add(49 * time.Hour))
		must(t, d.PublishAllDue(ctx, d.clock.Now()))
		if got := d.article(t, moved.ID); got.Status != stet.Published || !got.PublishedAt.Equal(six.Add(48*time.Hour)) {
			t.Errorf("after a start: %s, %v", got.Status, got.PublishedAt)
		}
		must(t, d.PublishDue(ctx, newsroom.PublishArgs{Article: 999}))
	})
}

func TestBatch(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		before := d.snapshot(t)
		d.heard()
		reason := errors.New("the last of them fails")
		err := d.Batch(ctx, func(r *newsroom.Room) error {
			must(t, r.AddTopic(ctx, op, &stet.Topic{Name: "Never"}))
			a := stet.Article{Content: d.content("Never")}
			must(t, r.Draft(ctx, op, &a))
			if _, err := r.Publish(ctx, op, a.ID, newsroom.PublishOptions{}); err != nil {
				return err
			}
			if got, err := r.Store().Live(ctx, a.ID); err != nil || got.Headline != "Never" {
				t.Errorf("a batch does not see what it did: %v", err)
			}
			return reason
		})
		if !errors.Is(err, reason) {
			t.Fatalf("batch: %v", err)
		}
		if diff := cmp.Diff(before, d.snapshot(t)); diff != "" {
			t.Errorf("a batch that failed left a trace:\n%s", diff)
		}
		if tags := d.heard(); len(tags) > 0 {
			t.Errorf("a batch that failed announced %v", tags)
		}
		woken := 0
		room := newsroom.New(newsroom.Options{Store: d.Store(), Blobs: d.blobs, Wake: func() { woken++ }})
		must(t, room.Batch(ctx, func(r *newsroom.Room) error {
			for i := range 60 { // more than the index takes in one statement
				a := stet.Article{Content: d.content(fmt.Sprint("Story ", i))}
				must(t, r.Draft(ctx, op, &a))
				if _, err := r.Publish(ctx, op, a.ID, newsroom.PublishOptions{}); err != nil {
					return err
				}
				if i%7 == 0 { // and again, while its words still wait
					if _, err := r.Publish(ctx, op, a.ID, newsroom.PublishOptions{}); err != nil {
						return err
					}
				}
				if i == 3 {
					must(t, r.Withdraw(ctx, op, a.ID))
				}
			}
			return r.Batch(ctx, func(r *newsroom.Room) error { return r.AddTopic(ctx, op, &stet.Topic{Name: "Inner"}) })
		}))
		tags := d.heard()
		if n := len(tags); n == 0 || !slices.Contains(tags, newsroom.TagTaxonomy) || !slices.Contains(tags, "list:all:0") {
			t.Errorf("a batch announced %v", tags)
		}
		if woken != 1 {
			t.Errorf("the queue was woken %d times", woken)
		}
		if _, n, err := d.Store().Search(ctx, store.Query{Words: "story", Limit: 1}); n.Stories != 59 || err != nil {
			t.Errorf("search finds %v of 59 stories, %v", n, err)
		}
		if n, err := d.Store().CountIndexed(ctx); n != 59 || err != nil {
			t.Errorf("%d indexed, %v", n, err)
		}
	})
}

func TestBring(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		doc, err := prose.New(prose.Paragraph(prose.Text("Water stood high.")))
		must(t, err)
		bring := func(a *stet.Article, o newsroom.PublishOptions) {
			t.Helper()
			v, err := newsroom.Prepare(a, doc)
			must(t, err)
			must(t, d.Bring(ctx, op, v, o))
		}
		first := time.Date(2019, 5, 3, 8, 0, 0, 0, time.UTC)
		c := d.content("Dam")
		c.Language = "en"
		a := stet.Article{Kind: stet.Story, Source: "wxr:1", Content: c}
		bring(&a, newsroom.PublishOptions{At: first})
		c.Slug = "dam"
		b := stet.Article{Kind: stet.Story, Source: "wxr:2", Content: c}
		bring(&b, newsroom.PublishOptions{At: first.Add(time.Hour), First: first})
		la, err := d.Store().Live(ctx, a.ID)
		must(t, err)
		lb, err := d.Store().Live(ctx, b.ID)
		must(t, err)
		if la.Path != "/northern-rim/the-sound/dam" || lb.Path != "/northern-rim/the-sound/dam-2" || la.Words != 3 || !lb.PublishedAt.Equal(first) || !lb.UpdatedAt.Equal(first.Add(time.Hour)) {
			t.Errorf("brought:\n%+v\n%+v", la, lb)
		}
		// The next run of the import changes the same article.
		again, err := d.Store().ArticleBySource(ctx, "wxr:1")
		must(t, err)
		again.Content.Headline = "Dam holds"
		bring(&again, newsroom.PublishOptions{At: first})
		vs, err := d.Store().Versions(ctx, a.ID)
		must(t, err)
		if la, _ = d.Store().Live(ctx, a.ID); len(vs) != 2 || la.Headline != "Dam holds" || la.Path != "/northern-rim/the-sound/dam" || la.VersionID != vs[1].ID {
			t.Errorf("brought again: %d versions, %+v", len(vs), la)
		}
		for _, words := range []string{"water", "kern", "holds"} {
			if _, n, err := d.Store().Search(ctx, store.Query{Words: words, Language: "en", Limit: 1}); n.Stories == 0 || err != nil {
				t.Errorf("search %q: %v, %v", words, n, err)
			}
		}
		// What Bring stores is what Publish would have stored.
		must(t, d.Examine(ctx, false, func(f newsroom.Finding) { t.Errorf("doctor: %s", f.What) }))
	})
}
