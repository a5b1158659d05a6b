// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package store

import (
	"context"
	"fmt"
)

// indexRow is one story for the search index.
type indexRow struct {
	article int64
	words   indexWords
}

// maxIndexed is how many stories wait for one statement. Their words are held
// in memory meanwhile.
const maxIndexed = 100

// index puts a story into the search index. Within a transaction it waits for
// others: FTS5 writes its index at the end of every statement, so that a hundred
// stories in one cost a fraction of a hundred statements. They are in the index by
// the time of the commit, and nobody searches inside a transaction.
func (s *Store) index(ctx context.Context, article int64, w indexWords) error {
	if s.tx == nil {
		return s.dialect.index(ctx, s.write, indexRow{article, w})
	}
	s.tx.unindexed = append(s.tx.unindexed, indexRow{article, w})
	if len(s.tx.unindexed) < maxIndexed {
		return nil
	}
	return s.flushIndex(ctx)
}

// unindex takes a story out of the search index.
func (s *Store) unindex(ctx context.Context, article int64) error {
	if s.tx != nil {
		if err := s.flushIndex(ctx); err != nil {
			return err
		}
	}
	return s.dialect.unindex(ctx, s.write, article)
}

// flushIndex indexes what waits in the transaction.
func (s *Store) flushIndex(ctx context.Context) error {
	rows := s.tx.unindexed
	s.tx.unindexed = nil
	if len(rows) == 0 {
		return nil
	}
	if err := s.dialect.index(ctx, s.write, rows...); err != nil {
		return fmt.Errorf("index articles %d to %d: %w", rows[0].article, rows[len(rows)-1].article, err)
	}
	return nil
}

// Tokens is the analysis of a text for the search index, for IndexText.
func Tokens(text, language string) string { return tokens(text, language) }
