// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package web_test

import (
	"bytes"
	"crypto/tls"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"stet"
	"stet/internal/web"
)

func TestAccepted(t *testing.T) {
	t.Parallel()
	for header, want := range map[string]web.Encoding{
		"":                                  web.Identity,
		"gzip":                              web.Gzip,
		"gzip, deflate":                     web.Gzip,
		"gzip, deflate, br":                 web.Brotli,
		"gzip, deflate, br, zstd":           web.Brotli,
		"zstd, gzip":                        web.Zstd,
		"GZIP":                              web.Gzip,
		"x-gzip":                            web.Gzip,
		"deflate":                           web.Identity,
		"identity":                          web.Identity,
		"*":                                 web.Brotli,
		"br;q=0, *":                         web.Zstd,
		"*;q=0":                             web.Identity,
		"br;q=0":                            web.Identity,
		"br;q=0.5, gzip;q=0.8":              web.Gzip,
		"br;q=0.5,gzip;q=0.5":               web.Brotli,
		"gzip;q=0.001":                      web.Gzip,
		"identity;q=1, gzip;q=0.5":          web.Identity,
		"identity;q=0.5, gzip":              web.Gzip,
		"gzip ; q=0.7 , zstd;Q=0.9":         web.Zstd,
		"br;q=2":                            web.Identity,
		"br;q=-1":                           web.Identity,
		"br;q=nan":                          web.Identity,
		"br;q=x":                            web.Identity,
		"bryyy, gz, , ;q=1":                 web.Identity,
		"br;level=5;q=0.1, gzip;q=0.2":      web.Gzip,
		strings.Repeat("a,", 5000) + "gzip": web.Gzip,
	} {
		if got := web.Accepted(header); got != want {
			t.Errorf("Accepted(%.60q) = %q, want %q", header, got, want)
		}
	}
}

func TestEncodings(t *testing.T) {
	t.Parallel()
	for _, plain := range [][]byte{nil, []byte("x"), bytes.Repeat([]byte("harbour "), 5000)} {
		for e := range web.Identity + 1 {
			for _, best := range []bool{false, true} {
				got, err := web.Decode(e, web.Encode(e, plain, best))
				if err != nil || !bytes.Equal(got, plain) {
					t.Errorf("%q of %d bytes: %v", e, len(plain), err)
				}
			}
		}
	}
	if _, err := web.Decode(web.Gzip, []byte("nonsense")); err == nil {
		t.Error("nonsense was decoded")
	}
}

func proxies(t *testing.T, list ...string) web.Proxies {
	t.Helper()
	ps, err := web.ParseProxies(list)
	if err != nil {
		t.Fatal(err)
	}
	return ps
}

