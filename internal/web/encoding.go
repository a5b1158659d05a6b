// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package web

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
	"github.com/andybalholm/brotli/matchfinder"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// Encoding is a content coding of HTTP.
type Encoding uint8

// The codings, in the order in which we prefer to send them.
const (
	Brotli Encoding = iota
	Zstd
	Gzip
	Identity
	encodings
)

var encodingNames = [encodings]string{"br", "zstd", "gzip", ""}

// String returns the name that stands in Content-Encoding, "" for Identity.
func (e Encoding) String() string { return encodingNames[e] }

// Accepted chooses the coding for a value of Accept-Encoding (RFC 9110, 12.5.3).
func Accepted(header string) Encoding {
	// What nearly every client sends is answered without parsing.
	switch header {
	case "":
		return Identity
	case "gzip", "gzip, deflate":
		return Gzip
	case "gzip, deflate, br", "gzip, deflate, br, zstd", "br":
		return Brotli
	}
	var q [encodings]float64
	star := -1.0
	for i := range q {
		q[i] = -1
	}
	for part := range strings.SplitSeq(header, ",") {
		name, params, _ := strings.Cut(part, ";")
		name = strings.ToLower(strings.TrimSpace(name))
		weight := qValue(params)
		switch name {
		case "*":
			star = weight
		case "identity":
			q[Identity] = weight
		default:
			for e, n := range encodingNames {
				if n != "" && (n == name || name == "x-"+n) {
					q[e] = weight
				}
			}
		}
	}
	best, found := Identity, 0.0
	for e := range Identity {
		w := q[e]
		if w < 0 {
			w = star
		}
		if w > found {
			best, found = e, w
		}
	}
	if q[Identity] > found {
		return Identity
	}
	return best
}

func qValue(params string) float64 {
	for p := range strings.SplitSeq(params, ";") {
		if v, ok := strings.CutPrefix(strings.ToLower(strings.TrimSpace(p)), "q="); ok {
			f, err := strconv.ParseFloat(v, 64)
			if err != nil || f < 0 || f > 1 {
				return 0
			}
			return f
		}
	}
	return 1
}

// Levels: a page is encoded once and sent often, but the first reader waits for
// it. The newer encoder at 3 takes half the time of itself at 4 and a quarter of
// that of the older one at 5, and makes pages 1 % and 6 % longer; 11 takes 100 ms
// and is for files that are built into the program.
const (
	pageBrotli   = 3
	staticBrotli = 11
)

// The writers are kept: to allocate and clear their tables takes longer than to
// encode a page.
var brotlis = sync.Pool{New: func() any { return brotli.NewWriterV2(nil, pageBrotli) }}

var gzips = sync.Pool{New: func() any { z, _ := gzip.NewWriterLevel(nil, 6); return z }}

// zstdEncoder may be used by many at once with EncodeAll.
var zstdEncoder, _ = zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedDefault), zstd.WithEncoderConcurrency(2), zstd.WithWindowSize(1<<20))

var zstdDecoder, _ = zstd.NewReader(nil, zstd.WithDecoderConcurrency(2), zstd.WithDecoderMaxMemory(64<<20))

// Encode returns the bytes in the coding. best is for static files.
func Encode(e Encoding, plain []byte, best bool) []byte {
	var b bytes.Buffer
	switch e {
	case Brotli:
		if best {
			z := brotli.NewWriterLevel(&b, staticBrotli)
			z.Write(plain)
			z.Close()
			break
		}
		z := brotlis.Get().(*matchfinder.Writer)
		z.Reset(&b)
		z.Write(plain)
		z.Close()
		brotlis.Put(z)
	case Gzip:
		z := gzips.Get().(*gzip.Writer)
		z.Reset(&b)
		z.Write(plain)
		z.Close()
		gzips.Put(z)
	case Zstd:
		return zstdEncoder.EncodeAll(plain, nil)
	default:
		return plain
	}
	return bytes.Clone(b.Bytes()) // without the buffer's spare room: it is kept for long
}

// Decode is the inverse of Encode.
func Decode(e Encoding, data []byte) ([]byte, error) {
	switch e {
	case Brotli:
		return io.ReadAll(brotli.NewReader(bytes.NewReader(data)))
	case Zstd:
		return zstdDecoder.DecodeAll(data, nil)
	case Gzip:
		z, err := gzip.NewReader(bytes.NewReader(data))
		if err != nil {
			return nil, fmt.Errorf("decode gzip: %w", err)
		}
		return io.ReadAll(z)
	}
	return data, nil
}
