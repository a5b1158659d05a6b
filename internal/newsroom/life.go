// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"stet"
	"stet/internal/jobs"
	"stet/internal/store"
)

// statusWords are the statuses as sentences have them.
var statusWords = map[stet.Status]string{
	stet.Draft: "a draft", stet.InReview: "in review", stet.Approved: "approved", stet.Scheduled: "scheduled",
	stet.Published: "published", stet.Withdrawn: "withdrawn",
}

// step is the frame of an act that moves a story from one status to another:
// it refuses those that are elsewhere, saying where, and those in the trash.
func (r *Room) step(ctx context.Context, staff stet.Staff, act Act, id int64, from []stet.Status, f func(r *Room, a *stet.Article) error) error {
	return r.actOn(ctx, staff, act, id, func(r *Room, a *stet.Article) error {
		if err := notTrashed(a); err != nil {
			return err
		}
		if !slices.Contains(from, a.Status) {
			return stet.Errorf(stet.Conflict, "the %s is %s", a.Kind, statusWords[a.Status])
		}
		return f(r, a)
	})
}

func notTrashed(a *stet.Article) error {
	if !a.TrashedAt.IsZero() {
		return stet.Errorf(stet.Conflict, "the %s lies in the trash; put it back first", a.Kind)
	}
	return nil
}

// move changes the status and remembers the act.
func (r *Room) move(ctx context.Context, staff stet.Staff, a *stet.Article, to stet.Status, act string, details ...string) error {
	a.Status = to
	if err := r.store.SetLife(ctx, a); err != nil {
		return err
	}
	if err := r.noteArticle(ctx, staff, act, a, details...); err != nil {
		return err
	}
	if event, ok := events[act]; ok {
		return r.tell(ctx, staff, event, a)
	}
	return nil
}

// events are the acts of which webhooks are told. To put a story back makes it
// public again, which is what they call published.
var events = map[string]string{
	"submitted": "article.submitted", "returned": "article.returned", "approved": "article.approved", "unscheduled": "article.unscheduled",
	"withdrew": "article.withdrawn", "put back": "article.published", "trashed": "article.trashed", "restored": "article.restored",
}

// Submit hands a draft over for review.
func (r *Room) Submit(ctx context.Context, staff stet.Staff, id int64, note string) error {
	return r.step(ctx, staff, Write, id, []stet.Status{stet.Draft}, func(r *Room, a *stet.Article) error {
		if strings.TrimSpace(a.Content.Headline) == "" {
			return stet.Errorf(stet.Invalid, "a headline is needed before review")
		}
		if err := r.move(ctx, staff, a, stet.InReview, "submitted"); err != nil {
			return err
		}
		// Whoever reviews it finds the links asked.
		if err := r.enqueueLinks(ctx, id); err != nil || note == "" {
			return err
		}
		return r.addNote(ctx, staff, a, "submitted", note)
	})
}

// TakeBack undoes a submission or an approval: what is in review is a draft
// again, what is approved is in review again.
func (r *Room) TakeBack(ctx context.Context, staff stet.Staff, id int64) error {
	return r.step(ctx, staff, Write, id, []stet.Status{stet.InReview, stet.Approved}, func(r *Room, a *stet.Article) error {
		if a.Status == stet.InReview {
			return r.move(ctx, staff, a, stet.Draft, "took back")
		}
		if err := r.permit(ctx, staff, Review, a); err != nil {
			return err
		}
		return r.move(ctx, staff, a, stet.InReview, "reopened")
	})
}

// GiveBack returns a story to its writer, with a note that says why.
func (r *Room) GiveBack(ctx context.Context, staff stet.Staff, id int64, note string) error {
	return r.step(ctx, staff, Review, id, []stet.Status{stet.InReview, stet.Approved}, func(r *Room, a *stet.Article) error {
		if err := r.addNote(ctx, staff, a, "returned", note); err != nil {
			return err
		}
		return r.move(ctx, staff, a, stet.Draft, "returned", note)
	})
}

