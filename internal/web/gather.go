// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package web

import (
	"bytes"
	"context"
	"net"
	"net/http"
)

// Gather has a server send the head of a response and a [Body] in one piece.
//
// net/http writes through a buffer of 4,096 bytes, so that a page leaves in two
// system calls and two packets, and wakes the client twice. Body says that it is
// writing, the connection holds the full buffer back until the rest comes, and
// sends both with one writev: a third more cached pages a second.
//
// It changes the server's ConnContext and returns the listener to serve.
// Connections other than plain TCP stay as they are.
func Gather(srv *http.Server, l net.Listener) net.Listener {
	srv.ConnContext = func(ctx context.Context, c net.Conn) context.Context {
		if g, ok := c.(*gathered); ok {
			return context.WithValue(ctx, gatherKey{}, g)
		}
		return ctx
	}
	return gathering{l}
}

type gatherKey struct{}

type gathering struct{ net.Listener }

func (l gathering) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if tcp, ok := c.(*net.TCPConn); ok {
		return &gathered{TCPConn: tcp}, err
	}
	return c, err
}

// gathered is used by the goroutine that serves the connection; the one that
// net/http has for reading in the background never comes here.
type gathered struct {
	*net.TCPConn
	writing bool     // within the write of a body
	fields  [][]byte // lines of the header that are to follow the status line
	held    []byte
}

// httpBuffer is the size of the buffer through which net/http writes.
const httpBuffer = 4096

// Write holds a full buffer back while a body is being written. bufio flushes
// in the middle of a write only when there is more than fits, so the rest is
// certain to follow: directly, or when the handler has returned.
func (c *gathered) Write(p []byte) (int, error) {
	if c.writing && len(c.held) == 0 && len(p) == httpBuffer {
		c.hold(p)
		return len(p), nil
	}
	if len(c.held) == 0 {
		return c.TCPConn.Write(p)
	}
	b := net.Buffers{c.held, p}
	n, err := b.WriteTo(c.TCPConn)
	n -= int64(len(c.held))
	c.held = c.held[:0]
	return max(0, int(n)), err
}

// hold keeps a buffer, with the fields behind its first line, which is the
// status of the response.
func (c *gathered) hold(p []byte) {
	if c.fields != nil && bytes.HasPrefix(p, []byte("HTTP/1.")) {
		line := bytes.IndexByte(p, '\n') + 1
		c.held = append(c.held, p[:line]...)
		for _, f := range c.fields {
			c.held = append(c.held, f...)
		}
		c.fields, p = nil, p[line:]
	}
	c.held = append(c.held, p...)
}

// send writes a body of at least httpBuffer bytes, with header fields beside
// those that net/http knows of. The head and the beginning of such a body fill
// the buffer, so that it comes past hold. Should a version of net/http do
// otherwise, the response is broken off: without the fields it would not be safe.
func (c *gathered) send(w http.ResponseWriter, body []byte, fields ...[]byte) {
	c.writing, c.fields = true, fields
	defer func() { c.writing, c.fields = false, nil }()
	if _, err := w.Write(body); err == nil && c.fields != nil {
		panic(http.ErrAbortHandler)
	}
}

// gatheredBy returns the connection of a request when it is a gathered one.
func gatheredBy(r *http.Request) *gathered {
	g, _ := r.Context().Value(gatherKey{}).(*gathered)
	return g
}

// write writes a body to the response so that it leaves with its head.
func write(w http.ResponseWriter, r *http.Request, body []byte) {
	if g := gatheredBy(r); g != nil {
		g.writing = true
		defer func() { g.writing = false }()
	}
	w.Write(body)
}
