// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"context"
	"fmt"
	"slices"
	"time"

	"stet"
	"stet/internal/jobs"
)

// TagFront is the tag of the front page.
const TagFront = "front"

// TagDeskFronts is the tag of fronts as the desk has them: drafts, and what is
// to come. Nothing that readers see carries it.
const TagDeskFronts = "desk:fronts"

// FrontTag is the tag of the page that shows the front of the place.
func FrontTag(place string) string {
	if place == stet.HomeFront {
		return TagFront
	}
	return TagFront + ":" + place
}

// The jobs that fronts leave behind.
const (
	JobFront    = "front"     // FrontArgs: a scheduled change
	JobPinEnded = "pin_ended" // PinArgs: the rule fills the place from now on
)

// FrontArgs names the scheduled arrangement.
type FrontArgs struct {
	Front int64 `json:"front"`
}

// PinArgs names the front on which a pin has come to its end.
type PinArgs struct {
	Place string `json:"place"`
}

// SetFront makes the blocks what readers see on the front page at once, for
// the command line and for whoever fills a magazine.
func (r *Room) SetFront(ctx context.Context, staff stet.Staff, f stet.Front) error {
	return r.actOnFront(ctx, staff, stet.HomeFront, func(r *Room) error {
		if err := f.Validate(); err != nil {
			return err
		}
		if err := r.showFront(ctx, &stet.Arrangement{Place: stet.HomeFront, Front: f, StaffID: staff.ID}); err != nil {
			return err
		}
		return r.tellFront(ctx, staff, "published", stet.HomeFront, "")
	})
}

// SaveFront stores the draft of a front; readers see nothing of it. revision
// is that of the draft which was changed, 0 when there was none: a draft that
// somebody else has saved in the meantime is a Conflict.
func (r *Room) SaveFront(ctx context.Context, staff stet.Staff, place string, revision int64, f stet.Front) (a stet.Arrangement, err error) {
	err = r.actOnFront(ctx, staff, place, func(r *Room) error {
		if err := f.Validate(); err != nil {
			return err
		}
		a, err = r.frontDraft(ctx, place, revision)
		if revision == 0 && stet.ErrorCode(err) == stet.NotFound {
			return r.beginFront(ctx, &a, stet.Arrangement{Place: place, State: stet.FrontDraft, Front: f, StaffID: staff.ID})
		}
		if err != nil {
			return err
		}
		a.Front, a.StaffID = f, staff.ID
		return r.store.UpdateFront(ctx, &a)
	})
	return a, err
}

// beginFront stores a new draft. It remembers what it was begun from, so that
// the desk can say when somebody has published another front since.
func (r *Room) beginFront(ctx context.Context, a *stet.Arrangement, draft stet.Arrangement) error {
	live, err := r.store.Front(ctx, draft.Place)
	if err != nil && stet.ErrorCode(err) != stet.NotFound {
		return err
	}
	draft.PublicID, draft.Base = stet.NewID(), live.Number
	*a = draft
	return r.store.CreateFront(ctx, a)
}

// frontDraft returns the draft of the place if it is still the one of the
// revision.
func (r *Room) frontDraft(ctx context.Context, place string, revision int64) (stet.Arrangement, error) {
	a, err := r.store.FrontDraft(ctx, place)
	if err != nil {
		if revision != 0 && stet.ErrorCode(err) == stet.NotFound {
			return a, stet.Errorf(stet.Conflict, "the draft was published or discarded in the meantime")
		}
		return a, err
	}
	if a.Revision != revision {
		return a, stet.Errorf(stet.Conflict, "the draft was changed by somebody else in the meantime")
	}
	return a, nil
}

// DropFrontDraft forgets the draft of a front.
func (r *Room) DropFrontDraft(ctx context.Context, staff stet.Staff, place string, revision int64) error {
	return r.actOnFront(ctx, staff, place, func(r *Room) error {
		if _, err := r.frontDraft(ctx, place, revision); err != nil {
			return err
		}
		return r.store.DropFrontDraft(ctx, place)
	})
}

// PublishFront makes the draft what readers see.
func (r *Room) PublishFront(ctx context.Context, staff stet.Staff, place string, revision int64, note string) (a stet.Arrangement, err error) {
	err = r.actOnFront(ctx, staff, place, func(r *Room) error {
		if a, err = r.frontDraft(ctx, place, revision); err != nil {
			return err
		}
		if err := noteFront(&a, staff, note); err != nil {
			return err
		}
		if err := r.showFront(ctx, &a); err != nil {
			return err
		}
		return r.tellFront(ctx, staff, "published", place, note)
	})
	return a, err
}

// ScheduleFront has the draft become what readers see at a moment to come. The
// place has no draft then, so that the next change begins from what is live.
func (r *Room) ScheduleFront(ctx context.Context, staff stet.Staff, place string, revision int64, at time.Time, note string) (a stet.Arrangement, err error) {
	err = r.actOnFront(ctx, staff, place, func(r *Room) error {
		if a, err = r.frontDraft(ctx, place, revision); err != nil {
			return err
		}
		if !at.After(r.store.Now()) {
			return stet.Errorf(stet.Invalid, "%s is not in the future", at.Format(time.RFC3339))
		}
		if err := noteFront(&a, staff, note); err != nil {
			return err
		}
		a.State, a.ScheduledAt = stet.FrontScheduled, at.UTC().Truncate(time.Microsecond)
		if err := r.store.UpdateFront(ctx, &a); err != nil {
			return err
		}
		if err := r.enqueue(ctx, jobs.Job{Kind: JobFront, Args: FrontArgs{Front: a.ID}, RunAt: a.ScheduledAt, UniqueKey: fmt.Sprintf("front:%d", a.ID)}); err != nil {
			return err
		}
		return r.tellFront(ctx, staff, "scheduled", place, "for "+a.ScheduledAt.Format(time.RFC3339))
	})
	return a, err
}

// CancelFront takes a change off the schedule.
func (r *Room) CancelFront(ctx context.Context, staff stet.Staff, id string) error {
	return r.actOnArrangement(ctx, staff, id, func(r *Room, a *stet.Arrangement) error {
		if a.State != stet.FrontScheduled {
			return stet.Errorf(stet.Conflict, "this change is not scheduled any more")
		}
		a.State, a.StaffID = stet.FrontCancelled, staff.ID
		if err := r.store.UpdateFront(ctx, a); err != nil {
			return err
		}
		return r.tellFront(ctx, staff, "took off the schedule", a.Place, a.Note)
	})
}

// RestoreFront makes an arrangement that readers saw before what they see
// again, as a new one. One that is to come is shown now, and not a second time
// at its moment. A draft is left as it is.
func (r *Room) RestoreFront(ctx context.Context, staff stet.Staff, id, note string) (a stet.Arrangement, err error) {
	err = r.actOnArrangement(ctx, staff, id, func(r *Room, was *stet.Arrangement) error {
		if was.State == stet.FrontDraft || was.State == stet.FrontLive {
			return stet.Errorf(stet.Invalid, "only an earlier front can be restored")
		}
		a = stet.Arrangement{Place: was.Place, Front: was.Front}
		if was.State == stet.FrontScheduled {
			a = *was
		}
		if note == "" {
			note = was.Note
		}
		if err := noteFront(&a, staff, note); err != nil {
			return err
		}
		if err := r.showFront(ctx, &a); err != nil {
			return err
		}
		return r.tellFront(ctx, staff, "restored", a.Place, note)
	})
	return a, err
}

// ClearFront takes a section's front away from readers: its page is the list
// of its stories again. What was there stays in the history.
func (r *Room) ClearFront(ctx context.Context, staff stet.Staff, place string) error {
	return r.actOnFront(ctx, staff, place, func(r *Room) error {
		if place == stet.HomeFront {
			return stet.Errorf(stet.Invalid, "the front page can be changed but not taken away")
		}
		a, err := r.store.Front(ctx, place)
		if err != nil {
			return err
		}
		a.State, a.StaffID = stet.FrontPast, staff.ID
		r.changed(FrontTag(place))
		if err := r.store.UpdateFront(ctx, &a); err != nil {
			return err
		}
		return r.tellFront(ctx, staff, "cleared", place, "")
	})
}

// tellFront says in the activity what was done to a front.
func (r *Room) tellFront(ctx context.Context, staff stet.Staff, act, place, details string) error {
	label := "Front page"
	if place != stet.HomeFront {
		sections, err := r.sections(ctx)
		if err != nil {
			return err
		}
		if s, ok := sections.ByPublicID(place); ok {
			label = s.Name
		}
	}
	return r.note(ctx, staff, act, "front", place, label, details)
}

func noteFront(a *stet.Arrangement, staff stet.Staff, note string) error {
	a.StaffID, a.Note = staff.ID, note
	return stet.CheckText("note", note, stet.MaxDek)
}

