// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package web

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"stet"
)

// serve starts a server on the given loopback address.
func serve(t *testing.T, addr string, h http.HandlerFunc) *httptest.Server {
	t.Helper()
	l, err := net.Listen("tcp", net.JoinHostPort(addr, "0"))
	if err != nil {
		t.Skipf("no loopback address %s: %v", addr, err)
	}
	s := httptest.NewUnstartedServer(h)
	s.Listener.Close()
	s.Listener = l
	s.Start()
	t.Cleanup(s.Close)
	return s
}

func portOf(t *testing.T, s *httptest.Server) uint16 {
	t.Helper()
	return s.Listener.Addr().(*net.TCPAddr).AddrPort().Port()
}

// outside is a server on an address that the client takes for a public one.
func outside(t *testing.T, h http.HandlerFunc) *httptest.Server {
	return serve(t, "127.0.0.2", h)
}

var outsideNet = []netip.Prefix{netip.MustParsePrefix("127.0.0.2/32")}

func TestClientRefusesAddresses(t *testing.T) {
	t.Parallel()
	c := NewClient(ClientOptions{ConnectTimeout: 2 * time.Second, Timeout: 3 * time.Second})
	defer c.Close()
	for _, address := range []string{
		"", "nonsense", "//127.0.0.1/", "/etc/passwd", "http://", "http:127.0.0.1", "https:///x",
		"file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1:25/_MAIL", "dict://127.0.0.1:11111/", "data:text/html,x", "javascript:alert(1)",
		// The plain ones.
		"http://127.0.0.1/", "http://127.0.0.1:80/", "https://127.0.0.1:443/", "http://127.255.255.254/", "http://127.0.0.1./",
		"http://0.0.0.0/", "http://10.0.0.1/", "http://172.16.0.1/", "http://192.168.1.1/", "http://100.64.0.1/", "http://198.18.0.1/",
		"http://224.0.0.1/", "http://255.255.255.255/", "http://240.0.0.1/", "http://192.0.0.192/latest/",
		// Metadata of clouds.
		"http://169.254.169.254/latest/meta-data/", "http://169.254.170.2/v2/credentials/", "http://100.100.100.200/latest/meta-data/", "http://[fd00:ec2::254]/",
		// Numbers in disguise.
		"http://2130706433/", "http://0x7f000001/", "http://0x7f.1/", "http://0177.0.0.1/", "http://0x7f.0x0.0x0.0x1/", "http://017700000001/",
		"http://127.1/", "http://127.0.1/", "http://0/", "http://425.510.425.510/", "http://7147006462/", "http://127.0.0.1.0x/", "http://00000177.1/",
		// IPv6, mapped, embedded, with a zone.
		"http://[::1]/", "http://[::]/", "http://[0000::1]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://[0:0:0:0:0:ffff:a9fe:a9fe]/",
		"http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/", "http://[fe80::1%25lo]/", "http://[fc00::1]/", "http://[ff02::1]/", "http://[::127.0.0.1]/", "http://[::",
		// Names and letters that mean the same.
		"http://localhost/", "http://LOCALHOST./", "http://①②⑦.⓪.⓪.①/", "http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/",
		// Hosts that stand elsewhere than it seems.
		"http://example.org@127.0.0.1/", "http://example.org:80@127.0.0.1:80/", "http://127.0.0.1:80\\@example.org/", "http://127.0.0.1:80#@example.org/",
		"http://example.org:80+&@127.88.23.245:22/", "http://127.0.0.1%2f@example.org/", "http://user:pass@example.org/", "http://127.0.0.1%00.example.org/",
		// Other ports.
		"http://127.0.0.1:22/", "http://example.org:22/", "https://example.org:8443/", "http://example.org:99999/", "http://example.org:080/",
		"http://exa\r\nmple.org/", "http://example .org/",
	} {
		t.Run(address, func(t *testing.T) {
			t.Parallel()
			res, err := c.Fetch(t.Context(), address)
			if err == nil {
				res.Body.Close()
				t.Fatalf("fetched, status %d", res.Status)
			}
			// Whoever gave the address is told; the names that need a resolver
			// may fail in another way where there is none.
			if code := stet.ErrorCode(err); code != stet.Invalid && !strings.Contains(strings.ToLower(address), "localhost") {
				t.Errorf("error %v has code %s", err, code)
			}
		})
	}
}

