// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"context"
	"slices"

	"stet"
	"stet/internal/prose"
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
	KeepRecord     Act = "keep the record"
	SetBeside      Act = "set statements side by side"
	KeepMedia      Act = "add pictures"
	ClearMedia     Act = "replace and delete pictures"
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
	KeepRecord:     {stet.Administrator, stet.Editor, stet.Writer},
	SetBeside:      {stet.Administrator, stet.Editor},
	KeepMedia:      {stet.Administrator, stet.Editor, stet.Writer, stet.Contributor},
	ClearMedia:     {stet.Administrator, stet.Editor},
	ChangeSettings: {stet.Administrator},
	KeepStaff:      {stet.Administrator},
	KeepTokens:     {stet.Administrator},
}

// Acts are all acts, in the order in which documentation lists them.
var Acts = []Act{Write, WriteAny, Review, Publish, Withdraw, ArrangeFronts, KeepTaxonomy, KeepPeople, KeepRecord, SetBeside, KeepMedia, ClearMedia, ChangeSettings, KeepStaff, KeepTokens, InjectCode}

// Grantable are the acts that no role has by itself: they are granted to one
// account at a time. Code in a page can do to readers whatever its author
// likes, so not even an owner has it without having said so.
var Grantable = []Act{InjectCode}

// Can reports whether the account may do the act at all; which stories it may
// do it to is asked by actOn. A disabled account may do nothing. The operator
// at the console may do everything.
func Can(staff stet.Staff, a Act) bool {
	if staff.Disabled || staff.Scopes != nil && !slices.Contains(staff.Scopes, string(a)) {
		return false
	}
	if slices.Contains(Grantable, a) {
		return isOperator(staff) || slices.Contains(staff.Grants, string(a))
	}
	if staff.Role == stet.Owner {
		return true
	}
	return slices.Contains(may[a], staff.Role)
}

func isOperator(staff stet.Staff) bool { return staff.ID == 0 && staff.Role == stet.Owner }

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

// Rules are what a magazine decides about its roles; the setting "rules".
type Rules struct {
	// FourEyes wants a second person for every story: nobody approves one that
	// is their own, or publishes it before somebody else has approved it.
	FourEyes bool `json:"fourEyes"`
}

const rulesSetting = "rules"

// Rules returns what the magazine has decided about its roles.
func (r *Room) Rules(ctx context.Context) (rules Rules, err error) {
	err = r.store.Setting(ctx, rulesSetting, &rules)
	if stet.ErrorCode(err) == stet.NotFound {
		err = nil
	}
	return rules, err
}

// SetRules decides about the roles.
func (r *Room) SetRules(ctx context.Context, staff stet.Staff, rules Rules) error {
	return r.act(ctx, staff, ChangeSettings, func(r *Room) error { return r.store.SetSetting(ctx, rulesSetting, rules) })
}

// permit refuses an act on a story that is not the account's to touch: a story
// of somebody else for those who may only write their own, one of another
// section for those who are limited to some, a contributor's own once it has
// been handed in, and one's own where a second person is wanted.
func (r *Room) permit(ctx context.Context, staff stet.Staff, act Act, a *stet.Article) error {
	if !Can(staff, act) {
		return forbidden(staff, act)
	}
	own := Owns(staff, a)
	if act == KeepRecord && !own && !Can(staff, WriteAny) {
		return stet.Errorf(stet.Forbidden, "the role %s may not keep the record of the stories of others", staff.Role)
	}
	if act == Write {
		if !own && !Can(staff, WriteAny) {
			return stet.Errorf(stet.Forbidden, "the role %s may not %s", staff.Role, WriteAny)
		}
		if staff.Role == stet.Contributor && a.Status != stet.Draft {
			return stet.Errorf(stet.Forbidden, "a contributor may not change a story that has been handed in; ask for it back")
		}
		if own {
			return nil
		}
	}
	if own && (act == Review || act == Publish && !seen(a)) {
		rules, err := r.Rules(ctx)
		if err != nil {
			return err
		}
		if rules.FourEyes {
			return stet.Errorf(stet.Forbidden, "this is your own story; somebody else has to approve it")
		}
	}
	return r.permitSection(ctx, staff, act, a.Content.Section.ID)
}

