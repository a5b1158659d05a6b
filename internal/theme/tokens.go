// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package theme

import (
	"bytes"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Tokens are an owner's choices within the shipped design. Empty fields keep
// the design's own.
type Tokens struct {
	Light Colours
	Dark  Colours
	// TextFont and HeadFont are "stet" (the shipped serif), "sans" (the shipped
	// grotesque), "system-serif", "system-sans" or the name of a family that the
	// owner's static/owner.css brings. SansFont likewise, for labels and bylines.
	TextFont string
	HeadFont string
	SansFont string
	// Measure is the width of the text in characters, 50 to 85; 0 is the design's 66.
	Measure int
}

// Colours are the five inks of a page, each #rrggbb.
type Colours struct {
	Paper  string
	Ink    string
	Muted  string // credits, dates
	Accent string // labels, links under the pointer, the mark
	Rule   string // hairlines
}

var shippedTokens = Tokens{
	Light:    Colours{Paper: "#fffdf8", Ink: "#16130f", Muted: "#5a534a", Accent: "#9c1b1f", Rule: "#d9d3c6"},
	Dark:     Colours{Paper: "#141311", Ink: "#e9e4da", Muted: "#aaa294", Accent: "#f08d80", Rule: "#37332d"},
	TextFont: "stet", HeadFont: "stet", SansFont: "sans", Measure: 66,
}

// ParseTokens reads the tokens of a setting: "light.paper", "dark.accent",
// "font.text", "font.head", "font.sans", "measure".
func ParseTokens(m map[string]string) (Tokens, error) {
	var t Tokens
	places := map[string]*string{
		"font.text": &t.TextFont, "font.head": &t.HeadFont, "font.sans": &t.SansFont,
	}
	for name, c := range map[string]*Colours{"light.": &t.Light, "dark.": &t.Dark} {
		places[name+"paper"], places[name+"ink"], places[name+"muted"] = &c.Paper, &c.Ink, &c.Muted
		places[name+"accent"], places[name+"rule"] = &c.Accent, &c.Rule
	}
	for key, value := range m {
		if key == "measure" {
			n, err := strconv.Atoi(value)
			if err != nil {
				return t, fmt.Errorf("theme: token measure: %q is not a number", value)
			}
			t.Measure = n
			continue
		}
		place, ok := places[key]
		if !ok {
			return t, fmt.Errorf("theme: there is no token %q", key)
		}
		*place = value
	}
	return t, t.Validate()
}

var (
	colourForm = regexp.MustCompile(`^#[0-9a-fA-F]{6}$`)
	familyForm = regexp.MustCompile(`^[\pL\pN][\pL\pN -]{0,60}$`)
)

// Validate returns an error for the first token that could not be used. Values
// go into a style sheet, so only the forms that we know are let in.
func (t Tokens) Validate() error {
	for _, c := range t.colours() {
		if c.value != "" && !colourForm.MatchString(c.value) {
			return fmt.Errorf("theme: token %s: %q is not a colour; write #rrggbb", c.name, c.value)
		}
	}
	for name, f := range map[string]string{"font.text": t.TextFont, "font.head": t.HeadFont, "font.sans": t.SansFont} {
		if f != "" && !familyForm.MatchString(f) {
			return fmt.Errorf("theme: token %s: %q is not the name of a font", name, f)
		}
	}
	if t.Measure != 0 && (t.Measure < 50 || t.Measure > 85) {
		return fmt.Errorf("theme: token measure: %d is not between 50 and 85 characters", t.Measure)
	}
	return nil
}

// Contrast is how well one ink can be read on the paper (WCAG 2: 4.5 is AA, 7
// is AAA).
type Contrast struct {
	Mode   string // light or dark
	Ink    string // the token's name
	Colour string
	Paper  string
	Ratio  float64 // 1 to 21
	Least  float64 // what reads easily: 7 for text, 4.5 for what stands beside it
}

// Contrasts returns the contrast of every ink in which words are set.
func (t Tokens) Contrasts() []Contrast {
	var out []Contrast
	full := t.withDefaults()
	for _, mode := range []struct {
		name string
		c    Colours
	}{{"light", full.Light}, {"dark", full.Dark}} {
		for _, ink := range []struct {
			name, colour string
			least        float64
		}{{"ink", mode.c.Ink, 7}, {"muted", mode.c.Muted, 4.5}, {"accent", mode.c.Accent, 4.5}} {
			out = append(out, Contrast{mode.name, ink.name, ink.colour, mode.c.Paper, contrast(ink.colour, mode.c.Paper), ink.least})
		}
	}
	return out
}

// warnings names the pairs of colours that are hard to read.
func (t Tokens) warnings() []string {
	var out []string
	for _, c := range t.Contrasts() {
		if c.Ratio < c.Least {
			out = append(out, fmt.Sprintf("%s.%s %s on %s has a contrast of %.1f; %.1f is the least for easy reading",
				c.Mode, c.Ink, c.Colour, c.Paper, c.Ratio, c.Least))
		}
	}
	return out
}

type namedColour struct{ name, value string }

func (t Tokens) colours() []namedColour {
	var out []namedColour
	for _, m := range []struct {
		name string
		c    Colours
	}{{"light", t.Light}, {"dark", t.Dark}} {
		out = append(out, namedColour{m.name + ".paper", m.c.Paper}, namedColour{m.name + ".ink", m.c.Ink},
			namedColour{m.name + ".muted", m.c.Muted}, namedColour{m.name + ".accent", m.c.Accent}, namedColour{m.name + ".rule", m.c.Rule})
	}
	return out
}

func (t Tokens) withDefaults() Tokens {
	or := func(s *string, def string) {
		if *s == "" {
			*s = def
		}
	}
	for _, m := range []struct {
		c   *Colours
		def Colours
	}{{&t.Light, shippedTokens.Light}, {&t.Dark, shippedTokens.Dark}} {
		or(&m.c.Paper, m.def.Paper)
		or(&m.c.Ink, m.def.Ink)
		or(&m.c.Muted, m.def.Muted)
		or(&m.c.Accent, m.def.Accent)
		or(&m.c.Rule, m.def.Rule)
	}
	or(&t.TextFont, shippedTokens.TextFont)
	or(&t.HeadFont, shippedTokens.HeadFont)
	or(&t.SansFont, shippedTokens.SansFont)
	if t.Measure == 0 {
		t.Measure = shippedTokens.Measure
	}
	return t
}

// The stacks end in families with Arabic letters, so that a right-to-left
// magazine reads well without a font of its own.
const (
	arabicSerif = `"Noto Naskh Arabic", Amiri, "Geeza Pro", "Traditional Arabic", serif`
	arabicSans  = `"Noto Sans Arabic", "Segoe UI", "Geeza Pro", Tahoma, sans-serif`
)

func stack(font string, head bool) string {
	switch font {
	case "stet":
		if head {
			return fallbacks("Stet Display") + arabicSerif
		}
		return fallbacks("Stet Serif") + arabicSerif
	case "sans":
		return `"Public Sans", "Public Sans Fallback", ` + arabicSans
	case "system-serif":
		return `Charter, "Bitstream Charter", Cambria, Georgia, ` + arabicSerif
	case "system-sans":
		return `system-ui, ` + arabicSans
	}
	return `"` + font + `", ` + arabicSerif
}

// fallbacks is a font and the local ones that stet.css stretches to its metrics.
func fallbacks(font string) string {
	return strings.ReplaceAll(`"@", "@ Fallback", "@ Fallback T", "@ Fallback N", "@ Fallback D", `, "@", font)
}

// css is the style sheet of the tokens: custom properties and nothing else.
func (t Tokens) css() []byte {
	t = t.withDefaults()
	var b bytes.Buffer
	b.WriteString(":root {\n")
	t.Light.write(&b, "\t")
	t.writeFonts(&b)
	b.WriteString("}\n@media screen and (prefers-color-scheme: dark) {\n\t:root {\n")
	t.Dark.write(&b, "\t\t")
	b.WriteString("\t}\n}\n")
	return b.Bytes()
}

// Preview is a style sheet that lays the tokens over a page which has others,
// and shows it by day or after dark whatever the browser prefers.
func (t Tokens) Preview(dark bool) []byte {
	t = t.withDefaults()
	scheme, colours, pictures := "light", t.Light, "none"
	if dark {
		scheme, colours, pictures = "dark", t.Dark, "brightness(.86)"
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, ":root {\n\tcolor-scheme: %s;\n", scheme)
	colours.write(&b, "\t")
	t.writeFonts(&b)
	fmt.Fprintf(&b, "}\nimg { filter: %s; }\n*, ::before, ::after { transition: none !important; }\n", pictures)
	return b.Bytes()
}

func (c Colours) write(b *bytes.Buffer, indent string) {
	for _, p := range [][2]string{{"paper", c.Paper}, {"ink", c.Ink}, {"muted", c.Muted}, {"accent", c.Accent}, {"rule", c.Rule}} {
		fmt.Fprintf(b, "%s--%s: %s;\n", indent, p[0], strings.ToLower(p[1]))
	}
}

func (t Tokens) writeFonts(b *bytes.Buffer) {
	fmt.Fprintf(b, "\t--text-font: %s;\n\t--head-font: %s;\n\t--sans-font: %s;\n", stack(t.TextFont, false), stack(t.HeadFont, true), stack(t.SansFont, false))
	// A character of the text serif is 0.452 of its size on average.
	fmt.Fprintf(b, "\t--measure: %.2fem;\n", float64(t.Measure)*0.4545)
}

// Named returns all tokens under the names that ParseTokens reads, the design's
// own where nothing was chosen.
func (t Tokens) Named() map[string]string {
	t = t.withDefaults()
	out := map[string]string{"font.text": t.TextFont, "font.head": t.HeadFont, "font.sans": t.SansFont, "measure": strconv.Itoa(t.Measure)}
	for _, c := range t.colours() {
		out[c.name] = c.value
	}
	return out
}

// contrast is WCAG 2's ratio of two colours, 1 to 21.
func contrast(a, b string) float64 {
	l := []float64{luminance(a), luminance(b)}
	slices.Sort(l)
	return (l[1] + 0.05) / (l[0] + 0.05)
}

func luminance(colour string) float64 {
	n, err := strconv.ParseUint(strings.TrimPrefix(colour, "#"), 16, 32)
	if err != nil {
		return 0
	}
	part := func(shift uint) float64 {
		c := float64(n>>shift&0xff) / 255
		if c <= 0.03928 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	return 0.2126*part(16) + 0.7152*part(8) + 0.0722*part(0)
}