// The guard sits where the socket connects: with the port allowed and a server
// listening, neither an address nor a name nor a redirect gets through.
func TestClientGuardsConnections(t *testing.T) {
	t.Parallel()
	var reached atomic.Int32
	inside := serve(t, "127.0.0.1", func(http.ResponseWriter, *http.Request) { reached.Add(1) })
	port := strconv.Itoa(int(portOf(t, inside)))
	var targets []string
	for _, host := range []string{"127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "[::1]", "127.0.0.3", "0.0.0.0"} {
		targets = append(targets, "http://"+host+":"+port+"/")
	}
	targets = append(targets, "http://127.1:"+port+"/", "http://x@127.0.0.1:"+port+"/", "file:///etc/passwd", "http://127.0.0.1:1/", "//localhost:"+port+"/")
	public := outside(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Location", r.URL.Query().Get("to"))
		w.WriteHeader(http.StatusFound)
	})
	c := NewClient(ClientOptions{ports: []uint16{portOf(t, inside), portOf(t, public)}, allowed: outsideNet, Timeout: 5 * time.Second, PerSecond: 1000})
	defer c.Close()
	for _, to := range targets {
		for _, address := range []string{to, public.URL + "/?to=" + to} {
			if res, err := c.Fetch(t.Context(), address); err == nil {
				t.Errorf("%s was fetched, status %d", address, res.Status)
				res.Body.Close()
			}
		}
	}
	if n := reached.Load(); n > 0 {
		t.Errorf("%d requests reached the inside", n)
	}
	_, err := c.Fetch(t.Context(), public.URL+"/?to=http://127.0.0.1:"+port+"/")
	if want := "not on the public internet"; err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("the error of a redirect inside is %v, want %q in it", err, want)
	}
}

func TestClientIgnoresProxies(t *testing.T) {
	proxy := serve(t, "127.0.0.1", func(http.ResponseWriter, *http.Request) { t.Error("the proxy was asked") })
	t.Setenv("HTTP_PROXY", proxy.URL)
	t.Setenv("http_proxy", proxy.URL)
	public := outside(t, func(http.ResponseWriter, *http.Request) {})
	c := NewClient(ClientOptions{ports: []uint16{portOf(t, public)}, allowed: outsideNet})
	defer c.Close()
	res, err := c.Fetch(t.Context(), public.URL)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
}

func TestClientFetches(t *testing.T) {
	t.Parallel()
	var agent string
	public := outside(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/old":
			http.Redirect(w, r, "/new", http.StatusMovedPermanently)
		case "/new":
			agent = r.UserAgent()
			w.Header().Set("Content-Encoding", "gzip")
			z := gzip.NewWriter(w)
			fmt.Fprint(z, "the body")
			z.Close()
		}
	})
	c := NewClient(ClientOptions{Version: "1.2", Home: "https://magazine.example", ports: []uint16{portOf(t, public)}, allowed: outsideNet})
	defer c.Close()
	res, err := c.Fetch(t.Context(), " "+public.URL+"/old\n")
	if err != nil {
		t.Fatal(err)
	}
	got, err := res.Bytes()
	if err != nil || string(got) != "the body" {
		t.Errorf("body = %q, %v", got, err)
	}
	if want := "Stet/1.2 (+https://magazine.example)"; agent != want {
		t.Errorf("User-Agent = %q, want %q", agent, want)
	}
	if res.URL.Path != "/new" {
		t.Errorf("URL = %s, want that of the last answer", res.URL)
	}
}

func TestClientStatus(t *testing.T) {
	t.Parallel()
	s := serve(t, "127.0.0.1", func(w http.ResponseWriter, r *http.Request) {
		status, _ := strconv.Atoi(r.URL.Path[1:])
		w.WriteHeader(status)
	})
	c := NewClient(ClientOptions{AllowPrivate: true, PerSecond: 1000})
	defer c.Close()
	for status, want := range map[int]stet.Code{
		404: stet.NotFound, 410: stet.Gone, 401: stet.Forbidden, 403: stet.Forbidden, 429: stet.RateLimited,
		400: stet.Invalid, 418: stet.Invalid, 304: stet.Invalid, 408: stet.Internal, 500: stet.Internal, 503: stet.Internal,
	} {
		_, err := c.Fetch(t.Context(), fmt.Sprintf("%s/%d", s.URL, status))
		if got := stet.ErrorCode(err); got != want {
			t.Errorf("status %d: %v (%s), want %s", status, err, got, want)
		}
	}
	req, _ := http.NewRequestWithContext(t.Context(), http.MethodHead, s.URL+"/304", nil)
	res, err := c.Do(req)
	if err != nil || res.Status != 304 {
		t.Fatalf("Do: %v, %v; want the answer whatever its status", res, err)
	}
	res.Body.Close()
}

