// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"stet"
	"stet/internal/jobs"
)

// Messages to webhooks follow Standard Webhooks 1.0
// (https://github.com/standard-webhooks/standard-webhooks): the form of the
// body, the three headers, and how a secret is written.

// JobWebhook carries one message to one webhook.
const JobWebhook = "webhook"

// JobPruneWebhooks forgets messages older than keepDeliveries.
const JobPruneWebhooks = "prune-webhooks"

// WebhookArgs names the message.
type WebhookArgs struct {
	Delivery int64 `json:"delivery"`
}

const (
	secretPrefix   = "whsec_"
	maxDeliveries  = 18 // attempts; with the queue's backoff they spread over 16 hours
	keepDeliveries = 90 * 24 * time.Hour
	maxAnswer      = 2000
)

// AddWebhook stores a new webhook and gives it its secret. It wants a recent
// sign-in: from then on headlines and deks of stories that are not public leave
// the house with every message, long after the session that asked for it.
func (r *Room) AddWebhook(ctx context.Context, staff stet.Staff, s stet.Session, h *stet.Webhook) error {
	return r.act(ctx, staff, KeepTokens, func(r *Room) error {
		if err := r.proved(staff, s); err != nil {
			return err
		}
		if err := h.Validate(); err != nil {
			return err
		}
		h.PublicID, h.Secret = stet.NewID(), newSecret()
		if err := r.store.CreateWebhook(ctx, h); err != nil {
			return err
		}
		return r.note(ctx, staff, "added", "webhook", h.PublicID, h.Name, h.URL)
	})
}

// UpdateWebhook stores what changed about a webhook. What makes it tell more, or
// tell somebody else, wants a recent sign-in as a new one does; it can be
// renamed, told less and switched off at once.
func (r *Room) UpdateWebhook(ctx context.Context, staff stet.Staff, s stet.Session, h *stet.Webhook) error {
	return r.act(ctx, staff, KeepTokens, func(r *Room) error {
		was, err := r.store.Webhook(ctx, h.ID)
		if err != nil {
			return err
		}
		if tellsMore(&was, h) {
			if err := r.proved(staff, s); err != nil {
				return err
			}
		}
		if err := h.Validate(); err != nil {
			return err
		}
		if err := r.store.UpdateWebhook(ctx, h); err != nil {
			return err
		}
		return r.note(ctx, staff, "changed", "webhook", h.PublicID, h.Name, h.URL)
	})
}

func tellsMore(was, now *stet.Webhook) bool {
	return now.URL != was.URL || now.Secret != was.Secret ||
		slices.ContainsFunc(stet.WebhookEvents, func(event string) bool { return now.Wants(event) && !was.Wants(event) })
}

// RenewSecret gives a webhook another secret; the old one signs nothing more.
func (r *Room) RenewSecret(ctx context.Context, staff stet.Staff, s stet.Session, h *stet.Webhook) error {
	h.Secret = newSecret()
	return r.UpdateWebhook(ctx, staff, s, h)
}

// DropWebhook forgets a webhook, and what was still to be told to it.
func (r *Room) DropWebhook(ctx context.Context, staff stet.Staff, id int64) error {
	return r.act(ctx, staff, KeepTokens, func(r *Room) error {
		h, err := r.store.Webhook(ctx, id)
		if err != nil {
			return err
		}
		if err := r.store.DropWebhook(ctx, id); err != nil {
			return err
		}
		return r.note(ctx, staff, "removed", "webhook", h.PublicID, h.Name, h.URL)
	})
}

// Webhooks returns all webhooks.
func (r *Room) Webhooks(ctx context.Context, staff stet.Staff) ([]stet.Webhook, error) {
	if !Can(staff, KeepTokens) {
		return nil, forbidden(staff, KeepTokens)
	}
	return r.store.Webhooks(ctx)
}

func newSecret() string {
	var key [24]byte
	rand.Read(key[:])
	return secretPrefix + base64.StdEncoding.EncodeToString(key[:])
}

// told is the body of a message.
type told struct {
	Type      string    `json:"type"`
	Timestamp time.Time `json:"timestamp"`
	Data      toldData  `json:"data"`
}

type toldData struct {
	Article    toldArticle      `json:"article"`
	Correction *stet.Correction `json:"correction,omitempty"` // of article.corrected
	Staff      string           `json:"staff,omitempty"`      // name of whoever did it
}

type toldArticle struct {
	ID          string        `json:"id"`
	Kind        stet.Kind     `json:"kind"`
	Status      stet.Status   `json:"status"`
	Headline    string        `json:"headline"`
	Dek         string        `json:"dek,omitempty"`
	Section     stet.Ref      `json:"section,omitzero"`
	Bylines     []stet.Byline `json:"bylines"`
	Path        string        `json:"path,omitempty"` // public address, once there is one
	Version     int           `json:"version,omitempty"`
	Hash        string        `json:"hash,omitempty"` // of the version
	PublishedAt *time.Time    `json:"publishedAt,omitempty"`
	ScheduledAt *time.Time    `json:"scheduledAt,omitempty"`
}

// tell leaves a message for every webhook that wants to know of the event, in
// the transaction of the act that it tells of.
func (r *Room) tell(ctx context.Context, staff stet.Staff, event string, a *stet.Article) error {
	return r.tellOf(ctx, staff, event, a, nil)
}

// tellOf is tell with the correction that the event is about.
func (r *Room) tellOf(ctx context.Context, staff stet.Staff, event string, a *stet.Article, c *stet.Correction) error {
	hooks, err := r.store.Webhooks(ctx)
	if err != nil {
		return err
	}
	var payload []byte
	for _, h := range hooks {
		if !h.Wants(event) {
			continue
		}
		if payload == nil {
			if payload, err = r.message(ctx, staff, event, a, c); err != nil {
				return err
			}
		}
		if err := r.post(ctx, h, event, payload); err != nil {
			return err
		}
	}
	return nil
}

// post stores a message and the job that carries it.
func (r *Room) post(ctx context.Context, h stet.Webhook, event string, payload []byte) error {
	d := stet.WebhookDelivery{PublicID: stet.NewID(), WebhookID: h.ID, Event: event, Payload: string(payload), State: stet.Waiting}
	if err := r.store.CreateWebhookDelivery(ctx, &d); err != nil {
		return err
	}
	return r.enqueue(ctx, jobs.Job{Kind: JobWebhook, Args: WebhookArgs{Delivery: d.ID}, MaxAttempts: maxDeliveries})
}

func (r *Room) message(ctx context.Context, staff stet.Staff, event string, a *stet.Article, c *stet.Correction) ([]byte, error) {
	t := toldArticle{
		ID: a.PublicID, Kind: a.Kind, Status: a.Status, Headline: a.Content.Headline, Dek: a.Content.Dek, Section: a.Content.Section,
		Bylines: append([]stet.Byline{}, a.Content.Bylines...), PublishedAt: optional(a.PublishedAt), ScheduledAt: optional(a.ScheduledAt),
	}
	if a.VersionID != 0 {
		v, err := r.store.Version(ctx, a.VersionID)
		if err != nil {
			return nil, err
		}
		t.Version, t.Hash = v.Number, v.Hash
	}
	if l, err := r.store.Live(ctx, a.ID); err == nil {
		t.Path = l.Path
	} else if stet.ErrorCode(err) != stet.NotFound {
		return nil, err
	}
	return json.Marshal(told{Type: event, Timestamp: r.store.Now(), Data: toldData{Article: t, Correction: c, Staff: staff.Name}})
}

func optional(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// TestWebhook sends a message that tells of nothing, to see whether it arrives.
func (r *Room) TestWebhook(ctx context.Context, staff stet.Staff, h stet.Webhook) error {
	return r.act(ctx, staff, KeepTokens, func(r *Room) error {
		payload, err := json.Marshal(map[string]any{"type": "test", "timestamp": r.store.Now(), "data": map[string]any{}})
		if err != nil {
			return err
		}
		return r.post(ctx, h, "test", payload)
	})
}

// SendAgain has a message carried once more, whatever became of it.
func (r *Room) SendAgain(ctx context.Context, staff stet.Staff, d stet.WebhookDelivery) error {
	return r.act(ctx, staff, KeepTokens, func(r *Room) error {
		d.State, d.FinishedAt = stet.Waiting, time.Time{}
		if err := r.store.UpdateWebhookDelivery(ctx, &d); err != nil {
			return err
		}
		return r.enqueue(ctx, jobs.Job{Kind: JobWebhook, Args: WebhookArgs{Delivery: d.ID}, MaxAttempts: maxDeliveries})
	})
}

// CarryWebhook is the work of JobWebhook: one attempt to deliver a message.
func (r *Room) CarryWebhook(ctx context.Context, args WebhookArgs) error {
	d, err := r.store.WebhookDelivery(ctx, args.Delivery)
	if stet.ErrorCode(err) == stet.NotFound {
		return nil // the webhook was dropped
	}
	if err != nil || d.State != stet.Waiting {
		return err
	}
	h, err := r.store.Webhook(ctx, d.WebhookID)
	if err != nil {
		return err
	}
	again := r.attempt(ctx, h, &d)
	if err := r.store.UpdateWebhookDelivery(ctx, &d); err != nil {
		return err
	}
	return again
}

// attempt sends the message and writes into it how that went. The error asks
// for another attempt.
func (r *Room) attempt(ctx context.Context, h stet.Webhook, d *stet.WebhookDelivery) error {
	d.Attempts++
	status, answer, err := r.send(ctx, h, d)
	d.Status, d.Answer = status, cut(answer, maxAnswer)
	switch {
	case err == nil && status >= 200 && status <= 299:
		d.State, d.FinishedAt = stet.Delivered, r.store.Now()
		return nil
	case h.Disabled, status == http.StatusGone, d.Attempts >= maxDeliveries, stet.ErrorCode(err) == stet.Invalid:
		d.State, d.FinishedAt = stet.Failed, r.store.Now()
		return nil
	case err != nil:
		return err
	}
	return fmt.Errorf("webhook %s answered %d", h.PublicID, status)
}

func (r *Room) send(ctx context.Context, h stet.Webhook, d *stet.WebhookDelivery) (status int, answer string, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, h.URL, strings.NewReader(d.Payload))
	if err != nil {
		return 0, err.Error(), stet.Errorf(stet.Invalid, "%v", err)
	}
	at := strconv.FormatInt(r.store.Now().Unix(), 10)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("webhook-id", d.PublicID)
	req.Header.Set("webhook-timestamp", at)
	req.Header.Set("webhook-signature", Sign(h.Secret, d.PublicID, at, d.Payload))
	res, err := r.client.Do(req)
	if err != nil {
		return 0, stet.ErrorMessage(err), err
	}
	defer res.Body.Close()
	b, _ := io.ReadAll(io.LimitReader(res.Body, maxAnswer)) // what it says is for curiosity alone
	return res.Status, string(b), nil
}

// Sign returns the signature of a message: "v1," and the base64 of the
// HMAC-SHA-256 over id, time and body, joined by dots.
func Sign(secret, id, timestamp, payload string) string {
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, secretPrefix))
	if err != nil {
		key = []byte(secret)
	}
	m := hmac.New(sha256.New, key)
	io.WriteString(m, id+"."+timestamp+"."+payload)
	return "v1," + base64.StdEncoding.EncodeToString(m.Sum(nil))
}

// PruneWebhooks is the work of JobPruneWebhooks.
func (r *Room) PruneWebhooks(ctx context.Context, _ struct{}) error {
	return r.store.PruneWebhookDeliveries(ctx, r.store.Now().Add(-keepDeliveries))
}
