// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package site_test

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"image"
	_ "image/jpeg"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"github.com/mmcdole/gofeed"

	"stet"
	"stet/internal/newsroom"
	"stet/internal/site"
	"stet/internal/web"
)

// small is a magazine with a story that has everything.
func small() plan {
	return plan{
		Sections: []struct{ Slug, Name, Parent, Description string }{{Slug: "rim", Name: "Rim"}, {Slug: "culture", Name: "Culture"}},
		Genres:   []struct{ Slug, Name string }{{"analysis", "Analysis"}},
		Topics:   []struct{ Slug, Name, Description string }{{Slug: "dams", Name: "Dams"}},
		Pictures: []struct {
			Slug                 string
			Width, Height        int
			Alt, Caption, Credit string
		}{{"pic", 1000, 700, "A dam", "The dam", "M. Ruiz"}},
		People: []struct {
			Slug, Name, Bio string
			Portrait        string
			Roles           []stet.Role
			Links           []stet.Link
			Variants        []string
		}{{Slug: "leila", Name: "Leila Hartog", Bio: "Writes."}},
		Stories: []story{
			{Slug: "dam", Headline: "Dam holds", Dek: "It held.", Section: "rim", Genre: "analysis", Topics: []string{"dams"}, By: []string{"leila"}, Picture: "pic", Published: "2026-01-01T10:00:00Z", Body: strings.Repeat("Water stood high at the dam. ", 40), Raw: "<b>chart</b><script>alert(1)</script>"},
			{Slug: "opera", Headline: "The opera", Section: "culture", Published: "2026-01-01T09:00:00Z", Body: "They sang."},
			{Slug: "about", Headline: "About", Page: true, Published: "2025-01-01T09:00:00Z", Body: "We write."},
		},
	}
}

func open(t *testing.T, at where) *magazine {
	t.Helper()
	m := serve(t, at)
	m.fill(t, small())
	return m
}

// everyPage is one of each kind that is kept in the cache.
var everyPage = []string{"/", "/latest", "/archive", "/archive/2026", "/archive/2026/01", "/rim", "/culture", "/genre/analysis", "/topic/dams", "/person/leila", "/rim/dam", "/about", "/search", "/feed", "/feed/atom", "/rim/feed/json", "/sitemap.xml", "/sitemaps/1.xml", "/sitemaps/lists.xml", "/sitemaps/news.xml", "/robots.txt", "/corrections", "/corrections/rim", "/corrections/feed", "/rim/dam/history", "/rim/dam/history/1", "/rim/dam/history.json", "/rim/dam/history/1.json"}

func TestEncodings(t *testing.T) {
	t.Parallel()
	m := open(t, where{})
	for _, path := range append(everyPage, "/nothing/here", "/search?q=dam", "/static") {
		plain := text(t, m.ask(t, "GET", path, ""))
		for header, e := range map[string]web.Encoding{
			"gzip": web.Gzip, "br": web.Brotli, "zstd": web.Zstd, "br;q=0.1, gzip;q=0.9": web.Gzip, "gzip, deflate, br, zstd": web.Brotli, "identity": web.Identity, "br;q=0": web.Identity,
		} {
			res := m.ask(t, "GET", path, "", "Accept-Encoding", header)
			if len(plain) < 256 {
				e = web.Identity // not worth it
			}
			if got := res.Header.Get("Content-Encoding"); got != e.String() {
				t.Errorf("%s for %q is sent as %q", path, header, got)
				continue
			}
			if got := res.Header.Get("Vary"); got != "Accept-Encoding" {
				t.Errorf("%s: Vary %q", path, got)
			}
			sent, err := web.Decode(e, []byte(text(t, res)))
			if err != nil || string(sent) != plain {
				t.Errorf("%s as %q is another page: %v", path, header, err)
			}
		}
	}
}

