// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"time"
	"unicode/utf8"

	"stet"
	"stet/internal/config"
	"stet/internal/newsroom"
	"stet/internal/prose"
	"stet/internal/record"
)

type recordCmd struct {
	Find recordFindCmd `cmd:"" default:"withargs" help:"Find quotations in files: who said what, when and to whom. Prints JSON lines."`
	Scan recordScanCmd `cmd:"" help:"Read the published stories of the magazine that no scan has read as they are now; what is found waits at the desk for an editor."`
}

type recordScanCmd struct{}

// Run prints one JSON line at the end, as imports do.
func (c *recordScanCmd) Run(ctx context.Context, s *config.Settings, io streams) error {
	return withHouse(ctx, s, io, func(h *house) error {
		var sum struct {
			Read     int `json:"read"`
			Proposed int `json:"proposed"`
			Waiting  int `json:"waiting"`
		}
		err := h.room.Scan(ctx, newsroom.ScanArgs{}, func(read, proposed int) {
			sum.Read, sum.Proposed = read, proposed
			if read%100 == 0 {
				fmt.Fprintf(io.err, "%d stories read, %d quotations found\n", read, proposed)
			}
		})
		if err != nil {
			return err
		}
		if sum.Waiting, err = h.store.CountProposals(ctx); err != nil {
			return err
		}
		return json.NewEncoder(io.out).Encode(sum)
	})
}

type recordFindCmd struct {
	Format string   `default:"text" enum:"text,html,stet" help:"What the files are: text, taken as it is; html; stet, a body or a version as JSON."`
	Date   string   `help:"Day of publication, YYYY-MM-DD, from which “Tuesday” is counted. A version has its own."`
	Lang   string   `default:"en" help:"Language of the texts."`
	Files  []string `arg:"" name:"file" help:"Files to read; - is standard input."`
}

// Help explains the output.
func (recordFindCmd) Help() string {
	return `Prints one JSON object a line for each quotation: its kind (direct, mixed, indirect), text and spans, the cue,
the speaker, the date and how sure the finding is. Spans are half-open, in Unicode code points of the plain text.
Nothing is sent anywhere, and no magazine is needed.`
}

// Validate refuses what is no date while the command line is read.
func (c *recordFindCmd) Validate() error {
	if _, err := c.published(); err != nil {
		return fmt.Errorf("--date: %q is no day; write it as 2026-03-12", c.Date)
	}
	return nil
}

func (c *recordFindCmd) published() (time.Time, error) {
	if c.Date == "" {
		return time.Time{}, nil
	}
	return time.Parse(time.DateOnly, c.Date)
}

// Run reads all files, also when one of them cannot be read.
func (c *recordFindCmd) Run(s streams) error {
	f, err := record.New(c.Lang)
	if err != nil {
		return stet.Errorf(stet.Invalid, "%v", err)
	}
	enc := json.NewEncoder(s.out)
	enc.SetEscapeHTML(false)
	bad := 0
	for _, name := range c.Files {
		doc, err := c.document(name, s)
		if err != nil {
			fmt.Fprintf(s.err, "stet: %s: %s\n", name, sentence(err))
			bad++
			continue
		}
		for _, q := range f.Find(doc, record.Options{}) {
			if err := enc.Encode(newRecordLine(name, &q)); err != nil {
				return fmt.Errorf("write quotation: %w", err)
			}
		}
	}
	if bad > 0 {
		return stet.Errorf(stet.Invalid, "%d of %d files could not be read; the others were", bad, len(c.Files))
	}
	return nil
}

// document reads one file in the format that was asked for.
func (c *recordFindCmd) document(name string, s streams) (record.Document, error) {
	b, err := readAll(name, s.in)
	if err != nil {
		return record.Document{}, err
	}
	if !utf8.Valid(b) {
		return record.Document{}, stet.Errorf(stet.Invalid, "the file is not UTF-8 text; convert it first")
	}
	day, _ := c.published()
	var doc record.Document
	switch c.Format {
	case "html":
		body, _ := prose.FromHTML(string(b), prose.Options{})
		doc = newsroom.Readable(body)
	case "stet":
		if doc, err = stetDocument(b); err != nil {
			return doc, err
		}
	default:
		doc = record.Plain(string(b))
	}
	if !day.IsZero() {
		doc.Published = day
	}
	return doc, nil
}

