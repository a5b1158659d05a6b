// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"stet"
)

const webhookColumns = `id, public_id, name, url, secret, events, disabled, created_at, updated_at`

func scanWebhook(r scanner) (h stet.Webhook, err error) {
	var events string
	var disabled int
	var created, updated sql.NullInt64
	if err = r.Scan(&h.ID, &h.PublicID, &h.Name, &h.URL, &h.Secret, &events, &disabled, &created, &updated); err != nil {
		return h, err
	}
	h.Disabled, h.CreatedAt, h.UpdatedAt = disabled != 0, fromMicros(created), fromMicros(updated)
	if err := json.Unmarshal([]byte(events), &h.Events); err != nil {
		return h, fmt.Errorf("events of webhook %d: %w", h.ID, err)
	}
	return h, nil
}

// Webhooks returns all webhooks by name.
func (s *Store) Webhooks(ctx context.Context) ([]stet.Webhook, error) {
	return list(ctx, s, scanWebhook, `SELECT `+webhookColumns+` FROM webhook ORDER BY name, id`)
}

// Webhook returns the webhook with the id.
func (s *Store) Webhook(ctx context.Context, id int64) (stet.Webhook, error) {
	return one(ctx, s, "webhook", scanWebhook, `SELECT `+webhookColumns+` FROM webhook WHERE id = $1`, id)
}

// WebhookByPublicID returns the webhook with the public id.
func (s *Store) WebhookByPublicID(ctx context.Context, id string) (stet.Webhook, error) {
	return one(ctx, s, "webhook", scanWebhook, `SELECT `+webhookColumns+` FROM webhook WHERE public_id = $1`, id)
}

// CreateWebhook stores a new webhook and sets its id.
func (s *Store) CreateWebhook(ctx context.Context, h *stet.Webhook) (err error) {
	h.CreatedAt, h.UpdatedAt = s.Now(), s.Now()
	h.ID, err = s.insert(ctx, `INSERT INTO webhook (public_id, name, url, secret, events, disabled, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id`,
		h.PublicID, h.Name, h.URL, h.Secret, texts(h.Events), flag(h.Disabled), micros(h.CreatedAt), micros(h.UpdatedAt))
	return err
}

// UpdateWebhook stores what may change of a webhook.
func (s *Store) UpdateWebhook(ctx context.Context, h *stet.Webhook) error {
	h.UpdatedAt = s.Now()
	_, err := s.exec(ctx, `UPDATE webhook SET name = $2, url = $3, secret = $4, events = $5, disabled = $6, updated_at = $7 WHERE id = $1`,
		h.ID, h.Name, h.URL, h.Secret, texts(h.Events), flag(h.Disabled), micros(h.UpdatedAt))
	return err
}

// DropWebhook forgets a webhook and the messages to it.
func (s *Store) DropWebhook(ctx context.Context, id int64) error {
	_, err := s.exec(ctx, `DELETE FROM webhook WHERE id = $1`, id)
	return err
}

const deliveryColumns = `id, public_id, webhook_id, event, payload, state, attempts, status, answer, created_at, finished_at`

func scanDelivery(r scanner) (d stet.WebhookDelivery, err error) {
	var created, finished sql.NullInt64
	err = r.Scan(&d.ID, &d.PublicID, &d.WebhookID, &d.Event, &d.Payload, &d.State, &d.Attempts, &d.Status, &d.Answer, &created, &finished)
	d.CreatedAt, d.FinishedAt = fromMicros(created), fromMicros(finished)
	return d, err
}

// WebhookDelivery returns the message with the id.
func (s *Store) WebhookDelivery(ctx context.Context, id int64) (stet.WebhookDelivery, error) {
	return one(ctx, s, "message", scanDelivery, `SELECT `+deliveryColumns+` FROM webhook_delivery WHERE id = $1`, id)
}

// WebhookDeliveryByPublicID returns the message with the public id.
func (s *Store) WebhookDeliveryByPublicID(ctx context.Context, id string) (stet.WebhookDelivery, error) {
	return one(ctx, s, "message", scanDelivery, `SELECT `+deliveryColumns+` FROM webhook_delivery WHERE public_id = $1`, id)
}

// WebhookDeliveries returns messages to a webhook, the newest first.
func (s *Store) WebhookDeliveries(ctx context.Context, webhook int64, after Place, limit int) ([]stet.WebhookDelivery, error) {
	before := after.At
	if after.ID == "" {
		before = s.Now().Add(24 * time.Hour)
	}
	return list(ctx, s, scanDelivery, `SELECT `+deliveryColumns+` FROM webhook_delivery
		WHERE webhook_id = $1 AND (created_at < $2 OR created_at = $2 AND public_id < $3)
		ORDER BY created_at DESC, public_id DESC LIMIT $4`, webhook, before.UnixMicro(), after.ID, limit)
}

// CreateWebhookDelivery stores a new message and sets its id.
func (s *Store) CreateWebhookDelivery(ctx context.Context, d *stet.WebhookDelivery) (err error) {
	d.CreatedAt = s.Now()
	d.ID, err = s.insert(ctx, `INSERT INTO webhook_delivery (public_id, webhook_id, event, payload, state, created_at) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id`,
		d.PublicID, d.WebhookID, d.Event, d.Payload, d.State, micros(d.CreatedAt))
	return err
}

// UpdateWebhookDelivery stores how an attempt went.
func (s *Store) UpdateWebhookDelivery(ctx context.Context, d *stet.WebhookDelivery) error {
	_, err := s.exec(ctx, `UPDATE webhook_delivery SET state = $2, attempts = $3, status = $4, answer = $5, finished_at = $6 WHERE id = $1`,
		d.ID, d.State, d.Attempts, d.Status, d.Answer, micros(d.FinishedAt))
	return err
}

// PruneWebhookDeliveries forgets messages that are older.
func (s *Store) PruneWebhookDeliveries(ctx context.Context, than time.Time) error {
	_, err := s.exec(ctx, `DELETE FROM webhook_delivery WHERE created_at < $1`, than.UnixMicro())
	return err
}