func TestConditionalRequests(t *testing.T) {
	t.Parallel()
	m := open(t, where{})
	for _, path := range everyPage {
		first := m.ask(t, "GET", path, "", "Accept-Encoding", "gzip")
		tag, modified := first.Header.Get("ETag"), first.Header.Get("Last-Modified")
		if !strings.HasPrefix(tag, `"`) || modified == "" || first.StatusCode != 200 {
			t.Errorf("%s: %d, ETag %q, Last-Modified %q", path, first.StatusCode, tag, modified)
			continue
		}
		for _, header := range [][]string{{"If-None-Match", tag}, {"If-Modified-Since", modified}} {
			res := m.ask(t, "GET", path, "", append(header, "Accept-Encoding", "gzip")...)
			if res.StatusCode != http.StatusNotModified || text(t, res) != "" || res.Header.Get("ETag") != tag {
				t.Errorf("%s with %s: %d", path, header[0], res.StatusCode)
			}
		}
		head := m.ask(t, "HEAD", path, "", "Accept-Encoding", "gzip")
		if head.StatusCode != 200 || text(t, head) != "" || head.Header.Get("Content-Length") != first.Header.Get("Content-Length") || head.Header.Get("ETag") != tag {
			t.Errorf("HEAD %s: %d %v", path, head.StatusCode, head.Header)
		}
	}
	tag := m.ask(t, "GET", "/rim/dam", "").Header.Get("ETag")
	m.publish(t, "dam", "dek Held indeed.")
	if res := m.ask(t, "GET", "/rim/dam", "", "If-None-Match", tag); res.StatusCode != 200 {
		t.Errorf("a changed story answers %d to the old tag", res.StatusCode)
	}
}

func TestSecurityHeaders(t *testing.T) {
	t.Parallel()
	m := open(t, where{proxies: []string{"10.0.0.0/8"}})
	paths := append([]string{"/nothing", "/health", "/stream?after=" + m.ids["dam"], "/search?q=x", "/media/" + m.ids["pic"] + "/640.jpg", "/rim/dam/"}, everyPage...)
	for _, path := range paths {
		h := m.ask(t, "GET", path, "").Header
		for name, want := range map[string]string{
			"Content-Security-Policy": web.PolicyReader, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "strict-origin-when-cross-origin", "X-Frame-Options": "DENY", "Strict-Transport-Security": "",
		} {
			if got := h.Get(name); got != want {
				t.Errorf("%s: %s is %q", path, name, got)
			}
		}
		if h.Get("Cache-Control") == "" {
			t.Errorf("%s says nothing about caching", path)
		}
		if h.Get("Set-Cookie") != "" {
			t.Errorf("%s sets a cookie", path)
		}
	}
	for _, tt := range []struct {
		remote, proto string
		want          bool
	}{{"10.1.2.3:1", "https", true}, {"10.1.2.3:1", "http", false}, {"203.0.113.9:1", "https", false}} {
		res := m.ask(t, "GET", "/rim/dam", "", "Remote", tt.remote, "X-Forwarded-Proto", tt.proto)
		if got := res.Header.Get("Strict-Transport-Security") != ""; got != tt.want {
			t.Errorf("%s by %s: HSTS %v", tt.remote, tt.proto, got)
		}
	}
}

