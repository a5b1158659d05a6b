// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"stet"
	"stet/internal/prose"
	"stet/internal/steps"
	"stet/internal/store"
)

// TagCorrections is the tag of pages that list corrections.
const TagCorrections = "corrections"

// CorrectionRules are what a magazine decides about its corrections; the
// setting "corrections".
type CorrectionRules struct {
	// RemoveRetracted takes the text of a retracted story away from readers,
	// where the retraction itself does not say otherwise. Its address, its
	// headline and the note stay.
	RemoveRetracted bool `json:"removeRetracted" doc:"Whether the text of a retracted story is taken away, where the retraction does not say otherwise. Address, headline and note stay."`
}

const correctionSetting = "corrections"

// CorrectionRules returns what the magazine has decided about its corrections.
func (r *Room) CorrectionRules(ctx context.Context) (rules CorrectionRules, err error) {
	err = r.store.Setting(ctx, correctionSetting, &rules)
	if stet.ErrorCode(err) == stet.NotFound {
		err = nil
	}
	return rules, err
}

// SetCorrectionRules decides about the corrections to come.
func (r *Room) SetCorrectionRules(ctx context.Context, staff stet.Staff, rules CorrectionRules) error {
	return r.act(ctx, staff, ChangeSettings, func(r *Room) error {
		if err := r.note(ctx, staff, "changed", "setting", correctionSetting, "Corrections"); err != nil {
			return err
		}
		return r.store.SetSetting(ctx, correctionSetting, rules)
	})
}

// CorrectInput is what an editor says in public about a live story.
type CorrectInput struct {
	// Version is the number of the version that they have before them; another
	// one is refused. Zero means whichever is live.
	Version int
	Kind    stet.CorrectionKind
	Weight  stet.Weight // empty is the end
	Note    string
	// Amends is the note that this one is about: it is then of the same kind,
	// and stands with it.
	Amends  string
	Passage *stet.Passage // nil for a note on the story as a whole
	// RemoveText says of a retraction whether the text goes; nil is as the
	// magazine has decided.
	RemoveText *bool
	// At is the moment that readers are told; zero means now. The demo sets it.
	At time.Time
}

// CopyState says what a correction does to the working copy.
type CopyState string

// The states.
const (
	CopySame    CopyState = "same"    // it is what readers see, before and after
	CopyMerged  CopyState = "merged"  // it has other changes, which wait; the passage is mended in it too
	CopyAlready CopyState = "already" // it says already what the correction says
	CopyOther   CopyState = "other"   // it says something else there, and is left alone: somebody has to look
)

// Corrected is a correction with what came of it.
type Corrected struct {
	Correction stet.Correction
	Version    stet.Version
	Copy       CopyState
}

// errCopyMoved: somebody has written in the story while its correction was made
// ready.
var errCopyMoved = errors.New("the working copy has moved on")

// Correct publishes a note on a live story together with the change that it
// tells of. The change is made to the version that readers see, and that becomes
// the next version: whatever else waits in the working copy goes on waiting. In
// the working copy the passage is mended too, as steps, so that who has the story
// open keeps what they are writing and no later update brings the fault back.
//
// The checklist is not asked. It is about what is new; a fault of an old story
// must not wait for an alternative text that nobody wanted then.
func (r *Room) Correct(ctx context.Context, staff stet.Staff, id int64, in CorrectInput) (out Corrected, err error) {
	for range correctTries {
		c, err := r.Copy(ctx, id)
		if err != nil {
			return out, err
		}
		p, err := r.planCorrection(ctx, staff, &c, in)
		if err != nil {
			return out, err
		}
		if out, err = r.correct(ctx, staff, p); !errors.Is(err, errCopyMoved) {
			return out, err
		}
	}
	return out, stet.Errorf(stet.Conflict, "somebody is writing in the story: try again in a moment")
}

// correctTries is how often a correction is made ready anew because somebody
// has written meanwhile. An editor sends what was typed in a pause, so that the
// second try gets through as a rule.
const correctTries = 8

// PreviewCorrection says what Correct would do, and changes nothing.
func (r *Room) PreviewCorrection(ctx context.Context, staff stet.Staff, id int64, in CorrectInput) (out Corrected, err error) {
	c, err := r.Copy(ctx, id)
	if err != nil {
		return out, err
	}
	p, err := r.planCorrection(ctx, staff, &c, in)
	if err != nil {
		return out, err
	}
	return Corrected{Correction: p.correction, Version: stet.Version{ArticleID: id, Number: p.live.Number + 1}, Copy: p.state}, nil
}

