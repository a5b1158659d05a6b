// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"stet"
	"stet/internal/ledger"
	"stet/internal/store"
)

// TagLedger is the tag of what shows the log.
const TagLedger = "ledger"

// sealing collects, within Batch, what the log has to be told of.
type sealing struct {
	leaves []store.Leaf
	gone   []string // public ids of statements that are removed
}

// sealVersion puts a version into the log, with the transaction that makes it.
func (r *Room) sealVersion(article string, v *stet.Version) {
	r.sealing.leaves = append(r.sealing.leaves, store.Leaf{Entry: ledger.OfVersion(article, v)})
}

// sealCorrection does so with a correction.
func (r *Room) sealCorrection(article string, c *stet.Correction) error {
	e, document, err := ledger.OfCorrection(article, c)
	r.sealing.leaves = append(r.sealing.leaves, store.Leaf{Entry: e, Document: document})
	return err
}

// sealGone says that a statement is removed.
func (r *Room) sealGone(s *stet.Statement) { r.sealing.gone = append(r.sealing.gone, s.PublicID) }

// closeLedger appends to the log what the transaction was about. It is the last
// that a transaction does: whoever appends keeps others waiting.
func (r *Room) closeLedger(ctx context.Context) error {
	for _, tag := range statementTags(r.event.Tags) {
		id, err := strconv.ParseInt(tag, 10, 64)
		if err != nil {
			return fmt.Errorf("%q is no tag of a statement", tag)
		}
		if err := r.sealStatement(ctx, id); err != nil {
			return err
		}
	}
	for _, id := range r.sealing.gone {
		if err := r.sealRemoval(ctx, id); err != nil {
			return err
		}
	}
	if len(r.sealing.leaves) == 0 {
		return nil
	}
	if _, err := r.store.AppendLeaves(ctx, r.sealing.leaves...); err != nil {
		return err
	}
	r.changed(TagLedger)
	return nil
}

// statementTags are the ids of the statements that the event is about.
func statementTags(tags []string) []string {
	var out []string
	for _, tag := range tags {
		if id, ok := strings.CutPrefix(tag, "statement:"); ok && id != "0" {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// sealStatement puts a statement into the log as readers see it now, unless the
// log says so already.
func (r *Room) sealStatement(ctx context.Context, id int64) error {
	s, err := r.store.Statement(ctx, id)
	if stet.ErrorCode(err) == stet.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	if !s.Live {
		return r.sealRemoval(ctx, s.PublicID)
	}
	document, err := r.StatementDocument(ctx, &s)
	if err != nil {
		return err
	}
	last, err := r.store.LastLeafOf(ctx, ledger.Statement, s.PublicID)
	if err != nil && stet.ErrorCode(err) != stet.NotFound {
		return err
	}
	sum := ledger.Sum(document)
	if last.Entry.SHA256 == sum && !last.Entry.Gone {
		return nil
	}
	e := ledger.Entry{Kind: ledger.Statement, ID: s.PublicID, Number: last.Entry.Number + 1, SHA256: sum, At: ledger.Time(r.store.Now())}
	r.sealing.leaves = append(r.sealing.leaves, store.Leaf{Entry: e, Document: document})
	return nil
}

// sealRemoval says that readers no longer see a statement that they have seen.
func (r *Room) sealRemoval(ctx context.Context, id string) error {
	last, err := r.store.LastLeafOf(ctx, ledger.Statement, id)
	if stet.ErrorCode(err) == stet.NotFound || err == nil && last.Entry.Gone {
		return nil
	}
	if err != nil {
		return err
	}
	e := ledger.Entry{Kind: ledger.Statement, ID: id, Number: last.Entry.Number + 1, Gone: true, At: ledger.Time(r.store.Now())}
	r.sealing.leaves = append(r.sealing.leaves, store.Leaf{Entry: e})
	return nil
}

// StatementDocument is a statement as the log keeps it: what was said, by whom,
// when and where, and the passages of the magazine that report it.
func (r *Room) StatementDocument(ctx context.Context, s *stet.Statement) ([]byte, error) {
	speaker, err := r.store.Person(ctx, s.SpeakerID)
	if err != nil {
		return nil, err
	}
	d := stet.StatementDocument{
		Statement: s.PublicID, Words: s.Words, Kind: s.Kind, Denial: s.Denial, Language: s.Language,
		Speaker: stet.Ref{ID: speaker.PublicID, Name: speaker.Name}, Role: s.Role, Date: s.Date,
		Addressee: s.Addressee, Venue: s.Venue, Source: s.Source, SourceURL: s.SourceURL, Quotations: []stet.QuotationDocument{},
	}
	list, err := r.store.QuotationsOf(ctx, s.ID)
	if err != nil {
		return nil, err
	}
	for _, q := range list {
		if !q.Live {
			continue
		}
		a, err := r.store.Article(ctx, q.ArticleID)
		if err != nil {
			return nil, err
		}
		d.Quotations = append(d.Quotations, stet.QuotationDocument{Story: a.PublicID, Kind: q.Kind, Text: q.Text})
	}
	document, err := json.Marshal(&d)
	if err != nil {
		return nil, fmt.Errorf("seal statement %s: %w", s.PublicID, err)
	}
	return document, nil
}

// filled is how many leaves CatchUpLedger appends in one transaction.
const filled = 500

// CatchUpLedger puts into the log what is not in it: all versions, corrections
// and statements of a magazine that is older than its log.
func (r *Room) CatchUpLedger(ctx context.Context) error {
	for _, step := range []func(*Room, context.Context) (int, error){(*Room).logVersions, (*Room).logCorrections, (*Room).logStatements} {
		for {
			n := 0
			err := r.Batch(ctx, func(r *Room) (err error) {
				n, err = step(r, ctx)
				return err
			})
			if err != nil {
				return fmt.Errorf("catch up the ledger: %w", err)
			}
			if n < filled {
				break
			}
		}
	}
	return nil
}

func (r *Room) logVersions(ctx context.Context) (int, error) {
	rows, err := r.store.UnloggedVersions(ctx, filled)
	for i := range rows {
		r.sealVersion(rows[i].Article, &rows[i].Version)
	}
	return len(rows), err
}

func (r *Room) logCorrections(ctx context.Context) (int, error) {
	ids, err := r.store.UnloggedCorrections(ctx, filled)
	for _, id := range ids {
		c, err := r.store.Correction(ctx, id)
		if err != nil {
			return 0, err
		}
		a, err := r.store.Article(ctx, c.ArticleID)
		if err != nil {
			return 0, err
		}
		if err := r.sealCorrection(a.PublicID, &c); err != nil {
			return 0, err
		}
	}
	return len(ids), err
}

func (r *Room) logStatements(ctx context.Context) (int, error) {
	ids, err := r.store.UnloggedStatements(ctx, filled)
	for _, id := range ids {
		if err := r.sealStatement(ctx, id); err != nil {
			return 0, err
		}
	}
	return len(ids), err
}