func TestClientRedirects(t *testing.T) {
	t.Parallel()
	s := serve(t, "127.0.0.1", func(w http.ResponseWriter, r *http.Request) {
		if n, _ := strconv.Atoi(r.URL.Path[1:]); n > 0 {
			http.Redirect(w, r, fmt.Sprintf("/%d", n-1), http.StatusFound)
		}
	})
	// One place a host: a redirect has to give its place back before the next.
	c := NewClient(ClientOptions{AllowPrivate: true, PerHost: 1, PerSecond: 1000, Timeout: 10 * time.Second})
	defer c.Close()
	res, err := c.Fetch(t.Context(), s.URL+"/5")
	if err != nil {
		t.Fatalf("five redirects: %v", err)
	}
	res.Body.Close()
	if _, err := c.Fetch(t.Context(), s.URL+"/6"); stet.ErrorCode(err) != stet.Invalid {
		t.Errorf("six redirects: %v, want an invalid error", err)
	}
}

// bomb is about a kilobyte for each megabyte of zeros.
func bomb(megabytes int) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	zeros := make([]byte, 1<<20)
	for range megabytes {
		z.Write(zeros)
	}
	z.Close()
	return b.Bytes()
}

func TestClientLimitsBytes(t *testing.T) {
	t.Parallel()
	const most = 1 << 20
	empty := bomb(0)
	packed := bomb(8)
	s := serve(t, "127.0.0.1", func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/exact":
			w.Write(make([]byte, most))
		case "/announced":
			w.Header().Set("Content-Length", strconv.Itoa(most+1))
			w.Write(make([]byte, most+1))
		case "/streamed":
			for range 20 {
				w.Write(make([]byte, most/10))
				w.(http.Flusher).Flush()
			}
		case "/bomb":
			w.Header().Set("Content-Encoding", "gzip")
			w.Write(packed)
		case "/nothing": // endless empty members
			w.Header().Set("Content-Encoding", "gzip")
			for r.Context().Err() == nil {
				if _, err := w.Write(empty); err != nil {
					return
				}
			}
		case "/brotli":
			w.Header().Set("Content-Encoding", "br")
			w.Write([]byte("x"))
		case "/liar":
			w.Header().Set("Content-Encoding", "gzip")
			w.Write([]byte("this is not packed at all"))
		}
	})
	c := NewClient(ClientOptions{AllowPrivate: true, MaxBytes: most, PerSecond: 1000, Timeout: 20 * time.Second})
	defer c.Close()
	for path, want := range map[string]stet.Code{
		"/exact": "", "/announced": stet.TooLarge, "/streamed": stet.TooLarge, "/bomb": stet.TooLarge,
		"/nothing": stet.TooLarge, "/brotli": stet.Invalid, "/liar": stet.Internal,
	} {
		res, err := c.Fetch(t.Context(), s.URL+path)
		n := 0
		if err == nil {
			var got []byte
			got, err = res.Bytes()
			n = len(got)
		}
		if got := stet.ErrorCode(err); got != want {
			t.Errorf("%s: %v (%s), want %s", path, err, got, want)
		}
		if n > most {
			t.Errorf("%s: %d bytes came through a limit of %d", path, n, most)
		}
	}
}

func TestClientLimitsTime(t *testing.T) {
	t.Parallel()
	s := serve(t, "127.0.0.1", func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/header" {
			<-r.Context().Done()
			return
		}
		for r.Context().Err() == nil { // a byte now and then, for ever
			io.WriteString(w, "x")
			w.(http.Flusher).Flush()
			time.Sleep(5 * time.Millisecond)
		}
	})
	c := NewClient(ClientOptions{AllowPrivate: true, HeaderTimeout: 50 * time.Millisecond, Timeout: 200 * time.Millisecond, PerSecond: 1000})
	defer c.Close()
	start := time.Now()
	if _, err := c.Fetch(t.Context(), s.URL+"/header"); err == nil || !strings.Contains(err.Error(), "too long") {
		t.Errorf("a server that says nothing: %v", err)
	}
	res, err := c.Fetch(t.Context(), s.URL+"/drip")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := res.Bytes(); err == nil {
		t.Error("a dripping body came to an end")
	}
	if d := time.Since(start); d > 5*time.Second {
		t.Errorf("took %v", d)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := c.Fetch(ctx, s.URL); err == nil {
		t.Error("fetched under a context that had ended")
	}
}

