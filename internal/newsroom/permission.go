// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"context"
	"slices"

	"stet"
)

// Act names something that a role may or may not do. It completes the sentence
// "the role X may not ...".
type Act string

// The acts.
const (
	Write          Act = "write stories"
	WriteAny       Act = "change the stories of others"
	Review         Act = "approve stories"
	Publish        Act = "publish stories"
	Withdraw       Act = "withdraw stories"
	ArrangeFronts  Act = "arrange front pages"
	KeepTaxonomy   Act = "change sections, genres and topics"
	KeepPeople     Act = "change people"
	KeepMedia      Act = "add pictures"
	ChangeSettings Act = "change the settings"
	KeepStaff      Act = "change accounts"
	KeepTokens     Act = "keep integrations"
	InjectCode     Act = "put code into pages"
)

// may says which roles may do what. Owner may do everything but what nobody
// has switched on.
var may = map[Act][]stet.StaffRole{
	Write:          {stet.Administrator, stet.Editor, stet.Writer, stet.Contributor},
	WriteAny:       {stet.Administrator, stet.Editor},
	Review:         {stet.Administrator, stet.Editor},
	Publish:        {stet.Administrator, stet.Editor},
	Withdraw:       {stet.Administrator, stet.Editor},
	ArrangeFronts:  {stet.Administrator, stet.Editor},
	KeepTaxonomy:   {stet.Administrator, stet.Editor},
	KeepPeople:     {stet.Administrator, stet.Editor, stet.Writer},
	KeepMedia:      {stet.Administrator, stet.Editor, stet.Writer, stet.Contributor},
	ChangeSettings: {stet.Administrator},
	KeepStaff:      {stet.Administrator},
	KeepTokens:     {stet.Administrator},
}

// Acts are all acts, in the order in which documentation lists them.
var Acts = []Act{Write, WriteAny, Review, Publish, Withdraw, ArrangeFronts, KeepTaxonomy, KeepPeople, KeepMedia, ChangeSettings, KeepStaff, KeepTokens, InjectCode}

// Can reports whether the account may do the act at all; which stories it may
// do it to is asked by actOn. A disabled account may do nothing.
func Can(staff stet.Staff, a Act) bool {
	if staff.Disabled || staff.Scopes != nil && !slices.Contains(staff.Scopes, string(a)) {
		return false
	}
	if staff.Role == stet.Owner {
		return true
	}
	return slices.Contains(may[a], staff.Role)
}

// May returns the acts that are open to the account, for the desk to show no
// button that would be refused.
func May(staff stet.Staff) []Act {
	out := []Act{}
	for _, a := range Acts {
		if Can(staff, a) {
			out = append(out, a)
		}
	}
	return out
}

// permit refuses an act on a story that is not the account's to touch: a story
// of somebody else for those who may only write their own, and one of another
// section for those who are limited to some.
func (r *Room) permit(ctx context.Context, staff stet.Staff, act Act, a *stet.Article) error {
	if !Can(staff, act) {
		return forbidden(staff, act)
	}
	if act == Write && !Owns(staff, a) && !Can(staff, WriteAny) {
		return stet.Errorf(stet.Forbidden, "the role %s may not %s", staff.Role, WriteAny)
	}
	if len(staff.Sections) == 0 || Owns(staff, a) && act == Write {
		return nil
	}
	sections, err := r.sections(ctx)
	if err != nil {
		return err
	}
	if s, ok := sections.ByPublicID(a.Content.Section.ID); ok {
		for _, up := range sections.Line(s.ID) {
			if slices.Contains(staff.Sections, up.PublicID) {
				return nil
			}
		}
	}
	return stet.Errorf(stet.Forbidden, "%s may not %s of this section", staff.Name, act)
}

// Owns reports whether the story is the account's own: begun by it, or with
// its person in the bylines.
func Owns(staff stet.Staff, a *stet.Article) bool {
	if staff.ID != 0 && a.CreatedBy == staff.ID {
		return true
	}
	return staff.Person != "" && slices.ContainsFunc(a.Content.Bylines, func(b stet.Byline) bool { return b.Person.ID == staff.Person })
}

func forbidden(staff stet.Staff, a Act) error {
	return stet.Errorf(stet.Forbidden, "the role %s may not %s", staff.Role, a)
}

// actOn is the frame of every act on one story: the story is read in the
// transaction, permission is asked for it, then it is changed.
func (r *Room) actOn(ctx context.Context, staff stet.Staff, act Act, id int64, f func(r *Room, a *stet.Article) error) error {
	return r.act(ctx, staff, act, func(r *Room) error {
		a, err := r.store.Article(ctx, id)
		if err != nil {
			return err
		}
		if err := r.permit(ctx, staff, act, &a); err != nil {
			return err
		}
		return f(r, &a)
	})
}
