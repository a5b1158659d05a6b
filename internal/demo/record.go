// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package demo

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"stet"
	"stet/internal/newsroom"
	"stet/internal/prose"
	"stet/internal/store"
)

// certain is the confidence above which the demo's editors take what the finder
// proposes as it is; the rest waits in the queue for whoever tries the desk.
const certain = 0.9

// keepRecord has the archive scanned, as an editor would, confirms what is
// certain and said by somebody whom the magazine knows, and sets some statements
// side by side.
func (f *filler) keepRecord(ctx context.Context) error {
	if err := f.room.Scan(ctx, newsroom.ScanArgs{}, nil); err != nil {
		return err
	}
	err := f.room.Batch(ctx, func(room *newsroom.Room) error {
		for after := ""; ; {
			queue, err := room.Queue(ctx, after, 100)
			if err != nil || len(queue) == 0 {
				return err
			}
			// What is confirmed leaves the queue, which begins after what does not.
			after = ""
			for _, q := range queue {
				if !wanted(q) {
					after = q.ID
					continue
				}
				if err := f.confirm(ctx, room, q); err != nil {
					return fmt.Errorf("%s: %w", q.Text, err)
				}
			}
			if after == "" {
				continue
			}
			if queue[len(queue)-1].Found.Confidence < lowest {
				return nil
			}
		}
	})
	if err != nil {
		return fmt.Errorf("the record: %w", err)
	}
	return f.setSideBySide(ctx)
}

// lowest is where the curated ones end.
const lowest = 0.7

// curated are the beginnings of what an editor has read and found right although
// the finder is not certain.
var curated = []string{"Nobody sensible renews", "Calvera will never sell", "We support the Hallin Treaty", "Our radar held"}

// refused are the beginnings of what an editor leaves in the queue: the
// attribution is wrong, or the words say nothing by themselves.
var refused = []string{"The Council counts what", "You will find,", "The day on which it reached us", "that she would not describe", "that his country would"}

// wanted is the judgement of the demo's editors.
func wanted(q newsroom.Queued) bool {
	begins := func(s string) bool { return strings.HasPrefix(q.Found.Words, s) }
	if q.Found.Person.ID == "" || slices.ContainsFunc(refused, begins) {
		return false
	}
	return slices.ContainsFunc(curated, begins) || q.Found.Confidence >= certain && len(strings.Fields(q.Found.Words)) > 5
}

// confirm puts a proposal into the record: as a further quotation of what has
// been said in other stories already, or as the finder found it.
func (f *filler) confirm(ctx context.Context, room *newsroom.Room, q newsroom.Queued) error {
	a, err := room.Store().ArticleByPublicID(ctx, q.Article.ID)
	if err != nil {
		return err
	}
	v := q.Found
	c := newsroom.Confirmation{Proposal: q.ID}
	alike, err := room.Resembling(ctx, v.Person.ID, v.Words, v.Date, "")
	if err != nil {
		return err
	}
	if len(alike) > 0 && alike[0].Score >= same {
		c.Statement = alike[0].Statement.PublicID
	} else {
		c.Saying = &newsroom.Saying{
			Words: strings.TrimRight(v.Words, ","), Denial: v.Negated, Speaker: v.Person.ID, Role: f.role(v), Date: v.Date,
			Addressee: v.Addressee, Venue: v.Venue, SourceURL: v.Source,
		}
	}
	_, _, err = room.Confirm(ctx, stet.Operator, a.ID, c)
	return err
}

// same is the likeness of two quotations of one utterance.
const same = 0.8

// role is the office as the story has it, or the one of the person's that falls
// into the time: "her deputy" says little outside of its story.
func (f *filler) role(v *newsroom.Found) string {
	first, rest, _ := strings.Cut(v.Role, " ")
	switch strings.ToLower(first) {
	case "the", "a", "an", "then":
		return rest
	case "", "his", "her", "its", "their":
	default:
		return v.Role
	}
	from, _ := v.Date.Bounds()
	for _, p := range f.cast {
		if p.Name != v.Person.Name {
			continue
		}
		for _, r := range p.Roles {
			if from != "" && r.From <= from && (r.To == "" || from <= r.To) {
				return r.Title
			}
		}
	}
	return ""
}

