// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package site_test

import (
	"bytes"
	"encoding/json"
	"image"
	"image/jpeg"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"

	"stet"
	"stet/internal/newsroom"
	"stet/internal/stettest"
	"stet/internal/store"
)

const (
	horn     = "RIFF\x28\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00\x40\x1f\x00\x00\x40\x1f\x00\x00\x01\x00\x08\x00data\x04\x00\x00\x00\x80\x90\x80\x70"
	film     = "\x1a\x45\xdf\xa3\x84\x42\x82\x84webm"
	memo     = "%PDF-1.7\n%%EOF\n"
	captions = "WEBVTT\n\n00:00.000 --> 00:01.000\n[Horn]\n"
)

// keep adds a file to the library, with what the desk says of it.
func (m *magazine) keep(t *testing.T, name, data string, change func(tx *store.Store, a *stet.Asset)) string {
	t.Helper()
	a := stet.Asset{Filename: name, Credit: "Credit of " + name}
	_, err := m.AddAsset(t.Context(), op, &a, strings.NewReader(data))
	must(t, err)
	_, err = m.UpdateAsset(t.Context(), op, a.PublicID, func(tx *store.Store, a *stet.Asset) error { change(tx, a); return nil })
	must(t, err)
	return a.PublicID
}

// heard publishes a story with a recording, a video with poster and captions,
// and a document, and returns their ids.
func (m *magazine) heard(t *testing.T) (sound, video, document string) {
	t.Helper()
	ctx := t.Context()
	sound = m.keep(t, "horn.wav", horn, func(tx *store.Store, a *stet.Asset) {
		must(t, tx.SetAssetText(ctx, stet.AssetText{Asset: a.ID, Kind: stet.Transcript, Text: "A horn <b>."}))
	})
	var still bytes.Buffer
	must(t, jpeg.Encode(&still, image.NewGray(image.Rect(0, 0, 1280, 720)), nil))
	m.keep(t, "still.jpg", still.String(), func(_ *store.Store, a *stet.Asset) { m.keys["still"] = a.ID })
	video = m.keep(t, "film.webm", film, func(tx *store.Store, a *stet.Asset) {
		a.Poster = m.keys["still"]
		must(t, tx.SetAssetText(ctx, stet.AssetText{Asset: a.ID, Kind: stet.Captions, Language: "en", Label: "English", Text: captions}))
	})
	document = m.keep(t, "the memo.pdf", memo, func(*store.Store, *stet.Asset) {})
	body := `{"type":"doc","content":[{"type":"paragraph","content":[{"type":"text","text":"Hear."}]},` +
		`{"type":"media","attrs":{"asset":"` + sound + `","title":"The horn"},"content":[{"type":"text","text":"At noon"}]},` +
		`{"type":"media","attrs":{"asset":"` + video + `","credit":"Film: Her"}},{"type":"media","attrs":{"asset":"` + document + `"}}]}`
	a := stet.Article{Kind: stet.Story, Content: stet.Content{Headline: "The fog signal", Dek: "Listen.", Slug: "fog", Section: m.sections["rim"], Body: []byte(body)}}
	must(t, m.Draft(ctx, op, &a))
	_, err := m.Publish(ctx, op, a.ID, newsroom.PublishOptions{At: m.clock.Now()})
	must(t, err)
	return sound, video, document
}

func onEngines(t *testing.T, f func(t *testing.T, m *magazine)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { t.Parallel(); f(t, open(t, where{})) })
	t.Run("postgres", func(t *testing.T) { t.Parallel(); f(t, open(t, where{postgres: stettest.Postgres(t)})) })
}

var (
	address   = regexp.MustCompile(`/media/[\w-]+/[\w.-]+\.(?:wav|webm|pdf|vtt)`)
	linkedLD  = regexp.MustCompile(`(?s)<script type="application/ld\+json">(.*?)</script>`)
	mustStand = []string{
		`<figure class="media media-audio"`, `<p class="media-title">The horn <span class="media-facts">0:01</span></p><audio controls preload="metadata" src=`,
		`<summary>Transcript</summary><p>A horn &lt;b&gt;.</p>`, `<span class="credit">Credit of horn.wav</span>`,
		`<video controls playsinline preload="none" poster="/media/`, `width="1280" height="720"`, `<track kind="captions" src="/media/`, `srclang="en" label="English" default>`, `Film: Her`,
		`<span class="media-title">the memo</span> <span class="media-facts">PDF, 1` + "\u00a0" + `kB</span>`,
	}
)