// correctionPlan is a correction made ready, before the transaction begins, so
// that nobody waits for the step machine.
type correctionPlan struct {
	correction stet.Correction
	live       stet.Version // that it was made for
	content    stet.Content // of the version to come
	copy       WorkingCopy  // that it was made for
	body       []byte       // of the working copy to come
	state      CopyState
	at         time.Time
}

// planCorrection asks for permission and finds the passage, in the version that
// readers see and in the working copy.
func (r *Room) planCorrection(ctx context.Context, staff stet.Staff, c *WorkingCopy, in CorrectInput) (*correctionPlan, error) {
	a := &c.Article
	if err := r.mayCorrect(ctx, staff, a); err != nil {
		return nil, err
	}
	p := &correctionPlan{copy: *c, at: in.At, body: a.Content.Body, state: CopySame}
	var err error
	if p.live, err = r.store.Version(ctx, a.VersionID); err != nil {
		return nil, err
	}
	if in.Version != 0 && in.Version != p.live.Number {
		return nil, staleVersion(p.live.Number)
	}
	d, err := p.live.Open()
	if err != nil {
		return nil, err
	}
	p.content = d.Content
	if p.correction, err = r.newCorrection(ctx, a, in); err != nil {
		return nil, err
	}
	same := sameContent(&a.Content, &d.Content)
	switch {
	case p.correction.TextRemoved:
		p.content.Body, p.body = documentOf(nil), documentOf(nil)
	case in.Passage.Changes():
		err = p.mend(same)
	case in.Passage != nil:
		_, _, err = findPassage(p.content.Body, p.correction.Passage)
	}
	if !same && p.state == CopySame {
		p.state = CopyMerged
	}
	return p, err
}

// mayCorrect refuses what is no live story of the account's.
func (r *Room) mayCorrect(ctx context.Context, staff stet.Staff, a *stet.Article) error {
	if err := r.permit(ctx, staff, Publish, a); err != nil {
		return err
	}
	switch {
	case a.Kind != stet.Story:
		return stet.Errorf(stet.Invalid, "a page has no corrections; change it and publish the update")
	case a.Status != stet.Published:
		return stet.Errorf(stet.Conflict, "the story is %s; only what readers see can be corrected", statusWords[a.Status])
	}
	return nil
}

func staleVersion(now int) error {
	return stet.Errorf(stet.Conflict, "readers see version %d by now: look at the story again before you correct it", now)
}

// newCorrection makes the correction of what an editor said.
func (r *Room) newCorrection(ctx context.Context, a *stet.Article, in CorrectInput) (c stet.Correction, err error) {
	c = stet.Correction{PublicID: stet.NewID(), Kind: in.Kind, Weight: in.Weight, Note: in.Note, Amends: in.Amends}
	if in.Passage != nil {
		p := *in.Passage
		c.Passage = &p
	}
	if in.Amends != "" {
		was, err := r.store.Correction(ctx, in.Amends)
		if err != nil || was.ArticleID != a.ID {
			return c, stet.Errorf(stet.Invalid, "the note that is to be amended is none of this story's")
		}
		c.Kind, c.Weight = was.Kind, was.Weight
	}
	if c.Kind == stet.Retracting && in.Amends == "" {
		if c.TextRemoved, err = r.removesText(ctx, a, in); err != nil {
			return c, err
		}
	} else if in.RemoveText != nil && *in.RemoveText {
		return c, stet.Errorf(stet.Invalid, "only a retraction takes the text away")
	}
	return c, c.Validate()
}

// removesText decides what becomes of the text of a story that is retracted. A
// story is retracted once.
func (r *Room) removesText(ctx context.Context, a *stet.Article, in CorrectInput) (bool, error) {
	made, err := r.store.CorrectionsOf(ctx, a.ID)
	if err != nil {
		return false, err
	}
	for _, c := range made {
		if c.Kind == stet.Retracting {
			return false, stet.Errorf(stet.Conflict, "the story is retracted already; amend the note that says so")
		}
	}
	if in.RemoveText != nil {
		return *in.RemoveText, nil
	}
	rules, err := r.CorrectionRules(ctx)
	return rules.RemoveRetracted, err
}

// sameContent reports whether the working copy is what readers see.
func sameContent(a, b *stet.Content) bool {
	x, err1 := json.Marshal(a)
	y, err2 := json.Marshal(b)
	return err1 == nil && err2 == nil && bytes.Equal(x, y)
}

func quoteOf(p *stet.Passage, exact string) stet.Selector {
	return stet.Selector{Block: p.Block, Exact: exact, Prefix: p.Prefix, Suffix: p.Suffix}
}

func findPassage(body []byte, p *stet.Passage) (*prose.Doc, prose.Span, error) {
	doc, err := prose.Parse(documentOf(body))
	if err != nil {
		return nil, prose.Span{}, err
	}
	at, ok := doc.Find(quoteOf(p, p.Exact))
	if !ok {
		return nil, at, stet.Errorf(stet.Invalid, "the passage %q does not stand there any more, or stands there more than once: choose it again", cut(p.Exact, 80))
	}
	return doc, at, nil
}

// mend replaces the passage in the version to come and in the working copy.
func (p *correctionPlan) mend(same bool) error {
	passage := p.correction.Passage
	doc, at, err := findPassage(p.content.Body, passage)
	if err != nil {
		return err
	}
	mended := doc.Replace(at, passage.After)
	if err := mended.Validate(); err != nil {
		return stet.Errorf(stet.Invalid, "the replacement cannot stand there: %v", err)
	}
	p.content.Body = mended.JSON()
	if same {
		p.body = p.content.Body
		return nil
	}
	mine, err := prose.Parse(documentOf(p.body))
	if err != nil {
		return err
	}
	// What the correction brings may have been typed already, with what was
	// wrong within it or around it: "1999" for "1998".
	if _, ok := mine.Find(quoteOf(passage, passage.After)); ok && passage.After != "" {
		if _, still := mine.Find(quoteOf(passage, passage.Exact)); !still {
			p.state = CopyAlready
			return nil
		}
	}
	at, ok := mine.Find(quoteOf(passage, passage.Exact))
	if !ok {
		p.state = CopyOther
		return nil
	}
	p.body = mine.Replace(at, passage.After).JSON()
	return nil
}

// correct carries a plan out. Steps for the working copy are made of the
// difference and applied by the step machine, as those of an editor are.
func (r *Room) correct(ctx context.Context, staff stet.Staff, p *correctionPlan) (out Corrected, err error) {
	was := documentOf(p.copy.Article.Content.Body)
	if bytes.Equal(was, documentOf(p.body)) {
		return r.storeCorrection(ctx, staff, p, nil)
	}
	between, err := r.machine.Between(ctx, was, documentOf(p.body))
	if err != nil {
		return out, err
	}
	base := steps.Document{Name: stet.DigestBody(p.copy.Article.Content.Body), JSON: was}
	err = r.machine.Apply(ctx, base, between, func(made steps.Result) (string, error) {
		doc, err := prose.Parse(made.Doc)
		if err != nil {
			return "", fmt.Errorf("read what the steps of a correction make: %w", err)
		}
		if p.body = doc.JSON(); p.state == CopySame {
			p.content.Body = p.body // the same to the byte, or the desk would say that it differs
		}
		in := StepsInput{Client: "correct-" + p.correction.PublicID, Sequence: 1, Steps: between}
		log := logOf(in, made.Added, staff, p.copy.Version, r.store.Now())
		out, err = r.storeCorrection(ctx, staff, p, log)
		return stet.DigestBody(p.body), err
	})
	return out, err
}

// storeCorrection is the one transaction in which the version, its note, the
// working copy and all that readers see of them change.
func (r *Room) storeCorrection(ctx context.Context, staff stet.Staff, p *correctionPlan, log []stet.Step) (out Corrected, err error) {
	err = r.act(ctx, staff, Publish, func(r *Room) error {
		id := p.copy.Article.ID
		if err := r.store.LockArticle(ctx, id); err != nil {
			return err
		}
		a, err := r.store.Article(ctx, id)
		if err != nil {
			return err
		}
		if err := r.mayCorrect(ctx, staff, &a); err != nil {
			return err
		}
		if a.VersionID != p.live.ID {
			n, err := r.store.LastVersion(ctx, id)
			if err != nil {
				return err
			}
			return staleVersion(n)
		}
		if version, err := r.settle(ctx, &a); err != nil {
			return err
		} else if version != p.copy.Version || a.Revision != p.copy.Article.Revision {
			return errCopyMoved
		}
		if err := r.snapshotPublish(ctx, staff, &a); err != nil {
			return err
		}
		out, err = r.publishCorrection(ctx, staff, &a, p)
		if err != nil || len(log) == 0 {
			return err
		}
		r.changed(CopyTag(a.PublicID))
		return r.logSteps(ctx, id, StepsOutput{Version: p.copy.Version + int64(len(log)), Steps: log}, p.body)
	})
	return out, err
}

