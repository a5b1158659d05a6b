// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package desk

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"stet"
	"stet/internal/newsroom"
	"stet/internal/steps"
)

// WorkingCopy is what an editor begins with.
type WorkingCopy struct {
	ID       string          `json:"id"`
	Kind     stet.Kind       `json:"kind" enum:"story,page"`
	Path     string          `json:"path,omitempty" doc:"Public address, when readers see it."`
	Status   stet.Status     `json:"status" enum:"draft,in_review,approved,scheduled,published,withdrawn"`
	Revision int64           `json:"revision" doc:"Grows with every save of anything."`
	Version  int64           `json:"version" doc:"Of the body: how many steps it has come."`
	Body     json.RawMessage `json:"body" doc:"A ProseMirror document in the schema of the reference."`
	Fields   WorkingFields   `json:"fields" doc:"Everything but the body."`
	MayWrite bool            `json:"mayWrite" doc:"Whether this account may change it now."`
	MayOpen  bool            `json:"mayOpen,omitempty" doc:"It is closed to this account because it has been approved, and open again once it is taken back."`
}

// WorkingFields are the fields of a working copy beside its body.
type WorkingFields struct {
	Headline    string          `json:"headline"`
	Dek         string          `json:"dek"`
	Slug        string          `json:"slug"`
	Language    string          `json:"language"`
	Section     *stet.Ref       `json:"section,omitempty"`
	Sections    []stet.Ref      `json:"sections"`
	Genre       *stet.Ref       `json:"genre,omitempty"`
	Topics      []stet.Ref      `json:"topics"`
	Bylines     []stet.Byline   `json:"bylines"`
	BylineText  string          `json:"bylineText"`
	Lead        *stet.Placement `json:"lead,omitempty"`
	Origin      *stet.Origin    `json:"origin,omitempty"`
	Title       string          `json:"title"`
	Description string          `json:"description"`
	Canonical   string          `json:"canonical"`
}

func viewWorkingFields(c stet.Content) WorkingFields {
	return WorkingFields{
		Headline: c.Headline, Dek: c.Dek, Slug: c.Slug, Language: c.Language, Section: ref(c.Section), Sections: some(c.Sections),
		Genre: ref(c.Genre), Topics: some(c.Topics), Bylines: some(c.Bylines), BylineText: c.BylineText, Lead: c.Lead, Origin: c.Origin,
		Title: c.Title, Description: c.Description, Canonical: c.Canonical,
	}
}

func (d *Desk) viewCopy(ctx context.Context, staff stet.Staff, c newsroom.WorkingCopy) WorkingCopy {
	a := c.Article
	body := a.Content.Body
	if len(body) == 0 {
		body = json.RawMessage(`{"type":"doc"}`)
	}
	path := ""
	if live, err := d.store.Live(ctx, a.ID); err == nil {
		path = live.Path
	}
	write, open := d.room.MayWrite(ctx, staff, &a)
	return WorkingCopy{
		ID: a.PublicID, Path: path, Kind: a.Kind, Status: a.Status, Revision: a.Revision, Version: c.Version, Body: body, Fields: viewWorkingFields(a.Content),
		MayWrite: write, MayOpen: open,
	}
}

// Steps tells what happened to a body after a version.
type Steps struct {
	Version  int64      `json:"version" doc:"Of the body, after all of the steps."`
	Revision int64      `json:"revision"`
	Steps    []StepView `json:"steps" doc:"In order, your own included."`
}

// StepView is one step of the log.
type StepView struct {
	Client string          `json:"client" doc:"Who sent it; 'server' gives ids to blocks that came without."`
	Step   json.RawMessage `json:"step" doc:"A ProseMirror step."`
}

func viewSteps(o newsroom.StepsOutput) Steps {
	out := Steps{Version: o.Version, Revision: o.Revision, Steps: make([]StepView, len(o.Steps))}
	for i, s := range o.Steps {
		out.Steps[i] = StepView{Client: s.Client, Step: s.Body}
	}
	return out
}

// StaleProblem is the answer to steps or fields that somebody else was faster
// than. It says what has to be taken in first.
type StaleProblem struct {
	huma.ErrorModel
	Since     *Steps          `json:"since,omitempty" doc:"What happened since your version."`
	Whole     *WorkingCopy    `json:"whole,omitempty" doc:"The whole working copy, when the log does not reach back to your version."`
	Conflicts []FieldConflict `json:"conflicts,omitempty" doc:"The fields that somebody else has changed; none was saved."`
}

// FieldConflict is a field that two people have changed.
type FieldConflict struct {
	Field  string          `json:"field"`
	Theirs json.RawMessage `json:"theirs"`
	Yours  json.RawMessage `json:"yours"`
}

