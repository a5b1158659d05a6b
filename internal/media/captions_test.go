// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package media

import (
	"strings"
	"testing"

	"stet"
)

const goodCaptions = "WEBVTT - a horn\n\nNOTE by hand\n\n1\n00:01.000 --> 00:04.500 align:start\n[Foghorn]\n\n01:00:00.000 --> 01:00:01.000\nAgain\n"

func TestCaptions(t *testing.T) {
	t.Parallel()
	got, err := CheckCaptions("\ufeff" + strings.ReplaceAll(goodCaptions, "\n", "\r\n"))
	if err != nil || got != goodCaptions {
		t.Errorf("%q, %v", got, err)
	}
	for src, want := range map[string]string{
		"": "first line is WEBVTT", "WEBVTTX\n": "first line is WEBVTT", "1\n00:00:01,000 --> 00:00:02,000\nx": "SubRip",
		"WEBVTT\n\nno cue": "no cue", "WEBVTT\n\n00:02.000 --> 00:01.000\nx": "line 3 of the captions: the cue ends before",
		"WEBVTT\n\n00:01 --> 00:02\n": "line 3", "WEBVTT\n\n00:00:01,000 --> 00:00:02,000\nx": "line 3", "WEBVTT\n\n00:61.000 --> 02:02.000\n": "line 3",
		"WEBVTT\n\n0:01.000 --> 00:02.000\n": "line 3", "WEBVTT\xff": "UTF-8", "WEBVTT " + strings.Repeat("x", stet.MaxCaptions): "kB",
	} {
		if _, err := CheckCaptions(src); err == nil || !strings.Contains(stet.ErrorMessage(err), want) {
			t.Errorf("%.40q: %v, want %q", src, err, want)
		}
	}
}

func FuzzCaptions(f *testing.F) {
	for _, s := range []string{goodCaptions, "WEBVTT\n\n00:00.000 --> 00:00.001", "WEBVTT\r\r-->", "WEBVTT\n99999:59:59.999 --> 65535:00:00.000\t"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		kept, err := CheckCaptions(s)
		if err != nil {
			return
		}
		if again, err := CheckCaptions(kept); err != nil || again != kept {
			t.Errorf("what was kept is read otherwise: %v", err)
		}
	})
}
