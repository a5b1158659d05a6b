// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package web

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"testing"
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
