// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package stet

import (
	"net/url"
	"strings"
	"time"
)

// AssistantKind says how an assistant is spoken to.
type AssistantKind string

// The kinds of assistant.
const (
	NoAssistant   AssistantKind = "off"
	ChatAssistant AssistantKind = "chat" // chat completions, as OpenAI's API has them
	NLIAssistant  AssistantKind = "nli"  // premise and hypothesis in, label and score out
)

// AssistantSettings name a program elsewhere that may be asked how proposed
// pairs of statements stand to each other. Its key is a secret of its own and
// not in here.
type AssistantSettings struct {
	Kind    AssistantKind `json:"kind"`
	Address string        `json:"address,omitempty"`
	Model   string        `json:"model,omitempty"`
	// Inside says that the address stands within the magazine's own network: it
	// need not be public, nor encrypted.
	Inside bool `json:"inside,omitempty"`
}

// On reports whether there is an assistant.
func (s AssistantSettings) On() bool { return s.Kind == ChatAssistant || s.Kind == NLIAssistant }

// Host is where the words go.
func (s AssistantSettings) Host() string {
	u, err := url.Parse(s.Address)
	if err != nil {
		return ""
	}
	return u.Host
}

// Validate returns an Invalid error for the first rule that the settings break.
func (s AssistantSettings) Validate() error {
	if s.Kind == NoAssistant {
		return nil
	}
	if !s.On() {
		return Errorf(Invalid, "there is no kind of assistant %q; there are off, chat and nli", s.Kind)
	}
	if err := CheckText("address", s.Address, 2000); err != nil {
		return err
	}
	if err := CheckText("model", s.Model, MaxSaid); err != nil {
		return err
	}
	u, err := url.Parse(s.Address)
	switch {
	case err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http":
		return Errorf(Invalid, "%q is no address of an assistant; it begins with https://", s.Address)
	case u.User != nil || u.Fragment != "":
		return Errorf(Invalid, "the address has a name before an @, or a part after a #; write it without, and the key into its own field")
	case u.Scheme == "http" && !s.Inside:
		return Errorf(Invalid, "an address outside of your own network begins with https://, or everybody on the way could read what is sent")
	case s.Kind == ChatAssistant && strings.TrimSpace(s.Model) == "":
		return Errorf(Invalid, "a chat endpoint needs the name of a model")
	}
	return nil
}

// AssistantReading is what an assistant made of the pairs that were proposed
// for a story, with all that was sent and all that came back. It is nobody's
// decision: no counterpoint comes of it by itself.
type AssistantReading struct {
	ArticleID int64               `json:"-"`
	ReadAt    time.Time           `json:"-"`
	Kind      AssistantKind       `json:"kind"`
	Host      string              `json:"host"`
	Model     string              `json:"model,omitempty"`
	Staff     string              `json:"staff"` // who asked
	Pairs     []PairReading       `json:"pairs"` // in the assistant's order
	Exchanges []AssistantExchange `json:"exchanges"`
}

// PairReading is what an assistant made of one pair.
type PairReading struct {
	First  string            `json:"first"`  // public ids of the statements
	Second string            `json:"second"` //
	Sent   string            `json:"sent"`   // a hash of what was sent of the two
	Label  CounterpointLabel `json:"label,omitempty"`
	Reason string            `json:"reason,omitempty"`
	// Silent: the assistant has said nothing of this pair.
	Silent bool `json:"silent,omitempty"`
}

// AssistantExchange is one request and its answer, as they went over the wire;
// the key is in neither.
type AssistantExchange struct {
	Sent   string `json:"sent"`
	Answer string `json:"answer"`
}
