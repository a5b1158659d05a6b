// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package site_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"stet"
	"stet/internal/newsroom"
	"stet/internal/web"
)

// onBoth runs a test on a small magazine on either engine.
func onBoth(t *testing.T, f func(t *testing.T, m *magazine)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { t.Parallel(); f(t, open(t, where{})) })
	t.Run("postgres", func(t *testing.T) { t.Parallel(); f(t, open(t, where{postgres: postgres(t)})) })
}

// again changes a story and publishes it, in somebody's name.
func (m *magazine) again(t *testing.T, staff stet.Staff, slug, note string, change func(c *stet.Content)) {
	t.Helper()
	a, err := m.Store().Article(t.Context(), m.keys[slug])
	must(t, err)
	if change != nil {
		change(&a.Content)
		must(t, m.Save(t.Context(), staff, &a))
	}
	_, err = m.Publish(t.Context(), staff, a.ID, newsroom.PublishOptions{Note: note})
	must(t, err)
}

// What is sent is what was sealed, to the byte, under its hash.
func TestSealedDocument(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, m *magazine) {
		m.again(t, op, "dam", "It holds “still”.", func(c *stet.Content) { c.Dek = "It held & holds <still>." })
		var list struct {
			Versions []struct{ Document, SHA256 string }
		}
		must(t, json.Unmarshal([]byte(m.get(t, "/rim/dam/history.json")), &list))
		versions, err := m.Store().Versions(t.Context(), m.keys["dam"])
		must(t, err)
		if len(list.Versions) != 2 || len(versions) != 2 {
			t.Fatalf("%d listed, %d stored", len(list.Versions), len(versions))
		}
		for i, v := range list.Versions {
			for _, coding := range []string{"identity", "br", "gzip"} {
				res := m.ask(t, "GET", strings.TrimPrefix(v.Document, base), "", "Accept-Encoding", coding)
				coded := web.Identity
				for _, e := range []web.Encoding{web.Gzip, web.Brotli, web.Zstd} {
					if e.String() == res.Header.Get("Content-Encoding") {
						coded = e
					}
				}
				got, err := web.Decode(coded, []byte(text(t, res)))
				must(t, err)
				sum := sha256.Sum256(got)
				if string(got) != string(versions[1-i].Document) || hex.EncodeToString(sum[:]) != v.SHA256 {
					t.Errorf("%s as %s is not what was sealed", v.Document, coding)
				}
				tag := res.Header.Get("ETag")
				if !strings.HasPrefix(tag, `"`+v.SHA256) || coding == "identity" && tag != `"`+v.SHA256+`"` {
					t.Errorf("%s as %s has the ETag %s, not its hash", v.Document, coding, tag)
				}
				if res := m.ask(t, "GET", strings.TrimPrefix(v.Document, base), "", "Accept-Encoding", coding, "If-None-Match", tag); res.StatusCode != http.StatusNotModified {
					t.Errorf("%s: %d to its own ETag", v.Document, res.StatusCode)
				}
			}
		}
	})
}

// The magazine decides whom its history names; no document names the staff.
func TestHistoryNames(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, m *magazine) {
		jo := stet.Staff{Email: "jo@sound.example", Name: "Jo Staff", Role: stet.Administrator}
		must(t, m.AddStaff(t.Context(), op, &jo, ""))
		m.again(t, jo, "dam", "Said better.", func(c *stet.Content) { c.Dek = "It held well." })
		_, err := m.Correct(t.Context(), jo, m.keys["dam"], newsroom.CorrectInput{Kind: stet.Clarifying, Note: "Said once more; version 1 at /elsewhere."})
		must(t, err)
		for _, tt := range []struct {
			author newsroom.VersionAuthor
			want   string
		}{{"", ""}, {newsroom.AuthorByline, "Leila Hartog|Leila Hartog|Leila Hartog"}, {newsroom.AuthorStaff, "Jo Staff|Jo Staff"}, {newsroom.AuthorNobody, ""}} {
			if tt.author != "" {
				must(t, m.SetHistoryRules(t.Context(), op, newsroom.HistoryRules{Author: tt.author}))
			}
			doc := document(t, m.get(t, "/rim/dam/history"))
			var got []string
			for _, n := range find(doc, ".version-by") {
				got = append(got, inner(n))
			}
			if strings.Join(got, "|") != tt.want {
				t.Errorf("%q: the history names %q", tt.author, got)
			}
			raw := m.get(t, "/rim/dam/history.json")
			if strings.Contains(raw, `"by"`) != (tt.want != "") || strings.Contains(raw, "Jo Staff") != (tt.author == newsroom.AuthorStaff) {
				t.Errorf("%q: for programs %s", tt.author, raw)
			}
			for _, path := range []string{"/rim/dam/history/2", "/rim/dam/history/2.json", "/rim/dam/history/1..3"} {
				if body := m.get(t, path); strings.Contains(body, "Jo Staff") != (tt.author == newsroom.AuthorStaff && path == "/rim/dam/history/2") {
					t.Errorf("%q: %s names the staff, or does not", tt.author, path)
				}
			}
		}
		if err := m.SetHistoryRules(t.Context(), op, newsroom.HistoryRules{Author: "everybody"}); stet.ErrorCode(err) != stet.Invalid {
			t.Errorf("a wrong choice: %v", err)
		}
	})
}