// stale makes the newsroom's conflicts answers with what helps to solve them.
func (d *Desk) stale(ctx context.Context, staff stet.Staff, err error) error {
	problem := StaleProblem{ErrorModel: huma.ErrorModel{Status: http.StatusConflict, Title: http.StatusText(http.StatusConflict)}}
	var behind *newsroom.Stale
	var fields *newsroom.FieldsConflict
	switch {
	case errors.As(err, &behind) && behind.Whole != nil:
		whole := d.viewCopy(ctx, staff, *behind.Whole)
		problem.Whole = &whole
	case errors.As(err, &behind):
		since := viewSteps(behind.Since)
		problem.Since = &since
	case errors.As(err, &fields):
		for _, c := range fields.Conflicts {
			problem.Conflicts = append(problem.Conflicts, FieldConflict(c))
		}
	default:
		return err
	}
	problem.Detail = err.Error()
	return &problem
}

// withStale documents the answer in the API's document.
func withStale(op *huma.Operation) {
	op.MaxBodyBytes = steps.MaxBytes + 1<<20
	op.Description = "A version or a value that is no longer the newest is answered with 409 and what has to be taken in first: " +
		"`since` (steps), `whole` (the working copy) or `conflicts` (fields)."
}

// OnArticle is embedded by the input of operations on one article.
type OnArticle struct {
	Caller
	ID string `path:"id" maxLength:"12" doc:"Public id of the article."`
}

// articleOf finds the article that a request is about.
func (d *Desk) articleOf(ctx context.Context, in OnArticle) (stet.Article, error) {
	return d.store.ArticleByPublicID(ctx, in.ID)
}

func (d *Desk) copyOperations() {
	register(d, http.MethodGet, "/articles/{id}/copy", "get-copy", "returns the working copy for an editor to begin with", func(ctx context.Context, in *OnArticle) (*body[WorkingCopy], error) {
		a, err := d.articleOf(ctx, *in)
		if err != nil {
			return nil, err
		}
		c, err := d.room.Copy(ctx, a.ID)
		if err != nil {
			return nil, err
		}
		return reply(d.viewCopy(ctx, in.staff, c)), nil
	})
	type since struct {
		OnArticle
		Since int64 `query:"since" minimum:"0" doc:"The version that you have."`
	}
	register(d, http.MethodGet, "/articles/{id}/steps", "list-steps", "tells what happened to the body since a version", func(ctx context.Context, in *since) (*body[Steps], error) {
		a, err := d.articleOf(ctx, in.OnArticle)
		if err != nil {
			return nil, err
		}
		out, err := d.room.StepsSince(ctx, a.ID, in.Since)
		return reply(viewSteps(out)), d.stale(ctx, in.staff, err)
	}, answers(http.StatusConflict), withStale)
	register(d, http.MethodPost, "/articles/{id}/steps", "send-steps", "applies steps to the body", d.sendSteps, withStale)
	register(d, http.MethodPatch, "/articles/{id}", "change-fields", "changes fields, each from what it was to what it shall be", d.changeFields, withStale)
}

type stepsInput struct {
	OnArticle
	Body struct {
		Client   string            `json:"client" maxLength:"64" doc:"A name of your own for this window, never used by another: letters, digits, - and _."`
		Version  int64             `json:"version" minimum:"0" doc:"Of the body that the steps were made for."`
		Sequence int64             `json:"sequence" minimum:"1" doc:"Which of the client's steps the first one is: 1, and then one more for each. Steps that were applied before are not applied again."`
		Steps    []json.RawMessage `json:"steps" minItems:"1" maxItems:"500"`
	}
}

func (d *Desk) sendSteps(ctx context.Context, in *stepsInput) (*body[Steps], error) {
	a, err := d.articleOf(ctx, in.OnArticle)
	if err != nil {
		return nil, err
	}
	b := in.Body
	out, err := d.room.SaveSteps(ctx, in.staff, a.ID, newsroom.StepsInput{Client: b.Client, Version: b.Version, Sequence: b.Sequence, Steps: b.Steps})
	return reply(viewSteps(out)), d.stale(ctx, in.staff, err)
}

type fieldsInput struct {
	OnArticle
	Body struct {
		Was map[string]json.RawMessage `json:"was" doc:"What you read: the old values of the fields in 'set'. A field that is missing was empty."`
		Set map[string]json.RawMessage `json:"set" doc:"The new values: headline, dek, slug, language, section, sections, genre, topics, bylines, bylineText, lead, origin, title, description, canonical."`
	}
}

func (d *Desk) changeFields(ctx context.Context, in *fieldsInput) (*body[WorkingCopy], error) {
	a, err := d.articleOf(ctx, in.OnArticle)
	if err != nil {
		return nil, err
	}
	c, err := d.room.ChangeFields(ctx, in.staff, a.ID, in.Body.Was, in.Body.Set)
	if err != nil {
		return nil, d.stale(ctx, in.staff, err)
	}
	return reply(d.viewCopy(ctx, in.staff, c)), nil
}
