// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"stet"
	"stet/internal/prose"
)

// CheckResult is what a check found. An article may be published when no
// required one has failed.
type CheckResult struct {
	stet.CheckRule
	Passed  bool     `json:"passed"`
	Pending bool     `json:"pending,omitempty" doc:"It is still being looked at."`
	Message string   `json:"message" doc:"What was found, in a sentence."`
	Where   []string `json:"where,omitempty" doc:"The places meant: passages, pictures, addresses."`
}

// Blocks reports whether nothing may be published because of it.
func (c CheckResult) Blocks() bool { return c.Level == stet.CheckRequired && !c.Passed }

// SetChecklist stores what the magazine looks at before it publishes.
func (r *Room) SetChecklist(ctx context.Context, staff stet.Staff, c stet.Checklist) error {
	return r.act(ctx, staff, ChangeSettings, func(r *Room) error {
		if err := c.Validate(); err != nil {
			return err
		}
		if err := r.store.SetSetting(ctx, checklistSetting, c); err != nil {
			return err
		}
		return r.noteChecklist(ctx, staff)
	})
}

const checklistSetting = "checklist"

func (r *Room) noteChecklist(ctx context.Context, staff stet.Staff) error {
	return r.note(ctx, staff, "changed", "setting", checklistSetting, "Checklist")
}

// ChecklistRevision names the state of a complete checklist: it is another one
// when any of its rules is.
func ChecklistRevision(c stet.Checklist) string { return revisionOf(c) }

// ChangeChecklist stores the checklist, if it still is what it was at the
// revision, and returns it complete.
func (r *Room) ChangeChecklist(ctx context.Context, staff stet.Staff, revision string, next stet.Checklist) (stet.Checklist, error) {
	stale := stet.Errorf(stet.Conflict, "somebody else has changed the checklist meanwhile")
	err := r.act(ctx, staff, ChangeSettings, func(r *Room) error {
		if err := next.Validate(); err != nil {
			return err
		}
		was, err := r.store.SettingText(ctx, checklistSetting)
		if err != nil {
			return err
		}
		var c stet.Checklist
		if was != "" {
			if err := json.Unmarshal([]byte(was), &c); err != nil {
				return fmt.Errorf("the checklist: %w", err)
			}
		}
		if ChecklistRevision(c.Complete()) != revision {
			return stale
		}
		// What is stored is what was seen, defaults included: a later version's
		// other defaults do not change what somebody has decided here.
		swapped, err := r.store.SwapSetting(ctx, checklistSetting, was, next.Complete())
		if err == nil && !swapped {
			return stale
		}
		if err != nil {
			return err
		}
		return r.noteChecklist(ctx, staff)
	})
	return next.Complete(), err
}

// Checklist returns the magazine's checklist, complete.
func (r *Room) Checklist(ctx context.Context) (stet.Checklist, error) {
	var c stet.Checklist
	err := r.store.Setting(ctx, checklistSetting, &c)
	if stet.ErrorCode(err) == stet.NotFound {
		err = nil
	}
	return c.Complete(), err
}

// Check holds a working copy against the checklist. Plain pages are asked only
// what every text is asked.
func (r *Room) Check(ctx context.Context, a *stet.Article) ([]CheckResult, error) {
	rules, err := r.Checklist(ctx)
	if err != nil {
		return nil, err
	}
	x := &examination{room: r, a: a, c: &a.Content}
	if len(a.Content.Body) > 0 {
		if x.doc, err = prose.Parse(a.Content.Body); err != nil {
			return nil, stet.Errorf(stet.Invalid, "the body is not valid: %v", err)
		}
	}
	out := []CheckResult{}
	for _, rule := range rules {
		if rule.Level == stet.CheckOff || a.Kind == stet.Page && onlyStories[rule.Check] {
			continue
		}
		res := CheckResult{CheckRule: rule}
		if err := examiners[rule.Check](ctx, x, &res); err != nil {
			return nil, err
		}
		out = append(out, res)
	}
	return out, nil
}

// passes refuses an article that fails what the checklist requires.
func (r *Room) passes(ctx context.Context, a *stet.Article) error {
	results, err := r.Check(ctx, a)
	if err != nil {
		return err
	}
	var failed []string
	for _, c := range results {
		if c.Blocks() {
			failed = append(failed, c.Message)
		}
	}
	if len(failed) == 0 {
		return nil
	}
	return stet.Errorf(stet.Invalid, "the checklist is not fulfilled: %s", strings.Join(failed, " "))
}

