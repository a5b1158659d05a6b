// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package desk

import (
	"context"
	"net/http"
	"time"

	"stet"
	"stet/internal/newsroom"
)

// FrontPreview is what each block of a front would show now.
type FrontPreview struct {
	Blocks  []FilledBlock `json:"blocks"`
	Coming  []StoryRow    `json:"coming" doc:"Stories that do not stand on the page that readers see."`
	Leaving []StoryRow    `json:"leaving" doc:"Stories that do, and would not any more."`
}

// FilledBlock is a block with its stories.
type FilledBlock struct {
	Gone    bool          `json:"gone,omitempty" doc:"The section, topic or genre does not exist any more: readers do not see the block."`
	Stories []FilledStory `json:"stories"`
	Unmet   []UnmetPin    `json:"unmet" doc:"Pins that hold nothing."`
}

// FilledStory is a story of a block and why it stands there.
type FilledStory struct {
	StoryRow
	Why   string     `json:"why" enum:"pin,rule"`
	Until *time.Time `json:"until,omitempty" doc:"End of the pin."`
}

// UnmetPin is a pin that holds nothing.
type UnmetPin struct {
	FrontPin
	Headline string            `json:"headline,omitempty"`
	Why      newsroom.PinFault `json:"why" enum:"over,away,repeated,beyond" doc:"Its time has passed; the story is not public; it stands higher up; the block has no room."`
}

func (d *Desk) previewFront(ctx context.Context, place, arrangement string) (*body[FrontPreview], error) {
	front, err := d.arranged(ctx, place, arrangement)
	if err != nil {
		return nil, err
	}
	t, err := newsroom.ReadTaxonomy(ctx, d.store)
	if err != nil {
		return nil, err
	}
	next, err := newsroom.FillFront(ctx, d.store, t, place, front, d.store.Now())
	if err != nil {
		return nil, err
	}
	live, err := d.liveFront(ctx, place)
	if err != nil {
		return nil, err
	}
	now, err := newsroom.FillFront(ctx, d.store, t, place, live, d.store.Now())
	if err != nil {
		return nil, err
	}
	v := FrontPreview{Blocks: []FilledBlock{}, Coming: storiesOnlyIn(next, now, t.Sections), Leaving: storiesOnlyIn(now, next, t.Sections)}
	for _, b := range next {
		v.Blocks = append(v.Blocks, viewFilled(b, t.Sections))
	}
	return reply(v), nil
}

func viewFilled(b newsroom.Filled, sections stet.Sections) FilledBlock {
	v := FilledBlock{Gone: b.Gone, Stories: []FilledStory{}, Unmet: []UnmetPin{}}
	for _, s := range b.Stories {
		row := FilledStory{StoryRow: viewStory(s.Live, sections), Why: "rule"}
		if s.Pin != nil {
			row.Why, row.Until = "pin", moment(s.Pin.Until)
		}
		v.Stories = append(v.Stories, row)
	}
	for _, p := range b.Unmet {
		row := UnmetPin{FrontPin: FrontPin{p.Story, moment(p.Until)}, Why: p.Why}
		if p.Live != nil {
			row.Headline, row.Story = p.Live.Headline, p.Live.PublicID
		}
		v.Unmet = append(v.Unmet, row)
	}
	return v
}

// storiesOnlyIn lists the stories that one page shows and the other does not.
func storiesOnlyIn(page, other []newsroom.Filled, sections stet.Sections) []StoryRow {
	seen := map[int64]bool{}
	for _, b := range other {
		for _, s := range b.Stories {
			seen[s.ArticleID] = true
		}
	}
	rows := []StoryRow{}
	for _, b := range page {
		for _, s := range b.Stories {
			if !seen[s.ArticleID] {
				seen[s.ArticleID] = true
				rows = append(rows, viewStory(s.Live, sections))
			}
		}
	}
	return rows
}

// previewPage serves /desk/preview/{place}: the page as readers would see it,
// with the draft in place of what is live.
func (d *Desk) previewPage(w http.ResponseWriter, r *http.Request) {
	page, err := d.makePreview(r)
	d.sendPreview(w, r, page, err)
}

func (d *Desk) makePreview(r *http.Request) ([]byte, error) {
	if _, err := d.callerOf(r); err != nil {
		return nil, err
	}
	place := FrontAt{Place: r.PathValue("place")}.place()
	front, err := d.arranged(r.Context(), place, r.URL.Query().Get("arrangement"))
	if err != nil {
		return nil, err
	}
	return d.preview(r.Context(), place, front)
}
