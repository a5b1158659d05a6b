// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package site_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"stet"
	"stet/internal/newsroom"
	"stet/internal/store"
)

// change has the desk change what is known of a picture.
func (m *magazine) change(t *testing.T, id string, f func(a *stet.Asset)) {
	t.Helper()
	_, err := m.UpdateAsset(t.Context(), op, id, func(_ *store.Store, a *stet.Asset) error { f(a); return nil })
	must(t, err)
}

// After the end of rights a picture is gone from every page, feed and address,
// and a drawing holds its place.
func TestRightsEnd(t *testing.T) {
	t.Parallel()
	m := open(t, where{})
	pic := m.ids["pic"]
	end := m.clock.Now().Add(24 * time.Hour)
	m.change(t, pic, func(a *stet.Asset) { a.RightsEnd = end })
	pages := []string{"/rim/dam", "/", "/rim", "/latest", "/feed", "/feed/atom", "/feed/json", "/stream?after=" + m.ids["opera"], "/sitemaps/1.xml"}
	before := map[string]string{}
	shown := 0
	for _, path := range pages {
		if before[path] = m.get(t, path); strings.Contains(before[path], "/media/"+pic) {
			shown++
		}
	}
	if shown < 5 {
		t.Fatalf("only %d pages show the picture", shown)
	}
	old := "/media/" + pic + "/640.jpg"
	if got := m.ask(t, "GET", old, "").Header.Get("Cache-Control"); got != "public, max-age=86400" {
		t.Errorf("a day before the end it may be kept: %q", got)
	}
	m.clock.Advance(25 * time.Hour)
	found, err := m.Store().Asset(t.Context(), pic)
	must(t, err)
	must(t, m.RightsEnded(t.Context(), newsroom.RightsArgs{Asset: found.ID}))
	for _, path := range pages {
		page := m.get(t, path)
		if strings.Contains(page, "/media/"+pic) {
			t.Errorf("%s still shows the picture", path)
		}
		if strings.HasPrefix(path, "/feed") || strings.HasPrefix(path, "/sitemaps") || !strings.Contains(before[path], "/media/"+pic) {
			continue
		}
		if !strings.Contains(page, "/media/ended/") || !strings.Contains(page, "can no longer be shown") {
			t.Errorf("%s has no placeholder", path)
		}
	}
	if page := m.get(t, "/rim/dam"); strings.Contains(page, `property="og:image"`) && strings.Contains(page, "ended") && strings.Contains(page, `content="`+base+`/media/ended`) {
		t.Error("a card shows the placeholder")
	}
	res := m.ask(t, "GET", old, "")
	to := res.Header.Get("Location")
	if res.StatusCode != http.StatusFound || !strings.HasPrefix(to, "/media/ended/640x") {
		t.Fatalf("its address answers %d %s", res.StatusCode, to)
	}
	res = m.ask(t, "GET", to, "")
	if got := text(t, res); res.StatusCode != 200 || res.Header.Get("Content-Type") != "image/svg+xml" || !strings.Contains(got, "can no longer be shown") {
		t.Errorf("the placeholder: %d %s", res.StatusCode, got)
	}
	for _, bad := range []string{"0x5.svg", "5x.svg", "05x5.svg", "5x5.svgx", "99999x5.svg", "x.jpg"} {
		if res := m.ask(t, "GET", "/media/ended/"+bad, ""); res.StatusCode != 404 {
			t.Errorf("%s: %d", bad, res.StatusCode)
		}
	}
}

// A crop by hand is what readers get, and a picture that takes another's place
// does so in its words too.
func TestCropAndReplace(t *testing.T) {
	t.Parallel()
	m := open(t, where{})
	pic := m.ids["pic"]
	m.get(t, "/rim")
	m.change(t, pic, func(a *stet.Asset) { a.Crops = stet.Crops{"3x2": {X: 0.1, Y: 0.05, W: 0.8}} })
	if page := m.get(t, "/rim"); !strings.Contains(page, "/media/"+pic+"/3x2-100-50-800-") {
		t.Error("the list does not show the crop")
	}
	res := m.ask(t, "GET", "/media/"+pic+"/3x2-320.jpg", "")
	if to := res.Header.Get("Location"); res.StatusCode != 302 || !strings.HasPrefix(to, "/media/"+pic+"/3x2-100-50-800-") {
		t.Fatalf("the old cut answers %d %s", res.StatusCode, to)
	} else if res := m.ask(t, "GET", to, ""); res.StatusCode != 200 {
		t.Errorf("%s: %d", to, res.StatusCode)
	}
	if res := m.ask(t, "GET", "/media/"+pic+"/3x2-10-10-10-320.jpg", ""); res.StatusCode != 404 {
		t.Errorf("a crop too small: %d", res.StatusCode)
	}

	old, err := m.Store().Asset(t.Context(), pic)
	must(t, err)
	other := old
	other.ID, other.PublicID, other.SHA256, other.Crops = 0, stet.NewID(), strings.Repeat("c", 64), nil
	other.Alt, other.Credit = "Another dam", "Somebody Else"
	must(t, m.Store().CreateAsset(t.Context(), &other))
	_, err = m.ReplaceAsset(t.Context(), op, pic, other.PublicID)
	must(t, err)
	for _, path := range []string{"/rim", "/rim/dam", "/feed/json"} {
		page := m.get(t, path)
		if strings.Contains(page, "/media/"+pic) || !strings.Contains(page, "/media/"+other.PublicID) || path != "/feed/json" && !strings.Contains(page, "Another dam") {
			t.Errorf("%s does not show the other picture and its words", path)
		}
	}
	if res := m.ask(t, "GET", "/media/"+pic+"/640.jpg", ""); res.Header.Get("Location") != "/media/"+other.PublicID+"/640.jpg" {
		t.Errorf("its address leads to %q", res.Header.Get("Location"))
	}
}
