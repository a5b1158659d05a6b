// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

//go:build linux

package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/url"
	"strings"
	"time"

	"stet"
	"stet/internal/store"
)

const (
	recordStories = 2_000
	recorded      = 100_000
)

// sayings are the questions that the record is measured with.
func sayings() []question {
	v := newVocabulary()
	q := func(words string, more ...string) string {
		return "/record?q=" + url.QueryEscape(words) + strings.Join(append([]string{""}, more...), "&")
	}
	return []question{
		{"frequent word", q("government")},
		{"particle", q("the")},
		{"known word", q(v.words[1_500])},
		{"two words", q("parliament budget")},
		{"phrase", q(`"of the government"`)},
		{"speaker", "/record?speaker=person-1"},
		{"speaker and word", q("government", "speaker=person-1")},
		{"topic and range", "/record?topic=topic-9&from=2012&to=2014"},
		{"topic, range and word", q("government", "topic=topic-9", "from=2012", "to=2014")},
		{"venue and word", q("minister", "venue=Radio+7")},
		{"all, by date", "/record?from=1900"},
		{"nothing found", q("xyzzyplugh")},
	}
}

// record measures the search of the record over HTTP, with the page, and a
// speaker's page with it.
func (b *bench) record(ctx context.Context) ([]Result, error) {
	m, err := b.openMagazine(ctx, recordStories)
	if err != nil {
		return nil, err
	}
	if err := b.fillRecord(ctx, m); err != nil {
		return nil, fmt.Errorf("fill the record: %w", err)
	}
	p, err := b.serve(ctx, m)
	if err != nil {
		return nil, err
	}
	defer p.stop()
	var all []float64
	var worst float64
	var slowest string
	for _, q := range sayings() {
		if _, _, err := p.get(ctx, q.path); err != nil {
			return nil, err
		}
		var took []float64
		for range asked {
			d, _, err := p.get(ctx, q.path)
			if err != nil {
				return nil, err
			}
			took = append(took, ms(d))
		}
		v := median(took)
		if all = append(all, v); v > worst {
			worst, slowest = v, q.name
		}
		b.say("  %-26s %6.1f ms", q.name, v)
	}
	return []Result{
		below("record, median", median(all), "ms", 50, fmt.Sprintf("%d questions at %d statements", len(all), recorded)),
		below("record, worst", worst, "ms", 50, slowest),
	}, nil
}

// fillRecord gives the magazine its statements, unless it has them: said over
// twenty years, a few people saying most of it.
func (b *bench) fillRecord(ctx context.Context, m magazine) error {
	h, err := openHouse(ctx, m)
	if err != nil {
		return err
	}
	defer h.close()
	if n, err := h.store.CountStatements(ctx, store.StatementFilter{Hidden: true}, recorded); err != nil || n == recorded {
		return err
	}
	b.say("putting %d statements on the record (once)", recorded)
	people, err := h.store.PersonsAfter(ctx, 0, 200)
	if err != nil {
		return err
	}
	topics, err := h.store.Topics(ctx)
	if err != nil {
		return err
	}
	last, err := h.store.LastLive(ctx)
	if err != nil {
		return err
	}
	v, r := newVocabulary(), rand.New(rand.NewPCG(4, 4))
	for done := 0; done < recorded; done += 1000 {
		if err := h.store.Tx(ctx, func(tx *store.Store) error {
			for range 1000 {
				if err := say(ctx, tx, v, r, people, topics, last); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			return err
		}
	}
	return nil
}

func say(ctx context.Context, tx *store.Store, v *vocabulary, r *rand.Rand, people []stet.Person, topics []stet.Topic, last int64) error {
	p := people[skewed(r, len(people))]
	day := time.Date(2005, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, r.IntN(20*365))
	s := stet.Statement{
		PublicID: stet.NewID(), Words: v.sentence(r, 8+r.IntN(30)), Kind: stet.DirectQuotation, Language: "en", SpeakerID: p.ID, Role: "minister",
		Date: stet.SaidDate{Value: day.Format(time.DateOnly), Precision: stet.ToDay}, Venue: fmt.Sprintf("Radio %d", r.IntN(40)), Topics: []int64{topics[skewed(r, len(topics))].ID},
	}
	if err := tx.AddStatement(ctx, &s, p.Name); err != nil {
		return err
	}
	q := stet.Quotation{
		PublicID: stet.NewID(), ArticleID: 1 + r.Int64N(last), StatementID: s.ID, State: stet.QuotationConfirmed, Kind: s.Kind, Text: "“" + s.Words + "”", Live: true,
		Anchor: []stet.Selector{{Block: "b1", Exact: s.Words}},
	}
	if err := tx.AddQuotation(ctx, &q); err != nil {
		return err
	}
	_, err := tx.CountQuotations(ctx, s.ID)
	return err
}
