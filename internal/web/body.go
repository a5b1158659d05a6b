// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package web

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Body is a response that can be sent many times: it keeps the codings that
// were asked for, and nothing else, and answers conditional requests. Its
// exported fields are set before it is first sent.
type Body struct {
	Status       int
	ContentType  string
	CacheControl string
	Modified     time.Time // zero: no Last-Modified
	Static       bool      // compress as well as we can
	Robots       string    // X-Robots-Tag, for what is no page of its own
	CrossOrigin  bool      // pages of other sites may read it

	tag  string // strong, of the plain bytes
	size int    // of the plain bytes

	once        sync.Once // makes head and contentType
	head        *fields
	contentType []string

	mu      sync.RWMutex
	encoded [encodings]*encodedBody
	onGrow  func(int) // told how many bytes the Body has grown by
}

// encodedBody has the header values ready as the slices http.Header holds.
type encodedBody struct {
	bytes    []byte
	etag     []string
	length   []string
	encoding []string
	once     sync.Once // makes own
	own      *fields   // what a page sends beside its type and length
}

// minCompress is the size under which compression gains nothing.
const minCompress = 256

// NewBody makes a body of plain bytes, encoded as the first request asks.
func NewBody(status int, contentType string, plain []byte, first Encoding) *Body {
	sum := sha256.Sum256(plain)
	return newBody(status, contentType, base64.RawURLEncoding.EncodeToString(sum[:12]), plain, first)
}

// NewSealed is NewBody for bytes that are known under a hash: the plain bytes
// have it as their ETag.
func NewSealed(contentType, hash string, plain []byte, first Encoding) *Body {
	return newBody(http.StatusOK, contentType, hash, plain, first)
}

func newBody(status int, contentType, tag string, plain []byte, first Encoding) *Body {
	b := &Body{Status: status, ContentType: contentType, tag: tag, size: len(plain)}
	if len(plain) < minCompress || !compressible(contentType) {
		first = Identity
	}
	b.encoded[first] = b.wrap(first, Encode(first, plain, false))
	return b
}

// NewStatic is NewBody for files that are built in or written once.
func NewStatic(contentType string, plain []byte) *Body {
	b := NewBody(http.StatusOK, contentType, plain, Identity)
	b.Static = true
	return b
}

func compressible(contentType string) bool {
	switch base, _, _ := strings.Cut(contentType, ";"); {
	case strings.HasPrefix(base, "text/"), strings.HasSuffix(base, "+xml"), strings.HasSuffix(base, "+json"), base == "application/json", base == "application/javascript", base == "application/xml":
		return true
	}
	return false
}

func (b *Body) wrap(e Encoding, data []byte) *encodedBody {
	eb := &encodedBody{bytes: data, length: []string{strconv.Itoa(len(data))}, etag: []string{`"` + b.tag + `"`}}
	if e != Identity {
		eb.encoding = []string{e.String()}
		eb.etag = []string{`"` + b.tag + "-" + e.String() + `"`}
	}
	return eb
}

// Weight is about how many bytes of memory the body takes.
func (b *Body) Weight() int {
	b.mu.RLock()
	defer b.mu.RUnlock()
	n := 512
	for _, e := range b.encoded {
		if e != nil {
			n += len(e.bytes)
		}
	}
	return n
}

// OnGrow has f told when the body comes to keep another coding.
func (b *Body) OnGrow(f func(int)) { b.onGrow = f }

