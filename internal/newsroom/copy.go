// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"stet"
	"stet/internal/prose"
	"stet/internal/steps"
)

// How much of the log of steps is kept. Whoever comes back with an older base
// gets the whole document and merges with that.
const (
	keepSteps  = 4000
	pruneEvery = 200
)

// serverClient is the client of steps that the server adds itself.
const serverClient = "server"

// WorkingCopy is an article with how far its body has come.
type WorkingCopy struct {
	Article stet.Article
	Version int64
}

// StepsInput is what an editor sends after a pause.
type StepsInput struct {
	Client   string
	Version  int64 // of the body that the steps were made for
	Sequence int64 // which of the client's steps the first one is, from 1
	Steps    []json.RawMessage
}

// StepsOutput tells an editor what happened since its version.
type StepsOutput struct {
	Version  int64
	Revision int64
	Steps    []stet.Step // everything after the version that it sent, its own included
}

// Stale is the answer to steps for a version that is not the newest: either
// what has happened since, or, when the log does not reach back so far, the
// whole working copy.
type Stale struct {
	Since StepsOutput
	Whole *WorkingCopy
}

func (e *Stale) Error() string { return "the story has moved on: take in what happened and send again" }

// Unwrap makes it a Conflict for those who only ask for the code.
func (e *Stale) Unwrap() error { return &stet.Error{Code: stet.Conflict, Message: e.Error()} }

// Copy returns the working copy of an article for an editor to begin with.
func (r *Room) Copy(ctx context.Context, id int64) (c WorkingCopy, err error) {
	if c.Article, err = r.store.Article(ctx, id); err != nil {
		return c, err
	}
	state, err := r.store.BodyState(ctx, id)
	if err == nil && state.Digest == stet.DigestBody(c.Article.Content.Body) {
		c.Version = state.Version
		return c, nil
	}
	if err != nil && stet.ErrorCode(err) != stet.NotFound {
		return c, err
	}
	err = r.Batch(ctx, func(r *Room) error {
		if c.Article, err = r.store.Article(ctx, id); err != nil {
			return err
		}
		c.Version, err = r.settle(ctx, &c.Article)
		return err
	})
	return c, err
}

// settle returns the version of an article's body. A body that was changed by
// other means than steps gets a version of its own, and a log that begins there.
func (r *Room) settle(ctx context.Context, a *stet.Article) (int64, error) {
	digest := stet.DigestBody(a.Content.Body)
	c, err := r.store.BodyState(ctx, a.ID)
	switch {
	case stet.ErrorCode(err) == stet.NotFound:
		return 0, r.store.SetBodyState(ctx, stet.BodyState{ArticleID: a.ID, Digest: digest})
	case err != nil || c.Digest == digest:
		return c.Version, err
	}
	if err := r.store.DropSteps(ctx, a.ID, c.Version); err != nil {
		return 0, err
	}
	c.Version, c.Digest = c.Version+1, digest
	return c.Version, r.store.SetBodyState(ctx, c)
}

// StepsSince returns what has happened to a body since a version, or a Stale
// error with the whole working copy when the log does not reach back so far.
func (r *Room) StepsSince(ctx context.Context, id, version int64) (StepsOutput, error) {
	c, err := r.Copy(ctx, id)
	if err != nil {
		return StepsOutput{}, err
	}
	return r.since(ctx, &c, version)
}

func (r *Room) since(ctx context.Context, c *WorkingCopy, version int64) (StepsOutput, error) {
	out := StepsOutput{Version: c.Version, Revision: c.Article.Revision, Steps: []stet.Step{}}
	if version == c.Version {
		return out, nil
	}
	if missing := c.Version - version; missing > 0 && missing <= keepSteps {
		found, err := r.store.Steps(ctx, c.Article.ID, version, keepSteps)
		if err != nil {
			return out, err
		}
		// Whole from the next one to the last one, or the log was cut in between.
		if int64(len(found)) >= missing && found[0].Number == version+1 {
			out.Steps = found[:missing]
			return out, nil
		}
	}
	return out, &Stale{Whole: c}
}

