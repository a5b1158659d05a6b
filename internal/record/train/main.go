// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

// Command train makes the table of the tagger of package record from a corpus:
//
//	go run ./internal/record/train -corpus DIR -out internal/record/lang/en/tagger.gz
//
// DIR holds files of lines "form, UPOS, Penn tag", apart by tabs, an empty line
// after each sentence. With -hold WORD the files whose name has the word are
// kept out and measured.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"stet/internal/record"
)

func main() {
	lang := flag.String("lang", "en", "whose word lists")
	corpus := flag.String("corpus", "", "folder of .tsv files")
	out := flag.String("out", "", "where to write the table")
	hold := flag.String("hold", "", "keep files with this word out, and measure on them")
	rounds := flag.Int("rounds", 8, "how often to go through the corpus")
	flag.Parse()
	if err := run(*lang, *corpus, *out, *hold, *rounds); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

func run(lang, corpus, out, hold string, rounds int) error {
	files, err := filepath.Glob(filepath.Join(corpus, "*.tsv"))
	if err != nil || len(files) == 0 {
		return fmt.Errorf("no .tsv files in %q: %w", corpus, err)
	}
	slices.Sort(files)
	var learn, held []record.Lesson
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		l, err := record.Lessons(lang, f)
		f.Close()
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if hold != "" && strings.Contains(filepath.Base(name), hold) {
			held = append(held, l...)
		} else {
			learn = append(learn, l...)
		}
	}
	table, err := record.Train(learn, rounds)
	if err != nil {
		return err
	}
	for _, set := range []struct {
		name    string
		lessons []record.Lesson
	}{{"learnt from", learn}, {"held out", held}} {
		if len(set.lessons) == 0 {
			continue
		}
		a, err := record.Accuracy(table, set.lessons)
		if err != nil {
			return err
		}
		fmt.Printf("%s: %d sentences, %.4f of the words right\n", set.name, len(set.lessons), a)
	}
	fmt.Printf("%d bytes\n", len(table))
	if out == "" {
		return nil
	}
	return os.WriteFile(out, table, 0o644)
}
