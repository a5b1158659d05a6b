// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package intake_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"stet"
	"stet/internal/intake"
	"stet/internal/store"
	"stet/internal/web"
)

// oldSite serves an export of itself and its pictures, and counts what is asked
// of it.
func oldSite(t *testing.T) (base string, pictures *atomic.Int32) {
	t.Helper()
	dir := uploads(t, "2021/07/bridge.png", "2021/07/river.png", "2021/07/lead.png")
	pictures = new(atomic.Int32)
	mux := http.NewServeMux()
	var server *httptest.Server
	mux.HandleFunc("/export.xml", func(w http.ResponseWriter, r *http.Request) {
		b, err := os.ReadFile("testdata/wordpress.xml")
		if err != nil {
			t.Error(err)
		}
		w.Write([]byte(strings.ReplaceAll(strings.ReplaceAll(string(b), "https://www.courier.example", server.URL), "http://courier.example", server.URL)))
	})
	mux.HandleFunc("/wp-content/uploads/", func(w http.ResponseWriter, r *http.Request) {
		pictures.Add(1)
		http.ServeFile(w, r, filepath.Join(dir, "uploads", strings.TrimPrefix(r.URL.Path, "/wp-content/uploads/")))
	})
	server = httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL, pictures
}

func TestFetch(t *testing.T) {
	t.Parallel()
	base, asked := oldSite(t)
	client := web.NewClient(web.ClientOptions{AllowPrivate: true, PerSecond: 1000})
	t.Cleanup(client.Close)
	d := newDesk(t, store.Options{})
	o := intake.Options{Sources: []string{base + "/export.xml"}, Client: client, FetchPictures: true, DryRun: true}
	if r := d.run(t, o); r.Counts.Posts != 9 || asked.Load() != 0 {
		t.Errorf("dry run: %s, %d pictures asked for", r.Summary(), asked.Load())
	}
	o.DryRun = false
	r := d.run(t, o)
	if r.Counts.Pictures != 3 || r.Counts.MissingPictures != 2 || !strings.Contains(r.Pictures[0].Reason, "404") {
		t.Errorf("%s, missing %+v", r.Summary(), r.Pictures)
	}
	before := asked.Load()
	if r := d.run(t, o); r.Counts.Unchanged != 9 || asked.Load() != before+2 { // what is missing is tried again
		t.Errorf("second run: %s, %d pictures asked for", r.Summary(), asked.Load()-before)
	}
}

// An export may name the operator's own machines; the guard of the client holds.
func TestFetchIsGuarded(t *testing.T) {
	t.Parallel()
	base, asked := oldSite(t)
	client := web.NewClient(web.ClientOptions{})
	t.Cleanup(client.Close)
	d := newDesk(t, store.Options{})
	if _, err := intake.Run(t.Context(), intake.Options{Room: d.room, Sources: []string{base + "/export.xml"}, Client: client}); stet.ErrorCode(err) != stet.Invalid {
		t.Errorf("err = %v; want the address refused", err)
	}
	file := write(t, "in.xml", wxrHead+post(1, "one", `<p>x</p><img src="`+base+`/wp-content/uploads/2021/07/lead.png">`)+wxrTail)
	if r := d.run(t, intake.Options{Sources: []string{file}, Client: client, FetchPictures: true}); r.Counts.Created != 1 || len(r.Pictures) != 1 || asked.Load() != 0 {
		t.Errorf("%s, missing %+v, %d asked for", r.Summary(), r.Pictures, asked.Load())
	}
}
