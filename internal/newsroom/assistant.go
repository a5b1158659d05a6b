// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"stet"
	"stet/internal/store"
	"stet/internal/web"
)

// The names of the settings of the assistant.
const (
	assistantSetting = "assistant"
	assistantKey     = store.SecretSetting + "assistant"
)

// assistantPatience is how long an assistant may take for a reading. A small
// model on a processor needs a minute for five pairs.
const assistantPatience = 90 * time.Second

// maxAssistantAnswer is how much of an answer is taken. One that is of use has
// a few hundred bytes; some models think aloud before it.
const maxAssistantAnswer = 128 << 10

// Of one account so many askings are let through within a time.
const (
	askings       = 10
	askingsWithin = 10 * time.Minute
)

// tagReadings tells desks that an assistant has been asked. Pages of readers
// do not know it: nothing of a reading is on them.
const tagReadings = TagRecord + ":readings"

// assistants are the clients that go to an assistant: one to the public
// internet alone, one into the house's own network too.
func assistants(c *web.Client, patience time.Duration) (out [2]*web.Client) {
	for i := range out {
		out[i] = c.With(func(o *web.ClientOptions) {
			// What is sent is meant for the one host that was named.
			o.Inside, o.MaxRedirects, o.MaxBytes = i == 1, -1, maxAssistantAnswer
			o.Timeout, o.HeaderTimeout = patience, patience
		})
	}
	return out
}

// Assistant is what is true of the assistant, for the settings screen: the key
// is not in it.
type Assistant struct {
	stet.AssistantSettings
	HasKey bool
}

// Assistant returns what is true of the assistant.
func (r *Room) Assistant(ctx context.Context, staff stet.Staff) (Assistant, error) {
	if !Can(staff, ChangeSettings) {
		return Assistant{}, forbidden(staff, ChangeSettings)
	}
	s, err := r.assistant(ctx)
	return Assistant{s.AssistantSettings, s.key != ""}, err
}

// keyed are the settings of the assistant with its key.
type keyed struct {
	stet.AssistantSettings
	key string
}

func (r *Room) assistant(ctx context.Context) (s keyed, err error) {
	s.Kind = stet.NoAssistant
	if err := r.store.Setting(ctx, assistantSetting, &s.AssistantSettings); err != nil && stet.ErrorCode(err) != stet.NotFound {
		return s, err
	}
	if err := r.store.Setting(ctx, assistantKey, &s.key); err != nil && stet.ErrorCode(err) != stet.NotFound {
		return s, err
	}
	return s, nil
}

// SetAssistant says whom the desk may ask. A nil key keeps the one that is
// stored, unless kind or address change: it is not sent to strangers. To name
// another address wants a recent sign-in, since from then on words of stories
// that are not public go there; to switch the assistant off does not.
func (r *Room) SetAssistant(ctx context.Context, staff stet.Staff, session stet.Session, s stet.AssistantSettings, key *string) error {
	return r.act(ctx, staff, ChangeSettings, func(r *Room) error {
		s.Address, s.Model = strings.TrimSpace(s.Address), strings.TrimSpace(s.Model)
		if !s.On() && s.Kind == stet.NoAssistant {
			s = stet.AssistantSettings{Kind: stet.NoAssistant}
		}
		if err := s.Validate(); err != nil {
			return err
		}
		was, err := r.assistant(ctx)
		if err != nil {
			return err
		}
		moved := s.Kind != was.Kind || s.Address != was.Address
		if s.On() && (moved || s.Inside && !was.Inside) {
			if err := r.proved(staff, session); err != nil {
				return err
			}
		}
		keep := was.key
		if key != nil {
			if keep, err = cleanKey(*key); err != nil {
				return err
			}
		} else if moved {
			keep = ""
		}
		if err := r.store.SetSetting(ctx, assistantKey, keep); err != nil {
			return err
		}
		if err := r.store.SetSetting(ctx, assistantSetting, s); err != nil {
			return err
		}
		r.changed(tagReadings)
		return r.note(ctx, staff, "changed", "setting", "assistant", "Assistant", cmp.Or(s.Host(), "off"))
	})
}

// cleanKey refuses what cannot stand in a header.
func cleanKey(key string) (string, error) {
	key = strings.TrimSpace(key)
	if len(key) > 1000 || strings.ContainsFunc(key, func(c rune) bool { return c <= ' ' || c > '~' }) {
		return "", stet.Errorf(stet.Invalid, "that is no key: one has no spaces, and only letters, digits and signs of ASCII")
	}
	return key, nil
}

