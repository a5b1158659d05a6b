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
	Was      string      `json:"was,omitempty" doc:"What was there before: the section of one that was moved, the assignee of one that was assigned."`
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
			}
			rows = append(rows, res)
		}
		return reply(Page[ActResult]{Items: rows}), nil
	})
}

func (d *Desk) bulkAct(ctx context.Context, in *bulk, a *stet.Article) (was string, err error) {
	staff, r := in.staff, d.room
	switch in.Body.Act {
	case "submit":
		return "", r.Submit(ctx, staff, a.ID, "")
	case "take-back":
		return "", r.TakeBack(ctx, staff, a.ID)
	case "approve":
		return "", r.Approve(ctx, staff, a.ID)
	case "publish":
		_, err := r.Publish(ctx, staff, a.ID, newsroom.PublishOptions{})
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