// permitEdit asks whether the account may change the working copy now. What
// somebody has approved is what becomes public: whoever could not approve it
// takes it back first, and everybody sees that it wants another look.
func (r *Room) permitEdit(ctx context.Context, staff stet.Staff, a *stet.Article) error {
	if err := r.permit(ctx, staff, Write, a); err != nil || !vouched(a) {
		return err
	}
	err := r.permit(ctx, staff, Review, a)
	if stet.ErrorCode(err) != stet.Forbidden {
		return err
	}
	what := statusWords[a.Status]
	if a.Status == stet.Published {
		what = "waiting with an update"
	}
	return stet.Errorf(stet.Forbidden, "the %s is %s, and what becomes public is what was approved; take it back to change it", a.Kind, what)
}

// vouched reports whether the working copy has been approved as it is, and is
// not public yet.
func vouched(a *stet.Article) bool { return a.Status == stet.Approved || !a.ScheduledAt.IsZero() }

// seen reports whether somebody has approved the story before.
func seen(a *stet.Article) bool {
	switch a.Status {
	case stet.Approved, stet.Scheduled, stet.Published, stet.Withdrawn:
		return true
	}
	return false
}

// permitSection refuses an act outside of the sections to which the account is
// limited; those below them are in. No section stands for the magazine as a
// whole, such as its main front.
func (r *Room) permitSection(ctx context.Context, staff stet.Staff, act Act, section string) error {
	if !Can(staff, act) {
		return forbidden(staff, act)
	}
	if len(staff.Sections) == 0 {
		return nil
	}
	sections, err := r.sections(ctx)
	if err != nil {
		return err
	}
	if s, ok := sections.ByPublicID(section); ok {
		for _, up := range sections.Line(s.ID) {
			if slices.Contains(staff.Sections, up.PublicID) {
				return nil
			}
		}
	}
	if section == "" {
		return stet.Errorf(stet.Forbidden, "%s may not %s outside of their sections", staff.Name, act)
	}
	return stet.Errorf(stet.Forbidden, "%s may not %s of this section", staff.Name, act)
}

// permitChange asks what only the change itself shows: a story that is moved
// into a section which the account does not have, and code that was not there
// before.
func (r *Room) permitChange(ctx context.Context, staff stet.Staff, was, now *stet.Content) error {
	if now.Section.ID != was.Section.ID && now.Section.ID != "" {
		if err := r.permitSection(ctx, staff, Write, now.Section.ID); err != nil {
			return err
		}
	}
	return r.permitCode(staff, was.Body, now.Body)
}

// permitCode refuses raw HTML that the body did not have before, unless the
// account may put code into pages. What is there already, from an import or
// from somebody who may, can be moved and taken out by everybody.
func (r *Room) permitCode(staff stet.Staff, was, now []byte) error {
	if Can(staff, InjectCode) || len(now) == 0 {
		return nil
	}
	had := map[string]int{}
	if len(was) > 0 {
		if err := eachCode(was, func(html string) { had[html]++ }); err != nil {
			return err
		}
	}
	fresh := false
	err := eachCode(now, func(html string) {
		had[html]--
		fresh = fresh || had[html] < 0
	})
	if err == nil && fresh {
		return stet.Errorf(stet.Forbidden, "%s may not %s", staff.Name, InjectCode)
	}
	return err
}

func eachCode(body []byte, f func(html string)) error {
	doc, err := prose.Parse(body)
	if err != nil {
		return stet.Errorf(stet.Invalid, "the body is not valid: %v", err)
	}
	doc.Walk(func(n *prose.Node) bool {
		if n.Type == "rawHTML" {
			f(n.Attr("html"))
		}
		return true
	})
	return nil
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

// edit is actOn for acts that change the working copy.
func (r *Room) edit(ctx context.Context, staff stet.Staff, id int64, f func(r *Room, a *stet.Article) error) error {
	return r.actOn(ctx, staff, Write, id, func(r *Room, a *stet.Article) error {
		if err := r.permitEdit(ctx, staff, a); err != nil {
			return err
		}
		return f(r, a)
	})
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