// stetDocument reads a body, or a version or an article that has one.
func stetDocument(b []byte) (record.Document, error) {
	var v struct {
		Type      string          `json:"type"`
		Headline  string          `json:"headline"`
		Body      json.RawMessage `json:"body"`
		Published string          `json:"published"`
		Content   json.RawMessage `json:"content"`
	}
	if err := json.Unmarshal(b, &v); err != nil {
		return record.Document{}, stet.Errorf(stet.Invalid, "the file is not JSON: %v", err)
	}
	raw, title := v.Body, v.Headline
	switch {
	case v.Type == "doc":
		raw = b
	case raw == nil && len(v.Content) > 0:
		var content stet.Content
		if err := json.Unmarshal(v.Content, &content); err != nil {
			return record.Document{}, stet.Errorf(stet.Invalid, "the content cannot be read: %v", err)
		}
		raw, title = content.Body, cmp.Or(title, content.Headline)
	}
	if len(bytes.TrimSpace(raw)) == 0 {
		return record.Document{}, stet.Errorf(stet.Invalid, `the JSON has neither "type": "doc" nor a body; a body, a version or an article is wanted`)
	}
	body, err := prose.Parse(raw)
	if err != nil {
		return record.Document{}, err
	}
	doc := newsroom.Readable(body)
	doc.Title = title
	if t, err := time.Parse(time.RFC3339, v.Published); err == nil {
		doc.Published = t
	}
	return doc, nil
}

// recordLine is a quotation as the command prints it. Every key is always there;
// what is not known is null.
type recordLine struct {
	File       string         `json:"file"`
	Kind       record.Kind    `json:"kind"`
	Text       string         `json:"text"`
	Spans      []record.Span  `json:"spans"`
	Cue        *recordMention `json:"cue"`
	Speaker    *recordSpeaker `json:"speaker"`
	Date       *recordDate    `json:"date"`
	Addressee  *string        `json:"addressee"`
	Venue      *string        `json:"venue"`
	Source     *string        `json:"source"`
	Negated    bool           `json:"negated"`
	Confidence float64        `json:"confidence"`
	Reason     string         `json:"reason"`
}

type recordMention struct {
	Text string      `json:"text"`
	Span record.Span `json:"span"`
}

type recordSpeaker struct {
	recordMention
	Name    *string             `json:"name"`
	Role    *string             `json:"role"`
	Kind    *record.SpeakerKind `json:"kind"`
	Carried bool                `json:"carried"`
}

type recordDate struct {
	Value     string           `json:"value"`
	Precision record.Precision `json:"precision"`
	Text      *string          `json:"text"`
}

// orNull is nil for what is empty.
func orNull[S ~string](s S) *S {
	if s == "" {
		return nil
	}
	return &s
}

func newRecordLine(file string, q *record.Quotation) recordLine {
	l := recordLine{
		File: file, Kind: q.Kind, Text: q.Text, Spans: q.Spans, Addressee: orNull(q.Addressee.Text), Venue: orNull(q.Venue.Text),
		Source: orNull(q.Source), Negated: q.Negated, Confidence: q.Confidence, Reason: q.Reason,
	}
	if q.Cue.Text != "" {
		l.Cue = &recordMention{q.Cue.Text, q.Cue.Span}
	}
	if sp := q.Speaker; sp.Text != "" {
		l.Speaker = &recordSpeaker{recordMention{sp.Text, sp.Span}, orNull(sp.Name), orNull(sp.Role), orNull(sp.Kind), sp.Carried}
	}
	if q.Date.Value != "" {
		l.Date = &recordDate{q.Date.Value, q.Date.Precision, orNull(q.Date.Text)}
	}
	return l
}