var onlyStories = map[stet.CheckName]bool{
	stet.CheckDek: true, stet.CheckSection: true, stet.CheckGenre: true, stet.CheckTopics: true, stet.CheckByline: true, stet.CheckLead: true,
}

// examination is one working copy under the checks.
type examination struct {
	room *Room
	a    *stet.Article
	c    *stet.Content
	doc  *prose.Doc // nil when there is no body
}

type examiner func(ctx context.Context, x *examination, res *CheckResult) error

var examiners = map[stet.CheckName]examiner{
	stet.CheckHeadline:    textLength("headline", func(c *stet.Content) string { return c.Headline }),
	stet.CheckDek:         textLength("dek", func(c *stet.Content) string { return c.Dek }),
	stet.CheckSlug:        textLength("slug", func(c *stet.Content) string { return c.Slug }),
	stet.CheckDescription: textLength("description for search engines", func(c *stet.Content) string { return c.Description }),
	stet.CheckSection:     present("section", func(c *stet.Content) bool { return !c.Section.IsZero() }),
	stet.CheckGenre:       present("genre", func(c *stet.Content) bool { return !c.Genre.IsZero() }),
	stet.CheckLead:        present("lead picture", func(c *stet.Content) bool { return c.Lead != nil }),
	stet.CheckByline: present("byline", func(c *stet.Content) bool {
		return len(c.Bylines) > 0 || strings.TrimSpace(c.BylineText) != "" || c.Origin != nil && c.Origin.Author != ""
	}),
	stet.CheckTopics: checkTopics, stet.CheckLength: checkLength, stet.CheckAlt: checkAlt, stet.CheckCredit: checkCredit,
	stet.CheckTranscript: checkTranscript, stet.CheckSides: checkSides, stet.CheckTK: checkTK, stet.CheckLinks: checkLinks,
}

func present(what string, has func(*stet.Content) bool) examiner {
	return func(_ context.Context, x *examination, res *CheckResult) error {
		res.Passed = has(x.c)
		res.Message = fmt.Sprintf("There is a %s.", what)
		if !res.Passed {
			res.Message = fmt.Sprintf("There is no %s.", what)
		}
		return nil
	}
}

func textLength(what string, text func(*stet.Content) string) examiner {
	return func(_ context.Context, x *examination, res *CheckResult) error {
		n := utf8.RuneCountInString(strings.TrimSpace(text(x.c)))
		res.bound(n, "The "+what, "characters")
		if n == 0 && !res.Passed {
			res.Message = fmt.Sprintf("There is no %s.", what)
		}
		return nil
	}
}

// bound holds a count against the rule's bounds.
func (res *CheckResult) bound(n int, what, units string) {
	res.Passed = n >= res.Min && (res.Max == 0 || n <= res.Max)
	if n == 1 {
		units = strings.TrimSuffix(units, "s")
	}
	res.Message = fmt.Sprintf("%s has %d %s.", what, n, units)
	switch {
	case n < res.Min:
		res.Message = fmt.Sprintf("%s has %d %s; %d or more are wanted.", what, n, units, res.Min)
	case !res.Passed:
		res.Message = fmt.Sprintf("%s has %d %s; at most %d are wanted.", what, n, units, res.Max)
	}
}

func checkTopics(_ context.Context, x *examination, res *CheckResult) error {
	res.bound(len(x.c.Topics), "The story", "topics")
	if len(x.c.Topics) == 0 && !res.Passed {
		res.Message = "There is no topic."
	}
	return nil
}

func checkLength(_ context.Context, x *examination, res *CheckResult) error {
	n := 0
	if x.doc != nil {
		n = x.doc.Words()
	}
	res.bound(n, "The body", "words")
	return nil
}

// picture is one picture of the working copy, with what readers will be told.
type picture struct {
	name, alt, credit string
	inWriting         bool // what is heard has captions or a transcript
}