// SaveSteps applies what an editor sends to the working copy. Steps for another
// version than the newest are refused with a Stale error, which has what the
// editor has to take in first. Steps that were applied already are not applied
// again.
func (r *Room) SaveSteps(ctx context.Context, staff stet.Staff, id int64, in StepsInput) (out StepsOutput, err error) {
	if !stet.ValidClient(in.Client) || in.Client == serverClient || in.Sequence < 1 || len(in.Steps) == 0 {
		return out, stet.Errorf(stet.Invalid, "a client, the number of its first step and the steps are needed")
	}
	c, err := r.Copy(ctx, id)
	if err != nil {
		return out, err
	}
	if err := r.permitEdit(ctx, staff, &c.Article); err != nil {
		return out, err
	}
	if out, err := r.refuseStale(ctx, &c, in); out != nil || err != nil {
		return orZero(out), err
	}
	base := steps.Document{Name: stet.DigestBody(c.Article.Content.Body), JSON: documentOf(c.Article.Content.Body)}
	err = r.machine.Apply(ctx, base, in.Steps, func(made steps.Result) (string, error) {
		doc, err := prose.Parse(made.Doc)
		if err != nil {
			return "", stet.Errorf(stet.Invalid, "the text that comes of the steps is not valid: %v", err)
		}
		body := doc.JSON()
		out, err = r.storeSteps(ctx, staff, &c, in, made.Added, body)
		return stet.DigestBody(body), err
	})
	return out, err
}

func orZero(out *StepsOutput) StepsOutput {
	if out == nil {
		return StepsOutput{}
	}
	return *out
}

// refuseStale answers steps that cannot be applied now: what was applied
// already is answered again, and what is for another version is Stale.
func (r *Room) refuseStale(ctx context.Context, c *WorkingCopy, in StepsInput) (*StepsOutput, error) {
	last, err := r.store.LastSequence(ctx, c.Article.ID, in.Client)
	if err != nil || in.Version == c.Version && in.Sequence > last {
		return nil, err
	}
	since, err := r.since(ctx, c, in.Version)
	if err != nil {
		return nil, err
	}
	if in.Sequence+int64(len(in.Steps))-1 <= last {
		return &since, nil
	}
	return nil, &Stale{Since: since}
}

// storeSteps stores the new body together with the steps that made it. It was
// made before the transaction began, so that nobody waits for the step machine:
// when the body has changed meanwhile the steps are stale.
func (r *Room) storeSteps(ctx context.Context, staff stet.Staff, c *WorkingCopy, in StepsInput, added []json.RawMessage, body []byte) (out StepsOutput, err error) {
	err = r.patiently(ctx, staff, c.Article.ID, func(r *Room, a *stet.Article) error {
		now := WorkingCopy{Article: *a}
		if now.Version, err = r.settle(ctx, a); err != nil {
			return err
		}
		done, err := r.refuseStale(ctx, &now, in)
		if err != nil {
			return err
		}
		if done != nil {
			out = *done
			return nil
		}
		if err := mayChangeCode(staff, a.Content.Body, body); err != nil {
			return err
		}
		if err := r.snapshotBefore(ctx, staff, a); err != nil {
			return err
		}
		was := a.UpdatedAt
		a.Content.Body, a.UpdatedBy = body, staff.ID
		if err := r.store.SaveArticle(ctx, a); err != nil {
			return err
		}
		out.Steps = logOf(in, added, staff, now.Version, r.store.Now())
		out.Version, out.Revision = now.Version+int64(len(out.Steps)), a.Revision
		r.changed(CopyTag(a.PublicID))
		// Lists say when a story was last saved. They are told by the minute, so
		// that somebody who types does not have every list asked anew.
		if r.store.Now().Sub(was) >= time.Minute {
			r.changed(TagDesk)
		}
		return r.logSteps(ctx, a.ID, out, body)
	})
	return out, err
}

// patiently is edit for acts that do not mind what else was saved meanwhile:
// they take the article for themselves and wait for whoever has it. Only an act
// of another kind can still come in between, and then the act looks again.
// Each knows its own conflicts, and says those with more than the bare code.
func (r *Room) patiently(ctx context.Context, staff stet.Staff, id int64, f func(r *Room, a *stet.Article) error) (err error) {
	for range 3 {
		err = r.act(ctx, staff, Write, func(r *Room) error {
			if err := r.store.LockArticle(ctx, id); err != nil {
				return err
			}
			return r.edit(ctx, staff, id, f)
		})
		bare := (*stet.Error)(nil)
		var stale *Stale
		var fields *FieldsConflict
		if !errors.As(err, &bare) || bare.Code != stet.Conflict || errors.As(err, &stale) || errors.As(err, &fields) || r.store.InTx() {
			return err
		}
	}
	return err
}

