// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package desk

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"stet"
	"stet/internal/newsroom"
	"stet/internal/store"
)

// home is how the front page's place stands in addresses of the API.
const home = "home"

// FrontPlace is a page that has, or may have, a front.
type FrontPlace struct {
	Place     string      `json:"place" doc:"\"home\", or the id of a section."`
	Name      string      `json:"name"`
	Path      string      `json:"path" doc:"Public address."`
	Depth     int         `json:"depth" doc:"How deep the section stands in the tree; 0 at the top."`
	May       bool        `json:"may" doc:"Whether this account may arrange it."`
	Live      *FrontStamp `json:"live,omitempty" doc:"What readers see; missing when nobody has arranged a front here."`
	Draft     *FrontStamp `json:"draft,omitempty"`
	Scheduled int         `json:"scheduled" doc:"How many changes are to come."`
}

// FrontStamp says of an arrangement who made it, when and why.
type FrontStamp struct {
	ID     string          `json:"id"`
	Number int             `json:"number,omitempty" doc:"Counts what readers saw at this place."`
	Base   int             `json:"base,omitempty" doc:"Number of what readers saw when the draft was begun."`
	State  stet.FrontState `json:"state" enum:"draft,scheduled,live,past,cancelled"`
	At     time.Time       `json:"at" doc:"When readers saw it first, or will; of a draft, when it was saved."`
	Staff  string          `json:"staff" doc:"Name of who touched it last."`
	Note   string          `json:"note,omitempty"`
}

// FrontView is a front as the desk arranges it.
type FrontView struct {
	FrontPlace
	Revision int64        `json:"revision" doc:"Of the draft; 0 when there is none, and the blocks are those that readers see."`
	Behind   bool         `json:"behind" doc:"Readers were given another front since the draft was begun."`
	Blocks   []FrontBlock `json:"blocks"`
	Coming   []FrontStamp `json:"coming" doc:"Scheduled changes, the next first."`
}

// FrontBlock is one band of a front.
type FrontBlock struct {
	Type       stet.BlockType `json:"type" enum:"lead,grid,list,strip,rail,latest,quote,newsletter,text"`
	Title      string         `json:"title,omitempty"`
	Section    string         `json:"section,omitempty" doc:"Id of the section from which its stories come."`
	Topic      string         `json:"topic,omitempty" doc:"Id."`
	Genre      string         `json:"genre,omitempty" doc:"Id."`
	HandPicked bool           `json:"handPicked,omitempty" doc:"Shows its pins and nothing else."`
	Count      int            `json:"count,omitempty" doc:"How many stories; 0 is the usual number of the shape."`
	Pins       []FrontPin     `json:"pins,omitempty"`
	Text       string         `json:"text,omitempty" doc:"Of a quote; of a text block, in Markdown."`
	Speaker    string         `json:"speaker,omitempty"`
	Role       string         `json:"role,omitempty"`
	URL        string         `json:"url,omitempty" doc:"Where the title, or the quote, leads."`
}

// FrontPin holds a story in its place.
type FrontPin struct {
	Story string     `json:"story" doc:"Id or address of the story."`
	Until *time.Time `json:"until,omitempty" doc:"From then on the rule of the block fills the place."`
}

// StoryRow is a published story as readers see it in lists.
type StoryRow struct {
	ID          string    `json:"id"`
	Headline    string    `json:"headline"`
	Path        string    `json:"path"`
	Section     string    `json:"section,omitempty" doc:"Name."`
	PublishedAt time.Time `json:"publishedAt"`
}

// FrontAt names a front in the path.
type FrontAt struct {
	Caller
	Place string `path:"place" maxLength:"12" doc:"\"home\", or the id of a section."`
}

func (p FrontAt) place() string {
	if p.Place == home {
		return stet.HomeFront
	}
	return p.Place
}

