// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package desk

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"stet"
)

// WebhookRow is an address that is told of what happens to stories.
type WebhookRow struct {
	ID        string    `json:"id"`
	Name      string    `json:"name"`
	URL       string    `json:"url"`
	Secret    string    `json:"secret" doc:"With which messages are signed, as Standard Webhooks writes it."`
	Events    []string  `json:"events" doc:"Of which it is told; none means all."`
	Disabled  bool      `json:"disabled"`
	CreatedAt time.Time `json:"createdAt"`
}

// WebhookMessage is one message to a webhook, and how it fared.
type WebhookMessage struct {
	ID         string             `json:"id" doc:"The header webhook-id, the same for every attempt."`
	Event      string             `json:"event"`
	State      stet.DeliveryState `json:"state" enum:"waiting,delivered,failed"`
	Attempts   int                `json:"attempts"`
	Status     int                `json:"status,omitempty" doc:"Of the last answer; missing when there was none."`
	Answer     string             `json:"answer,omitempty" doc:"The beginning of the last answer, or why there was none."`
	Payload    json.RawMessage    `json:"payload"`
	CreatedAt  time.Time          `json:"createdAt"`
	FinishedAt *time.Time         `json:"finishedAt,omitempty"`
}

// webhookBody is what may be said of a webhook.
type webhookBody struct {
	Name     string   `json:"name" minLength:"1" maxLength:"200"`
	URL      string   `json:"url" maxLength:"2000"`
	Events   []string `json:"events,omitempty" maxItems:"50"`
	Disabled bool     `json:"disabled,omitempty"`
}

func (d *Desk) webhookOperations() {
	register(d, http.MethodGet, "/webhooks", "list-webhooks", "lists all webhooks", func(ctx context.Context, in *struct{ Caller }) (*body[Page[WebhookRow]], error) {
		all, err := d.room.Webhooks(ctx, in.staff)
		rows := []WebhookRow{}
		for _, h := range all {
			rows = append(rows, viewWebhook(h))
		}
		return reply(Page[WebhookRow]{Items: rows}), err
	})
	register(d, http.MethodGet, "/webhooks/events", "list-webhook-events", "lists the events of which a webhook can be told", func(context.Context, *struct{ Caller }) (*body[Page[string]], error) {
		return reply(Page[string]{Items: stet.WebhookEvents}), nil
	})
	register(d, http.MethodPost, "/webhooks", "add-webhook", "adds a webhook", func(ctx context.Context, in *struct {
		Caller
		Body webhookBody
	}) (*body[WebhookRow], error) {
		h := stet.Webhook{Name: in.Body.Name, URL: in.Body.URL, Events: in.Body.Events, Disabled: in.Body.Disabled}
		err := d.room.AddWebhook(ctx, in.staff, in.session, &h)
		return reply(viewWebhook(h)), err
	})
	onWebhook(d, http.MethodPut, "", "change-webhook", "changes a webhook", func(ctx context.Context, in *webhookChange, h *stet.Webhook) error {
		h.Name, h.URL, h.Events, h.Disabled = in.Body.Name, in.Body.URL, in.Body.Events, in.Body.Disabled
		return d.room.UpdateWebhook(ctx, in.staff, in.session, h)
	})
	onWebhook(d, http.MethodPost, "/secret", "renew-webhook-secret", "gives a webhook another secret", func(ctx context.Context, in *OneOf, h *stet.Webhook) error {
		return d.room.RenewSecret(ctx, in.staff, in.session, h)
	})
	onWebhook(d, http.MethodPost, "/test", "test-webhook", "sends a webhook a message that tells of nothing", func(ctx context.Context, in *OneOf, h *stet.Webhook) error {
		return d.room.TestWebhook(ctx, in.staff, *h)
	})
	register(d, http.MethodDelete, "/webhooks/{id}", "drop-webhook", "forgets a webhook", func(ctx context.Context, in *OneOf) (*struct{}, error) {
		h, err := d.store.WebhookByPublicID(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return nil, d.room.DropWebhook(ctx, in.staff, h.ID)
	})
	register(d, http.MethodGet, "/webhooks/{id}/messages", "list-webhook-messages", "lists the messages to a webhook, the newest first", d.listMessages)
	register(d, http.MethodPost, "/webhooks/{id}/messages/{message}/again", "send-webhook-message-again", "sends a message once more", d.sendAgain)
}

type webhookChange struct {
	OneOf
	Body webhookBody
}

// target lets onWebhook find the thing an input names.
func (o *OneOf) target() *OneOf { return o }

// onWebhook adds an operation on one webhook that answers with it.
func onWebhook[I any, P interface {
	*I
	target() *OneOf
}](d *Desk, method, path, name, does string, f func(context.Context, P, *stet.Webhook) error) {
	register(d, method, "/webhooks/{id}"+path, name, does, func(ctx context.Context, in *I) (*body[WebhookRow], error) {
		h, err := d.store.WebhookByPublicID(ctx, P(in).target().ID)
		if err == nil {
			err = f(ctx, P(in), &h)
		}
		return reply(viewWebhook(h)), err
	})
}

type messagesQuery struct {
	OneOf
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
	Cursor string `query:"cursor" maxLength:"100"`
}

func (d *Desk) listMessages(ctx context.Context, in *messagesQuery) (*body[Page[WebhookMessage]], error) {
	if _, err := d.room.Webhooks(ctx, in.staff); err != nil { // asks for permission
		return nil, err
	}
	h, err := d.store.WebhookByPublicID(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	after, err := parseCursor(in.Cursor)
	if err != nil {
		return nil, err
	}
	found, err := d.store.WebhookDeliveries(ctx, h.ID, after, in.Limit+1)
	rows := make([]WebhookMessage, len(found))
	for i, m := range found {
		rows[i] = viewMessage(m)
	}
	return pageOf(rows, in.Limit, func(m WebhookMessage) string { return cursor(m.CreatedAt, m.ID) }), err
}

func (d *Desk) sendAgain(ctx context.Context, in *struct {
	OneOf
	Message string `path:"message" maxLength:"12"`
}) (*struct{}, error) {
	h, err := d.store.WebhookByPublicID(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	m, err := d.store.WebhookDeliveryByPublicID(ctx, in.Message)
	if err == nil && m.WebhookID != h.ID {
		err = stet.Errorf(stet.NotFound, "there is no such message")
	}
	if err != nil {
		return nil, err
	}
	return nil, d.room.SendAgain(ctx, in.staff, m)
}

func viewWebhook(h stet.Webhook) WebhookRow {
	return WebhookRow{h.PublicID, h.Name, h.URL, h.Secret, some(h.Events), h.Disabled, h.CreatedAt}
}

func viewMessage(m stet.WebhookDelivery) WebhookMessage {
	return WebhookMessage{
		ID: m.PublicID, Event: m.Event, State: m.State, Attempts: m.Attempts, Status: m.Status, Answer: m.Answer,
		Payload: json.RawMessage(m.Payload), CreatedAt: m.CreatedAt, FinishedAt: moment(m.FinishedAt),
	}
}
