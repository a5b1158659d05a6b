// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package store

import (
	"context"
	"encoding/json"

	"stet"
)

// maxPayload is what fits into a PostgreSQL notification (8,000 bytes).
const maxPayload = 7000

// Emit tells every listener, once the transaction is committed, which tags
// have changed. Outside a transaction it tells them at once.
func (s *Store) Emit(ctx context.Context, e stet.Event) error {
	payload, err := json.Marshal(e)
	if err != nil {
		return err
	}
	if len(payload) > maxPayload {
		payload = []byte(`{"tags":["` + stet.TagAll + `"]}`)
	}
	// On PostgreSQL the notification travels with the commit, to us as well.
	return s.dialect.notify(ctx, s.write, string(payload))
}

// Announce calls the listeners of this process. Newsroom does so after the
// commit, so that an editor who publishes sees the new page with the next
// request, without a round trip through the database.
func (s *Store) Announce(e stet.Event) { s.listener.call(e) }

func decodeEvent(payload string) stet.Event {
	var e stet.Event
	if err := json.Unmarshal([]byte(payload), &e); err != nil {
		return stet.Event{Tags: []string{stet.TagAll}}
	}
	return e
}