func (d *Desk) frontOperations() {
	register(d, http.MethodGet, "/fronts", "list-fronts", "lists the front page and the sections, which may have fronts of their own", d.listFronts)
	register(d, http.MethodGet, "/fronts/{place}", "get-front", "returns a front as the desk arranges it: the draft, or what readers see", func(ctx context.Context, in *FrontAt) (*body[FrontView], error) {
		return d.viewFront(ctx, in.staff, in.place())
	})
	register(d, http.MethodPut, "/fronts/{place}", "save-front", "saves the draft of a front", func(ctx context.Context, in *struct {
		FrontAt
		Body struct {
			Revision int64        `json:"revision" minimum:"0" doc:"Of the draft that was changed; 0 when there was none."`
			Blocks   []FrontBlock `json:"blocks" maxItems:"60"`
		}
	}) (*body[FrontView], error) {
		if _, err := d.room.SaveFront(ctx, in.staff, in.place(), in.Body.Revision, frontOf(in.Body.Blocks)); err != nil {
			return nil, err
		}
		return d.viewFront(ctx, in.staff, in.place())
	})
	register(d, http.MethodDelete, "/fronts/{place}/draft", "discard-front-draft", "forgets the draft of a front", func(ctx context.Context, in *struct {
		FrontAt
		Revision int64 `query:"revision" required:"true" minimum:"1"`
	}) (*body[FrontView], error) {
		if err := d.room.DropFrontDraft(ctx, in.staff, in.place(), in.Revision); err != nil {
			return nil, err
		}
		return d.viewFront(ctx, in.staff, in.place())
	})
	register(d, http.MethodDelete, "/fronts/{place}", "clear-front", "takes the front of a section away: its page is the list of its stories again", func(ctx context.Context, in *FrontAt) (*body[FrontView], error) {
		if err := d.room.ClearFront(ctx, in.staff, in.place()); err != nil {
			return nil, err
		}
		return d.viewFront(ctx, in.staff, in.place())
	})
	d.frontChangeOperations()
	d.frontLookOperations()
}

func (d *Desk) frontChangeOperations() {
	register(d, http.MethodPost, "/fronts/{place}/publish", "publish-front", "makes the draft what readers see", func(ctx context.Context, in *struct {
		FrontAt
		Body struct {
			Revision int64  `json:"revision" minimum:"1"`
			Note     string `json:"note,omitempty" maxLength:"1000" doc:"Why, for the history."`
		}
	}) (*body[FrontView], error) {
		if _, err := d.room.PublishFront(ctx, in.staff, in.place(), in.Body.Revision, in.Body.Note); err != nil {
			return nil, err
		}
		return d.viewFront(ctx, in.staff, in.place())
	})
	register(d, http.MethodPost, "/fronts/{place}/schedule", "schedule-front", "has the draft become what readers see at a moment to come", func(ctx context.Context, in *struct {
		FrontAt
		Body struct {
			Revision int64     `json:"revision" minimum:"1"`
			At       time.Time `json:"at"`
			Note     string    `json:"note,omitempty" maxLength:"1000"`
		}
	}) (*body[FrontView], error) {
		if _, err := d.room.ScheduleFront(ctx, in.staff, in.place(), in.Body.Revision, in.Body.At, in.Body.Note); err != nil {
			return nil, err
		}
		return d.viewFront(ctx, in.staff, in.place())
	})
	type arrangement struct {
		FrontAt
		ID string `path:"id" maxLength:"12" doc:"Of the arrangement."`
	}
	register(d, http.MethodDelete, "/fronts/{place}/schedule/{id}", "cancel-front-change", "takes a change off the schedule", func(ctx context.Context, in *arrangement) (*body[FrontView], error) {
		if _, err := d.arrangementAt(ctx, in.place(), in.ID); err != nil {
			return nil, err
		}
		if err := d.room.CancelFront(ctx, in.staff, in.ID); err != nil {
			return nil, err
		}
		return d.viewFront(ctx, in.staff, in.place())
	})
	register(d, http.MethodPost, "/fronts/{place}/restore", "restore-front", "makes an earlier arrangement what readers see again, as a new one", func(ctx context.Context, in *struct {
		FrontAt
		Body struct {
			ID   string `json:"id" maxLength:"12" doc:"Of the arrangement."`
			Note string `json:"note,omitempty" maxLength:"1000"`
		}
	}) (*body[FrontView], error) {
		if _, err := d.arrangementAt(ctx, in.place(), in.Body.ID); err != nil {
			return nil, err
		}
		if _, err := d.room.RestoreFront(ctx, in.staff, in.Body.ID, in.Body.Note); err != nil {
			return nil, err
		}
		return d.viewFront(ctx, in.staff, in.place())
	})
}

func (d *Desk) frontLookOperations() {
	register(d, http.MethodGet, "/fronts/{place}/history", "list-front-history", "lists what readers see and saw at a place, the newest first", func(ctx context.Context, in *struct {
		FrontAt
		Limit  int    `query:"limit" minimum:"1" maximum:"100" default:"20"`
		Cursor string `query:"cursor" maxLength:"20"`
	}) (*body[Page[FrontStamp]], error) {
		below := 0
		if in.Cursor != "" {
			n, err := strconv.Atoi(in.Cursor)
			if err != nil || n < 1 {
				return nil, stet.Errorf(stet.Invalid, "%q is no cursor of ours", in.Cursor)
			}
			below = n
		}
		rows, err := d.store.FrontHistory(ctx, in.place(), below, in.Limit+1)
		if err != nil {
			return nil, err
		}
		stamps, err := d.stamps(ctx, rows)
		return pageOf(stamps, in.Limit, func(s FrontStamp) string { return strconv.Itoa(s.Number) }), err
	})
	register(d, http.MethodGet, "/fronts/{place}/preview", "preview-front", "returns what each block of a front would show now, and which stories would come and leave", func(ctx context.Context, in *struct {
		FrontAt
		Arrangement string `query:"arrangement" maxLength:"12" doc:"Id of an arrangement; the draft when it is left out."`
	}) (*body[FrontPreview], error) {
		return d.previewFront(ctx, in.place(), in.Arrangement)
	})
	register(d, http.MethodGet, "/stories", "list-stories", "finds published stories, as readers see them: the newest, or by words", func(ctx context.Context, in *struct {
		Caller
		Q     string `query:"q" maxLength:"200"`
		Limit int    `query:"limit" minimum:"1" maximum:"50" default:"20"`
	}) (*body[Page[StoryRow]], error) {
		found, err := d.findStories(ctx, in.Q, in.Limit)
		if err != nil {
			return nil, err
		}
		sections, err := d.store.Sections(ctx)
		rows := []StoryRow{}
		for _, l := range found {
			rows = append(rows, viewStory(l, sections))
		}
		return reply(Page[StoryRow]{Items: rows}), err
	})
}

func (d *Desk) findStories(ctx context.Context, q string, limit int) ([]store.Live, error) {
	if q == "" {
		return d.store.Stories(ctx, store.List{Kind: store.ListAll}, store.Cursor{}, limit)
	}
	m, err := d.store.Magazine(ctx)
	if err != nil && stet.ErrorCode(err) != stet.NotFound {
		return nil, err
	}
	// By the beginnings of words first, as somebody types a headline.
	found, err := d.store.SuggestStories(ctx, q, m.Language, limit)
	if err != nil || len(found) > 0 {
		return found, err
	}
	hits, _, err := d.store.Search(ctx, store.Query{Words: q, Language: m.Language, Limit: limit})
	for _, h := range hits {
		found = append(found, h.Live)
	}
	return found, err
}

func viewStory(l store.Live, sections stet.Sections) StoryRow {
	s, _ := sections.ByID(l.SectionID)
	return StoryRow{ID: l.PublicID, Headline: l.Headline, Path: l.Path, Section: s.Name, PublishedAt: l.PublishedAt}
}