// What is heard and opened stands on the page, and each of its addresses
// answers with what it is, in parts where a player asks for them.
func TestRecordingsOnPages(t *testing.T) {
	t.Parallel()
	onEngines(t, func(t *testing.T, m *magazine) {
		sound, video, _ := m.heard(t)
		page := m.get(t, "/rim/fog")
		for _, want := range mustStand {
			if !strings.Contains(page, want) {
				t.Errorf("the page lacks %s in %s", want, regexp.MustCompile(`<video[^>]*>`).FindString(page))
			}
		}
		types := map[string]string{"wav": "audio/wav", "webm": "video/webm", "pdf": "application/pdf", "vtt": "text/vtt; charset=utf-8"}
		found := address.FindAllString(page, -1)
		slices.Sort(found)
		found = slices.Compact(found)
		if len(found) != 4 {
			t.Fatalf("the page names %v", found)
		}
		for _, path := range found {
			res := m.ask(t, "GET", path, "")
			body, h := text(t, res), res.Header
			if want := types[path[strings.LastIndexByte(path, '.')+1:]]; res.StatusCode != 200 || h.Get("Content-Type") != want || h.Get("X-Content-Type-Options") != "nosniff" ||
				h.Get("ETag") == "" || !strings.Contains(h.Get("Cache-Control"), "immutable") || h.Get("Accept-Ranges") != "bytes" {
				t.Errorf("%s: %d %v", path, res.StatusCode, h)
			}
			if res := m.ask(t, "GET", path, "", "Range", "bytes=2-5"); res.StatusCode != http.StatusPartialContent || text(t, res) != body[2:6] {
				t.Errorf("%s in parts: %d", path, res.StatusCode)
			}
			if res := m.ask(t, "GET", path, "", "Range", "bytes=99999-"); res.StatusCode != http.StatusRequestedRangeNotSatisfiable {
				t.Errorf("%s beyond its end: %d", path, res.StatusCode)
			}
			if res := m.ask(t, "GET", path, "", "If-None-Match", h.Get("ETag")); res.StatusCode != http.StatusNotModified {
				t.Errorf("%s again: %d", path, res.StatusCode)
			}
		}
		// Captions have another address when they change, to which the old one leads.
		old := found[slices.IndexFunc(found, func(s string) bool { return strings.HasSuffix(s, ".vtt") })]
		_, err := m.UpdateAsset(t.Context(), op, video, func(tx *store.Store, a *stet.Asset) error {
			return tx.SetAssetText(t.Context(), stet.AssetText{Asset: a.ID, Kind: stet.Captions, Language: "en", Label: "English", Text: captions + "\n"})
		})
		must(t, err)
		if strings.Contains(m.get(t, "/rim/fog"), old) {
			t.Error("the page has the captions of before")
		}
		if res := m.ask(t, "GET", old, ""); res.StatusCode != http.StatusFound || !strings.HasSuffix(res.Header.Get("Location"), ".vtt") || res.Header.Get("Location") == old {
			t.Errorf("%s answers %d %s", old, res.StatusCode, res.Header.Get("Location"))
		}
		for _, path := range []string{"/media/" + sound + "/other.wav", "/media/" + sound + "/captions-000000000000.vtt"} {
			if res := m.ask(t, "GET", path, ""); res.StatusCode != 404 {
				t.Errorf("%s: %d", path, res.StatusCode)
			}
		}
	})
}