func TestRawFrame(t *testing.T) {
	t.Parallel()
	m := open(t, where{})
	frame := find(document(t, m.get(t, "/rim/dam")), "iframe")
	if len(frame) != 1 {
		t.Fatalf("%d frames", len(frame))
	}
	src, _ := attribute(frame[0], "src")
	if sandbox, ok := attribute(frame[0], "sandbox"); !ok || strings.Contains(sandbox, "allow-scripts") && strings.Contains(sandbox, "allow-same-origin") {
		t.Errorf("sandbox %q", sandbox)
	}
	res := m.ask(t, "GET", src, "")
	body := text(t, res)
	if res.StatusCode != 200 || !strings.Contains(body, "<b>chart</b>") {
		t.Errorf("%s: %d %s", src, res.StatusCode, body)
	}
	for name, want := range map[string]string{"Content-Security-Policy": web.PolicyRaw, "X-Frame-Options": "SAMEORIGIN", "X-Robots-Tag": "noindex"} {
		if got := res.Header.Get(name); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
	// The address names the version, which readers may go on reading.
	m.publish(t, "dam", "body Without the chart.")
	if res := m.ask(t, "GET", src, ""); res.StatusCode != 200 || !strings.Contains(text(t, res), "<b>chart</b>") {
		t.Errorf("a block of an earlier version answers %d", res.StatusCode)
	}
	if res := m.ask(t, "GET", strings.Replace(src, "/1/", "/2/", 1), ""); res.StatusCode != 404 {
		t.Errorf("a block that is gone answers %d", res.StatusCode)
	}
}

func TestPictures(t *testing.T) {
	t.Parallel()
	m := open(t, where{})
	// Every address that a page names works, is as wide as it says, and may be kept.
	seen := map[string]bool{}
	for _, path := range []string{"/rim/dam", "/", "/rim", "/stream?after=" + m.ids["opera"]} {
		for _, img := range find(document(t, m.get(t, path)), "img") {
			src, _ := attribute(img, "src")
			srcset, _ := attribute(img, "srcset")
			for part := range strings.SplitSeq(src+" 0w,"+srcset, ",") {
				var address string
				var width int
				fmt.Sscanf(part, "%s %dw", &address, &width)
				if address == "" || seen[address] {
					continue
				}
				seen[address] = true
				res := m.ask(t, "GET", address, "")
				body := text(t, res)
				if res.StatusCode != 200 || res.Header.Get("Content-Type") != "image/jpeg" || !strings.Contains(res.Header.Get("Cache-Control"), "immutable") {
					t.Errorf("%s: %d %v", address, res.StatusCode, res.Header)
					continue
				}
				cfg, _, err := image.DecodeConfig(strings.NewReader(body))
				if err != nil || width != 0 && cfg.Width != width {
					t.Errorf("%s is %d wide, %v", address, cfg.Width, err)
				}
				if again := m.ask(t, "GET", address, "", "If-None-Match", res.Header.Get("ETag")); again.StatusCode != http.StatusNotModified {
					t.Errorf("%s again: %d", address, again.StatusCode)
				}
				if part := m.ask(t, "GET", address, "", "Range", "bytes=0-9"); part.StatusCode != http.StatusPartialContent {
					t.Errorf("%s in part: %d", address, part.StatusCode)
				}
			}
		}
	}
	if len(seen) < 5 {
		t.Errorf("only %d pictures were seen", len(seen))
	}
	id := m.ids["pic"]
	for _, wrong := range []string{"641.jpg", "640.png", "0640.jpg", "-640.jpg", "4x3-640.jpg", "3x2-640.jpg.jpg", "..", "%2e%2e%2f640.jpg", "640.jpg%00", ""} {
		if res := m.ask(t, "GET", "/media/"+id+"/"+wrong, ""); res.StatusCode != 404 && res.StatusCode != 301 && res.StatusCode != 307 {
			t.Errorf("%q: %d", wrong, res.StatusCode)
		}
	}
	// One that is larger than the picture leads to the largest that there is.
	if res := m.ask(t, "GET", "/media/"+id+"/2400.jpg", ""); res.StatusCode != 302 || !strings.HasPrefix(res.Header.Get("Location"), "/media/"+id+"/") {
		t.Errorf("a width that the picture does not have: %d, to %q", res.StatusCode, res.Header.Get("Location"))
	}
	if res := m.ask(t, "GET", "/media/000000000000/640.jpg", ""); res.StatusCode != 404 {
		t.Errorf("no picture: %d", res.StatusCode)
	}
	// The editor moves the focal point: old addresses lead to the new crop.
	a, err := m.Store().Asset(t.Context(), id)
	must(t, err)
	a.FocalX, a.FocalY = 0.2, 0.8
	must(t, m.Store().UpdateAsset(t.Context(), &a))
	res := m.ask(t, "GET", "/media/"+id+"/3x2-640.jpg", "")
	if res.StatusCode != http.StatusFound || res.Header.Get("Location") != "/media/"+id+"/3x2-20-80-640.jpg" {
		t.Errorf("the old crop: %d %s", res.StatusCode, res.Header.Get("Location"))
	}
	if res := m.ask(t, "GET", res.Header.Get("Location"), ""); res.StatusCode != 200 {
		t.Errorf("the new crop: %d", res.StatusCode)
	}
	// The original is lost: no page fails, the picture does.
	must(t, m.blobs.Delete(t.Context(), a.Blob))
	m.get(t, "/rim/dam")
}

func TestStaticFiles(t *testing.T) {
	t.Parallel()
	m := open(t, where{override: fstest.MapFS{"static/owner.css": {Data: []byte("body{color:red}")}}})
	doc := document(t, m.get(t, "/rim/dam"))
	n, owner := 0, false
	for _, sel := range []string{"link[rel=stylesheet]", "link[rel=icon]", "link[rel=preload]", "script[src]"} {
		for _, el := range find(doc, sel) {
			address, ok := attribute(el, "href")
			if !ok {
				address, _ = attribute(el, "src")
			}
			res := m.ask(t, "GET", address, "", "Accept-Encoding", "br")
			if res.StatusCode != 200 || !strings.Contains(res.Header.Get("Cache-Control"), "immutable") || res.Header.Get("Content-Type") == "" {
				t.Errorf("%s: %d %v", address, res.StatusCode, res.Header)
			}
			n++
			owner = owner || strings.Contains(address, "owner.css")
		}
	}
	if n < 6 || !owner {
		t.Errorf("%d files, the owner's among them: %v", n, owner)
	}
}

// A theme that does not fit is refused at the start, with file and line.
func TestBrokenTheme(t *testing.T) {
	t.Parallel()
	m := serve(t, where{})
	_, err := site.New(t.Context(), site.Options{Store: m.Store(), Overrides: fstest.MapFS{"templates/listing.html": {Data: []byte("{{define \"main\"}}\n{{.NoSuchField}}{{end}}")}}})
	if err == nil || !strings.Contains(err.Error(), "listing.html") || !strings.Contains(err.Error(), "NoSuchField") || !strings.Contains(err.Error(), "2") {
		t.Errorf("%v", err)
	}
}

func TestFeedsParse(t *testing.T) {
	t.Parallel()
	m := open(t, where{})
	for _, list := range []string{"", "/rim", "/topic/dams", "/genre/analysis", "/person/leila"} {
		for _, form := range []string{"/feed", "/feed/", "/feed/atom", "/feed/json"} {
			body := m.get(t, list+form)
			f, err := gofeed.NewParser().ParseString(body)
			if err != nil {
				t.Errorf("%s: %v", list+form, err)
				continue
			}
			it := f.Items[0]
			if it.Title != "Dam holds" || it.Link != base+"/rim/dam" || it.GUID != "urn:stet:"+m.ids["dam"] || !strings.Contains(it.Content, "Water stood high") || strings.Contains(it.Content, "<script") {
				t.Errorf("%s: %+v", list+form, it)
			}
			if !it.PublishedParsed.Equal(time.Date(2026, 1, 1, 10, 0, 0, 0, time.UTC)) || it.Authors[0].Name != "Leila Hartog" {
				t.Errorf("%s: %v by %v", list+form, it.PublishedParsed, it.Authors)
			}
			for _, attr := range []string{` src="/`, ` href="/`, ` href="#`} {
				if strings.Contains(it.Content, attr) {
					t.Errorf("%s has an address that is not absolute: %s", list+form, attr)
				}
			}
		}
	}
	for _, path := range []string{"/sitemap.xml", "/sitemaps/1.xml", "/sitemaps/lists.xml", "/sitemaps/news.xml"} {
		var v struct {
			XMLName xml.Name
			Loc     []string `xml:"url>loc"`
			Map     []string `xml:"sitemap>loc"`
		}
		if err := xml.Unmarshal([]byte(m.get(t, path)), &v); err != nil {
			t.Errorf("%s: %v", path, err)
		}
		// Every address in a sitemap answers itself, without a redirect.
		for _, loc := range append(v.Loc, v.Map...) {
			u, err := url.Parse(loc)
			must(t, err)
			m.get(t, u.EscapedPath())
		}
	}
}

// A feed reader that only knows dates sees every change.
func TestFeedDates(t *testing.T) {
	t.Parallel()
	m := open(t, where{})
	since := m.ask(t, "GET", "/feed", "").Header.Get("Last-Modified")
	at, err := http.ParseTime(since)
	if err != nil || time.Since(at) > time.Hour {
		t.Fatalf("Last-Modified %q: it is the date of the newest story, and a withdrawn or older one would not be seen", since)
	}
}

func TestSignUpLimits(t *testing.T) {
	t.Parallel()
	m := open(t, where{proxies: []string{"10.0.0.0/8"}})
	post := func(i int, remote, forwarded string) int {
		return m.ask(t, "POST", "/newsletter", url.Values{"email": {fmt.Sprintf("r%d@example.org", i)}}.Encode(), "Remote", remote, "X-Forwarded-For", forwarded).StatusCode
	}
	for i := range 10 {
		if got := post(i, "203.0.113.7:1", fmt.Sprintf("198.51.100.%d", i)); got != 200 {
			t.Errorf("sign-up %d: %d", i, got)
		}
	}
	if got := post(10, "203.0.113.7:1", "198.51.100.99"); got != http.StatusTooManyRequests {
		t.Errorf("the eleventh of one network, with made-up headers: %d", got)
	}
	if got := post(11, "203.0.113.8:1", ""); got != 200 {
		t.Errorf("another network: %d", got)
	}
	if got := post(12, "10.0.0.1:1", "203.0.113.7"); got != http.StatusTooManyRequests {
		t.Errorf("the same network behind our proxy: %d", got)
	}
	m.clock.Advance(11 * time.Minute)
	if got := post(13, "203.0.113.7:1", ""); got != 200 {
		t.Errorf("later: %d", got)
	}
	if got := post(14, "203.0.113.7:1", ""); got != http.StatusTooManyRequests {
		t.Errorf("and at once again: %d", got)
	}
	for i := range 10 { // one household
		post(20+i, fmt.Sprintf("[2001:db8::%d]:1", i+1), "")
	}
	if got := post(40, "[2001:db8::ffff]:1", ""); got != http.StatusTooManyRequests {
		t.Errorf("another address of the same /64: %d", got)
	}
	if got := m.ask(t, "POST", "/newsletter", "email="+strings.Repeat("a", 10000)).StatusCode; got != http.StatusBadRequest {
		t.Errorf("a form of 10 kB: %d", got)
	}
	all, err := m.Store().ReadersAfter(t.Context(), 0, 100)
	must(t, err)
	if len(all) != 22 {
		t.Errorf("%d readers", len(all))
	}
}

// shows says which pages name the words, those apart that show a version as it was.
func (m *magazine) shows(t *testing.T, words string) (out []string) {
	t.Helper()
	for _, path := range everyPage {
		if strings.Contains(path, "/history/") {
			continue
		}
		if strings.Contains(text(t, m.ask(t, "GET", path, "")), words) {
			out = append(out, path)
		}
	}
	return out
}

// Whatever an editor does is seen with the next request, on every page.
func TestPagesAreDropped(t *testing.T) {
	t.Parallel()
	m := open(t, where{})
	before := m.shows(t, "Dam holds") // fills the cache
	if len(before) < 8 {
		t.Fatalf("the headline stands on %v only", before)
	}
	same := func(what string, got []string) {
		t.Helper()
		if fmt.Sprint(got) != fmt.Sprint(before) {
			t.Errorf("%s: on %v, want %v", what, got, before)
		}
	}
	none := func(what, words string) {
		t.Helper()
		if got := m.shows(t, words); len(got) != 0 {
			t.Errorf("%s: %q is still on %v", what, words, got)
		}
	}
	m.publish(t, "dam", "headline Dam bursts")
	none("a new headline", "Dam holds")
	same("a new headline", m.shows(t, "Dam bursts"))

	m.publish(t, "dam", "section culture")
	none("another section", "/rim/dam\"")
	if got := m.get(t, "/rim"); strings.Contains(got, "Dam bursts") {
		t.Error("the former section still lists it")
	}

	p, err := m.Store().Person(t.Context(), m.keys["leila"])
	must(t, err)
	p.Name = "Leila Voss"
	must(t, m.UpdatePerson(t.Context(), op, &p))
	none("a new name", "Leila Hartog")

	must(t, m.Withdraw(t.Context(), op, m.keys["dam"]))
	none("withdrawn", "Dam bursts")
	m.publish(t, "dam", "")
	if got := m.shows(t, "Dam bursts"); len(got) < 6 {
		t.Errorf("back on %v only", got)
	}

	must(t, m.AddSection(t.Context(), op, &stet.Section{Name: "Brand new"}))
	if got := m.shows(t, "Brand new"); len(got) < 10 {
		t.Errorf("a new section stands in the bar of %v only", got)
	}
	must(t, m.SetMagazine(t.Context(), op, stet.Magazine{Name: "Renamed", Language: "en", TimeZone: "UTC"}))
	none("renamed", "The Sound")
	must(t, m.SetFront(t.Context(), op, stet.Front{Blocks: []stet.Block{{Type: stet.BlockText, Text: "Nothing today"}}}))
	if !strings.Contains(m.get(t, "/"), "Nothing today") {
		t.Error("the front is the old one")
	}

	// A batch that failed drops nothing and shows nothing.
	_ = m.Batch(t.Context(), func(r *newsroom.Room) error {
		a, err := r.Store().Article(t.Context(), m.keys["opera"])
		must(t, err)
		a.Content.Headline = "Never"
		must(t, r.Save(t.Context(), op, &a))
		_, err = r.Publish(t.Context(), op, a.ID, newsroom.PublishOptions{})
		must(t, err)
		return errors.New("no")
	})
	none("rolled back", "Never")
}

// On PostgreSQL another node publishes.
func TestPagesAreDroppedByOtherNodes(t *testing.T) {
	t.Parallel()
	url := postgres(t)
	a := serve(t, where{postgres: url})
	a.fill(t, small())
	b := serve(t, where{postgres: url})
	for round := range 3 {
		headline := fmt.Sprint("Dam of round ", round)
		for _, path := range everyPage {
			b.get(t, path)
		}
		a.publish(t, "dam", "headline "+headline)
		for deadline := time.Now().Add(10 * time.Second); !strings.Contains(b.get(t, "/rim/dam"), headline) || !strings.Contains(b.get(t, "/"), headline) || !strings.Contains(b.get(t, "/feed"), headline); time.Sleep(10 * time.Millisecond) {
			if time.Now().After(deadline) {
				t.Fatalf("round %d: the other node still shows the old pages", round)
			}
		}
	}
}

// Who asks after a publication sees it, however many are reading.
func TestNoStalePage(t *testing.T) {
	t.Parallel()
	m := open(t, where{cache: 200 << 10})
	const rounds = 15
	paths := []string{"/rim/dam", "/", "/rim", "/latest", "/feed", "/archive/2026/01", "/topic/dams", "/stream?after=" + m.ids["opera"]}
	var published atomic.Int64
	var wg sync.WaitGroup
	ctx, stop := context.WithCancel(t.Context())
	for i := range 4 {
		wg.Go(func() {
			for n := i; ctx.Err() == nil; n++ {
				path := paths[n%len(paths)]
				atLeast := published.Load()
				body := text(t, m.ask(t, "GET", path, ""))
				_, after, ok := strings.Cut(body, "Edition #")
				var got int64
				fmt.Sscan(after[:min(len(after), 4)], &got)
				if atLeast > 0 && (!ok || got < atLeast) {
					t.Errorf("%s shows edition %d after %d was published", path, got, atLeast)
					return
				}
			}
		})
	}
	for n := int64(1); n <= rounds; n++ {
		m.publish(t, "dam", fmt.Sprintf("headline Edition #%03d", n+100))
		published.Store(n + 100)
	}
	stop()
	wg.Wait()
	for _, path := range paths {
		if body := m.get(t, path); !strings.Contains(body, fmt.Sprintf("Edition #%d", rounds+100)) {
			t.Errorf("%s was kept from before the last publication", path)
		}
	}
}

// The front, the names and the counts are read anew, too, whoever reads
// meanwhile.
func TestNoStaleWorld(t *testing.T) {
	t.Parallel()
	m := open(t, where{})
	var wg sync.WaitGroup
	ctx, stop := context.WithCancel(t.Context())
	for range 3 {
		wg.Go(func() {
			for ctx.Err() == nil {
				m.ask(t, "GET", "/", "")
				m.ask(t, "GET", "/archive", "")
			}
		})
	}
	for n := range 12 {
		words := fmt.Sprintf("Notice %03d", n)
		must(t, m.SetFront(t.Context(), op, stet.Front{Blocks: []stet.Block{{Type: stet.BlockText, Text: words}}}))
		if !strings.Contains(m.get(t, "/"), words) {
			t.Fatalf("the front of round %d is an old one", n)
		}
		m.add(t, story{Slug: fmt.Sprint("s", n), Headline: "S", Section: "rim", Published: "2024-05-01T00:00:00Z", Body: "x"})
		if got := inner(find(document(t, m.get(t, "/archive/2024")), ".intro")[0]); !strings.HasPrefix(got, fmt.Sprint(n+1, " stor")) {
			t.Fatalf("the archive of round %d says %q", n, got)
		}
	}
	stop()
	wg.Wait()
}

func TestLanguages(t *testing.T) {
	t.Parallel()
	for lang, dir := range map[string]string{"en": "ltr", "fr": "ltr", "de-AT": "ltr", "es": "ltr", "ar": "rtl"} {
		m := serve(t, where{})
		p := small()
		p.Magazine = stet.Magazine{Name: "M", Language: lang, TimeZone: "UTC", Newsletter: "x"}
		m.fill(t, p)
		for _, path := range append([]string{"/nothing"}, everyPage[0], "/archive/2026/01", "/rim", "/person/leila", "/rim/dam", "/about", "/search?q=dam") {
			res := m.ask(t, "GET", path, "")
			body := text(t, res)
			if fault := checkHTML(body, true); fault != "" {
				t.Errorf("%s: %s: %s", lang, path, fault)
			}
			if !strings.Contains(body, fmt.Sprintf(`<html lang="%s" dir="%s">`, lang, dir)) {
				t.Errorf("%s: %s is in another language: %.60s", lang, path, body)
			}
		}
	}
}

// A magazine in which nothing has happened yet is served all the same.
func TestEmptyMagazine(t *testing.T) {
	t.Parallel()
	m := serve(t, where{})
	for _, path := range []string{"/", "/latest", "/archive", "/search", "/search?q=x", "/feed", "/feed/atom", "/feed/json", "/sitemap.xml", "/sitemaps/lists.xml", "/sitemaps/news.xml", "/robots.txt", "/newsletter"} {
		body := m.get(t, path)
		if strings.HasPrefix(body, "<!doctype") {
			if fault := checkHTML(body, true); fault != "" {
				t.Errorf("%s: %s", path, fault)
			}
		}
	}
}

// When the database fails, the answer says sorry and nothing else.
func TestDatabaseGone(t *testing.T) {
	t.Parallel()
	m := open(t, where{})
	m.get(t, "/rim/dam")
	must(t, m.Store().Close())
	res := m.ask(t, "GET", "/rim", "")
	body := text(t, res)
	if res.StatusCode != http.StatusInternalServerError || strings.Contains(body, "sql") || strings.Contains(body, "closed") {
		t.Errorf("%d: %s", res.StatusCode, body)
	}
	if res.Header.Get("Cache-Control") != "no-store" {
		t.Error("a failure may be kept")
	}
	if res := m.ask(t, "GET", "/health", ""); res.StatusCode != http.StatusInternalServerError {
		t.Errorf("health: %d", res.StatusCode)
	}
	m.get(t, "/rim/dam") // from memory
}

// A document that is no picture is served as it is, harmlessly.
func TestDocuments(t *testing.T) {
	t.Parallel()
	m := open(t, where{})
	ctx := t.Context()
	const data = "%PDF-1.4\n<script>alert(1)</script>"
	_, err := m.blobs.Put(ctx, "originals/report.pdf", strings.NewReader(data))
	must(t, err)
	a := stet.Asset{PublicID: stet.NewID(), Kind: stet.Document, MIME: "application/pdf", Blob: "originals/report.pdf", SHA256: strings.Repeat("b", 64), Filename: "The \"report\"; été.pdf"}
	must(t, m.Store().CreateAsset(ctx, &a))
	m.keys["pdf"] = a.ID
	must(t, m.Store().AddPath(ctx, stet.Path{Path: "/files/report.pdf", Kind: stet.PathAsset, Target: a.ID}))
	res := m.ask(t, "GET", "/files/report.pdf", "")
	to := res.Header.Get("Location")
	if res.StatusCode != 301 || !strings.HasPrefix(to, "/media/"+a.PublicID+"/") {
		t.Fatalf("%d %s", res.StatusCode, to)
	}
	res = m.ask(t, "GET", to, "")
	if got := text(t, res); got != data || res.Header.Get("Content-Type") != "application/pdf" || !strings.Contains(res.Header.Get("Content-Security-Policy"), "sandbox") || !strings.HasPrefix(res.Header.Get("Content-Disposition"), "inline; filename=") {
		t.Errorf("%q %v", got, res.Header)
	}
	if res := m.ask(t, "GET", "/media/"+a.PublicID+"/other.pdf", ""); res.StatusCode != 404 {
		t.Errorf("another name: %d", res.StatusCode)
	}
}

// The stream of somebody who has seen as many stories as a request may name
// ends, and does not begin anew.
func TestStreamEnds(t *testing.T) {
	t.Parallel()
	m := open(t, where{})
	page := text(t, m.ask(t, "GET", "/rim/dam", ""))
	_, rest, _ := strings.Cut(page, "/stream?after=")
	id := rest[:12]
	seen := make([]string, 300)
	for i := range seen {
		seen[i] = fmt.Sprintf("%012d", i)
	}
	for n, stories := range map[int]int{299: 1, 300: 0} {
		body := text(t, m.ask(t, "GET", "/stream?after="+id+"&seen="+strings.Join(seen[:n], ","), ""))
		if got := strings.Count(body, "<article"); got != stories {
			t.Errorf("after %d stories come %d, want %d", n, got, stories)
		}
	}
}

// Where there are more authors than a list can show, the filter asks for a name.
func TestSearchAsksForAPerson(t *testing.T) {
	t.Parallel()
	m := serve(t, where{})
	p := small()
	for i := range 301 {
		author := p.People[0]
		author.Slug, author.Name, author.Variants = fmt.Sprint("author-", i), fmt.Sprint("Author ", i), nil
		p.People = append(p.People, author)
		p.Stories[1].By = append(p.Stories[1].By, author.Slug)
	}
	m.fill(t, p)
	for person, headline := range map[string]string{"leila": "Dam holds", "Leila HARTOG": "Dam holds", "author 300": "The opera"} {
		body := text(t, m.ask(t, "GET", "/search?person="+url.QueryEscape(person), ""))
		if !strings.Contains(body, `<input type="text" name="person"`) || strings.Contains(body, `<select name="person"`) {
			t.Fatal("there is no field for a name")
		}
		if !strings.Contains(body, headline) || strings.Count(body, "card-result") != 1 {
			t.Errorf("%s: the search does not find %s alone", person, headline)
		}
	}
}
