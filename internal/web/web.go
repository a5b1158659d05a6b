// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

// Package web holds what the HTTP faces share: which proxy to believe, which
// encoding a client takes, conditional requests on stored bytes, the security
// headers, and the one guarded client for requests that go out.
//
// It knows nothing of magazines: pages are package site's, the API is desk's.
package web

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"stet"
)

// Status is the HTTP status that belongs to an error code.
func Status(code stet.Code) int {
	switch code {
	case "":
		return http.StatusOK
	case stet.Invalid:
		return http.StatusBadRequest
	case stet.NotFound:
		return http.StatusNotFound
	case stet.Conflict:
		return http.StatusConflict
	case stet.Unauthenticated:
		return http.StatusUnauthorized
	case stet.Forbidden:
		return http.StatusForbidden
	case stet.Gone:
		return http.StatusGone
	case stet.TooLarge:
		return http.StatusRequestEntityTooLarge
	case stet.RateLimited:
		return http.StatusTooManyRequests
	case stet.Busy:
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

// Proxies are the networks whose X-Forwarded-* headers are believed.
type Proxies []netip.Prefix

// ParseProxies reads networks in CIDR notation or single addresses.
func ParseProxies(list []string) (Proxies, error) {
	var out Proxies
	for _, s := range list {
		if s = strings.TrimSpace(s); s == "" {
			continue
		}
		if a, err := netip.ParseAddr(s); err == nil {
			out = append(out, netip.PrefixFrom(a, a.BitLen()))
			continue
		}
		p, err := netip.ParsePrefix(s)
		if err != nil {
			return nil, stet.Errorf(stet.Invalid, "%q is neither an address nor a network such as 10.0.0.0/8", s)
		}
		out = append(out, p)
	}
	return out, nil
}

func (ps Proxies) trust(a netip.Addr) bool {
	a = a.Unmap()
	for _, p := range ps {
		if p.Contains(a) {
			return true
		}
	}
	return false
}

// Client returns the address of the client and whether it came by HTTPS. The
// forwarded headers count only when the connection comes from a trusted proxy;
// in a chain of proxies the last address that is not ours is the client.
func (ps Proxies) Client(r *http.Request) (addr netip.Addr, secure bool) {
	secure = r.TLS != nil
	ap, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return addr, secure
	}
	addr = ap.Addr().Unmap()
	if !ps.trust(addr) {
		return addr, secure
	}
	if p := r.Header.Get("X-Forwarded-Proto"); p != "" {
		secure = strings.EqualFold(strings.TrimSpace(p), "https")
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0; i-- {
		hop, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		addr = hop.Unmap()
		if !ps.trust(addr) {
			break
		}
	}
	return addr, secure
}

// PolicyReader is the Content-Security-Policy of pages for readers: nothing
// from elsewhere, no inline script or style, no plug-ins, no framing.
const PolicyReader = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
	"media-src 'self'; frame-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// PolicyRaw is the policy of raw HTML blocks, which are shown in a sandboxed
// frame of a page of ours: they may style themselves and nothing else.
const PolicyRaw = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox"

// Secure sets the headers that every response carries.
func (ps Proxies) Secure(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ps.security(r).set(w.Header())
		h.ServeHTTP(w, r)
	})
}

// security returns the headers that the response to a request carries.
func (ps Proxies) security(r *http.Request) *fields {
	secure := r.TLS != nil
	if r.Header["X-Forwarded-Proto"] != nil { // only then is the address worth parsing
		_, secure = ps.Client(r)
	}
	if secure {
		return securityTLS
	}
	return security
}

// The headers of every response, made once: the page cache answers tens of
// thousands of requests a second.
var (
	security = newFields(
		"Content-Security-Policy", PolicyReader,
		"X-Content-Type-Options", "nosniff",
		"Referrer-Policy", "strict-origin-when-cross-origin",
		"X-Frame-Options", "DENY",
		"Cross-Origin-Opener-Policy", "same-origin",
		"Cross-Origin-Resource-Policy", "same-origin",
		"Permissions-Policy", "camera=(), microphone=(), geolocation=(), browsing-topics=()")
	securityTLS = security.with("Strict-Transport-Security", "max-age=31536000")
)

// fields are header fields, as http.Header holds them and as they are sent.
type fields struct {
	list []field
	wire []byte
}

// field is a header field as http.Header holds it.
type field struct {
	name  string
	value []string
}

// newFields makes fields of pairs of a canonical name and a value without line breaks.
func newFields(pairs ...string) *fields { return (&fields{}).with(pairs...) }

// with returns these fields and some more.
func (f *fields) with(pairs ...string) *fields {
	out := &fields{list: slices.Clone(f.list), wire: bytes.Clone(f.wire)}
	for i := 0; i+1 < len(pairs); i += 2 {
		out.list = append(out.list, field{pairs[i], []string{pairs[i+1]}})
		out.wire = fmt.Appendf(out.wire, "%s: %s\r\n", pairs[i], pairs[i+1])
	}
	return out
}

func (f *fields) set(h http.Header) {
	for _, x := range f.list {
		h[x.name] = x.value
	}
}

// Log writes one line for each request that took long or went wrong, and one
// at debug level for all others. A panic is logged with its stack, which
// net/http would do out of our sight, and answered.
func Log(log *slog.Logger, slow time.Duration, h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		rec := &recorder{ResponseWriter: w, status: http.StatusOK}
		defer func() {
			if p := recover(); p != nil {
				if p == http.ErrAbortHandler {
					panic(p)
				}
				log.Error("request panicked", "method", r.Method, "path", r.URL.Path, "panic", p, "stack", string(debug.Stack()))
				if rec.wrote {
					panic(http.ErrAbortHandler) // the client must not take half an answer for a whole one
				}
				http.Error(rec, stet.ErrorMessage(nil), http.StatusInternalServerError)
			}
			took := time.Since(start)
			level := slog.LevelDebug
			switch {
			case rec.status >= 500 && r.Context().Err() == nil: // else nobody waits for the answer any more
				level = slog.LevelError
			case took > slow && rec.Header().Get("Content-Type") != "text/event-stream":
				level = slog.LevelWarn
			}
			if log.Enabled(r.Context(), level) {
				log.LogAttrs(context.WithoutCancel(r.Context()), level, "request", slog.String("method", r.Method), slog.String("path", r.URL.Path),
					slog.Int("status", rec.status), slog.Int64("bytes", rec.bytes), slog.Duration("took", took))
			}
		}()
		h.ServeHTTP(rec, r)
	})
}

type recorder struct {
	http.ResponseWriter
	status int
	bytes  int64
	wrote  bool
}

func (r *recorder) WriteHeader(status int) {
	r.status, r.wrote = status, true
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Write(p []byte) (int, error) {
	r.wrote = true
	n, err := r.ResponseWriter.Write(p)
	r.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }
