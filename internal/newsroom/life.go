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

// TakeBack undoes a submission or an approval. What is in review is a draft
// again. What is approved is in review again when somebody takes it back who
// could approve it, and a draft when its writer does, who wants to change it;
// a writer takes it off the schedule with that, since nothing goes out that its
// writer does not stand by.
func (r *Room) TakeBack(ctx context.Context, staff stet.Staff, id int64) error {
	return r.actOn(ctx, staff, Write, id, func(r *Room, a *stet.Article) error {
		if err := notTrashed(a); err != nil {
			return err
		}
		review := r.permit(ctx, staff, Review, a)
		switch {
		case review != nil && stet.ErrorCode(review) != stet.Forbidden:
			return review
		case a.Status == stet.InReview:
			return r.move(ctx, staff, a, stet.Draft, "took back")
		case a.Status == stet.Approved && review == nil:
			return r.move(ctx, staff, a, stet.InReview, "reopened")
		case vouched(a) && review != nil:
			return r.takeBackVouched(ctx, staff, a)
		}
		return stet.Errorf(stet.Conflict, "the %s is %s", a.Kind, statusWords[a.Status])
	})
}

// takeBackVouched opens a story to its writer again that was approved or
// scheduled. What is live stays so: it is the update that is taken back.
func (r *Room) takeBackVouched(ctx context.Context, staff stet.Staff, a *stet.Article) error {
	details, at := "from approved", a.ScheduledAt
	if !at.IsZero() {
		details = "off the schedule, which had " + r.clockTime(ctx, at)
	}
	to := stet.Draft
	if a.Status == stet.Published {
		to = stet.Published
	}
	a.ScheduledAt, a.ScheduledNote = time.Time{}, ""
	if err := r.move(ctx, staff, a, to, "took back", details); err != nil || at.IsZero() {
		return err
	}
	return r.tell(ctx, staff, "article.unscheduled", a)
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
	if err := r.scanLater(ctx, staff, a); err != nil {
		return v, err
	}
	made, err := r.addCorrections(ctx, staff, a, v, o)
	if err != nil {
		return v, err
	}
	if len(made) > 0 {
		return v, r.tellCorrected(ctx, staff, a, made[0], ld)
	}
	return v, r.tell(ctx, staff, "article."+act, a)
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

// MoveSection gives a story another section in its working copy and returns
// the id of the one it had.
func (r *Room) MoveSection(ctx context.Context, staff stet.Staff, id int64, section string) (was string, err error) {
	err = r.edit(ctx, staff, id, func(r *Room, a *stet.Article) error {
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
	return r.edit(ctx, staff, id, func(r *Room, a *stet.Article) error {
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
	r.changed(FieldsTag(a.PublicID))
	return r.noteArticle(ctx, staff, act, a, details)
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
