// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"syscall"
	"unicode"
	"unicode/utf8"

	"stet"
)

// opinion is what an assistant says of one question.
type opinion struct {
	id     string
	label  stet.CounterpointLabel // empty: it sees no conflict
	reason string
	silent bool // it has not said anything
}

// consult asks the assistant, and returns an opinion on every question in the
// order that it would put them into. Whatever it sends, no more comes of it
// than this: labels of ours, short reasons, an order.
func (r *Room) consult(ctx context.Context, s keyed, questions []question) (found []opinion, exchanges []stet.AssistantExchange, err error) {
	ctx, cancel := context.WithTimeout(ctx, r.patience)
	defer cancel()
	read := r.readByNLI
	if s.Kind == stet.ChatAssistant {
		read = r.readByChat
	}
	return read(ctx, s, questions)
}

// withoutKey takes the key out of an answer: a server that repeats it does not
// make us keep it in the open. One of a few letters is no secret, and may well
// be a part of words.
func withoutKey(text, key string) string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	if len(key) < 8 {
		return text
	}
	return strings.ReplaceAll(text, key, "(key)")
}

// exchange sends a request to the assistant and returns its answer. What goes
// wrong is told to whoever asked, and is no failure of ours.
func (r *Room) exchange(ctx context.Context, s keyed, address string, v any) (x stet.AssistantExchange, err error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return x, err
	}
	x.Sent = strings.TrimSuffix(b.String(), "\n")
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, strings.NewReader(x.Sent))
	if err != nil {
		return x, stet.Errorf(stet.Conflict, "%q is no address", address)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/json")
	if s.key != "" {
		req.Header.Set("Authorization", "Bearer "+s.key)
	}
	client := r.assistants[0]
	if s.Inside {
		client = r.assistants[1]
	}
	res, err := client.Do(req)
	if err != nil {
		return x, r.unheard(ctx, s, err)
	}
	answer, err := res.Bytes()
	if err != nil {
		return x, r.unheard(ctx, s, err)
	}
	x.Answer = withoutKey(string(answer), s.key)
	if res.Status < 200 || res.Status > 299 {
		return x, refusal(s, res.Status, x.Answer)
	}
	return x, nil
}

// unheard says why there is no answer.
func (r *Room) unheard(ctx context.Context, s keyed, err error) error {
	if errors.Is(ctx.Err(), context.Canceled) {
		return err // whoever asked has gone away
	}
	host := s.Host()
	var timeout interface{ Timeout() bool }
	var certificate *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	switch {
	case stet.ErrorCode(err) == stet.TooLarge:
		return stet.Errorf(stet.Conflict, "%s sends an answer that is much too long; what is asked for is a few lines", host)
	case stet.ErrorCode(err) != stet.Internal:
		message := stet.ErrorMessage(err)
		if !s.Inside && strings.Contains(message, "public internet") {
			message += "; if it is one of your own network, the settings have to say so"
		}
		return stet.Errorf(stet.Conflict, "%s", message)
	case ctx.Err() != nil, errors.As(err, &timeout) && timeout.Timeout():
		return stet.Errorf(stet.Conflict, "%s has not answered within %d seconds", host, int(r.patience.Seconds()))
	case errors.Is(err, syscall.ECONNREFUSED):
		return stet.Errorf(stet.Conflict, "nothing answers at %s; is the program there running?", host)
	case errors.As(err, &certificate), errors.As(err, &record):
		return stet.Errorf(stet.Conflict, "%s does not prove who it is: its certificate is not valid for this name, or it does not speak https at this port", host)
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF), errors.Is(err, syscall.ECONNRESET):
		return stet.Errorf(stet.Conflict, "%s broke off in the middle of its answer", host)
	}
	r.log.Info("the assistant could not be reached", "host", host, "error", err)
	return stet.Errorf(stet.Conflict, "%s could not be reached", host)
}

// refusal says in words what a status means.
func refusal(s keyed, status int, answer string) error {
	host, why := s.Host(), ""
	switch {
	case status == http.StatusUnauthorized, status == http.StatusForbidden:
		why = "does not let us in (%d): the key is missing, wrong, or not for this model"
	case status == http.StatusPaymentRequired:
		why = "wants to be paid first (%d)"
	case status == http.StatusNotFound, status == http.StatusMethodNotAllowed:
		why = "has nothing to ask at this address, or no model of this name (%d)"
	case status == http.StatusTooManyRequests:
		why = "asks us to come more slowly, or what was paid for is used up (%d); try again later"
	case status >= 500:
		why = "is in trouble (%d); try again later"
	default:
		why = "did not take the question (%d)"
	}
	said := ""
	if words := theirs(answer); words != "" {
		said = ". It says: " + words
	}
	return stet.Errorf(stet.Conflict, "%s "+why+"%s", host, status, said)
}

// theirs is the message of an error in one of the forms that are common. A page
// of HTML says nothing to anybody.
func theirs(answer string) string {
	var form struct{ Error, Message, Detail json.RawMessage }
	if json.Unmarshal([]byte(answer), &form) != nil {
		return ""
	}
	for _, raw := range []json.RawMessage{form.Error, form.Message, form.Detail} {
		var text string
		var deeper struct{ Message string }
		if json.Unmarshal(raw, &text) != nil {
			if json.Unmarshal(raw, &deeper) != nil {
				continue
			}
			text = deeper.Message
		}
		if text = line(text, 200); text != "" {
			return text
		}
	}
	return ""
}

// line makes text from outside one line that shows as what it is: no control
// characters, none that turn the direction of writing, and not too long.
func line(s string, most int) string {
	s = strings.Map(func(c rune) rune {
		switch {
		case unicode.IsSpace(c):
			return ' '
		case c == '\u200c' || c == '\u200d':
			return c // without them some scripts cannot be written
		case c == utf8.RuneError, unicode.In(c, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs, unicode.Zl, unicode.Zp):
			return -1
		}
		return c
	}, s)
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) > most {
		s = strings.TrimSpace(string([]rune(s)[:most-1])) + "…"
	}
	return s
}

// unreadable is the error for an answer that is not what was asked for.
func unreadable(s keyed, why string) error {
	return stet.Errorf(stet.Conflict, "%s answered, but %s", s.Host(), why)
}

// chatAddress is where completions are asked for: addresses are often given
// without the last part.
func chatAddress(address string) (string, error) {
	u, err := url.Parse(address)
	if err != nil {
		return "", stet.Errorf(stet.Conflict, "%q is no address", address)
	}
	if !strings.HasSuffix(u.Path, "/chat/completions") {
		u.Path = strings.TrimSuffix(u.Path, "/") + "/chat/completions"
		u.RawPath = ""
	}
	return u.String(), nil
}