// showFront makes the arrangement, new or a draft or scheduled, what readers
// see at its place, and has the page made anew when a pin of it ends.
func (r *Room) showFront(ctx context.Context, a *stet.Arrangement) error {
	old, err := r.store.Front(ctx, a.Place)
	if err == nil {
		old.State = stet.FrontPast
		err = r.store.UpdateFront(ctx, &old)
	}
	if err != nil && stet.ErrorCode(err) != stet.NotFound {
		return err
	}
	newest, err := r.store.FrontHistory(ctx, a.Place, 0, 1)
	if err != nil {
		return err
	}
	a.State, a.Number, a.PublishedAt = stet.FrontLive, 1, r.store.Now()
	if len(newest) > 0 {
		a.Number = newest[0].Number + 1
	}
	if a.ID == 0 {
		a.PublicID = stet.NewID()
		err = r.store.CreateFront(ctx, a)
	} else {
		err = r.store.UpdateFront(ctx, a)
	}
	if err != nil {
		return err
	}
	r.changed(FrontTag(a.Place))
	return r.awaitPins(ctx, a)
}

func (r *Room) awaitPins(ctx context.Context, a *stet.Arrangement) error {
	var ends []time.Time
	for _, b := range a.Front.Blocks {
		for _, p := range b.Pins {
			if p.Until.After(r.store.Now()) && !slices.ContainsFunc(ends, p.Until.Equal) {
				ends = append(ends, p.Until)
			}
		}
	}
	for _, at := range ends {
		// The key is the arrangement's own: one that is replaced leaves a job
		// behind that has a page made anew for nothing, and no more.
		j := jobs.Job{Kind: JobPinEnded, Args: PinArgs{Place: a.Place}, RunAt: at, UniqueKey: fmt.Sprintf("pin:%d:%d", a.ID, at.UnixMicro())}
		if err := r.enqueue(ctx, j); err != nil {
			return err
		}
	}
	return nil
}

// FrontDue is the work of JobFront. A change that was cancelled in the
// meantime is left alone.
func (r *Room) FrontDue(ctx context.Context, args FrontArgs) error {
	return r.Batch(ctx, func(r *Room) error {
		a, err := r.store.FrontByID(ctx, args.Front)
		if stet.ErrorCode(err) == stet.NotFound {
			return nil
		}
		if err != nil || a.State != stet.FrontScheduled || a.ScheduledAt.After(r.store.Now()) {
			return err
		}
		return r.showFront(ctx, &a)
	})
}

// PinEnded is the work of JobPinEnded: pages that show the front are made anew.
func (r *Room) PinEnded(ctx context.Context, args PinArgs) error {
	return r.Batch(ctx, func(r *Room) error { r.changed(FrontTag(args.Place)); return nil })
}

// frontsDue shows every change whose moment has come, in their order.
func (r *Room) frontsDue(ctx context.Context, now time.Time) error {
	ids, err := r.store.DueFronts(ctx, now)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := r.FrontDue(ctx, FrontArgs{Front: id}); err != nil {
			return fmt.Errorf("show scheduled front %d: %w", id, err)
		}
	}
	return nil
}

// actOnFront is the frame of every act on the front of a place.
func (r *Room) actOnFront(ctx context.Context, staff stet.Staff, place string, f func(r *Room) error) error {
	return r.act(ctx, staff, ArrangeFronts, func(r *Room) error {
		if err := r.permitFront(ctx, staff, place); err != nil {
			return err
		}
		r.changed(TagDeskFronts)
		return f(r)
	})
}

// actOnArrangement is the frame of every act on one arrangement.
func (r *Room) actOnArrangement(ctx context.Context, staff stet.Staff, id string, f func(r *Room, a *stet.Arrangement) error) error {
	return r.act(ctx, staff, ArrangeFronts, func(r *Room) error {
		a, err := r.store.FrontByPublicID(ctx, id)
		if err != nil {
			return err
		}
		if err := r.permitFront(ctx, staff, a.Place); err != nil {
			return err
		}
		return f(r, &a)
	})
}

// permitFront refuses a place that is not the account's to arrange: an editor
// who is limited to sections has their fronts and those below them.
func (r *Room) permitFront(ctx context.Context, staff stet.Staff, place string) error {
	sections, err := r.sections(ctx)
	if err != nil {
		return err
	}
	if _, ok := sections.ByPublicID(place); !ok && place != stet.HomeFront {
		return stet.Errorf(stet.NotFound, "there is no such section")
	}
	if !MayArrange(staff, sections, place) {
		return stet.Errorf(stet.Forbidden, "%s may not %s of other sections", staff.Name, ArrangeFronts)
	}
	return nil
}

// MayArrange reports whether the account may arrange the front of the place.
func MayArrange(staff stet.Staff, sections stet.Sections, place string) bool {
	if !Can(staff, ArrangeFronts) {
		return false
	}
	if len(staff.Sections) == 0 {
		return true
	}
	s, _ := sections.ByPublicID(place)
	return slices.ContainsFunc(sections.Line(s.ID), func(up stet.Section) bool { return slices.Contains(staff.Sections, up.PublicID) })
}