// Feeds hand the files over, and machines are told of them.
func TestRecordingsInFeeds(t *testing.T) {
	t.Parallel()
	m := open(t, where{})
	sound, video, document := m.heard(t)
	for form, want := range map[string]int{"/feed": 1, "/feed/atom": 3, "/feed/json": 3} {
		body := m.get(t, form)
		f, err := gofeed.NewParser().ParseString(body)
		must(t, err)
		it := f.Items[0]
		n := 0
		for _, e := range it.Enclosures {
			if strings.Contains(e.URL, sound) && (e.URL != base+"/media/"+sound+"/horn.wav" || e.Type != "audio/wav" || e.Length != "48") {
				t.Errorf("%s: %+v", form, e)
			}
			n++
		}
		if form == "/feed" && (n != 1 || !strings.Contains(it.Enclosures[0].URL, sound)) || n < want && form != "/feed/json" {
			t.Errorf("%s has the enclosures %v", form, it.Enclosures)
		}
		for _, id := range []string{sound, video, document} {
			if !strings.Contains(it.Content, `<a href="`+base+"/media/"+id+"/") {
				t.Errorf("%s does not link %s", form, id)
			}
		}
		if strings.Contains(it.Content, "<audio") || strings.Contains(it.Content, "<video") {
			t.Errorf("%s has a player", form)
		}
	}
	if body := m.get(t, "/feed/json"); strings.Count(body, `"mime_type"`) != 3 || !strings.Contains(body, `"size_in_bytes":48`) || !strings.Contains(body, `"duration_in_seconds":1}`) {
		t.Error("the JSON feed has no attachments")
	}
	var told map[string]any
	must(t, json.Unmarshal([]byte(linkedLD.FindStringSubmatch(m.get(t, "/rim/fog"))[1]), &told))
	audio, _ := told["audio"].([]any)
	films, _ := told["video"].([]any)
	if len(audio) != 1 || len(films) != 1 {
		t.Fatalf("machines are told of %v and %v", audio, films)
	}
	a, v := audio[0].(map[string]any), films[0].(map[string]any)
	if a["@type"] != "AudioObject" || a["name"] != "The horn" || a["contentUrl"] != base+"/media/"+sound+"/horn.wav" || a["transcript"] != "A horn <b>." || a["uploadDate"] == nil || a["duration"] != "PT0.001S" || v["duration"] != nil {
		t.Errorf("the recording: %v", a)
	}
	if thumb, _ := v["thumbnailUrl"].(string); v["@type"] != "VideoObject" || v["name"] != "The fog signal" || v["creditText"] != "Film: Her" || !strings.HasPrefix(thumb, base+"/media/") {
		t.Errorf("the video: %v", v)
	}
}

// After the end of rights, and after a replacement, the page says so at once.
func TestRecordingsEndAndAreReplaced(t *testing.T) {
	t.Parallel()
	onEngines(t, func(t *testing.T, m *magazine) {
		ctx := t.Context()
		sound, video, document := m.heard(t)
		m.get(t, "/rim/fog")
		m.change(t, sound, func(a *stet.Asset) { a.RightsEnd = m.clock.Now().Add(time.Hour) })
		m.clock.Advance(2 * time.Hour)
		found, err := m.Store().Asset(ctx, sound)
		must(t, err)
		must(t, m.RightsEnded(ctx, newsroom.RightsArgs{Asset: found.ID}))
		page := m.get(t, "/rim/fog")
		if strings.Contains(page, sound) || strings.Contains(page, "A horn") || !strings.Contains(page, `<figure class="media media-missing"`) || !strings.Contains(page, "This can no longer be shown") {
			t.Error("the page still has the recording, or no placeholder")
		}
		if strings.Contains(m.get(t, "/feed"), sound) {
			t.Error("the feed still has the recording")
		}
		if res := m.ask(t, "GET", "/media/"+sound+"/horn.wav", ""); res.StatusCode != http.StatusGone {
			t.Errorf("its address answers %d", res.StatusCode)
		}

		old := address.FindString(m.get(t, "/rim/fog"))
		next := m.keep(t, "film two.webm", film+"2", func(*store.Store, *stet.Asset) {})
		_, err = m.ReplaceAsset(ctx, op, video, next)
		must(t, err)
		page = m.get(t, "/rim/fog")
		if strings.Contains(page, video) || !strings.Contains(page, "/media/"+next+"/film-two.webm") || strings.Contains(page, "Film: Her") || !strings.Contains(page, "Credit of film two.webm") {
			t.Error("the page does not show the other video and its credit")
		}
		if res := m.ask(t, "GET", old, ""); res.StatusCode != http.StatusFound || !strings.HasPrefix(res.Header.Get("Location"), "/media/"+next+"/") {
			t.Errorf("%s answers %d %s", old, res.StatusCode, res.Header.Get("Location"))
		}
		if _, err := m.TrashAsset(ctx, op, document); stet.ErrorCode(err) != stet.Conflict {
			t.Errorf("a document in use goes to the trash: %v", err)
		}
		if _, err := m.ReplaceAsset(ctx, op, document, next); stet.ErrorCode(err) != stet.Invalid {
			t.Errorf("a video takes a document's place: %v", err)
		}
	})
}