// in returns the body in the coding, made from one of those it has.
func (b *Body) in(e Encoding) *encodedBody {
	if b.size < minCompress || !compressible(b.ContentType) {
		e = Identity
	}
	b.mu.RLock()
	eb := b.encoded[e]
	b.mu.RUnlock()
	if eb != nil {
		return eb
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.encoded[e] != nil {
		return b.encoded[e]
	}
	plain := b.plain()
	eb = b.wrap(e, Encode(e, plain, b.Static))
	// Plain bytes are asked for by few and are large: they are not kept,
	// unless they are all there is.
	if e == Identity {
		return eb
	}
	b.encoded[e] = eb
	if b.onGrow != nil {
		b.onGrow(len(eb.bytes))
	}
	return eb
}

func (b *Body) plain() []byte {
	for e, eb := range b.encoded {
		if eb == nil {
			continue
		}
		if p, err := Decode(Encoding(e), eb.bytes); err == nil {
			return p
		}
	}
	return nil
}

// Plain returns the bytes without any coding.
func (b *Body) Plain() []byte {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.plain()
}

// ServeHTTP sends the body, or 304 when the client has it already.
func (b *Body) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	eb := b.in(Accepted(r.Header.Get("Accept-Encoding")))
	b.once.Do(b.makeHead)
	h := w.Header()
	h["Etag"] = eb.etag
	b.head.set(h)
	if b.Status == http.StatusOK && b.unchanged(r, eb.etag[0]) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h["Content-Type"] = b.contentType
	h["Content-Length"] = eb.length
	if eb.encoding != nil {
		h["Content-Encoding"] = eb.encoding
	}
	w.WriteHeader(b.Status)
	if r.Method != http.MethodHead {
		write(w, r, eb.bytes)
	}
}

// ServeSecure is ServeHTTP below [Proxies.Secure], in less time for a page that
// is sent whole: nine tenths of its header never pass through net/http, which
// would copy, sort and check them for each request (see gathered).
func (b *Body) ServeSecure(w http.ResponseWriter, r *http.Request, ps Proxies) {
	secure := ps.security(r)
	eb := b.in(Accepted(r.Header.Get("Accept-Encoding")))
	g := gatheredBy(r)
	if g == nil || r.Method != http.MethodGet || b.Status != http.StatusOK || b.CrossOrigin || len(eb.bytes) < httpBuffer || b.unchanged(r, eb.etag[0]) {
		secure.set(w.Header())
		b.ServeHTTP(w, r)
		return
	}
	b.once.Do(b.makeHead)
	eb.once.Do(func() {
		eb.own = b.head.with("Etag", eb.etag[0])
		if eb.encoding != nil {
			eb.own = eb.own.with("Content-Encoding", eb.encoding[0])
		}
	})
	h := w.Header()
	h["Content-Type"] = b.contentType
	h["Content-Length"] = eb.length
	g.send(w, eb.bytes, secure.wire, eb.own.wire)
}

// makeHead prepares the header fields that are the same in every answer.
func (b *Body) makeHead() {
	b.head = newFields()
	set := func(name, value string) { b.head = b.head.with(name, value) }
	b.contentType = []string{b.ContentType}
	if b.CacheControl != "" {
		set("Cache-Control", b.CacheControl)
	}
	if !b.Modified.IsZero() {
		set("Last-Modified", b.Modified.UTC().Format(http.TimeFormat))
	}
	if compressible(b.ContentType) {
		set("Vary", "Accept-Encoding")
	}
	if b.Robots != "" {
		set("X-Robots-Tag", b.Robots)
	}
	if b.CrossOrigin {
		set("Cross-Origin-Resource-Policy", "cross-origin")
		set("Access-Control-Allow-Origin", "*")
	}
}

// unchanged answers If-None-Match and, only without it, If-Modified-Since
// (RFC 9110, 13.2.2).
func (b *Body) unchanged(r *http.Request, etag string) bool {
	if match := r.Header.Get("If-None-Match"); match != "" {
		if match == "*" {
			return true
		}
		for m := range strings.SplitSeq(match, ",") {
			// Weak comparison: a proxy that recompresses weakens our tags.
			if strings.TrimPrefix(strings.TrimSpace(m), "W/") == etag {
				return true
			}
		}
		return false
	}
	since := r.Header.Get("If-Modified-Since")
	if since == "" || b.Modified.IsZero() {
		return false
	}
	t, err := http.ParseTime(since)
	return err == nil && !b.Modified.Truncate(time.Second).After(t)
}