// Tried is what came of trying the assistant.
type Tried struct {
	Label    stet.CounterpointLabel // empty: no conflict was seen
	Reason   string
	Host     string
	Took     time.Duration
	Exchange stet.AssistantExchange
}

// example is what is sent to try an assistant: nobody has said it.
var example = []question{{
	ID:    "1",
	First: spoken{Speaker: "The harbour master", Date: "2020-05-04", Words: "The bridge has been open to traffic all week."},
	Other: spoken{Speaker: "The roads office", Date: "2020-05-05", Words: "The bridge has been closed to traffic all week."},
}}

// TryAssistant asks the assistant about a pair that was made up, while somebody
// waits: what goes wrong is what they want to know.
func (r *Room) TryAssistant(ctx context.Context, staff stet.Staff) (t Tried, err error) {
	if !Can(staff, ChangeSettings) {
		return t, forbidden(staff, ChangeSettings)
	}
	s, err := r.assistant(ctx)
	if err != nil {
		return t, err
	}
	if !s.On() {
		return t, errNoAssistant
	}
	if err := r.pace(ctx, staff); err != nil {
		return t, err
	}
	began := time.Now()
	found, exchanges, err := r.consult(ctx, s, example)
	if err != nil {
		return t, err
	}
	return Tried{Label: found[0].label, Reason: found[0].reason, Host: s.Host(), Took: time.Since(began), Exchange: exchanges[0]}, nil
}

var errNoAssistant = stet.Errorf(stet.Conflict, "no assistant is set up; an administrator names one in the settings")

// pace lets an account ask so many times within a time: what is asked for costs
// somebody money, and tells somebody something.
func (r *Room) pace(ctx context.Context, staff stet.Staff) error {
	return r.Batch(ctx, func(r *Room) error {
		key, now := hashToken("assistant "+staff.PublicID), r.store.Now()
		a, err := r.store.Attempt(ctx, key)
		if err != nil {
			return err
		}
		if !now.Before(a.OpenAt) {
			a.Tries, a.OpenAt = 0, now.Add(askingsWithin)
		}
		if a.Tries >= askings {
			wait := a.OpenAt.Sub(now)
			return &stet.Error{Code: stet.RateLimited, Message: "You have asked the assistant often in a short time. Please wait some minutes.", Wait: wait}
		}
		a.Tries, a.TriedAt = a.Tries+1, now
		return r.store.SetAttempt(ctx, key, a)
	})
}

// Advice is what the desk knows of the assistant beside a story.
type Advice struct {
	stet.AssistantSettings
	Reading *stet.AssistantReading // nil: nobody has asked, or what was asked about has changed
}

// Advice returns the reading that was asked for last, for everybody who may set
// statements side by side. One of statements that have changed since is
// forgotten.
func (r *Room) Advice(ctx context.Context, staff stet.Staff, a *stet.Article) (v Advice, err error) {
	if err := r.mayAsk(ctx, staff, a); err != nil {
		return v, err
	}
	s, err := r.assistant(ctx)
	if v.AssistantSettings = s.AssistantSettings; err != nil || !s.On() {
		return v, err
	}
	reading, err := r.store.AssistantReading(ctx, a.ID)
	if stet.ErrorCode(err) == stet.NotFound {
		return v, nil
	}
	if err != nil {
		return v, err
	}
	for _, p := range reading.Pairs {
		same, err := r.stillSaid(ctx, p)
		if err != nil {
			return v, err
		}
		if !same {
			return v, r.store.DropAssistantReading(ctx, reading)
		}
	}
	v.Reading = &reading
	return v, nil
}

func (r *Room) mayAsk(ctx context.Context, staff stet.Staff, a *stet.Article) error {
	return r.permitSection(ctx, staff, SetBeside, a.Content.Section.ID)
}