// Approve says that a story may be published.
func (r *Room) Approve(ctx context.Context, staff stet.Staff, id int64) error {
	return r.step(ctx, staff, Review, id, []stet.Status{stet.Draft, stet.InReview}, func(r *Room, a *stet.Article) error {
		return r.move(ctx, staff, a, stet.Approved, "approved")
	})
}

// PublishOptions are the details of a publication.
type PublishOptions struct {
	// At is the moment that readers are told; zero means now. Imports and
	// schedules set it.
	At time.Time
	// First is when the article first appeared, when that was elsewhere or
	// before; zero keeps what is known, or takes At.
	First time.Time
	// Note says why there is a new version; public.
	Note string
	// AnySlug lets a taken address be avoided with a number instead of being
	// refused. Importers set it; a person is asked.
	AnySlug bool
	// Revision, when it is not zero, is the working copy that somebody has seen
	// and means; another one is refused.
	Revision int64
	// Correction tells readers of the update as of a correction: of the
	// headline, a picture, or much at once. It has no passage. A story that is
	// not live has nothing to correct.
	Correction *CorrectInput

	corrections []stet.Correction // that are sealed with the version
}

// Publish makes the working copy the next version of the article, and that
// version what readers see. The result is the version. What the magazine's
// checklist requires must be there; the operator at the console is not asked.
func (r *Room) Publish(ctx context.Context, staff stet.Staff, id int64, o PublishOptions) (v stet.Version, err error) {
	err = r.actOn(ctx, staff, Publish, id, func(r *Room, a *stet.Article) error {
		if o.Revision != 0 && o.Revision != a.Revision {
			return stet.Errorf(stet.Conflict, "the %s has been changed since you looked at it", a.Kind)
		}
		if err := notTrashed(a); err != nil {
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
		if err := r.announceCorrection(ctx, staff, a, &o); err != nil {
			return err
		}
		if err := r.snapshotPublish(ctx, staff, a); err != nil {
			return err
		}
		v, err = r.publish(ctx, staff, a, o)
		return err
	})
	return v, err
}

// readyToPublish asks what must hold of everything that readers see.
func (r *Room) readyToPublish(a *stet.Article) error {
	switch {
	case strings.TrimSpace(a.Content.Headline) == "":
		return stet.Errorf(stet.Invalid, "a headline is needed before publishing")
	case a.Kind == stet.Story && a.Content.Section.IsZero():
		return stet.Errorf(stet.Invalid, "a section is needed before publishing")
	}
	return nil
}

func (r *Room) publish(ctx context.Context, staff stet.Staff, a *stet.Article, o PublishOptions) (v stet.Version, err error) {
	now := r.store.Now()
	if o.At.IsZero() {
		o.At = now
	}
	switch {
	case !o.First.IsZero():
		a.PublishedAt = o.First
	case a.PublishedAt.IsZero():
		a.PublishedAt = o.At
	}
	ld, err := r.resolve(ctx, a)
	if err != nil {
		return v, err
	}
	if err := r.settlePath(ctx, a, ld, o.AnySlug); err != nil {
		return v, err
	}
	if v, err = r.seal(ctx, a, o); err != nil {
		return v, err
	}
	was := *a
	a.Status, a.VersionID = stet.Published, v.ID
	a.ScheduledAt, a.ScheduledNote, a.DueAt = time.Time{}, "", time.Time{}
	if err := r.store.SaveArticle(ctx, a); err != nil {
		return v, err
	}
	if was.ScheduledNote != "" || !was.DueAt.IsZero() {
		if err := r.store.SetLife(ctx, a); err != nil {
			return v, err
		}
	}
	act := "published"
	if was.Status == stet.Published {
		act = "updated"
	}
	details := []string{fmt.Sprintf("version %d at %s", v.Number, ld.Path)}
	if o.Note != "" {
		details = append(details, o.Note)
	}
	if err := r.noteArticle(ctx, staff, act, a, details...); err != nil {
		return v, err
	}
	if err := r.show(ctx, a, ld, v); err != nil {
		return v, err
	}
	made, err := r.addCorrections(ctx, staff, a, v, o)
	if err != nil {
		return v, err
	}
	if len(made) > 0 {
		return v, r.tellCorrected(ctx, staff, a, made[0], ld)
	}
	if err := r.scanLater(ctx, staff, a); err != nil {
		return v, err
	}
	return v, r.tell(ctx, staff, "article."+act, a)
}

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

// Withdraw takes a published article away from readers. Its address stays and
// says that it is gone; its versions are kept.
func (r *Room) Withdraw(ctx context.Context, staff stet.Staff, id int64) error {
	return r.step(ctx, staff, Withdraw, id, []stet.Status{stet.Published}, func(r *Room, a *stet.Article) error {
		a.ScheduledAt, a.ScheduledNote = time.Time{}, ""
		if err := r.move(ctx, staff, a, stet.Withdrawn, "withdrew"); err != nil {
			return err
		}
		lists, err := r.store.DropLive(ctx, id)
		if err != nil {
			return err
		}
		r.changed(ArticleTag(id))
		for _, l := range lists {
			r.changed(l.Tag())
		}
		if a.Kind == stet.Page {
			r.changed(TagPages)
		}
		return r.settleQuotations(ctx, a, nil)
	})
}

// PutBack makes a withdrawn article's newest version what readers see again. It
// makes no version: nothing new is said.
func (r *Room) PutBack(ctx context.Context, staff stet.Staff, id int64) error {
	return r.step(ctx, staff, Withdraw, id, []stet.Status{stet.Withdrawn}, func(r *Room, a *stet.Article) error {
		v, err := r.store.Version(ctx, a.VersionID)
		if err != nil {
			return err
		}
		if err := r.relive(ctx, *a, v); err != nil {
			return err
		}
		return r.move(ctx, staff, a, stet.Published, "put back")
	})
}

// TrashDays is how long what was never public lies in the trash.
const TrashDays = 30

// Trash puts a story away. Scheduled and published ones are taken off first,
// each by its own act.
func (r *Room) Trash(ctx context.Context, staff stet.Staff, id int64) error {
	from := []stet.Status{stet.Draft, stet.InReview, stet.Approved, stet.Withdrawn}
	return r.step(ctx, staff, Write, id, from, func(r *Room, a *stet.Article) error {
		if err := r.maySweep(ctx, staff, a); err != nil {
			return err
		}
		a.TrashedAt = r.store.Now()
		return r.move(ctx, staff, a, a.Status, "trashed")
	})
}

// Restore takes a story out of the trash, as it was.
func (r *Room) Restore(ctx context.Context, staff stet.Staff, id int64) error {
	return r.actOn(ctx, staff, Write, id, func(r *Room, a *stet.Article) error {
		if a.TrashedAt.IsZero() {
			return stet.Errorf(stet.Conflict, "the %s is not in the trash", a.Kind)
		}
		if err := r.maySweep(ctx, staff, a); err != nil {
			return err
		}
		a.TrashedAt = time.Time{}
		return r.move(ctx, staff, a, a.Status, "restored")
	})
}

// maySweep: what was public is put away by those alone who may withdraw.
func (r *Room) maySweep(ctx context.Context, staff stet.Staff, a *stet.Article) error {
	if a.VersionID == 0 {
		return nil
	}
	return r.permit(ctx, staff, Withdraw, a)
}

// EmptyTrash is the work of JobTrash: what has lain in the trash for TrashDays
// and was never public is removed for good. What was public stays: its
// versions are part of the record.
func (r *Room) EmptyTrash(ctx context.Context, _ struct{}) error {
	for {
		n := 0
		err := r.Batch(ctx, func(r *Room) error {
			old, err := r.store.TrashedBefore(ctx, r.store.Now().AddDate(0, 0, -TrashDays), 100)
			if err != nil {
				return err
			}
			n = len(old)
			for _, a := range old {
				if err := r.forgetQuotations(ctx, a.ID); err != nil {
					return err
				}
				if err := r.store.DropArticle(ctx, a.ID); err != nil {
					return fmt.Errorf("remove %s %s: %w", a.Kind, a.PublicID, err)
				}
				if err := r.noteArticle(ctx, stet.Staff{Name: "the trash"}, "removed", &a); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil || n < 100 {
			return err
		}
	}
}

// Assignment says who has a story and when they should be done. A nil field
// stays as it is.
type Assignment struct {
	Assignee *string    // public id of an account; empty for nobody
	DueAt    *time.Time // zero for none
}

// Assign changes who has a story, and until when.
func (r *Room) Assign(ctx context.Context, staff stet.Staff, id int64, as Assignment) error {
	return r.actOn(ctx, staff, Write, id, func(r *Room, a *stet.Article) error {
		if err := notTrashed(a); err != nil {
			return err
		}
		was := *a
		to := "nobody"
		if as.Assignee != nil {
			a.Assignee = 0
			if *as.Assignee != "" {
				who, err := r.store.StaffByPublicID(ctx, *as.Assignee)
				if err != nil || who.Disabled {
					return stet.Errorf(stet.Invalid, "the account to which the %s is assigned does not exist", a.Kind)
				}
				a.Assignee, to = who.ID, who.Name
			}
		}
		if as.DueAt != nil {
			a.DueAt = as.DueAt.UTC().Truncate(time.Microsecond)
			if as.DueAt.IsZero() {
				a.DueAt = time.Time{}
			}
		}
		if a.Assignee == was.Assignee && a.DueAt.Equal(was.DueAt) {
			return nil
		}
		if err := r.store.SetLife(ctx, a); err != nil {
			return err
		}
		if a.Assignee != was.Assignee {
			if err := r.noteArticle(ctx, staff, "assigned", a, "to "+to); err != nil {
				return err
			}
		}
		if a.DueAt.Equal(was.DueAt) {
			return nil
		}
		due := "no date"
		if !a.DueAt.IsZero() {
			due = r.clockTime(ctx, a.DueAt)
		}
		return r.noteArticle(ctx, staff, "set the due date of", a, due)
	})
}

// MoveSection gives a story another section in its working copy and returns
// the id of the one it had.
func (r *Room) MoveSection(ctx context.Context, staff stet.Staff, id int64, section string) (was string, err error) {
	err = r.actOn(ctx, staff, Write, id, func(r *Room, a *stet.Article) error {
		sections, err := r.sections(ctx)
		if err != nil {
			return err
		}
		s, ok := sections.ByPublicID(section)
		if !ok {
			return stet.Errorf(stet.Invalid, "the section does not exist")
		}
		was = a.Content.Section.ID
		a.Content.Section = stet.Ref{ID: s.PublicID, Name: s.Name}
		if err := r.permit(ctx, staff, Write, a); err != nil {
			return err // into a section that is not theirs
		}
		return r.amend(ctx, staff, a, "moved", "to "+s.Name)
	})
	return was, err
}

// AddTopicTo adds a topic to a story's working copy, or takes it away.
func (r *Room) AddTopicTo(ctx context.Context, staff stet.Staff, id int64, topic string, take bool) error {
	return r.actOn(ctx, staff, Write, id, func(r *Room, a *stet.Article) error {
		t, err := r.topic(ctx, topic)
		if err != nil {
			return stet.Errorf(stet.Invalid, "the topic does not exist")
		}
		i := slices.IndexFunc(a.Content.Topics, func(v stet.Ref) bool { return v.ID == topic })
		switch {
		case take && i >= 0:
			a.Content.Topics = slices.Delete(a.Content.Topics, i, i+1)
			return r.amend(ctx, staff, a, "untagged", t.Name)
		case !take && i < 0:
			a.Content.Topics = append(a.Content.Topics, stet.Ref{ID: t.PublicID, Name: t.Name})
			return r.amend(ctx, staff, a, "tagged", t.Name)
		}
		return nil
	})
}

// amend saves a working copy that an act has changed in one place.
func (r *Room) amend(ctx context.Context, staff stet.Staff, a *stet.Article, act, details string) error {
	if err := notTrashed(a); err != nil {
		return err
	}
	a.UpdatedBy = staff.ID
	if err := r.store.SaveArticle(ctx, a); err != nil {
		return err
	}
	return r.noteArticle(ctx, staff, act, a, details)
}

// AddNote says something about a story to everybody who works on the magazine.
func (r *Room) AddNote(ctx context.Context, staff stet.Staff, id int64, text string) error {
	return r.act(ctx, staff, Write, func(r *Room) error {
		a, err := r.store.Article(ctx, id)
		if err != nil {
			return err
		}
		return r.addNote(ctx, staff, &a, "", text)
	})
}

func (r *Room) addNote(ctx context.Context, staff stet.Staff, a *stet.Article, act, text string) error {
	n := stet.Note{PublicID: stet.NewID(), ArticleID: a.ID, StaffID: staff.ID, Staff: staff.Name, Act: act, Text: strings.TrimSpace(text)}
	if err := n.Validate(); err != nil {
		return err
	}
	if err := r.store.AddNote(ctx, &n); err != nil || act != "" {
		return err
	}
	return r.noteArticle(ctx, staff, "noted on", a, n.Text)
}

// DropNote takes a note back: one's own, or any for those who edit any story.
func (r *Room) DropNote(ctx context.Context, staff stet.Staff, note string) error {
	return r.act(ctx, staff, Write, func(r *Room) error {
		n, err := r.store.NoteByPublicID(ctx, note)
		if err != nil {
			return err
		}
		if n.StaffID != staff.ID && !Can(staff, WriteAny) {
			return stet.Errorf(stet.Forbidden, "the note is %s's", n.Staff)
		}
		return r.store.DropNote(ctx, n.ID)
	})
}

// SaveView stores a view of the list of stories. Somebody else's is changed by
// nobody.
func (r *Room) SaveView(ctx context.Context, staff stet.Staff, v *stet.SavedView) error {
	return r.act(ctx, staff, Write, func(r *Room) error {
		if err := v.Validate(); err != nil {
			return err
		}
		if v.ID == 0 {
			v.PublicID, v.StaffID = stet.NewID(), staff.ID
			return r.store.AddSavedView(ctx, v)
		}
		if v.StaffID != staff.ID {
			return stet.Errorf(stet.Forbidden, "the view is somebody else's")
		}
		return r.store.UpdateSavedView(ctx, v)
	})
}

// DropView removes a view of one's own.
func (r *Room) DropView(ctx context.Context, staff stet.Staff, id string) error {
	return r.act(ctx, staff, Write, func(r *Room) error {
		v, err := r.store.SavedViewByPublicID(ctx, id)
		if err != nil {
			return err
		}
		if v.StaffID != staff.ID && !Can(staff, ChangeSettings) {
			return stet.Errorf(stet.Forbidden, "the view is somebody else's")
		}
		return r.store.DropSavedView(ctx, v.ID)
	})
}

// address is where the article will stand when it is published; an address
// that belongs to something else is a Conflict.
func (r *Room) address(ctx context.Context, a *stet.Article) (string, error) {
	ld := &store.Live{Language: firstOf(a.Content.Language, r.language(ctx))}
	sections, err := r.sections(ctx)
	if err != nil {
		return "", err
	}
	if s, ok := sections.ByPublicID(a.Content.Section.ID); ok {
		ld.SectionID = s.ID
	}
	folder, err := r.folder(ctx, a, ld)
	if err != nil {
		return "", err
	}
	slug := a.Content.Slug
	if slug == "" {
		if slug, err = r.freePath(ctx, folder, Slug(a.Content.Headline, ld.Language), stet.PathArticle, a.ID); err != nil {
			return "", err
		}
	}
	if err := checkOwn(folder, slug); err != nil {
		return "", err
	}
	path := folder + "/" + slug
	p, err := r.store.Path(ctx, path)
	switch {
	case stet.ErrorCode(err) == stet.NotFound:
		return path, nil
	case err == nil && (p.Kind != stet.PathArticle || p.Target != a.ID):
		return path, stet.Errorf(stet.Conflict, "the address %s belongs to another %s already", path, p.Kind)
	}
	return path, err
}