func (d *Desk) listFronts(ctx context.Context, in *struct{ Caller }) (*body[Page[FrontPlace]], error) {
	b, err := d.readFronts(ctx)
	if err != nil {
		return nil, err
	}
	rows := []FrontPlace{b.place(in.staff, stet.HomeFront)}
	var below func(parent int64)
	below = func(parent int64) {
		for _, s := range b.sections.Children(parent) {
			rows = append(rows, b.place(in.staff, s.PublicID))
			below(s.ID)
		}
	}
	below(0)
	return reply(Page[FrontPlace]{Items: rows}), nil
}

// frontBoard is what the desk knows of all fronts.
type frontBoard struct {
	sections    stet.Sections
	live, draft map[string]stet.Arrangement
	scheduled   map[string][]stet.Arrangement
	names       map[int64]string
}

func (d *Desk) readFronts(ctx context.Context) (*frontBoard, error) {
	b := &frontBoard{live: map[string]stet.Arrangement{}, draft: map[string]stet.Arrangement{}, scheduled: map[string][]stet.Arrangement{}}
	var err error
	if b.sections, err = d.store.Sections(ctx); err != nil {
		return nil, err
	}
	if b.names, err = d.staffNames(ctx); err != nil {
		return nil, err
	}
	for _, state := range []stet.FrontState{stet.FrontLive, stet.FrontDraft, stet.FrontScheduled} {
		all, err := d.store.Fronts(ctx, state)
		if err != nil {
			return nil, err
		}
		for _, a := range all {
			switch state {
			case stet.FrontLive:
				b.live[a.Place] = a
			case stet.FrontDraft:
				b.draft[a.Place] = a
			case stet.FrontScheduled:
				b.scheduled[a.Place] = append(b.scheduled[a.Place], a)
			}
		}
	}
	return b, nil
}

// staffNames are the names of all accounts by id. 0 is the operator.
func (d *Desk) staffNames(ctx context.Context) (map[int64]string, error) {
	all, err := d.store.Staff(ctx)
	names := map[int64]string{0: "the operator"}
	for _, a := range all {
		names[a.ID] = a.Name
	}
	return names, err
}

func (b *frontBoard) place(staff stet.Staff, place string) FrontPlace {
	p := FrontPlace{Place: home, Name: "Front page", Path: "/", May: newsroom.MayArrange(staff, b.sections, place), Scheduled: len(b.scheduled[place])}
	if s, ok := b.sections.ByPublicID(place); ok {
		p.Place, p.Name, p.Path, p.Depth = s.PublicID, s.Name, b.sections.Path(s.ID), len(b.sections.Line(s.ID))-1
	}
	if a, ok := b.live[place]; ok {
		s := stamp(a, b.names)
		p.Live = &s
	}
	if a, ok := b.draft[place]; ok {
		s := stamp(a, b.names)
		p.Draft = &s
	}
	return p
}

func stamp(a stet.Arrangement, names map[int64]string) FrontStamp {
	at := a.PublishedAt
	switch a.State {
	case stet.FrontDraft:
		at = a.UpdatedAt
	case stet.FrontScheduled, stet.FrontCancelled:
		at = a.ScheduledAt
	}
	return FrontStamp{ID: a.PublicID, Number: a.Number, Base: a.Base, State: a.State, At: at, Staff: names[a.StaffID], Note: a.Note}
}

func (d *Desk) stamps(ctx context.Context, rows []stet.Arrangement) ([]FrontStamp, error) {
	names, err := d.staffNames(ctx)
	out := []FrontStamp{}
	for _, a := range rows {
		out = append(out, stamp(a, names))
	}
	return out, err
}

