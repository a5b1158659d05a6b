// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package desk

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"time"

	"stet"
	"stet/internal/newsroom"
	"stet/internal/store"
)

// NoteRow is a note on a story.
type NoteRow struct {
	ID   string    `json:"id"`
	At   time.Time `json:"at"`
	By   string    `json:"by" doc:"The name at the time."`
	Own  bool      `json:"own,omitempty" doc:"It is the caller's."`
	Act  string    `json:"act,omitempty" doc:"The act it came with, e.g. returned."`
	Text string    `json:"text"`
}

// VersionRow is a version as the desk lists it.
type VersionRow struct {
	Number      int       `json:"number"`
	PublishedAt time.Time `json:"publishedAt"`
	Note        string    `json:"note,omitempty" doc:"Why there is a new version; public."`
	Hash        string    `json:"hash" doc:"Hex SHA-256 of the document as it is stored."`
}

// PublishedAs is the public note with which an update as a whole is told.
type PublishedAs struct {
	Kind   stet.CorrectionKind `json:"kind" enum:"correction,clarification,update"`
	Weight stet.Weight         `json:"weight,omitempty" enum:"top,end"`
	Note   string              `json:"note" maxLength:"8000" doc:"Plain text, in which [words](address) is a link."`
}

// lifeOperations are the acts on one story.
func (d *Desk) lifeOperations() {
	d.plainActs()
	d.publishingActs()
	d.assignmentOperations()
	d.noteOperations()
	register(d, http.MethodGet, "/articles/{id}/checklist", "check-article", "holds the working copy against the magazine's checklist", func(ctx context.Context, in *OneArticle) (*body[Page[newsroom.CheckResult]], error) {
		a, err := d.store.ArticleByPublicID(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		found, err := d.room.Check(ctx, &a)
		return reply(Page[newsroom.CheckResult]{Items: some(found)}), err
	})
	register(d, http.MethodPost, "/articles/{id}/links", "check-links", "has the links of the working copy asked whether they lead somewhere", func(ctx context.Context, in *OneArticle) (*struct{}, error) {
		a, err := d.store.ArticleByPublicID(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return nil, d.room.CheckLinksOf(ctx, in.staff, a.ID)
	})
	register(d, http.MethodGet, "/articles/{id}/publication", "preview-publication", "says what would be public, and where, if the working copy were published now", func(ctx context.Context, in *OneArticle) (*body[newsroom.Publication], error) {
		a, err := d.store.ArticleByPublicID(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		p, err := d.room.Publication(ctx, &a)
		return reply(p), err
	})
	register(d, http.MethodGet, "/articles/{id}/versions", "list-versions", "lists what readers have seen, the newest version first", func(ctx context.Context, in *OneArticle) (*body[Page[VersionRow]], error) {
		a, err := d.store.ArticleByPublicID(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		all, err := d.store.Versions(ctx, a.ID)
		rows := []VersionRow{}
		for _, v := range slices.Backward(all) {
			rows = append(rows, VersionRow{v.Number, v.PublishedAt, v.Note, v.Hash})
		}
		return reply(Page[VersionRow]{Items: rows}), err
	})
}

// plainActs are those that need nothing but the story.
func (d *Desk) plainActs() {
	for _, act := range []struct {
		path, name, does string
		do               func(ctx context.Context, staff stet.Staff, id int64) error
	}{
		{"take-back", "take-back-article", "undoes a submission (a draft again) or an approval (in review again)", d.room.TakeBack},
		{"approve", "approve-article", "says that the story may be published", d.room.Approve},
		{"unschedule", "unschedule-article", "takes the story off the schedule", d.room.Unschedule},
		{"withdraw", "withdraw-article", "takes the story away from readers; its address says that it is gone", d.room.Withdraw},
		{"put-back", "put-back-article", "makes the newest version of a withdrawn story public again", d.room.PutBack},
		{"trash", "trash-article", "puts the story into the trash", d.room.Trash},
		{"restore", "restore-article", "takes the story out of the trash", d.room.Restore},
	} {
		register(d, http.MethodPost, "/articles/{id}/"+act.path, act.name, act.does, func(ctx context.Context, in *OneArticle) (*body[Article], error) {
			return d.answerArticle(ctx, in.staff, in.ID, func(a *stet.Article) error { return act.do(ctx, in.staff, a.ID) })
		})
	}
}

func (d *Desk) publishingActs() {
	type withNote struct {
		OneArticle
		Body struct {
			Note string `json:"note,omitempty" maxLength:"4000" doc:"For the others at the desk; never public."`
		}
	}
	register(d, http.MethodPost, "/articles/{id}/submit", "submit-article", "hands a draft over for review", func(ctx context.Context, in *withNote) (*body[Article], error) {
		return d.answerArticle(ctx, in.staff, in.ID, func(a *stet.Article) error { return d.room.Submit(ctx, in.staff, a.ID, in.Body.Note) })
	})
	register(d, http.MethodPost, "/articles/{id}/return", "return-article", "gives a story back to its writer, with a note that says why", func(ctx context.Context, in *withNote) (*body[Article], error) {
		return d.answerArticle(ctx, in.staff, in.ID, func(a *stet.Article) error { return d.room.GiveBack(ctx, in.staff, a.ID, in.Body.Note) })
	})
	type publishing struct {
		OneArticle
		Body struct {
			Note     string `json:"note,omitempty" maxLength:"2000" doc:"Why there is a new version; public."`
			Revision int64  `json:"revision,omitempty" doc:"The working copy that is meant; another one is refused."`
			// An update as a whole may be told as a correction.
			Correction *PublishedAs `json:"correction,omitempty" doc:"Tells readers of an update as of a correction; its note takes the place of the version's."`
		}
	}
	register(d, http.MethodPost, "/articles/{id}/publish", "publish-article", "makes the working copy the next version, and that version what readers see", func(ctx context.Context, in *publishing) (*body[Article], error) {
		return d.answerArticle(ctx, in.staff, in.ID, func(a *stet.Article) error {
			o := newsroom.PublishOptions{Note: in.Body.Note, Revision: in.Body.Revision}
			if c := in.Body.Correction; c != nil {
				o.Correction = &newsroom.CorrectInput{Kind: c.Kind, Weight: c.Weight, Note: c.Note}
			}
			_, err := d.room.Publish(ctx, in.staff, a.ID, o)
			return err
		})
	})
	type scheduling struct {
		OneArticle
		Body struct {
			At   time.Time `json:"at"`
			Note string    `json:"note,omitempty" maxLength:"2000" doc:"Why there will be a new version; public."`
		}
	}
	register(d, http.MethodPost, "/articles/{id}/schedule", "schedule-article", "has the working copy published at a moment to come, for the first time or as an update", func(ctx context.Context, in *scheduling) (*body[Article], error) {
		return d.answerArticle(ctx, in.staff, in.ID, func(a *stet.Article) error {
			return d.room.ScheduleUpdate(ctx, in.staff, a.ID, in.Body.At, in.Body.Note)
		})
	})
}

func (d *Desk) assignmentOperations() {
	type assigning struct {
		OneArticle
		Body struct {
			Assignee *string    `json:"assignee,omitempty" maxLength:"12" doc:"Id of the account that has it from now on; empty for nobody."`
			DueAt    *time.Time `json:"dueAt,omitempty"`
			NoDue    bool       `json:"noDue,omitempty" doc:"Takes the due date away."`
		}
	}
	register(d, http.MethodPatch, "/articles/{id}/assignment", "assign-article", "changes who has a story, and until when", func(ctx context.Context, in *assigning) (*body[Article], error) {
		as := newsroom.Assignment{Assignee: in.Body.Assignee, DueAt: in.Body.DueAt}
		if in.Body.NoDue {
			as.DueAt = &time.Time{}
		}
		return d.answerArticle(ctx, in.staff, in.ID, func(a *stet.Article) error { return d.room.Assign(ctx, in.staff, a.ID, as) })
	})
}

func (d *Desk) noteOperations() {
	register(d, http.MethodGet, "/articles/{id}/notes", "list-notes", "lists the notes on a story, the first one first", func(ctx context.Context, in *OneArticle) (*body[Page[NoteRow]], error) {
		return d.notes(ctx, in.staff, in.ID)
	})
	type adding struct {
		OneArticle
		Body struct {
			Text string `json:"text" minLength:"1" maxLength:"4000"`
		}
	}
	register(d, http.MethodPost, "/articles/{id}/notes", "add-note", "adds a note to a story, for the others at the desk", func(ctx context.Context, in *adding) (*body[Page[NoteRow]], error) {
		a, err := d.store.ArticleByPublicID(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		if err := d.room.AddNote(ctx, in.staff, a.ID, in.Body.Text); err != nil {
			return nil, err
		}
		return d.notes(ctx, in.staff, in.ID)
	})
	register(d, http.MethodDelete, "/notes/{id}", "delete-note", "takes a note back", func(ctx context.Context, in *OneArticle) (*struct{}, error) {
		return nil, d.room.DropNote(ctx, in.staff, in.ID)
	})
}

func (d *Desk) notes(ctx context.Context, staff stet.Staff, id string) (*body[Page[NoteRow]], error) {
	a, err := d.store.ArticleByPublicID(ctx, id)
	if err != nil {
		return nil, err
	}
	all, err := d.store.Notes(ctx, a.ID)
	rows := []NoteRow{}
	for _, n := range all {
		rows = append(rows, NoteRow{n.PublicID, n.CreatedAt, n.Staff, n.StaffID == staff.ID, n.Act, n.Text})
	}
	return reply(Page[NoteRow]{Items: rows}), err
}

// maxCalendar bounds what a calendar shows at once.
const maxCalendar = 2000

func (d *Desk) calendarOperations() {
	register(d, http.MethodGet, "/calendar", "get-calendar", "lists what was published, is scheduled or is due in a span of time", func(ctx context.Context, in *struct {
		Caller
		From time.Time `query:"from" required:"true"`
		To   time.Time `query:"to" required:"true"`
	}) (*body[Page[ArticleRow]], error) {
		if in.To.Sub(in.From) > 100*24*time.Hour {
			return nil, stet.Errorf(stet.Invalid, "a calendar shows a hundred days at most")
		}
		found, err := d.store.CopiesBetween(ctx, in.From, in.To, maxCalendar)
		if err != nil {
			return nil, err
		}
		who, err := d.colleagues(ctx)
		if err != nil {
			return nil, err
		}
		slices.SortFunc(found, func(a, b store.Copy) int { return cmp.Compare(a.ArticleID, b.ArticleID) })
		rows := []ArticleRow{}
		for _, v := range found {
			rows = append(rows, viewCopy(v, who))
		}
		return reply(Page[ArticleRow]{Items: rows}), nil
	})
}
