// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package desk_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"stet"
	"stet/internal/newsroom"
)

// TestFetchPicture brings pictures from elsewhere into the library, and nothing
// that is no picture, from nowhere inside the house.
func TestFetchPicture(t *testing.T) {
	onBoth(t, func(t *testing.T, r *room) {
		file := photo(t, 640, 480, 5)
		mux := http.NewServeMux()
		serve := func(path string, status int, data []byte) {
			mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status); w.Write(data) })
		}
		serve("/dam.jpg", 200, file)
		serve("/page", 200, []byte("<!doctype html><p>no picture</p>"))
		serve("/cut.jpg", 200, file[:len(file)/2])
		serve("/broken", 500, nil)
		serve("/shut", 403, nil)
		elsewhere := httptest.NewServer(mux)
		t.Cleanup(elsewhere.Close)
		type fetch struct {
			URL     string `json:"url"`
			Alt     string `json:"alt,omitempty"`
			Caption string `json:"caption,omitempty"`
		}

		writer := r.as(t, stet.Contributor)
		var a, again assetRow
		writer.do(200, "POST", "/api/assets/fetch", fetch{elsewhere.URL + "/dam.jpg?w=640", "A dam", "The dam at Sorin"}, &a)
		if !a.Added || a.Kind != "image" || a.Width != 640 || a.Alt != "A dam" || a.Filename != "dam.jpg" {
			t.Errorf("fetched: %+v", a)
		}
		kept, err := r.Store().Asset(t.Context(), a.ID)
		must(t, err)
		if kept.SourceURL != elsewhere.URL+"/dam.jpg?w=640" || kept.Caption != "The dam at Sorin" {
			t.Errorf("kept: %+v", kept)
		}
		// The same one is not kept twice, nor is one of our own.
		for _, url := range []string{elsewhere.URL + "/dam.jpg", "http://magazine.example/media/" + a.ID + "/w640.jpg"} {
			if writer.do(200, "POST", "/api/assets/fetch", fetch{URL: url}, &again); again.Added || again.ID != a.ID {
				t.Errorf("%s again: %+v", url, again)
			}
		}
		for _, tt := range []struct {
			name, url string
			status    int
			says      string
		}{
			{"no picture", elsewhere.URL + "/page", 400, ""},
			{"cut short", elsewhere.URL + "/cut.jpg", 400, ""},
			{"a failure there", elsewhere.URL + "/broken", 400, "did not send the picture"},
			{"not let in", elsewhere.URL + "/shut", 403, "does not let us in"},
			{"not there", elsewhere.URL + "/none", 404, ""},
			{"nobody listens", "http://127.0.0.1:1/a.jpg", 400, "did not send the picture"},
			{"a file", "file:///etc/passwd", 400, "no address"},
			{"nothing", "://", 400, "no address"},
			{"a user name", "http://a@" + strings.TrimPrefix(elsewhere.URL, "http://") + "/dam.jpg", 400, "user name"},
		} {
			status, answer, err := writer.try("POST", "/api/assets/fetch", fetch{URL: tt.url})
			must(t, err)
			if status != tt.status || !strings.Contains(string(answer), tt.says) {
				t.Errorf("%s: %d %s, want %d %q", tt.name, status, answer, tt.status, tt.says)
			}
		}
		r.nobody(t).do(http.StatusUnauthorized, "POST", "/api/assets/fetch", fetch{URL: elsewhere.URL + "/dam.jpg"}, nil)

		// Without being told otherwise nothing within the house is asked.
		guarded := newsroom.New(newsroom.Options{Store: r.Store()})
		_, _, err = guarded.FetchPicture(t.Context(), r.staff[stet.Owner], elsewhere.URL+"/dam.jpg", stet.Asset{})
		if stet.ErrorCode(err) != stet.Invalid {
			t.Errorf("an address in the house: %v", err)
		}
	})
}
