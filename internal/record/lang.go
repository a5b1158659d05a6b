// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package record

import (
	"bufio"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"
)

//go:embed lang
var languages embed.FS

// set is a list of words.
type set map[string]bool

// cue is a verb that reports speech, and what it may stand with.
type cue struct {
	lemma string
	flags string
}

func (c *cue) is(flag byte) bool { return strings.IndexByte(c.flags, flag) >= 0 }

// language is all that is known of one language.
type language struct {
	cues  map[string]*cue
	lists map[string]set
	abbr  map[string]bool           // as they are written: those that are words too with a capital
	names map[string]byte           // first name -> 'h' or 's'
	turn  map[string]map[string]int // lists whose lines count: months, weekdays
	tag   *tagger
	axes  []axis
	sure  map[string]tally // frame -> how often it was right
}

// lang is the folder of a language, by the beginning of its tag: "en-GB" is "en".
func readLanguage(name string) (*language, error) {
	l, err := readLists(name)
	if err != nil {
		return nil, err
	}
	name, _, _ = strings.Cut(strings.ToLower(name), "-")
	table, err := languages.ReadFile(path.Join("lang", name, "tagger.gz"))
	if err != nil {
		return nil, err
	}
	l.tag, err = loadTagger(table)
	return l, err
}

// readLists reads the word lists alone, which are all that training needs.
func readLists(name string) (*language, error) {
	name, _, _ = strings.Cut(strings.ToLower(name), "-")
	dir := path.Join("lang", name)
	if name == "" || strings.ContainsAny(name, "./") {
		return nil, fmt.Errorf("there is no language %q", name)
	}
	if _, err := fs.Stat(languages, dir); err != nil {
		return nil, fmt.Errorf("there are no word lists for the language %q", name)
	}
	l := &language{cues: map[string]*cue{}, lists: map[string]set{}, names: map[string]byte{}, turn: map[string]map[string]int{}, sure: map[string]tally{}}
	defer l.abbreviate()
	for file, read := range map[string]func(section, line string) error{
		"cues.txt": l.readCue, "words.txt": l.readWords, "names.txt": l.readNames, "axes.txt": l.readAxis, "confidence.txt": l.readTally,
	} {
		if err := readLines(path.Join(dir, file), read); err != nil {
			return nil, err
		}
	}
	return l, nil
}

// abbreviate makes the list of abbreviations as they are written. Most need a
// capital, for "sat." and "mass." are words that end a sentence.
func (l *language) abbreviate() {
	l.abbr = map[string]bool{}
	for w := range l.lists["abbreviations"] {
		first, size := utf8.DecodeRuneInString(w)
		l.abbr[string(unicode.ToUpper(first))+w[size:]] = true
		l.abbr[strings.ToUpper(w)] = true
		if l.in("abbreviations in lower case", w) {
			l.abbr[w] = true
		}
	}
}

// readLines hands over each line that is neither empty nor a comment, with the
// [section] that it stands in.
func readLines(file string, read func(section, line string) error) error {
	f, err := languages.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	in := bufio.NewScanner(f)
	in.Buffer(nil, 1<<20)
	section := ""
	for n := 1; in.Scan(); n++ {
		line := strings.TrimSpace(in.Text())
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '[' && line[len(line)-1] == ']':
			section = line[1 : len(line)-1]
		default:
			if err := read(section, line); err != nil {
				return fmt.Errorf("%s, line %d: %w", file, n, err)
			}
		}
	}
	return in.Err()
}

func (l *language) readCue(_, line string) error {
	flags, forms, ok := strings.Cut(line, "\t")
	if !ok || forms == "" {
		return fmt.Errorf("want flags, a tab, forms: %q", line)
	}
	f := strings.Fields(forms)
	c := &cue{lemma: f[0], flags: flags}
	for _, w := range f {
		if l.cues[w] == nil {
			l.cues[w] = c
		}
	}
	return nil
}

func (l *language) readWords(section, line string) error {
	if section == "" {
		return fmt.Errorf("words without a list: %q", line)
	}
	s := l.lists[section]
	if s == nil {
		s = set{}
		l.lists[section] = s
	}
	if l.turn[section] == nil {
		l.turn[section] = map[string]int{}
	}
	n := 1
	for _, have := range l.turn[section] {
		n = max(n, have+1)
	}
	for _, w := range strings.Fields(line) {
		s[w] = true
		l.turn[section][w] = n
	}
	return nil
}

func (l *language) readNames(section, line string) error {
	for _, w := range strings.Fields(line) {
		l.names[w] = section[0]
	}
	return nil
}

// readTally reads a line of a frame, a tab and four counts.
func (l *language) readTally(_, line string) error {
	frame, counts, ok := strings.Cut(line, "\t")
	var t tally
	if _, err := fmt.Sscan(counts, &t.right, &t.all, &t.freshRight, &t.freshAll); !ok || err != nil {
		return fmt.Errorf("want a frame, a tab and four counts: %q", line)
	}
	l.sure[frame] = t
	return nil
}

// in reports whether the word is on the list. Asking for a list that the
// language does not have is an error of ours, which a test looks for.
func (l *language) in(list, word string) bool { return l.lists[list][word] }
