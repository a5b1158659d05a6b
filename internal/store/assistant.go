// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"stet"
)

func scanReading(r scanner) (v stet.AssistantReading, err error) {
	var at int64
	var text string
	if err = r.Scan(&v.ArticleID, &at, &text); err != nil {
		return v, err
	}
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		return v, fmt.Errorf("the assistant's reading of article %d: %w", v.ArticleID, err)
	}
	v.ReadAt = time.UnixMicro(at).UTC()
	return v, nil
}

// AssistantReading returns what an assistant last made of a story's pairs.
func (s *Store) AssistantReading(ctx context.Context, article int64) (stet.AssistantReading, error) {
	return one(ctx, s, "reading", scanReading, `SELECT article_id, read_at, reading FROM assistant_reading WHERE article_id = $1`, article)
}

// SetAssistantReading stores a reading in place of the one before.
func (s *Store) SetAssistantReading(ctx context.Context, v stet.AssistantReading) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	_, err = s.exec(ctx, `INSERT INTO assistant_reading (article_id, read_at, reading) VALUES ($1, $2, $3)
		ON CONFLICT (article_id) DO UPDATE SET read_at = excluded.read_at, reading = excluded.reading`, v.ArticleID, v.ReadAt.UnixMicro(), string(b))
	return err
}

// DropAssistantReading forgets a reading, unless there is a newer one.
func (s *Store) DropAssistantReading(ctx context.Context, v stet.AssistantReading) error {
	_, err := s.exec(ctx, `DELETE FROM assistant_reading WHERE article_id = $1 AND read_at = $2`, v.ArticleID, v.ReadAt.UnixMicro())
	return err
}
