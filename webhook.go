// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package stet

import (
	"net/url"
	"slices"
	"strings"
	"time"
)

// Webhook is an address that is told of what happens to stories.
type Webhook struct {
	ID        int64
	PublicID  string
	Name      string
	URL       string
	Secret    string   // "whsec_" and the base64 of the key that signs
	Events    []string // of WebhookEvents; none means all
	Disabled  bool
	CreatedAt time.Time
	UpdatedAt time.Time
}

// WebhookEvents are the moments of a story's life that a webhook can be told of.
var WebhookEvents = []string{
	"article.submitted", "article.returned", "article.approved", "article.scheduled", "article.unscheduled",
	"article.published", "article.updated", "article.corrected", "article.withdrawn", "article.trashed", "article.restored",
}

// Wants reports whether the webhook is to be told of the event.
func (h *Webhook) Wants(event string) bool {
	return !h.Disabled && (len(h.Events) == 0 || slices.Contains(h.Events, event))
}

// Validate returns an Invalid error for the first rule the webhook breaks.
func (h *Webhook) Validate() error {
	if strings.TrimSpace(h.Name) == "" {
		return Errorf(Invalid, "a webhook needs a name")
	}
	if err := CheckText("name", h.Name, maxName); err != nil {
		return err
	}
	u, err := url.Parse(h.URL)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || len(h.URL) > 2000 {
		return Errorf(Invalid, "%q is no address that a webhook can be sent to; it begins with https://", h.URL)
	}
	for _, e := range h.Events {
		if !slices.Contains(WebhookEvents, e) {
			return Errorf(Invalid, "there is no event %q; there are %s", e, strings.Join(WebhookEvents, ", "))
		}
	}
	return nil
}

// WebhookDelivery is one message to one webhook, and how it fared.
type WebhookDelivery struct {
	ID         int64
	PublicID   string // the message's id, which stays the same over all attempts
	WebhookID  int64
	Event      string
	Payload    string // JSON, signed as it stands
	State      DeliveryState
	Attempts   int
	Status     int    // of the last answer; 0 when there was none
	Answer     string // the beginning of the last answer, or why there was none
	CreatedAt  time.Time
	FinishedAt time.Time
}

// DeliveryState is where a message stands.
type DeliveryState string

// The states of a message.
const (
	Waiting   DeliveryState = "waiting" // for its first or its next attempt
	Delivered DeliveryState = "delivered"
	Failed    DeliveryState = "failed" // nobody tries again
)