// sides are the pairs that the demo's editors have set side by side, by the
// beginnings of their words.
var sides = []struct {
	first, second string
	label         stet.CounterpointLabel
	note          string
}{
	{
		"We took the warning about the cables very seriously", "Frankly, it was a non-issue", stet.Contradicts,
		"The foreign minister spoke to a committee of the Federal Diet, her deputy three days later to a podcast, both about the warning that Ilmar had sent in June. The ministry has said that the two remarks do not differ.",
	},
	{
		"There were never more than four thousand men", "We had eleven thousand in the field", stet.DiffersOnFact,
		"The first figure was given to the Sejmar, the second on the radio two weeks later; both are about the exercise Long Furrow. The minister says that he counted one exercise and two activities beside it.",
	},
	{
		"We support the Hallin Treaty without conditions", "Nobody sensible renews a treaty of that age unread", stet.ChangedPosition,
		"The first was said in a speech in Aarn in June 2025, the second about the renewal of the same treaty in November 2026.",
	},
	{
		"Calvera will never sell its gas in any money but its own", "We have always been pragmatic about the currency", stet.ChangedPosition,
		"The first was said in an interview with this magazine in 2024, the second when a contract in Drovnian crowns was presented in November 2026.",
	},
	{
		"No Drovnian vessel was within forty miles of the cable", "Our radar held the Akademik Lutsen", stet.Contradicts,
		"The state counsellor spoke at a briefing in Tirsk on 31 August, Katrin Osmund two days later to the Assembly in Port Ansgar. Both speak of the same ship and the same cable.",
	},
}

func (f *filler) setSideBySide(ctx context.Context) error {
	list, err := f.room.Store().FindStatements(ctx, store.StatementFilter{Hidden: true, Limit: 1000})
	if err != nil {
		return err
	}
	find := func(begins string) string {
		for _, s := range list {
			if strings.HasPrefix(s.Words, begins) {
				return s.PublicID
			}
		}
		return ""
	}
	for i, v := range sides {
		c, err := f.room.SetSideBySide(ctx, stet.Operator, find(v.first), find(v.second), v.label, v.note)
		if err == nil && i == 0 {
			err = f.showSideBySide(ctx, c)
		}
		if err != nil {
			return fmt.Errorf("side by side %q and %q: %w", v.first, v.second, err)
		}
	}
	return nil
}

// The story that shows a pair, where it does, and when that was added.
const (
	showing   = "/ideas/on-being-quoted"
	showAfter = "I have thought about him this autumn"
	shownAt   = "2026-11-21T09:30"
)

// showSideBySide puts the pair into the story that speaks of it, as an editor
// would after publication.
func (f *filler) showSideBySide(ctx context.Context, c stet.Counterpoint) error {
	at, err := f.room.Store().Path(ctx, showing)
	if err != nil {
		return err
	}
	a, err := f.room.Store().Article(ctx, at.Target)
	if err != nil {
		return err
	}
	doc, err := prose.Parse(a.Content.Body)
	if err != nil {
		return err
	}
	blocks, err := f.room.CounterpointBlocks(ctx, c)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(doc.Root.Content, func(n prose.Node) bool { return strings.HasPrefix(n.Plain(), showAfter) })
	if i < 0 {
		return fmt.Errorf("%s does not say %q", showing, showAfter)
	}
	if doc, err = prose.New(slices.Insert(slices.Clone(doc.Root.Content), i+1, blocks[0].Node())...); err != nil {
		return err
	}
	a.Content.Body = doc.JSON()
	if err := f.room.Save(ctx, stet.Operator, &a); err != nil {
		return err
	}
	when, err := time.ParseInLocation("2006-01-02T15:04", shownAt, f.zone)
	if err != nil {
		return err
	}
	_, err = f.room.Publish(ctx, stet.Operator, a.ID, newsroom.PublishOptions{At: when, Note: "Two statements that the essay speaks of are set side by side."})
	return err
}
