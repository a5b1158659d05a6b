// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"stet"
	"stet/internal/newsroom"
	"stet/internal/store"
)

// Each fault is made by hand, found, mended if it can be, and then not found.
func TestExamine(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		a := d.draft(t, d.content("Dam"))
		d.publish(t, a.ID, newsroom.PublishOptions{})
		b := d.draft(t, d.content("Sluice"))
		d.publish(t, b.ID, newsroom.PublishOptions{})
		page := stet.Article{Kind: stet.Page, Content: stet.Content{Headline: "About"}}
		must(t, d.Draft(ctx, op, &page))
		d.publish(t, page.ID, newsroom.PublishOptions{})
		d.draft(t, d.content("Only a draft"))

		examine := func(fix bool) (out []newsroom.Finding) {
			t.Helper()
			must(t, d.Examine(ctx, fix, func(f newsroom.Finding) { out = append(out, f) }))
			return out
		}
		if got := examine(true); len(got) != 0 {
			t.Fatalf("nothing is wrong, but doctor says %+v", got)
		}
		// What readers find must be the same afterwards.
		whole := func() string {
			t.Helper()
			var s []string
			for _, words := range []string{"dam", "sluice", "hartog", "kern", "water", "about"} {
				hits, _, err := d.Store().Search(ctx, store.Query{Words: words, Limit: 9})
				must(t, err)
				line := words + ":"
				for _, h := range hits {
					line += " " + h.Path
				}
				s = append(s, line)
			}
			n, err := d.Store().CountStories(ctx, store.List{Kind: store.ListSection, Ref: d.rim.ID})
			must(t, err)
			if n != 2 {
				t.Errorf("%d stories in the section", n)
			}
			return strings.Join(s, "\n")
		}
		want := whole()
		extra := `INSERT INTO story_index (rowid, headline, dek, people, body) VALUES (9999, 'ghost', '', '', '')`
		drop := `DELETE FROM story_index WHERE rowid = $1`
		if d.Store().Engine() == "postgres" {
			extra = `INSERT INTO story_index (article_id, words) SELECT id, 'ghost'::tsvector FROM article WHERE status = 'draft'`
			drop = `DELETE FROM story_index WHERE article_id = $1`
		}
		for _, tt := range []struct {
			name   string
			damage func()
			says   string
		}{
			{"not live", func() {
				_, err := d.Store().DropLive(ctx, a.ID)
				must(t, err)
			}, "not what readers see"},
			{"the live row is lost", func() { d.sql(t, `DELETE FROM live WHERE article_id = $1`, a.ID) }, "not what readers see"},
			{"an older version is live", func() {
				v := d.publish(t, a.ID, newsroom.PublishOptions{})
				d.sql(t, `UPDATE live SET version_id = (SELECT MIN(id) FROM version WHERE article_id = $1) WHERE article_id = $1`, a.ID)
				_ = v
			}, "not what readers see"},
			{"live but withdrawn", func() { d.sql(t, `UPDATE article SET status = 'withdrawn' WHERE id = $1`, b.ID) }, "not published but readers see it"},
			{"the row of the desk's lists is lost", func() { d.sql(t, `DELETE FROM copy WHERE article_id = $1`, a.ID) }, "The desk's lists"},
			{"the desk's lists show another status", func() { d.sql(t, `UPDATE copy SET status = 'draft' WHERE article_id = $1`, a.ID) }, "The desk's lists"},
			{"no index", func() { d.sql(t, `DELETE FROM story_index`) }, "search index"},
			{"one is not indexed", func() { d.sql(t, drop, a.ID) }, "search index"},
			{"one too many is indexed", func() { d.sql(t, extra) }, "search index"},
			{"the address is lost", func() { d.sql(t, `DELETE FROM path WHERE path = '/northern-rim/the-sound/dam'`) }, "address /northern-rim/the-sound/dam"},
		} {
			tt.damage()
			found := examine(false)
			says := func(f newsroom.Finding) bool {
				return strings.Contains(f.What, tt.says) && !f.Fixed && f.Remedy != ""
			}
			if !slices.ContainsFunc(found, says) {
				t.Errorf("%s: doctor says %+v", tt.name, found)
			}
			for _, f := range examine(true) {
				if !f.Fixed {
					t.Errorf("%s: not mended: %s", tt.name, f.What)
				}
			}
			if left := examine(false); len(left) != 0 {
				t.Errorf("%s: still %+v", tt.name, left)
			}
			if tt.name == "live but withdrawn" {
				d.publish(t, b.ID, newsroom.PublishOptions{})
			}
			if got := whole(); got != want {
				t.Errorf("%s: readers find\n%s\nwant\n%s", tt.name, got, want)
			}
		}

		// What only a backup can mend is said and never "mended".
		d.sql(t, `UPDATE version SET document = '{"article":"x"}' WHERE article_id = $1 AND number = 1`, b.ID)
		d.sql(t, `UPDATE version SET number = 7 WHERE article_id = $1 AND number = 2`, a.ID)
		d.sql(t, `UPDATE path SET target = $1 WHERE path = '/northern-rim/the-sound/sluice'`, a.ID)
		must(t, d.blobs.Delete(ctx, d.picture.Blob))
		for _, fix := range []bool{false, true} {
			var said []string
			for _, f := range examine(fix) {
				if f.Fixed {
					t.Errorf("doctor claims to have mended: %s", f.What)
				}
				said = append(said, f.What)
			}
			all := strings.Join(said, "\n")
			for _, want := range []string{"hash does not fit", "missing before number 7", "leads elsewhere", "original of the picture " + d.picture.PublicID} {
				if !strings.Contains(all, want) {
					t.Errorf("doctor does not say %q:\n%s", want, all)
				}
			}
		}
	})
}

