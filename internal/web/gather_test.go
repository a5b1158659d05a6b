// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package web

import (
	"bufio"
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestGather asks for bodies of every length around the buffer of net/http on
// one connection: each must arrive whole, and the connection stay usable.
func TestGather(t *testing.T) {
	t.Parallel()
	var size int
	srv := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		NewBody(http.StatusOK, "image/png", bytes.Repeat([]byte("x"), size), Identity).ServeHTTP(w, r)
	})}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go srv.Serve(Gather(srv, l))
	t.Cleanup(func() { srv.Close() })
	connections := 0
	client := &http.Client{Transport: &http.Transport{DisableCompression: true, DialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
		connections++
		var d net.Dialer
		return d.DialContext(ctx, network, addr)
	}}}
	t.Cleanup(client.CloseIdleConnections)
	sizes := []int{0, 1, 2047, 2048, 2049, 100_000, 1_000_000}
	for n := httpBuffer - 600; n <= 2*httpBuffer+600; n += 7 {
		sizes = append(sizes, n)
	}
	for n := httpBuffer - 300; n <= httpBuffer; n++ { // the head is some 200 bytes
		sizes = append(sizes, n)
	}
	for _, size = range sizes {
		for _, method := range []string{http.MethodGet, http.MethodHead} {
			req, _ := http.NewRequestWithContext(t.Context(), method, "http://"+l.Addr().String()+"/", nil)
			res, err := client.Do(req)
			if err != nil {
				t.Fatalf("%s of %d bytes: %v", method, size, err)
			}
			got, err := io.ReadAll(res.Body)
			res.Body.Close()
			want := size
			if method == http.MethodHead {
				want = 0
			}
			if err != nil || len(got) != want || res.ContentLength != int64(size) {
				t.Fatalf("%s of %d bytes: %d came, announced as %d: %v", method, size, len(got), res.ContentLength, err)
			}
		}
	}
	if connections != 1 {
		t.Errorf("%d connections were needed", connections)
	}
}

// TestServeSecure: what a page sends is the same whether its fields pass
// through net/http or not.
func TestServeSecure(t *testing.T) {
	t.Parallel()
	var body *Body
	direct := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { body.ServeSecure(w, r, nil) })
	usual := Proxies(nil).Secure(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { body.ServeHTTP(w, r) }))
	gather, plain := serveOn(t, direct, true), serveOn(t, usual, false)
	for _, size := range []int{10, 3000, httpBuffer - 1, httpBuffer, httpBuffer + 1, 9000, 200_000} {
		for _, cross := range []bool{false, true} {
			text := make([]byte, size)
			rand.Read(text) // which no coding makes shorter
			body = NewBody(http.StatusOK, "text/html; charset=utf-8", text, Gzip)
			body.CacheControl, body.Modified, body.Robots, body.CrossOrigin = "public, max-age=60", time.Now(), "noindex", cross
			tag := body.in(Gzip).etag[0]
			for name, request := range map[string]string{
				"get": "GET / HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n", "identity": "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
				"head": "HEAD / HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n", "1.0": "GET / HTTP/1.0\r\nAccept-Encoding: gzip\r\n\r\n",
				"unchanged": "GET / HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\nIf-None-Match: " + tag + "\r\n\r\n",
				"tls proxy": "GET / HTTP/1.1\r\nHost: x\r\nAccept-Encoding: br\r\nX-Forwarded-Proto: https\r\n\r\n",
			} {
				// Two at once: what follows a response on the connection must not suffer.
				got, want := answers(t, gather, request, 2), answers(t, plain, request, 2)
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%s of %d bytes (-usual +direct):\n%.2000s", name, size, diff)
				}
			}
		}
	}
}

// TestSendBreaksOff: a response that would lack its fields is not completed.
func TestSendBreaksOff(t *testing.T) {
	t.Parallel()
	defer func() {
		if recover() != http.ErrAbortHandler {
			t.Error("the response was not broken off")
		}
	}()
	(&gathered{}).send(httptest.NewRecorder(), make([]byte, 9000), []byte("X: y\r\n"))
}

func serveOn(t *testing.T, h http.Handler, gather bool) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	srv := &http.Server{Handler: h}
	t.Cleanup(func() { srv.Close() })
	address := l.Addr().String()
	if gather {
		l = Gather(srv, l)
	}
	go srv.Serve(l)
	return address
}

// answer is a response without what differs from moment to moment.
type answer struct {
	Status int
	Header http.Header
	Length int
	Sum    [sha256.Size]byte
}

// answers sends the request n times at once on one connection.
func answers(t *testing.T, address, request string, n int) []answer {
	t.Helper()
	c, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	c.SetDeadline(time.Now().Add(10 * time.Second))
	io.WriteString(c, strings.Repeat(request, n))
	in := bufio.NewReader(c)
	method, _, _ := strings.Cut(request, " ")
	var out []answer
	for range n {
		res, err := http.ReadResponse(in, &http.Request{Method: method})
		if err != nil {
			break // HTTP/1.0 closes after the first
		}
		b, err := io.ReadAll(res.Body)
		if err != nil {
			t.Errorf("read the response: %v", err)
		}
		res.Header.Del("Date")
		out = append(out, answer{res.StatusCode, res.Header, len(b), sha256.Sum256(b)})
	}
	if len(out) == 0 {
		t.Error("no answer")
	}
	return out
}