func TestClient(t *testing.T) {
	t.Parallel()
	ps := proxies(t, "127.0.0.0/8", " 10.1.0.0/16", "::1", "")
	tests := []struct {
		name, remote, forwarded, proto string
		tls                            bool
		client                         string
		secure                         bool
	}{
		{"no proxy", "203.0.113.5:4000", "", "", false, "203.0.113.5", false},
		{"TLS here", "203.0.113.5:4000", "", "", true, "203.0.113.5", true},
		{"a stranger's headers are not believed", "203.0.113.5:4000", "198.51.100.1", "https", false, "203.0.113.5", false},
		{"ours", "127.0.0.1:4000", "198.51.100.1", "https", false, "198.51.100.1", true},
		{"ours, by http", "127.0.0.1:4000", "198.51.100.1", "http", true, "198.51.100.1", false},
		{"ours, which says nothing", "127.0.0.1:4000", "", "", false, "127.0.0.1", false},
		{"what the client made up stands in front", "127.0.0.1:4000", "1.1.1.1, 198.51.100.1", "https", false, "198.51.100.1", true},
		{"two proxies of ours", "127.0.0.1:4000", "1.1.1.1, 198.51.100.1, 10.1.2.3", "https", false, "198.51.100.1", true},
		{"all are ours", "127.0.0.1:4000", "10.1.0.1, 10.1.2.3", "", false, "10.1.0.1", false},
		{"nonsense ends the chain", "127.0.0.1:4000", "198.51.100.1, unknown, 10.1.2.3", "", false, "10.1.2.3", false},
		{"IPv6", "[::1]:4000", "2001:db8::7", "HTTPS", false, "2001:db8::7", true},
		{"IPv4 in IPv6", "[::ffff:127.0.0.1]:4000", "::ffff:198.51.100.1", "https", false, "198.51.100.1", true},
		{"a unix socket", "@", "198.51.100.1", "https", false, "invalid IP", false},
	}
	for _, tt := range tests {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = tt.remote
		if tt.tls {
			r.TLS = &tls.ConnectionState{}
		}
		if tt.forwarded != "" {
			r.Header.Set("X-Forwarded-For", tt.forwarded)
		}
		if tt.proto != "" {
			r.Header.Set("X-Forwarded-Proto", tt.proto)
		}
		client, secure := ps.Client(r)
		if client.String() != tt.client || secure != tt.secure {
			t.Errorf("%s: %v, %v; want %s, %v", tt.name, client, secure, tt.client, tt.secure)
		}
	}
	for _, bad := range []string{"10.0.0.0/33", "localhost", "10.0.0", "x/8"} {
		if _, err := web.ParseProxies([]string{bad}); stet.ErrorCode(err) != stet.Invalid {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestStatus(t *testing.T) {
	t.Parallel()
	for code, want := range map[stet.Code]int{
		"": 200, stet.Invalid: 400, stet.NotFound: 404, stet.Conflict: 409, stet.Unauthenticated: 401, stet.Forbidden: 403, stet.Gone: 410,
		stet.TooLarge: 413, stet.RateLimited: 429, stet.Busy: 503, stet.Internal: 500, "made up": 500,
	} {
		if got := web.Status(code); got != want {
			t.Errorf("Status(%q) = %d", code, got)
		}
	}
}

func TestSecure(t *testing.T) {
	t.Parallel()
	h := proxies(t, "127.0.0.1").Secure(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {}))
	for _, proto := range []string{"http", "https"} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = "127.0.0.1:1"
		r.Header.Set("X-Forwarded-Proto", proto)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		for _, name := range []string{"Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "X-Frame-Options", "Cross-Origin-Opener-Policy", "Permissions-Policy"} {
			if w.Header().Get(name) == "" {
				t.Errorf("no %s", name)
			}
		}
		if got := w.Header().Get("Strict-Transport-Security") != ""; got != (proto == "https") {
			t.Errorf("%s: HSTS %v", proto, got)
		}
	}
	for _, policy := range []string{web.PolicyReader, web.PolicyRaw} {
		if strings.Contains(policy, "unsafe-eval") || strings.Contains(policy, "*") || !strings.Contains(policy, "default-src 'none'") {
			t.Errorf("policy %s", policy)
		}
	}
	if strings.Contains(web.PolicyReader, "unsafe-inline") || strings.Contains(web.PolicyRaw, "script-src") || strings.Contains(web.PolicyRaw, "allow-scripts") {
		t.Error("a policy lets scripts in")
	}
}

func ask(h http.Handler, method string, header ...string) *http.Response {
	r := httptest.NewRequest(method, "/", nil)
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

func TestBody(t *testing.T) {
	t.Parallel()
	plain := []byte(strings.Repeat("<p>Harbour</p>", 500))
	made := time.Date(2026, 1, 2, 12, 0, 0, 999, time.UTC)
	for first := range web.Identity + 1 {
		b := web.NewBody(http.StatusOK, "text/html; charset=utf-8", plain, first)
		b.Modified, b.CacheControl = made, "public"
		grown := 0
		b.OnGrow(func(n int) { grown += n })
		weight := b.Weight()
		tags := map[string]bool{}
		for name, e := range map[string]web.Encoding{"br": web.Brotli, "zstd": web.Zstd, "gzip": web.Gzip, "": web.Identity} {
			res := ask(b, "GET", "Accept-Encoding", name)
			sent, _ := io.ReadAll(res.Body)
			got, err := web.Decode(e, sent)
			if err != nil || !bytes.Equal(got, plain) || res.Header.Get("Content-Encoding") != name {
				t.Errorf("made as %q, sent as %q: %v", first, name, err)
			}
			if res.Header.Get("Content-Length") != fmt.Sprint(len(sent)) || res.Header.Get("Vary") != "Accept-Encoding" || res.Header.Get("Last-Modified") != "Fri, 02 Jan 2026 12:00:00 GMT" {
				t.Errorf("headers: %v", res.Header)
			}
			tag := res.Header.Get("ETag")
			if tags[tag] || !strings.HasPrefix(tag, `"`) {
				t.Errorf("the ETag %s is of two codings, or weak", tag)
			}
			tags[tag] = true
			for header, want := range map[[2]string]int{
				{"If-None-Match", tag}:                                  304,
				{"If-None-Match", "W/" + tag}:                           304,
				{"If-None-Match", `"x", ` + tag + `, "y"`}:              304,
				{"If-None-Match", "*"}:                                  304,
				{"If-None-Match", `"x"`}:                                200,
				{"If-Modified-Since", "Fri, 02 Jan 2026 12:00:00 GMT"}:  304,
				{"If-Modified-Since", "Fri, 02 Jan 2026 11:59:59 GMT"}:  200,
				{"If-Modified-Since", "yesterday"}:                      200,
				{"If-Modified-Since", "Friday, 02-Jan-26 12:00:01 GMT"}: 304,
			} {
				res := ask(b, "GET", "Accept-Encoding", name, header[0], header[1])
				sent, _ := io.ReadAll(res.Body)
				if res.StatusCode != want || (want == 304) != (len(sent) == 0) || res.Header.Get("ETag") != tag || res.Header.Get("Cache-Control") != "public" {
					t.Errorf("%v: %d with %d bytes", header, res.StatusCode, len(sent))
				}
			}
			// The tag decides, not the date, when both are there.
			if res := ask(b, "GET", "Accept-Encoding", name, "If-None-Match", `"x"`, "If-Modified-Since", "Fri, 02 Jan 2026 12:00:00 GMT"); res.StatusCode != 200 {
				t.Errorf("a date has outvoted the tag: %d", res.StatusCode)
			}
			head := ask(b, "HEAD", "Accept-Encoding", name)
			if rest, _ := io.ReadAll(head.Body); len(rest) != 0 || head.Header.Get("Content-Length") != fmt.Sprint(len(sent)) {
				t.Errorf("HEAD: %d bytes, %v", len(rest), head.Header)
			}
		}
		if !bytes.Equal(b.Plain(), plain) {
			t.Error("Plain")
		}
		if b.Weight() != weight+grown {
			t.Errorf("made as %q: it weighs %d, was %d and has told of %d", first, b.Weight(), weight, grown)
		}
	}
}

func TestSmallAndBinaryBodies(t *testing.T) {
	t.Parallel()
	for name, b := range map[string]*web.Body{
		"small": web.NewBody(200, "text/html", []byte("<p>"), web.Brotli),
		"woff2": web.NewStatic("font/woff2", make([]byte, 5000)),
		"jpeg":  web.NewBody(200, "image/jpeg", make([]byte, 5000), web.Gzip),
	} {
		res := ask(b, "GET", "Accept-Encoding", "br, gzip, zstd")
		if res.Header.Get("Content-Encoding") != "" {
			t.Errorf("%s is sent as %s", name, res.Header.Get("Content-Encoding"))
		}
	}
	// An error page is never "not modified".
	gone := web.NewBody(http.StatusGone, "text/html", []byte("gone"), web.Identity)
	if res := ask(gone, "GET", "If-None-Match", "*"); res.StatusCode != http.StatusGone {
		t.Errorf("a 410 answers %d", res.StatusCode)
	}
	feed := web.NewBody(200, "application/feed+json; charset=utf-8", []byte("{}"), web.Identity)
	feed.CrossOrigin, feed.Robots = true, "noindex"
	if h := ask(feed, "GET").Header; h.Get("Access-Control-Allow-Origin") != "*" || h.Get("X-Robots-Tag") != "noindex" {
		t.Errorf("%v", h)
	}
}

func TestBodyTogether(t *testing.T) {
	t.Parallel()
	plain := []byte(strings.Repeat("x", 5000))
	b := web.NewBody(200, "text/html", plain, web.Gzip)
	var wg sync.WaitGroup
	for i := range 16 {
		wg.Go(func() {
			for e, name := range []string{"br", "zstd", "gzip", ""} {
				res := ask(b, "GET", "Accept-Encoding", name)
				sent, _ := io.ReadAll(res.Body)
				if got, err := web.Decode(web.Encoding(e), sent); err != nil || !bytes.Equal(got, plain) {
					t.Errorf("%d: %s: %v", i, name, err)
				}
			}
		})
	}
	wg.Wait()
}

// What goes wrong is logged once, and the answer gives nothing away.
func TestLog(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name    string
		handler http.HandlerFunc
		status  int
		logged  string
		aborts  bool
	}{
		{"fine", func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "ok") }, 200, "", false},
		{"slow", func(w http.ResponseWriter, r *http.Request) { time.Sleep(30 * time.Millisecond) }, 200, "level=WARN", false},
		{"failed", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(503) }, 503, "level=ERROR", false},
		{"panics", func(w http.ResponseWriter, r *http.Request) { panic("secret") }, 500, "web_test.go", false},
		{"panics half way", func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "half"); panic("secret") }, 200, "web_test.go", true},
		{"gives up", func(w http.ResponseWriter, r *http.Request) { panic(http.ErrAbortHandler) }, 200, "", true},
	} {
		var log bytes.Buffer
		h := web.Log(slog.New(slog.NewTextHandler(&log, nil)), 20*time.Millisecond, tt.handler)
		w := httptest.NewRecorder()
		aborted := false
		func() {
			defer func() { aborted = recover() == http.ErrAbortHandler }()
			h.ServeHTTP(w, httptest.NewRequest("GET", "/x", nil))
		}()
		if w.Code != tt.status || aborted != tt.aborts || strings.Contains(w.Body.String(), "secret") {
			t.Errorf("%s: %d %q, aborted %v", tt.name, w.Code, w.Body, aborted)
		}
		if tt.logged == "" && log.Len() > 0 || !strings.Contains(log.String(), tt.logged) {
			t.Errorf("%s: logged %q", tt.name, log.String())
		}
	}
}