// A migration that changes the form of the search index leaves it empty, and a
// kill while it is made anew leaves it half filled.
func TestFillIndex(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		for _, headline := range []string{"The dam", "The ferry", "The bridge"} {
			d.publish(t, d.draft(t, d.content(headline)).ID, newsroom.PublishOptions{})
		}
		found := func() int {
			_, total, err := d.Store().Search(ctx, store.Query{Words: "the", Language: "en", Limit: 10})
			must(t, err)
			return total.Stories
		}
		must(t, d.FillIndex(ctx)) // has nothing to do
		for _, lost := range []string{
			`DELETE FROM story_index`,
			`DELETE FROM story_index WHERE %s = (SELECT MAX(article_id) FROM live)`,
		} {
			id := "rowid"
			if d.Store().Engine() == "postgres" {
				id = "article_id"
			}
			d.sql(t, strings.ReplaceAll(lost, "%s", id))
			if found() == 3 {
				t.Fatal("nothing is lost")
			}
			must(t, d.FillIndex(ctx))
			if n := found(); n != 3 {
				t.Errorf("after %s: %d stories are found", lost, n)
			}
		}
	})
}

// Doctor knows files that belong to nothing, and uses that are out of date.
func TestExamineMedia(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		examine := func(fix bool) (out []string) {
			t.Helper()
			must(t, d.Examine(ctx, fix, func(f newsroom.Finding) { out = append(out, f.What) }))
			return out
		}
		for _, key := range []string{"originals/ghost.jpg", "renditions/originals/ghost.jpg/320.jpg", "uploads/0123456789ab/0", "kept/elsewhere"} {
			_, err := d.blobs.Put(ctx, key, strings.NewReader("x"))
			must(t, err)
		}
		if got := examine(true); len(got) != 0 {
			t.Fatalf("young files are left alone, but doctor says %q", got)
		}
		d.clock.Set(time.Now().Add(48 * time.Hour))
		if got := examine(true); len(got) != 1 || !strings.Contains(got[0], "3 files") {
			t.Errorf("left over: %q", got)
		}
		if got := examine(false); len(got) != 0 {
			t.Errorf("after mending: %q", got)
		}
		_, err := d.Store().Conn().ExecContext(ctx, `INSERT INTO asset (public_id, kind, mime, blob, sha256, size, created_at) VALUES ('0123456789ab', 'document', 'application/pdf', 'originals/ghost.pdf', 'x', 1, 1)`)
		must(t, err)
		_, err = d.blobs.Put(ctx, "originals/ghost.pdf", strings.NewReader("x"))
		must(t, err)
		if got := examine(false); len(got) != 1 || !strings.Contains(got[0], "out of date") {
			t.Errorf("an asset without words: %q", got)
		}
		must(t, d.CatchUpMedia(ctx))
		if got := examine(false); len(got) != 0 {
			t.Errorf("after catching up: %q", got)
		}
	})
}

// A story by somebody who was merged into another is not changed by that, and
// stays unchanged when the desk's lists are made anew; a real change stays one.
func TestExamineAfterMerge(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		double := stet.Person{Name: "L. Hartog"}
		must(t, d.AddPerson(ctx, op, &double))
		c := d.content("Dam")
		c.Bylines = []stet.Byline{{Person: stet.Ref{ID: double.PublicID, Name: double.Name}, Contribution: stet.Words}}
		same, changed := d.draft(t, c), d.draft(t, c)
		d.publish(t, same.ID, newsroom.PublishOptions{})
		d.publish(t, changed.ID, newsroom.PublishOptions{AnySlug: true})
		a, err := d.Store().Article(ctx, changed.ID)
		must(t, err)
		a.Content.Dek = "Other words."
		must(t, d.Save(ctx, op, &a))

		_, err = d.MergePeople(ctx, op, double.PublicID, d.person.PublicID)
		must(t, err)
		must(t, d.RefileSome(ctx, []int64{same.ID, changed.ID}))

		for _, damage := range []string{"", `DELETE FROM copy WHERE article_id = $1`, `UPDATE copy SET hash = 1 WHERE article_id = $1`} {
			if damage != "" {
				d.sql(t, damage, same.ID)
				d.sql(t, damage, changed.ID)
			}
			must(t, d.Examine(ctx, true, func(newsroom.Finding) {}))
			for id, want := range map[int64]bool{same.ID: false, changed.ID: true} {
				c, err := d.Store().Copy(ctx, id)
				must(t, err)
				if c.Changed != want {
					t.Errorf("after %q: article %d changed is %v, want %v", damage, id, c.Changed, want)
				}
			}
		}
	})
}