func (r *Room) logSteps(ctx context.Context, id int64, out StepsOutput, body []byte) error {
	if err := r.store.AddSteps(ctx, id, out.Steps...); err != nil {
		return err
	}
	if before := out.Version - int64(len(out.Steps)); before/pruneEvery != out.Version/pruneEvery {
		if err := r.store.DropSteps(ctx, id, out.Version-keepSteps); err != nil {
			return err
		}
	}
	return r.store.SetBodyState(ctx, stet.BodyState{ArticleID: id, Version: out.Version, Digest: stet.DigestBody(body)})
}

// logOf numbers the steps of a request and those that the machine added.
func logOf(in StepsInput, added []json.RawMessage, staff stet.Staff, version int64, now time.Time) []stet.Step {
	out := make([]stet.Step, 0, len(in.Steps)+len(added))
	for i, s := range in.Steps {
		out = append(out, stet.Step{Client: in.Client, Sequence: in.Sequence + int64(i), StaffID: staff.ID, Body: s})
	}
	for _, s := range added {
		out = append(out, stet.Step{Client: serverClient, Body: s})
	}
	for i := range out {
		out[i].Number, out[i].CreatedAt = version+int64(i)+1, now
	}
	return out
}

// documentOf is a body as the step machine reads it.
func documentOf(body json.RawMessage) []byte {
	if len(body) == 0 {
		return []byte(`{"type":"doc"}`)
	}
	return body
}

// mayChangeCode refuses raw HTML that was not there before to those who may not
// put code into pages. What is there already may stay, move and go.
func mayChangeCode(staff stet.Staff, was, is []byte) error {
	if Can(staff, InjectCode) {
		return nil
	}
	before := rawHTML(was)
	for _, html := range rawHTML(is) {
		if !slices.Contains(before, html) {
			return forbidden(staff, InjectCode)
		}
	}
	return nil
}

func rawHTML(body []byte) (out []string) {
	doc, err := prose.Parse(documentOf(body))
	if err != nil {
		return nil
	}
	for n := range doc.Blocks() {
		if n.Type == "rawHTML" && strings.TrimSpace(n.Attr("html")) != "" {
			out = append(out, n.Attr("html"))
		}
	}
	return out
}

// ReplaceBody makes another document the body of an article, as steps: who has
// the story open keeps what they are writing, and can undo it.
func (r *Room) ReplaceBody(ctx context.Context, staff stet.Staff, id int64, body json.RawMessage) (out StepsOutput, err error) {
	for range 3 {
		c, err := r.Copy(ctx, id)
		if err != nil {
			return out, err
		}
		between, err := r.machine.Between(ctx, documentOf(c.Article.Content.Body), documentOf(body))
		if err != nil {
			return out, err
		}
		if len(between) == 0 {
			return StepsOutput{Version: c.Version, Revision: c.Article.Revision, Steps: []stet.Step{}}, nil
		}
		out, err = r.SaveSteps(ctx, staff, id, StepsInput{Client: "restore-" + stet.NewID(), Version: c.Version, Sequence: 1, Steps: between})
		if stale := (*Stale)(nil); !errors.As(err, &stale) {
			return out, err
		}
	}
	return out, stet.Errorf(stet.Conflict, "somebody is writing in the story: try again in a moment")
}

// CopyTag is the tag of the body of a working copy, FieldsTag that of its other
// fields. Nothing that readers see carries them.
func CopyTag(publicID string) string { return "copy:" + publicID }

// FieldsTag is the tag of the fields of a working copy.
func FieldsTag(publicID string) string { return "fields:" + publicID }

// MayWrite reports whether the account may change the working copy now, and
// whether it may once it has taken the story back.
func (r *Room) MayWrite(ctx context.Context, staff stet.Staff, a *stet.Article) (now, once bool) {
	if r.permit(ctx, staff, Write, a) != nil {
		return false, false
	}
	now = r.permitEdit(ctx, staff, a) == nil
	return now, !now
}
