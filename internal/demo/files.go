// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package demo

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"math"
	"strings"

	"stet"
	"stet/internal/newsroom"
	"stet/internal/store"
)

// file is a recording or document of the demo, made by program like its
// pictures, and what the library knows of it.
type file struct {
	asset      stet.Asset
	make       func() []byte
	transcript string
}

var files = []file{
	{
		asset: stet.Asset{Filename: "fog-signal.wav", Credit: "Sound: Atelier Mora, from a drawing of the diaphone of 1931"},
		make:  fogSignal,
		transcript: "A deep horn sounds for two seconds over a slow sea, then drops by an octave and ends in a grunt, which gave the diaphone its nickname: the bull.\n\n" +
			"A second and a half of waves.\n\nThe horn again, and the grunt. Waves.",
	},
	{
		asset: stet.Asset{Filename: "severgaz-letter-page-4.pdf", Credit: "Translation: The Causeway"},
		make:  letter,
	},
}

// addFiles keeps them in the library, for the stories that name them.
func (f *filler) addFiles(ctx context.Context) error {
	for _, v := range files {
		a := v.asset
		if _, err := f.room.AddAsset(ctx, stet.Operator, &a, bytes.NewReader(v.make())); err != nil {
			return fmt.Errorf("%s: %w", v.asset.Filename, err)
		}
		f.files[v.asset.Filename] = a.PublicID
		if v.transcript == "" {
			continue
		}
		_, err := f.room.UpdateAsset(ctx, stet.Operator, a.PublicID, func(tx *store.Store, a *stet.Asset) error {
			t, err := newsroom.ReadAssetText(a, stet.AssetText{Kind: stet.Transcript, Text: v.transcript})
			if err != nil {
				return err
			}
			return tx.SetAssetText(ctx, t)
		})
		if err != nil {
			return fmt.Errorf("transcript of %s: %w", v.asset.Filename, err)
		}
	}
	return nil
}

// The form of the recording: 8,000 samples a second of 8 bits, as telephones
// have it, which is enough for a horn.
const (
	sampleRate = 8000
	seconds    = 7
)

// fogSignal is a diaphone, heard twice: a reed of many harmonics that falls by
// an octave when its air runs out, over a sea of filtered noise. The same
// every time.
func fogSignal() []byte {
	samples := make([]byte, sampleRate*seconds)
	var phase, sea, swell float64
	noise := uint32(1)
	for i := range samples {
		t := float64(i) / sampleRate
		pitch, loud := horn(t)
		if t > 3.5 {
			pitch, loud = horn(t - 3.5)
		}
		phase += pitch / sampleRate
		reed := 0.0
		for k := 1.0; k <= 9; k++ {
			reed += math.Sin(2*math.Pi*k*phase) / math.Pow(k, 1.1)
		}
		noise = noise*1664525 + 1013904223
		sea += (float64(noise>>8)/(1<<23) - 1 - sea) * 0.12
		swell = 0.35 + 0.25*math.Sin(2*math.Pi*t/3.5-1)
		v := 0.6*loud*reed + 0.28*swell*sea
		edge := min(1, t/0.25, (seconds-t)/0.5) // begins and ends without a click
		samples[i] = byte(128 + 120*math.Tanh(1.4*v)*max(0, edge))
	}
	return wave(samples)
}

// horn is the pitch and loudness of one blast, t seconds after it began.
func horn(t float64) (pitch, loud float64) {
	const full, fall, end = 1.7, 1.85, 2.15
	switch {
	case t < 0 || t > end:
		return 90, 0
	case t < full:
		return 180 - 6*math.Exp(-t*6), min(1, t/0.15)
	case t < fall:
		return 180 - 90*(t-full)/(fall-full), 1
	}
	return 90 - 14*(t-fall), (end - t) / (end - fall)
}

// wave makes a WAV file of samples of 8 bits.
func wave(samples []byte) []byte {
	var b bytes.Buffer
	le := func(v any) { binary.Write(&b, binary.LittleEndian, v) }
	b.WriteString("RIFF")
	le(uint32(36 + len(samples)))
	b.WriteString("WAVEfmt ")
	le(uint32(16))
	le([2]uint16{1, 1}) // PCM, one channel
	le([2]uint32{sampleRate, sampleRate})
	le([2]uint16{1, 8})
	b.WriteString("data")
	le(uint32(len(samples)))
	b.Write(samples)
	return b.Bytes()
}

// letterLines is the last page of the letter in the story, with its size and
// font: R for roman, B for bold, I for italic.
var letterLines = []struct {
	font string
	size int
	skip int // above the line
	text string
}{
	{"I", 10, 0, "Translation from the Drovnian. Page 4 of 4."},
	{"B", 16, 40, "SEVERGAZ"},
	{"R", 10, 16, "Department of Exports \u00b7 Lomsk Embankment 1, Tirsk"},
	{"B", 12, 44, "5. Payment"},
	{"R", 12, 20, "Payment falls due ninety days after delivery. It is made to the"},
	{"R", 12, 17, "account of the Seller with Lomsk Maritime Bank. The name of the"},
	{"R", 12, 17, "bank is an essential term of this offer."},
	{"B", 12, 34, "6."},
	{"R", 12, 20, "The Buyer acknowledges on behalf of the competent authorities"},
	{"R", 12, 17, "that the Convention on the River Ister of 1961 continues in force"},
	{"R", 12, 17, "between the parties, and that this acknowledgement is not affected"},
	{"R", 12, 17, "by the expiry of the present offer."},
	{"R", 12, 40, "We should be glad of your answer by 1 March and remain at the"},
	{"R", 12, 17, "disposal of our colleagues. We hope that the weather in Sorin is mild."},
	{"R", 12, 44, "Tirsk, 19 January 2026"},
	{"I", 14, 40, "Grigor Velmany"},
	{"R", 10, 16, "Deputy chairman for exports"},
}

// letter is a PDF of one page with the fonts that every viewer has.
func letter() []byte {
	var page strings.Builder
	page.WriteString("BT\n72 770 Td\n")
	escape := strings.NewReplacer(`\`, `\\`, `(`, `\(`, `)`, `\)`, "\u00b7", "\xb7")
	for _, l := range letterLines {
		fmt.Fprintf(&page, "0 -%d Td /%s %d Tf (%s) Tj\n", l.skip, l.font, l.size, escape.Replace(l.text))
	}
	page.WriteString("ET")
	font := func(name string) string {
		return "<< /Type /Font /Subtype /Type1 /BaseFont /" + name + " /Encoding /WinAnsiEncoding >>"
	}
	objects := []string{
		"<< /Type /Catalog /Pages 2 0 R /Lang (en-GB) /ViewerPreferences << /DisplayDocTitle true >> >>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /R 5 0 R /B 6 0 R /I 7 0 R >> >> >>",
		fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", page.Len(), page.String()),
		font("Times-Roman"), font("Times-Bold"), font("Times-Italic"),
		"<< /Title (The Severgaz letter, page 4, in translation) /Author (The Causeway) >>",
	}
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	var at []int
	for i, o := range objects {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, n := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, len(objects), start)
	return b.Bytes()
}
