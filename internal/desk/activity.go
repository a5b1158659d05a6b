// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package desk

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"stet"
	"stet/internal/store"
)

// ActivityRow is one act of the staff.
type ActivityRow struct {
	ID      string     `json:"id"`
	At      time.Time  `json:"at"`
	By      string     `json:"by" doc:"The name at the time."`
	Staff   *Colleague `json:"staff,omitempty" doc:"The account, when there is one."`
	Act     string     `json:"act" doc:"In words, e.g. published."`
	Noun    string     `json:"noun" doc:"To what, e.g. story."`
	Ref     string     `json:"ref,omitempty" doc:"Its id."`
	Label   string     `json:"label,omitempty" doc:"Its name at the time."`
	Details string     `json:"details,omitempty"`
}

type activityQuery struct {
	Caller
	Staff  string    `query:"staff" maxLength:"12" doc:"Id of an account; 'none' for the program itself."`
	Act    string    `query:"act" maxLength:"100"`
	Noun   string    `query:"noun" maxLength:"100"`
	Ref    string    `query:"ref" maxLength:"100" doc:"Id of the thing, e.g. of a story, for its history."`
	From   time.Time `query:"from"`
	To     time.Time `query:"to"`
	Limit  int       `query:"limit" minimum:"1" maximum:"200" default:"50"`
	Cursor string    `query:"cursor" maxLength:"20"`
}

func (d *Desk) activityOperations() {
	register(d, http.MethodGet, "/activity", "list-activity", "lists what was done, the newest act first", d.listActivity)
}

func (d *Desk) listActivity(ctx context.Context, in *activityQuery) (*body[Page[ActivityRow]], error) {
	f := store.ActivityFilter{Act: in.Act, Noun: in.Noun, Ref: in.Ref, From: in.From, To: in.To, Limit: in.Limit + 1}
	if in.Cursor != "" {
		before, err := strconv.ParseInt(in.Cursor, 36, 64)
		if err != nil {
			return nil, stet.Errorf(stet.Invalid, "%q is no cursor of ours", in.Cursor)
		}
		f.Before = before
	}
	switch in.Staff {
	case "":
	case "none":
		f.Staff = new(int64)
	default:
		a, err := d.store.StaffByPublicID(ctx, in.Staff)
		if err != nil {
			return nil, err
		}
		f.Staff = &a.ID
	}
	found, err := d.store.Activity(ctx, f)
	if err != nil {
		return nil, err
	}
	who, err := d.colleagues(ctx)
	if err != nil {
		return nil, err
	}
	rows := make([]ActivityRow, len(found))
	for i, v := range found {
		rows[i] = ActivityRow{strconv.FormatInt(v.ID, 36), v.At, v.Staff, who.of(v.StaffID), v.Act, v.Noun, v.Ref, v.Label, v.Details}
	}
	return pageOf(rows, in.Limit, func(r ActivityRow) string { return r.ID }), nil
}