// publishCorrection makes the corrected text the next version and what readers
// see, and stores the working copy. Where the story stands (its status, its
// schedule) stays as it is.
func (r *Room) publishCorrection(ctx context.Context, staff stet.Staff, a *stet.Article, p *correctionPlan) (out Corrected, err error) {
	public := *a
	public.Content = p.content
	ld, err := r.resolve(ctx, &public)
	if err != nil {
		return out, err
	}
	// It stands where it stands, wherever the working copy would have it.
	l, err := r.store.Live(ctx, a.ID)
	if err != nil {
		return out, err
	}
	ld.Path = l.Path
	o := PublishOptions{At: p.at, Note: stet.NoteText(p.correction.Note), corrections: []stet.Correction{p.correction}}
	if o.At.IsZero() {
		o.At = r.store.Now()
	}
	v, err := r.seal(ctx, &public, o)
	if err != nil {
		return out, err
	}
	wasSame := p.state == CopySame
	if a.VersionID, a.UpdatedBy = v.ID, staff.ID; wasSame {
		a.Content = public.Content
	}
	a.Content.Body = p.body
	if err := r.store.SaveArticle(ctx, a); err != nil {
		return out, err
	}
	if !wasSame {
		// The row of the desk's lists must not take the working copy for what
		// readers see.
		if err := r.store.RebuildCopy(ctx, a, &public.Content); err != nil {
			return out, err
		}
	}
	r.changed(FieldsTag(a.PublicID), TagDesk)
	if err := r.show(ctx, &public, ld, v); err != nil {
		return out, err
	}
	made, err := r.addCorrections(ctx, staff, &public, v, o)
	if err != nil {
		return out, err
	}
	out = Corrected{Correction: made[0], Version: v, Copy: p.state}
	return out, r.tellCorrected(ctx, staff, a, made[0], ld)
}

// announceCorrection has an update of the whole working copy told as a
// correction: the note is the version's.
func (r *Room) announceCorrection(ctx context.Context, staff stet.Staff, a *stet.Article, o *PublishOptions) error {
	in := o.Correction
	if in == nil {
		return nil
	}
	if err := r.mayCorrect(ctx, staff, a); err != nil {
		return err
	}
	if in.Passage != nil || in.Kind == stet.Retracting {
		return stet.Errorf(stet.Invalid, "an update as a whole can be told as a correction, a clarification or an update, without a passage")
	}
	c, err := r.newCorrection(ctx, a, *in)
	if err != nil {
		return err
	}
	o.Note, o.corrections = stet.NoteText(c.Note), []stet.Correction{c}
	return nil
}

// addCorrections stores the notes that a version came with.
func (r *Room) addCorrections(ctx context.Context, staff stet.Staff, a *stet.Article, v stet.Version, o PublishOptions) ([]stet.Correction, error) {
	out := make([]stet.Correction, len(o.corrections))
	for i, c := range o.corrections {
		c = correctionOf(a.Content, v, c)
		c.StaffID, c.Staff = staff.ID, staff.Name
		if err := r.store.AddCorrection(ctx, &c); err != nil {
			return nil, fmt.Errorf("store the correction of version %d: %w", v.Number, err)
		}
		if err := r.sealCorrection(a.PublicID, &c); err != nil {
			return nil, err
		}
		out[i] = c
	}
	if len(out) > 0 {
		r.changed(TagCorrections)
	}
	return out, nil
}

// correctionOf is a correction of a version with what is known of it by that.
func correctionOf(content stet.Content, v stet.Version, c stet.Correction) stet.Correction {
	c.ArticleID, c.VersionID, c.Version, c.MadeAt = v.ArticleID, v.ID, v.Number, v.PublishedAt
	c.Headline, c.Section = content.Headline, content.Section.ID
	return c
}

// tellCorrected remembers the act and tells webhooks: of the version, for those
// who keep a copy of what is public, and of the correction.
func (r *Room) tellCorrected(ctx context.Context, staff stet.Staff, a *stet.Article, c stet.Correction, ld *store.Live) error {
	if err := r.noteArticle(ctx, staff, "corrected", a, fmt.Sprintf("%s, version %d at %s", c.Kind, c.Version, ld.Path), c.Note); err != nil {
		return err
	}
	if err := r.tell(ctx, staff, "article.updated", a); err != nil {
		return err
	}
	return r.tellOf(ctx, staff, "article.corrected", a, &c)
}
