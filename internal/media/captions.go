// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package media

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"stet"
)

// CheckCaptions reads a WebVTT file (https://www.w3.org/TR/webvtt1/) and
// returns it as it is kept: UTF-8 without a byte order mark, lines ending in
// \n. What a browser would pass over in silence is refused with its line, since
// nobody would notice that a cue is missing.
func CheckCaptions(file string) (string, error) {
	if len(file) > stet.MaxCaptions {
		return "", stet.Errorf(stet.TooLarge, "the captions have %d kB; at most %d are taken", len(file)>>10, stet.MaxCaptions>>10)
	}
	if !utf8.ValidString(file) || strings.IndexByte(file, 0) >= 0 {
		return "", stet.Errorf(stet.Invalid, "the captions are not in UTF-8; save the file as UTF-8")
	}
	text := strings.TrimPrefix(file, "\ufeff")
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	lines := strings.Split(text, "\n")
	if head := lines[0]; head != "WEBVTT" && !strings.HasPrefix(head, "WEBVTT ") && !strings.HasPrefix(head, "WEBVTT\t") {
		return "", stet.Errorf(stet.Invalid, "captions are a WebVTT file, whose first line is WEBVTT; programs that write SubRip (.srt) can save as WebVTT too")
	}
	cues := 0
	for i := 1; i < len(lines); i++ {
		if !strings.Contains(lines[i], "-->") {
			continue
		}
		if err := checkTimes(lines[i]); err != "" {
			return "", stet.Errorf(stet.Invalid, "line %d of the captions: %s", i+1, err)
		}
		cues++
	}
	if cues == 0 {
		return "", stet.Errorf(stet.Invalid, "the captions have no cue: no line says from when to when one is shown")
	}
	return text, nil
}

// checkTimes says what is wrong with a line such as "00:01.000 --> 00:04.000 align:start".
func checkTimes(line string) string {
	from, rest, _ := strings.Cut(line, "-->")
	to, _, _ := strings.Cut(strings.TrimLeft(rest, " \t"), " ")
	to, _, _ = strings.Cut(to, "\t")
	begin, ok := cueTime(strings.Trim(from, " \t"))
	end, ok2 := cueTime(to)
	switch {
	case !ok || !ok2:
		return "times are written as 00:01.000 --> 00:04.000"
	case end <= begin:
		return "the cue ends before it begins"
	}
	return ""
}

// cueTime reads "hh:mm:ss.ttt", of which the hours may be missing.
func cueTime(s string) (time.Duration, bool) {
	whole, milli, ok := strings.Cut(s, ".")
	parts := strings.Split(whole, ":")
	if !ok || len(milli) != 3 || len(parts) < 2 || len(parts) > 3 {
		return 0, false
	}
	var total time.Duration
	for i, p := range append(parts, milli) {
		n, err := strconv.ParseUint(p, 10, 16)
		hours := i == 0 && len(parts) == 3
		switch {
		case err != nil || len(p) < 2 || p[0] == '+':
			return 0, false
		case i == len(parts):
			return total*time.Second + time.Duration(n)*time.Millisecond, true
		case !hours && (len(p) != 2 || n > 59):
			return 0, false
		}
		total = total*60 + time.Duration(n)
	}
	return 0, false
}