func TestClientIsPolite(t *testing.T) {
	t.Parallel()
	var now, peak atomic.Int32
	s := serve(t, "127.0.0.1", func(w http.ResponseWriter, r *http.Request) {
		n := now.Add(1)
		for p := peak.Load(); n > p && !peak.CompareAndSwap(p, n); p = peak.Load() {
		}
		time.Sleep(5 * time.Millisecond)
		now.Add(-1)
	})
	c := NewClient(ClientOptions{AllowPrivate: true, PerHost: 2, PerSecond: 20})
	defer c.Close()
	start := time.Now()
	var wg sync.WaitGroup
	for range 30 {
		wg.Go(func() {
			res, err := c.Fetch(t.Context(), s.URL)
			if err != nil {
				t.Error(err)
				return
			}
			res.Body.Close()
		})
	}
	wg.Wait()
	if p := peak.Load(); p > 2 {
		t.Errorf("%d requests at a time, want at most 2", p)
	}
	// Twenty may come at once, the other ten one every 50 ms.
	if d := time.Since(start); d < 450*time.Millisecond {
		t.Errorf("30 requests took %v: faster than 20 a second", d)
	}
}

func TestCrypticNumber(t *testing.T) {
	t.Parallel()
	for host, want := range map[string]bool{
		"example.org": false, "127.0.0.1": false, "::1": false, "3com.com": false, "1.example": false, "xn--p1ai": false, "0xbad.cafe": false,
		"2130706433": true, "0x7f000001": true, "0177.0.0.1": true, "127.1": true, "1.2.3.4.5": true, "example.0x": true, "256.1.1.1": true, "127.1.": true,
	} {
		if got := crypticNumber(host); got != want {
			t.Errorf("crypticNumber(%q) = %t, want %t", host, got, want)
		}
	}
}

// A client for the house's own network goes there on any port, and still not to
// where clouds hand out keys, nor elsewhere because a server says so.
func TestClientInside(t *testing.T) {
	t.Parallel()
	answers := func(w http.ResponseWriter, r *http.Request) {
		if to := r.URL.Query().Get("to"); to != "" {
			http.Redirect(w, r, to, http.StatusTemporaryRedirect)
			return
		}
		io.WriteString(w, "here")
	}
	inside := serve(t, "127.0.0.1", answers)
	shut := NewClient(ClientOptions{Timeout: 3 * time.Second})
	defer shut.Close()
	c := shut.With(func(o *ClientOptions) { o.Inside, o.MaxRedirects = true, -1 })
	defer c.Close()
	res, err := c.Fetch(t.Context(), inside.URL)
	if err != nil {
		t.Fatal(err)
	}
	if b, err := res.Bytes(); err != nil || string(b) != "here" {
		t.Errorf("%q, %v", b, err)
	}
	if _, err := shut.Fetch(t.Context(), inside.URL); stet.ErrorCode(err) != stet.Invalid {
		t.Errorf("the client that it was made from goes inside: %v", err)
	}
	if _, err := c.Fetch(t.Context(), inside.URL+"/?to="+inside.URL); stet.ErrorCode(err) != stet.Invalid || !strings.Contains(err.Error(), "redirect") {
		t.Errorf("a redirect: %v", err)
	}
	for _, address := range []string{
		"http://169.254.169.254/", "http://169.254.169.254:8080/", "http://100.100.100.200/", "http://[::ffff:100.100.100.200]/", "http://[::ffff:169.254.169.254]/",
		"http://[fd00:ec2::254]/", "http://[fe80::1%25lo]/", "http://0.0.0.0/", "http://224.0.0.1/", "http://2130706433/", "http://192.0.0.192/", "file:///etc/passwd", "http://a@127.0.0.1/",
	} {
		if _, err := c.Fetch(t.Context(), address); stet.ErrorCode(err) != stet.Invalid {
			t.Errorf("%s: %v", address, err)
		}
	}
}