func (d *Desk) viewFront(ctx context.Context, staff stet.Staff, place string) (*body[FrontView], error) {
	b, err := d.readFronts(ctx)
	if err != nil {
		return nil, err
	}
	if _, ok := b.sections.ByPublicID(place); !ok && place != stet.HomeFront {
		return nil, stet.Errorf(stet.NotFound, "there is no such section")
	}
	v := FrontView{FrontPlace: b.place(staff, place), Coming: []FrontStamp{}}
	live, published := b.live[place]
	shown := live
	if draft, ok := b.draft[place]; ok {
		shown, v.Revision, v.Behind = draft, draft.Revision, draft.Base != live.Number
	} else if !published && place == stet.HomeFront {
		shown.Front = stet.DefaultFront()
	}
	for _, a := range b.scheduled[place] {
		v.Coming = append(v.Coming, stamp(a, b.names))
	}
	v.Blocks, err = d.viewBlocks(ctx, shown.Front)
	return reply(v), err
}

// viewBlocks names stories, sections, topics and genres by their ids, however
// the front has them: written by hand they may be addresses.
func (d *Desk) viewBlocks(ctx context.Context, f stet.Front) ([]FrontBlock, error) {
	t, err := newsroom.ReadTaxonomy(ctx, d.store)
	if err != nil {
		return nil, err
	}
	out := []FrontBlock{}
	for _, b := range f.Blocks {
		v := FrontBlock{Type: b.Type, Title: b.Title, HandPicked: b.HandPicked, Count: b.Count, Text: b.Text, Speaker: b.Speaker, Role: b.Role, URL: b.URL}
		if v.Section, v.Topic, v.Genre, err = t.Named(ctx, d.store, b); err != nil {
			return nil, err
		}
		for _, p := range b.Pins {
			l, err := newsroom.Pinned(ctx, d.store, p.Story)
			if err != nil && stet.ErrorCode(err) != stet.NotFound {
				return nil, err
			}
			if err == nil {
				p.Story = l.PublicID
			}
			v.Pins = append(v.Pins, FrontPin{p.Story, moment(p.Until)})
		}
		out = append(out, v)
	}
	return out, nil
}

func frontOf(blocks []FrontBlock) stet.Front {
	f := stet.Front{Blocks: []stet.Block{}}
	for _, v := range blocks {
		b := stet.Block{
			Type: v.Type, Title: v.Title, Section: v.Section, Topic: v.Topic, Genre: v.Genre, HandPicked: v.HandPicked, Count: v.Count,
			Text: v.Text, Speaker: v.Speaker, Role: v.Role, URL: v.URL,
		}
		for _, p := range v.Pins {
			pin := stet.Pin{Story: p.Story}
			if p.Until != nil {
				pin.Until = p.Until.UTC()
			}
			b.Pins = append(b.Pins, pin)
		}
		f.Blocks = append(f.Blocks, b)
	}
	return f
}

// arrangementAt returns the arrangement if it is one of the place.
func (d *Desk) arrangementAt(ctx context.Context, place, id string) (stet.Arrangement, error) {
	a, err := d.store.FrontByPublicID(ctx, id)
	if err == nil && a.Place != place {
		err = stet.Errorf(stet.NotFound, "there is no such front")
	}
	return a, err
}

// arranged is the front of the place that a preview shows: that of the
// arrangement, else the draft, else what readers see.
func (d *Desk) arranged(ctx context.Context, place, id string) (stet.Front, error) {
	if id != "" {
		a, err := d.arrangementAt(ctx, place, id)
		return a.Front, err
	}
	a, err := d.store.FrontDraft(ctx, place)
	if stet.ErrorCode(err) == stet.NotFound {
		return d.liveFront(ctx, place)
	}
	return a.Front, err
}

func (d *Desk) liveFront(ctx context.Context, place string) (stet.Front, error) {
	a, err := d.store.Front(ctx, place)
	if stet.ErrorCode(err) != stet.NotFound {
		return a.Front, err
	}
	if place == stet.HomeFront {
		return stet.DefaultFront(), nil
	}
	return stet.Front{}, nil
}
