// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"context"
	"strings"

	"stet"
)

// note remembers an act within its transaction, so that what happened and what
// is told of it cannot part: who, did what ("published", "approved"), to what
// ("story", "person", "setting"), by public id and by the name it has now, and
// in words what else there is to say.
func (r *Room) note(ctx context.Context, staff stet.Staff, act, noun, ref, label string, details ...string) error {
	return r.store.AddActivity(ctx, &stet.Activity{
		StaffID: staff.ID, Staff: staff.Name, Act: act, Noun: noun, Ref: ref, Label: cut(label, stet.MaxHeadline), Details: cut(strings.Join(details, "; "), stet.MaxDek),
	})
}

// noteArticle is note for an act on a story or page; lists of them that are
// open at a desk are told.
func (r *Room) noteArticle(ctx context.Context, staff stet.Staff, act string, a *stet.Article, details ...string) error {
	r.changed(TagDesk)
	return r.note(ctx, staff, act, string(a.Kind), a.PublicID, a.Content.Headline, details...)
}