// stillSaid reports whether what was sent of a pair is what would be sent now.
func (r *Room) stillSaid(ctx context.Context, p stet.PairReading) (bool, error) {
	var both [2]stet.Statement
	for i, id := range []string{p.First, p.Second} {
		s, err := r.store.StatementByPublicID(ctx, id)
		if stet.ErrorCode(err) == stet.NotFound {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		both[i] = s
	}
	q, err := r.questionOf(ctx, both[0], both[1])
	return err == nil && q.hash() == p.Sent, err
}

// AskAssistant has the assistant read the pairs that are proposed for a story,
// and keeps what it says beside what was sent. Proposals stay as they are,
// whatever comes back.
func (r *Room) AskAssistant(ctx context.Context, staff stet.Staff, a *stet.Article) error {
	if err := r.mayAsk(ctx, staff, a); err != nil {
		return err
	}
	s, err := r.assistant(ctx)
	if err != nil {
		return err
	}
	if !s.On() {
		return errNoAssistant
	}
	pairs, questions, err := r.questions(ctx, a)
	if err != nil {
		return err
	}
	if err := r.pace(ctx, staff); err != nil {
		return err
	}
	// That it was asked is remembered before anything leaves the house.
	if err := r.Batch(ctx, func(r *Room) error {
		return r.noteArticle(ctx, staff, "asked the assistant about", a, strings.TrimSpace(s.Host()+" "+s.Model))
	}); err != nil {
		return err
	}
	found, exchanges, err := r.consult(ctx, s, questions)
	if err != nil {
		return err
	}
	reading := stet.AssistantReading{ArticleID: a.ID, ReadAt: r.store.Now(), Kind: s.Kind, Host: s.Host(), Model: s.Model, Staff: staff.Name, Exchanges: exchanges}
	for _, f := range found {
		i := slices.IndexFunc(questions, func(q question) bool { return q.ID == f.id })
		reading.Pairs = append(reading.Pairs, stet.PairReading{
			First: pairs[i].First.PublicID, Second: pairs[i].Second.PublicID, Sent: questions[i].hash(), Label: f.label, Reason: f.reason, Silent: f.silent,
		})
	}
	return r.Batch(ctx, func(r *Room) error {
		r.changed(tagReadings)
		return r.store.SetAssistantReading(ctx, reading)
	})
}

// mostPairs is how many pairs are sent.
const mostPairs = 5

// questions are the pairs that are proposed for a story, as they are sent.
func (r *Room) questions(ctx context.Context, a *stet.Article) (pairs []ProposedPair, out []question, err error) {
	if pairs, err = r.ProposePairs(ctx, a); err != nil {
		return nil, nil, err
	}
	if len(pairs) == 0 {
		return nil, nil, stet.Errorf(stet.Conflict, "nothing is proposed for this story that an assistant could be asked about")
	}
	pairs = pairs[:min(len(pairs), mostPairs)]
	for i, p := range pairs {
		q, err := r.questionOf(ctx, p.First, p.Second)
		if err != nil {
			return nil, nil, err
		}
		q.ID = string(rune('1' + i))
		out = append(out, q)
	}
	return pairs, out, nil
}

// question is a pair as an assistant is asked about it. Nothing else of a story
// leaves the house.
type question struct {
	ID    string `json:"id"`
	First spoken `json:"first"`
	Other spoken `json:"second"`
	// one: both are one speaker's.
	one bool
}

type spoken struct {
	Speaker string `json:"speaker"`
	Date    string `json:"date,omitempty"`
	Denied  bool   `json:"denied,omitempty"` // the words are what was denied, or not said
	Words   string `json:"words"`
}

// maxSpoken is how many code points of a statement are sent.
const maxSpoken = 1500

// questionOf makes a question of two statements.
func (r *Room) questionOf(ctx context.Context, first, second stet.Statement) (question, error) {
	q := question{one: first.SpeakerID == second.SpeakerID}
	for _, v := range []struct {
		to *spoken
		of *stet.Statement
	}{{&q.First, &first}, {&q.Other, &second}} {
		p, err := r.store.Person(ctx, v.of.SpeakerID)
		if err != nil {
			return q, err
		}
		date := v.of.Date.Value
		if v.of.Date.Precision == stet.OnOrBefore {
			date = "on or before " + date
		}
		*v.to = spoken{Speaker: p.Name, Date: date, Denied: v.of.Denial, Words: v.of.Short(maxSpoken)}
	}
	return q, nil
}

// hash names what is sent of a pair, whatever its number.
func (q question) hash() string {
	q.ID = ""
	b, err := json.Marshal(q)
	if err != nil {
		panic(err) // texts always marshal
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:12])
}