// pictures are the lead and those of the body. What the placement leaves open
// is taken from the asset, as it is when the article is published.
func (x *examination) pictures(ctx context.Context) ([]picture, error) {
	var ids []string
	type use struct{ asset, name, alt, credit string }
	var uses []use
	if p := x.c.Lead; p != nil {
		uses = append(uses, use{p.Asset, "the lead picture", p.Alt, p.Credit})
	}
	if x.doc != nil {
		for i, im := range x.doc.Images() {
			name := im.Caption
			if name == "" {
				name = fmt.Sprintf("picture %d of the body", i+1)
			}
			uses = append(uses, use{im.Asset, cut(name, 80), im.Alt, im.Credit})
		}
	}
	for _, u := range uses {
		if u.asset != "" {
			ids = append(ids, u.asset)
		}
	}
	assets, err := x.room.store.AssetsByPublicID(ctx, ids...)
	if err != nil {
		return nil, err
	}
	known := map[string]stet.Asset{}
	for _, a := range assets {
		known[a.PublicID] = a
	}
	out := make([]picture, len(uses))
	for i, u := range uses {
		out[i] = picture{name: u.name, alt: firstOf(u.alt, known[u.asset].Alt), credit: firstOf(u.credit, known[u.asset].Credit)}
	}
	return out, nil
}

func checkAlt(ctx context.Context, x *examination, res *CheckResult) error {
	return x.eachPicture(ctx, res, "alternative text", func(p picture) bool { return strings.TrimSpace(p.alt) != "" })
}

func checkCredit(ctx context.Context, x *examination, res *CheckResult) error {
	all, err := x.pictures(ctx)
	if err != nil {
		return err
	}
	what := things{"picture", "pictures"}
	heard, err := x.media(ctx)
	if err != nil {
		return err
	}
	if len(heard) > 0 {
		what = things{"picture or file", "pictures and files"}
	}
	for _, m := range heard {
		all = append(all, m.picture)
	}
	res.each(all, what, "a credit", func(p picture) bool { return strings.TrimSpace(p.credit) != "" })
	return nil
}

// things is what a check looks at, one and many.
type things struct{ one, many string }

func (x *examination) eachPicture(ctx context.Context, res *CheckResult, what string, has func(picture) bool) error {
	all, err := x.pictures(ctx)
	if err != nil {
		return err
	}
	res.each(all, things{"picture", "pictures"}, what, has)
	return nil
}

// each holds every one of them against the same.
func (res *CheckResult) each(all []picture, of things, what string, has func(picture) bool) {
	for _, p := range all {
		if !has(p) {
			res.Where = append(res.Where, p.name)
		}
	}
	res.Passed = len(res.Where) == 0
	switch {
	case len(all) == 0:
		res.Message = fmt.Sprintf("There is no %s that would need %s.", of.one, what)
	case res.Passed:
		res.Message = fmt.Sprintf("Every %s has %s.", of.one, what)
	case len(all) == 1:
		res.Message = fmt.Sprintf("The %s is without %s.", of.one, what)
	default:
		res.Message = fmt.Sprintf("%d of %d %s are without %s.", len(res.Where), len(all), of.many, what)
	}
}

// tk is the mark for "to come": no English word has the two letters together,
// and it is written in capitals.
var tk = regexp.MustCompile(`\b(TK)+\b`)

func checkTK(_ context.Context, x *examination, res *CheckResult) error {
	look := func(text string) {
		for _, at := range tk.FindAllStringIndex(text, -1) {
			res.Where = append(res.Where, around(text, at[0], at[1]))
		}
	}
	for _, text := range []string{x.c.Headline, x.c.Dek, x.c.BylineText, x.c.Title, x.c.Description} {
		look(text)
	}
	if p := x.c.Lead; p != nil {
		look(p.Caption)
		look(p.Credit)
		look(p.Alt)
	}
	if x.doc != nil {
		for _, b := range x.doc.TextBlocks() {
			look(b.Text)
		}
		for _, im := range x.doc.Images() {
			look(im.Alt)
			look(im.Credit)
		}
		for _, m := range x.doc.Media() {
			look(m.Title)
			look(m.Credit)
		}
	}
	res.Passed = len(res.Where) == 0
	res.Message = "No TK is left."
	if !res.Passed {
		res.Message = fmt.Sprintf("TK is left in %d places.", len(res.Where))
		if len(res.Where) == 1 {
			res.Message = "TK is left in one place."
		}
	}
	return nil
}

// around is a passage with some words before and after.
func around(text string, start, end int) string {
	const letters = 30
	before, after := []rune(text[:start]), []rune(text[end:])
	s := text[start:end]
	if len(before) > letters {
		s = "…" + string(before[len(before)-letters:]) + s
	} else {
		s = string(before) + s
	}
	if len(after) > letters {
		return s + string(after[:letters]) + "…"
	}
	return s + string(after)
}