// Pictures are compared as pictures; one whose rights have ended is shown no
// longer, in no version.
func TestHistoryOfPictures(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, m *magazine) {
		m.again(t, op, "dam", "Without its picture.", func(c *stet.Content) { c.Lead = nil })
		m.again(t, op, "dam", "", func(c *stet.Content) {
			c.Lead = &stet.Placement{Asset: m.ids["pic"], Caption: "Another caption"}
			c.Bylines, c.Topics, c.Genre = nil, nil, stet.Ref{}
		})
		rows := func(path string) (out []string) {
			for _, n := range find(document(t, m.get(t, path)), ".diff-fields .diff-row") {
				row := inner(find(n, ".diff-what")[0])
				for _, img := range find(n, "img") {
					src, _ := attribute(img, "src")
					row += " " + src[:min(len(src), 13)]
				}
				out = append(out, row)
			}
			return out
		}
		if got := fmt.Sprint(rows("/rim/dam/history/1..2")); !strings.Contains(got, "Lead picture removed /media/") || !strings.Contains(got, "Caption changed") || !strings.Contains(got, "Credit changed") {
			t.Errorf("the picture that went: %s", got)
		}
		if got := fmt.Sprint(rows("/rim/dam/history/1..3/side")); strings.Contains(got, "picture") || !strings.Contains(got, "Byline changed") || !strings.Contains(got, "Genre changed") || !strings.Contains(got, "Topics changed") || !strings.Contains(got, "Caption changed") {
			t.Errorf("first and last: %s", got)
		}
		if img := find(document(t, m.get(t, "/rim/dam/history/1")), ".story-picture img"); len(img) != 1 {
			t.Fatalf("the first version has %d pictures", len(img))
		}
		m.again(t, op, "dam", "", func(c *stet.Content) { c.Lead = nil }) // nothing of today shows it
		m.change(t, m.ids["pic"], func(a *stet.Asset) { a.RightsEnd = m.clock.Now().Add(time.Hour) })
		m.get(t, "/rim/dam/history/1")
		m.get(t, "/rim/dam/history/1..2")
		m.clock.Advance(2 * time.Hour)
		must(t, m.RightsEnded(t.Context(), newsroom.RightsArgs{Asset: m.keys["pic"]}))
		for path, selector := range map[string]string{"/rim/dam/history/1": ".story-picture img", "/rim/dam/history/1..2": ".diff-picture img"} {
			img := find(document(t, m.get(t, path)), selector)
			if len(img) != 1 {
				t.Errorf("%s shows %d pictures", path, len(img))
				continue
			}
			src, _ := attribute(img[0], "src")
			if alt, _ := attribute(img[0], "alt"); !strings.HasPrefix(src, "/media/ended/") || alt != "This picture can no longer be shown" {
				t.Errorf("%s shows %s, %q", path, src, alt)
			}
		}
	})
}

