// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"context"
	"fmt"
	"time"

	"stet"
	"stet/internal/jobs"
)

// Schedule has the working copy published at a moment to come.
func (r *Room) Schedule(ctx context.Context, staff stet.Staff, id int64, at time.Time) error {
	return r.ScheduleUpdate(ctx, staff, id, at, "")
}

// ScheduleUpdate is Schedule with the public note of the version to come, for
// an article that is live.
func (r *Room) ScheduleUpdate(ctx context.Context, staff stet.Staff, id int64, at time.Time, note string) error {
	return r.actOn(ctx, staff, Publish, id, func(r *Room, a *stet.Article) error {
		if err := notTrashed(a); err != nil {
			return err
		}
		if !at.After(r.store.Now()) {
			return stet.Errorf(stet.Invalid, "%s is not in the future", at.Format(time.RFC3339))
		}
		if err := stet.CheckText("note", note, stet.MaxDek); err != nil {
			return err
		}
		if err := r.readyToPublish(a); err != nil {
			return err
		}
		if staff.ID != 0 {
			if err := r.passes(ctx, a); err != nil {
				return err
			}
		}
		if _, err := r.address(ctx, a); err != nil {
			return err // better told now than at four in the morning
		}
		if a.Status != stet.Published {
			a.Status = stet.Scheduled
		}
		a.ScheduledAt, a.ScheduledNote = at.UTC().Truncate(time.Microsecond), note
		if err := r.store.SetLife(ctx, a); err != nil {
			return err
		}
		if err := r.noteArticle(ctx, staff, "scheduled", a, "for "+r.clockTime(ctx, a.ScheduledAt)); err != nil {
			return err
		}
		if err := r.tell(ctx, staff, "article.scheduled", a); err != nil {
			return err
		}
		// The key holds the moment: a story that is moved to another one gets a
		// second job, and the first finds nothing to do.
		return r.enqueue(ctx, jobs.Job{Kind: JobPublish, Args: PublishArgs{Article: id}, RunAt: at, UniqueKey: fmt.Sprintf("publish:%d:%d", id, at.UnixMicro())})
	})
}

// clockTime is a moment as the magazine's clocks show it.
func (r *Room) clockTime(ctx context.Context, t time.Time) string {
	m, err := r.store.Magazine(ctx)
	if err != nil {
		return t.Format(time.RFC3339)
	}
	return t.In(m.Location()).Format("2 January 2006 15:04 MST")
}

// Unschedule takes a story off the schedule; it stays approved, or live as it is.
func (r *Room) Unschedule(ctx context.Context, staff stet.Staff, id int64) error {
	return r.actOn(ctx, staff, Publish, id, func(r *Room, a *stet.Article) error {
		return r.unschedule(ctx, staff, a, "unscheduled")
	})
}

func (r *Room) unschedule(ctx context.Context, staff stet.Staff, a *stet.Article, act string, details ...string) error {
	if a.ScheduledAt.IsZero() {
		return stet.Errorf(stet.Conflict, "the %s is not scheduled", a.Kind)
	}
	to := a.Status
	if to == stet.Scheduled {
		to = stet.Approved
	}
	a.ScheduledAt, a.ScheduledNote = time.Time{}, ""
	return r.move(ctx, staff, a, to, act, details...)
}

// schedule is in whose name the program publishes what somebody has scheduled.
var schedule = stet.Staff{Name: "the schedule", Role: stet.Owner}

// PublishDue is the work of JobPublish. An article that was taken off the
// schedule, or moved, in the meantime is left alone. One that can no longer be
// published is taken off the schedule, and its story says why.
func (r *Room) PublishDue(ctx context.Context, args PublishArgs) error {
	err := r.publishDue(ctx, args.Article)
	if err == nil || stet.ErrorCode(err) == stet.Internal {
		return err
	}
	return r.Batch(ctx, func(r *Room) error {
		a, ok, err2 := r.due(ctx, args.Article)
		if err2 != nil || !ok {
			return err2
		}
		return r.unschedule(ctx, schedule, &a, "could not publish", stet.ErrorMessage(err))
	})
}

func (r *Room) publishDue(ctx context.Context, id int64) error {
	return r.Batch(ctx, func(r *Room) error {
		a, ok, err := r.due(ctx, id)
		if err != nil || !ok {
			return err
		}
		if err := r.readyToPublish(&a); err != nil {
			return err
		}
		// What has come into the working copy since is held to the checklist too.
		if err := r.passes(ctx, &a); err != nil {
			return err
		}
		_, err = r.publish(ctx, schedule, &a, PublishOptions{At: a.ScheduledAt, Note: a.ScheduledNote})
		return err
	})
}

// due reads the article and reports whether its time has come.
func (r *Room) due(ctx context.Context, id int64) (a stet.Article, ok bool, err error) {
	a, err = r.store.Article(ctx, id)
	if stet.ErrorCode(err) == stet.NotFound {
		return a, false, nil
	}
	return a, err == nil && a.TrashedAt.IsZero() && !a.ScheduledAt.IsZero() && !a.ScheduledAt.After(r.store.Now()), err
}

// PublishAllDue publishes every article, and shows every change of a front,
// whose time has come, for the first moments after a start: the queue would do
// the same, a little later.
func (r *Room) PublishAllDue(ctx context.Context, now time.Time) error {
	ids, err := r.store.Due(ctx, now, 1000)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := r.PublishDue(ctx, PublishArgs{Article: id}); err != nil {
			return fmt.Errorf("publish scheduled article %d: %w", id, err)
		}
	}
	return r.frontsDue(ctx, now)
}
