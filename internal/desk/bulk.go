// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package desk

import (
	"context"
	"net/http"
	"time"

	"stet"
	"stet/internal/newsroom"
)

// ActResult is what an act on several stories came to for one of them.
type ActResult struct {
	ID       string      `json:"id"`
	OK       bool        `json:"ok"`
	Problem  string      `json:"problem,omitempty" doc:"Why it was not done."`
	Headline string      `json:"headline,omitempty"`
	Status   stet.Status `json:"status,omitempty" doc:"Where the story stands now."`
	Was      string      `json:"was,omitempty" doc:"What was there before: the section of one that was moved, the assignee of one that was assigned, the status of one that was approved."`
	Path     string      `json:"path,omitempty" doc:"Public address of one that was published."`
}

// Outlook is what publishing would do to one of several stories.
type Outlook struct {
	ID       string                 `json:"id"`
	Headline string                 `json:"headline"`
	Status   stet.Status            `json:"status,omitempty"`
	Revision int64                  `json:"revision,omitempty" doc:"The working copy that was looked at."`
	Address  string                 `json:"address,omitempty" doc:"Where it will stand."`
	Version  int                    `json:"version,omitempty" doc:"The number of the version that it would make."`
	Problem  string                 `json:"problem,omitempty" doc:"Why it could not be published at all."`
	Failed   []newsroom.CheckResult `json:"failed" doc:"The checks that it does not pass; those that are required keep it back."`
}

// bulk is one act on several stories.
type bulk struct {
	Caller
	Body struct {
		Act      string    `json:"act" enum:"submit,take-back,approve,publish,schedule,unschedule,withdraw,put-back,trash,restore,move,tag,untag,assign"`
		IDs      []string  `json:"ids" minItems:"1" maxItems:"200"`
		Section  string    `json:"section,omitempty" maxLength:"12" doc:"For move."`
		Topic    string    `json:"topic,omitempty" maxLength:"12" doc:"For tag and untag."`
		Assignee string    `json:"assignee,omitempty" maxLength:"12" doc:"For assign; empty for nobody."`
		At       time.Time `json:"at,omitempty" doc:"For schedule."`
		// What somebody has looked at is what they publish.
		Revisions map[string]int64 `json:"revisions,omitempty" doc:"For publish: by id, the working copy that is meant; another one is refused."`
	}
}

// chosen are the stories that an act on several will be about.
type chosen struct {
	Caller
	Body struct {
		IDs []string `json:"ids" minItems:"1" maxItems:"200"`
	}
}

func (d *Desk) bulkOperations() {
	register(d, http.MethodPost, "/articles/acts", "act-on-articles", "does one act to several stories, each for itself, and says of each what came of it", func(ctx context.Context, in *bulk) (*body[Page[ActResult]], error) {
		rows := []ActResult{}
		for _, id := range in.Body.IDs {
			res := ActResult{ID: id}
			a, err := d.store.ArticleByPublicID(ctx, id)
			if err == nil {
				res.Was, err = d.bulkAct(ctx, in, &a)
			}
			if err != nil {
				if stet.ErrorCode(err) == stet.Internal {
					return nil, err
				}
				res.Problem = stet.ErrorMessage(err)
			}
			res.OK = err == nil
			if now, err := d.store.ArticleByPublicID(ctx, id); err == nil {
				res.Headline, res.Status = now.Content.Headline, now.Status
				if live, err := d.store.Live(ctx, now.ID); err == nil && in.Body.Act == "publish" {
					res.Path = live.Path
				}
			}
			rows = append(rows, res)
		}
		return reply(Page[ActResult]{Items: rows}), nil
	})
	register(d, http.MethodPost, "/articles/outlook", "preview-publications", "says of several stories what publishing them would do, and what they lack", func(ctx context.Context, in *chosen) (*body[Page[Outlook]], error) {
		rows := []Outlook{}
		for _, id := range in.Body.IDs {
			o, err := d.outlook(ctx, in.staff, id)
			if err != nil {
				return nil, err
			}
			rows = append(rows, o)
		}
		return reply(Page[Outlook]{Items: rows}), nil
	})
}

// outlook says what publishing one story would do. What is not there any more,
// and what is somebody else's to publish, has that as its problem.
func (d *Desk) outlook(ctx context.Context, staff stet.Staff, id string) (Outlook, error) {
	o := Outlook{ID: id, Failed: []newsroom.CheckResult{}}
	a, err := d.store.ArticleByPublicID(ctx, id)
	if err == nil {
		o.Headline, o.Status, o.Revision = a.Content.Headline, a.Status, a.Revision
		err = d.room.MayPublish(ctx, staff, &a)
	}
	if err != nil {
		o.Problem = stet.ErrorMessage(err)
		if stet.ErrorCode(err) == stet.Internal {
			return o, err
		}
		return o, nil
	}
	p, err := d.room.Outlook(ctx, &a)
	o.Address, o.Version, o.Problem = p.Address, p.Version, p.Problem
	for _, c := range p.Checks {
		if !c.Passed {
			o.Failed = append(o.Failed, c)
		}
	}
	return o, err
}

func (d *Desk) bulkAct(ctx context.Context, in *bulk, a *stet.Article) (was string, err error) {
	staff, r := in.staff, d.room
	switch in.Body.Act {
	case "submit":
		return "", r.Submit(ctx, staff, a.ID, "")
	case "take-back":
		return "", r.TakeBack(ctx, staff, a.ID)
	case "approve":
		return string(a.Status), r.Approve(ctx, staff, a.ID)
	case "publish":
		_, err := r.Publish(ctx, staff, a.ID, newsroom.PublishOptions{Revision: in.Body.Revisions[a.PublicID]})
		return "", err
	case "schedule":
		return "", r.Schedule(ctx, staff, a.ID, in.Body.At)
	case "unschedule":
		return "", r.Unschedule(ctx, staff, a.ID)
	case "withdraw":
		return "", r.Withdraw(ctx, staff, a.ID)
	case "put-back":
		return "", r.PutBack(ctx, staff, a.ID)
	case "trash":
		return "", r.Trash(ctx, staff, a.ID)
	case "restore":
		return "", r.Restore(ctx, staff, a.ID)
	case "move":
		return r.MoveSection(ctx, staff, a.ID, in.Body.Section)
	case "tag":
		return "", r.AddTopicTo(ctx, staff, a.ID, in.Body.Topic, false)
	case "untag":
		return "", r.AddTopicTo(ctx, staff, a.ID, in.Body.Topic, true)
	}
	who, err := d.colleagues(ctx)
	if err != nil {
		return "", err
	}
	if before := who.of(a.Assignee); before != nil {
		was = before.ID
	}
	return was, r.Assign(ctx, staff, a.ID, newsroom.Assignment{Assignee: &in.Body.Assignee})
}