// A story of very many versions is told in pages whose addresses stay.
func TestLongHistory(t *testing.T) {
	t.Parallel()
	m := open(t, where{})
	const count = 120
	must(t, m.Batch(t.Context(), func(r *newsroom.Room) error {
		inner := *m
		inner.Room = r
		for n := 2; n <= count; n++ {
			inner.again(t, op, "opera", fmt.Sprintf("Note %d.", n), nil)
		}
		return nil
	}))
	numbers := func(path string) (first, last string, doc string) {
		body := m.get(t, path)
		found := find(document(t, body), ".version h2")
		if len(found) == 0 {
			t.Fatalf("%s lists nothing", path)
		}
		return inner(found[0]), inner(found[len(found)-1]), body
	}
	seen := 0
	for path := "/culture/opera/history"; path != ""; {
		body := m.get(t, path)
		doc := document(t, body)
		seen += len(find(doc, ".version"))
		next := find(doc, ".paging a[rel=next]")
		if path = ""; len(next) > 0 {
			path, _ = attribute(next[0], "href")
		}
	}
	if seen != count {
		t.Errorf("all pages list %d versions", seen)
	}
	first, last, body := numbers("/culture/opera/history?before=71")
	if first != "Version 70" || last != "Version 21" || !strings.Contains(body, `href="/culture/opera/history?before=21"`) || !strings.Contains(body, `rel="prev" href="/culture/opera/history?before=121"`) && !strings.Contains(body, `rel="prev" href="/culture/opera/history"`) {
		t.Errorf("the second page goes from %s to %s", first, last)
	}
	if n := len(find(document(t, body), `form.compare-form input[type=number]`)); n != 2 {
		t.Errorf("so many versions are chosen by %d fields", n)
	}
	var page struct {
		Versions []struct{ Number int }
		Next     string
	}
	all := 0
	for path := "/culture/opera/history.json"; path != ""; path = strings.TrimPrefix(page.Next, base) {
		page.Next = ""
		must(t, json.Unmarshal([]byte(m.get(t, path)), &page))
		all += len(page.Versions)
		page.Versions = nil
	}
	if all != count {
		t.Errorf("programs are told of %d versions", all)
	}
	m.again(t, op, "opera", "One more.", nil)
	if f, l, _ := numbers("/culture/opera/history?before=71"); f != first || l != last {
		t.Errorf("a page that was linked to shows %s to %s now", f, l)
	}
}

// Feeds announce updates when the magazine wants them to.
func TestFeedsAnnounceUpdates(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, m *magazine) {
		ctx := t.Context()
		m.clock.Set(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC))
		m.again(t, op, "opera", "", func(c *stet.Content) { c.Dek = "Mended in silence." })
		before := m.get(t, "/feed")
		if strings.Index(before, "Dam holds") > strings.Index(before, "The opera") {
			t.Fatal("the newer story does not come first")
		}
		m.clock.Set(time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC))
		m.again(t, op, "opera", "With the names of <all> singers.", nil)
		if now := m.get(t, "/feed"); strings.Index(now, "Dam holds") > strings.Index(now, "The opera") || strings.Contains(now, "singers") || strings.Contains(now, "02 Mar 2026 12:00:00 +0000</pubDate>") {
			t.Error("an update is announced though nobody has asked for it")
		}
		must(t, m.SetHistoryRules(ctx, op, newsroom.HistoryRules{Author: newsroom.AuthorNobody, AnnounceUpdates: true}))
		for _, path := range []string{"/feed", "/culture/feed", "/feed/atom", "/feed/json"} {
			now := m.get(t, path)
			if path != "/culture/feed" && strings.Index(now, "Dam holds") < strings.Index(now, "The opera") {
				t.Errorf("%s: the updated story does not come first", path)
			}
			if !strings.Contains(now, "singers") {
				t.Errorf("%s does not say what the update is about", path)
			}
		}
		rss := m.get(t, "/feed")
		if !strings.Contains(rss, "<pubDate>Mon, 02 Mar 2026 12:00:00 +0000</pubDate>") || !strings.Contains(rss, "Thu, 01 Jan 2026 10:00:00 +0000</pubDate>") {
			t.Errorf("RSS dates: %s", rss)
		}
		if atom := m.get(t, "/feed/atom"); !strings.Contains(atom, "<published>2026-01-01T09:00:00Z</published>") || !strings.Contains(atom, "<updated>2026-03-02T12:00:00Z</updated>") {
			t.Error("Atom does not tell the update from the publication")
		}
		// A mend without a note changes nothing of that.
		m.clock.Set(time.Date(2026, 3, 3, 12, 0, 0, 0, time.UTC))
		m.again(t, op, "dam", "", func(c *stet.Content) { c.Dek = "It held on." })
		if now := m.get(t, "/feed"); strings.Index(now, "Dam holds") < strings.Index(now, "The opera") {
			t.Error("a mend in silence is announced")
		}
	})
}
