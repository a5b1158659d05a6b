// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package desk

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"stet"
	"stet/internal/media"
	"stet/internal/newsroom"
	"stet/internal/store"
)

// AssetRow is a picture, recording or document as lists and pickers show it.
type AssetRow struct {
	ID               string         `json:"id"`
	Kind             stet.AssetKind `json:"kind" enum:"image,audio,video,document"`
	MIME             string         `json:"mime" doc:"What the file is, by its content."`
	Filename         string         `json:"filename"`
	Width            int            `json:"width" doc:"In pixels, as shown; 0 for what has none."`
	Height           int            `json:"height"`
	Size             int64          `json:"size" doc:"Of the original, in bytes."`
	Duration         float64        `json:"duration" doc:"Of a recording or video, in seconds; 0 when the file does not tell."`
	Alt              string         `json:"alt" doc:"What those read who do not see the picture."`
	Caption          string         `json:"caption"`
	Credit           string         `json:"credit" doc:"As it stands below the picture."`
	Creator          string         `json:"creator"`
	Licence          string         `json:"licence"`
	Focal            Focal          `json:"focal"`
	MayBeRepublished bool           `json:"mayBeRepublished" doc:"Partners may carry it along with a story."`
	RightsEnd        *time.Time     `json:"rightsEnd,omitempty" doc:"From then on readers see a placeholder."`
	Ending           bool           `json:"ending" doc:"The rights end within 30 days."`
	Ended            bool           `json:"ended" doc:"The rights have ended."`
	Src              string         `json:"src,omitempty" doc:"A small rendition; missing for what is no picture and has no poster."`
	Srcset           string         `json:"srcset,omitempty"`
	URL              string         `json:"url,omitempty" doc:"Public address of a file that is no picture."`
	CreatedAt        time.Time      `json:"createdAt"`
	UpdatedAt        time.Time      `json:"updatedAt"`
	TrashedAt        *time.Time     `json:"trashedAt,omitempty"`
	Uses             int            `json:"uses" doc:"In how many places it stands."`
}

// Focal is the point of a picture that crops keep.
type Focal struct {
	X float64 `json:"x" minimum:"0" maximum:"1" doc:"0 is the left edge, 1 the right."`
	Y float64 `json:"y" minimum:"0" maximum:"1" doc:"0 is the upper edge, 1 the lower."`
}

// Asset is one asset whole.
type Asset struct {
	AssetRow
	Taken     string     `json:"taken" doc:"A date of any precision: 2023, 2023-03, 2023-03-14."`
	Shown     []stet.Ref `json:"shown" doc:"The persons whom it shows."`
	Crops     stet.Crops `json:"crops" doc:"Crops made by hand, by the name of the shape; where there is none the focal point decides."`
	Shapes    []Shape    `json:"shapes" doc:"The shapes that the theme asks for."`
	Poster    *AssetRow  `json:"poster,omitempty" doc:"The picture that stands for a video."`
	SourceURL string     `json:"sourceUrl,omitempty" doc:"Where an import fetched it."`

	Transcript string    `json:"transcript" doc:"What is heard in a recording or video, in writing: plain text, paragraphs apart by an empty line."`
	Captions   *Captions `json:"captions,omitempty" doc:"What is heard in a video, shown while it plays."`
}

// Captions are a text track.
type Captions struct {
	Language string `json:"language" maxLength:"40" doc:"BCP 47: en, de, pt-BR."`
	Label    string `json:"label,omitempty" maxLength:"100" doc:"As players list them; the language where it is missing."`
	Text     string `json:"text" maxLength:"524288" doc:"A WebVTT file; empty takes the captions away."`
}

// Shape is a proportion to which pictures are cut.
type Shape struct {
	Shape  string `json:"shape"`
	Name   string `json:"name" doc:"What it is for."`
	Width  int    `json:"width" doc:"Of the proportion."`
	Height int    `json:"height"`
	Src    string `json:"src,omitempty" doc:"The picture in this shape, as it is stored."`
}

// Uploaded is what became of a file.
type Uploaded struct {
	AssetRow
	Added bool `json:"added" doc:"False when the same file was kept already; this is it."`
}

func (d *Desk) assetRow(a stet.Asset, uses int, poster *stet.Asset) AssetRow {
	row := AssetRow{
		ID: a.PublicID, Kind: a.Kind, MIME: a.MIME, Filename: a.Filename, Width: a.Width, Height: a.Height, Size: a.Size, Duration: a.Duration.Seconds(),
		Alt: a.Alt, Caption: a.Caption, Credit: a.Credit, Creator: a.Creator, Licence: a.Licence, Focal: Focal{a.FocalX, a.FocalY},
		MayBeRepublished: a.Republish, RightsEnd: moment(a.RightsEnd), Ended: a.Ended, CreatedAt: a.CreatedAt, UpdatedAt: a.UpdatedAt,
		TrashedAt: moment(a.TrashedAt), Uses: uses,
		Ending: !a.Ended && !a.RightsEnd.IsZero() && a.RightsEnd.Before(d.store.Now().Add(rightsWarning)),
	}
	if a.Kind != stet.Image {
		row.URL = "/api/assets/" + a.PublicID + "/original"
		if poster != nil {
			row.Src, row.Srcset = thumbnails(*poster, media.Whole)
		}
		return row
	}
	row.Src, row.Srcset = thumbnails(a, media.Whole)
	return row
}

// thumbnails are the addresses of a picture's smaller renditions. What readers
// may not see is had from the desk, not from the public address.
func thumbnails(a stet.Asset, shape media.Shape) (src, srcset string) {
	folder := "/media/" + a.PublicID + "/"
	if a.Ended || !a.TrashedAt.IsZero() || a.ReplacedBy != 0 {
		folder = "/api/assets/" + a.PublicID + "/picture/"
	}
	var set []string
	for i, size := range media.SizesOf(a, shape) {
		if i > 3 {
			break
		}
		address := folder + media.Of(a, shape, size.Width).Name()
		if i <= 1 {
			src = address
		}
		set = append(set, address+" "+strconv.Itoa(size.Width)+"w")
	}
	return src, strings.Join(set, ", ")
}

// assetRows are the rows of assets, with their uses and posters.
func (d *Desk) assetRows(ctx context.Context, assets ...stet.Asset) ([]AssetRow, error) {
	ids, posters := make([]int64, len(assets)), []int64{}
	for i, a := range assets {
		ids[i] = a.ID
		if a.Poster != 0 {
			posters = append(posters, a.Poster)
		}
	}
	uses, err := d.store.CountAssetUses(ctx, ids...)
	if err != nil {
		return nil, err
	}
	found, err := d.store.Assets(ctx, posters...)
	if err != nil {
		return nil, err
	}
	byID := map[int64]*stet.Asset{}
	for i := range found {
		byID[found[i].ID] = &found[i]
	}
	rows := make([]AssetRow, len(assets))
	for i, a := range assets {
		rows[i] = d.assetRow(a, uses[a.ID], byID[a.Poster])
	}
	return rows, nil
}

func (d *Desk) viewAsset(ctx context.Context, a stet.Asset) (*body[Asset], error) {
	rows, err := d.assetRows(ctx, a)
	if err != nil {
		return nil, err
	}
	v := Asset{AssetRow: rows[0], Taken: a.Taken, Shown: some(a.Shown), Crops: a.Crops, SourceURL: a.SourceURL, Shapes: []Shape{}}
	if v.Crops == nil {
		v.Crops = stet.Crops{}
	}
	if a.Kind == stet.Image {
		for _, s := range media.Shapes() {
			src, _ := thumbnails(a, s.Shape)
			v.Shapes = append(v.Shapes, Shape{string(s.Shape), s.Name, s.Size.Width, s.Size.Height, src})
		}
	}
	texts, err := d.store.AssetTexts(ctx, a.ID)
	if err != nil {
		return nil, err
	}
	for _, t := range texts {
		if t.Kind == stet.Transcript {
			v.Transcript = t.Text
		} else {
			v.Captions = &Captions{Language: t.Language, Label: t.Label, Text: t.Text}
		}
	}
	if a.Poster != 0 {
		found, err := d.store.Assets(ctx, a.Poster)
		if err == nil && len(found) == 1 {
			p := d.assetRow(found[0], 0, nil)
			v.Poster = &p
		}
	}
	return reply(v), nil
}

type assetQuery struct {
	Caller
	Q       string         `query:"q" maxLength:"200" doc:"Beginnings of words of the caption, credit, alternative text, file name, creator, licence, date, or of the names of those shown."`
	Kind    stet.AssetKind `query:"kind" enum:"image,audio,video,document"`
	Person  string         `query:"person" maxLength:"12" doc:"Id of somebody whom it shows."`
	Article string         `query:"article" maxLength:"12" doc:"Id of an article that uses it."`
	Wants   string         `query:"wants" enum:"alt,credit" doc:"What is missing: alternative text of pictures, or credit."`
	Rights  string         `query:"rights" enum:"ending,ended" doc:"The rights end within 30 days, or have ended."`
	Unused  bool           `query:"unused"`
	Trashed bool           `query:"trashed" doc:"The trash in place of the library."`
	Since   time.Time      `query:"since" doc:"Added at or after this moment."`
	Until   time.Time      `query:"until" doc:"Added before this moment."`
	Limit   int            `query:"limit" minimum:"1" maximum:"200" default:"50"`
	Cursor  string         `query:"cursor" maxLength:"100"`
}

// rightsWarning is how long before the end of rights the desk is warned.
const rightsWarning = 30 * 24 * time.Hour

func (d *Desk) listAssets(ctx context.Context, in *assetQuery) (*body[Page[AssetRow]], error) {
	f := store.AssetFilter{
		Words: in.Q, Kind: in.Kind, Person: in.Person, Article: in.Article, NoAlt: in.Wants == "alt", NoCredit: in.Wants == "credit",
		Unused: in.Unused, Trashed: in.Trashed, From: in.Since, To: in.Until, Limit: in.Limit + 1,
	}
	switch in.Rights {
	case "ending":
		f.EndsUntil = d.store.Now().Add(rightsWarning)
		f.EndsFrom = d.store.Now()
	case "ended":
		f.EndsUntil = d.store.Now()
	}
	if in.Cursor != "" {
		a, err := d.store.Asset(ctx, in.Cursor)
		if err != nil {
			return nil, stet.Errorf(stet.Invalid, "%q is no cursor of ours", in.Cursor)
		}
		f.After = a.ID
	}
	found, err := d.store.FindAssets(ctx, f)
	if err != nil {
		return nil, err
	}
	rows, err := d.assetRows(ctx, found...)
	if err != nil {
		return nil, err
	}
	return pageOf(rows, in.Limit, func(r AssetRow) string { return r.ID }), nil
}

// AssetID is embedded by the input of every operation on one asset.
type AssetID struct {
	Caller
	ID string `path:"id" maxLength:"12"`
}

// assetChange is what may change of an asset; what is missing stays.
type assetChange struct {
	Alt              *string     `json:"alt,omitempty" maxLength:"4000"`
	Caption          *string     `json:"caption,omitempty" maxLength:"4000"`
	Credit           *string     `json:"credit,omitempty" maxLength:"4000"`
	Creator          *string     `json:"creator,omitempty" maxLength:"4000"`
	Licence          *string     `json:"licence,omitempty" maxLength:"4000"`
	Taken            *string     `json:"taken,omitempty" maxLength:"10"`
	Shown            *[]string   `json:"shown,omitempty" maxItems:"100" doc:"Ids of the persons whom it shows."`
	MayBeRepublished *bool       `json:"mayBeRepublished,omitempty"`
	RightsEnd        *string     `json:"rightsEnd,omitempty" maxLength:"40" doc:"RFC 3339; empty for no end."`
	Focal            *Focal      `json:"focal,omitempty"`
	Crops            *stet.Crops `json:"crops,omitempty" doc:"All crops made by hand; those that are missing here are given up."`
	Poster           *string     `json:"poster,omitempty" maxLength:"12" doc:"Id of the picture that stands for a video; empty for none."`
	Filename         *string     `json:"filename,omitempty" maxLength:"400"`
	Transcript       *string     `json:"transcript,omitempty" maxLength:"200000" doc:"Of a recording or video; empty takes it away."`
	Captions         *Captions   `json:"captions,omitempty" doc:"Of a video."`
}

// apply changes the asset.
func (c *assetChange) apply(ctx context.Context, s *store.Store, a *stet.Asset) error {
	for _, t := range []struct {
		to   *string
		from *string
	}{{&a.Alt, c.Alt}, {&a.Caption, c.Caption}, {&a.Credit, c.Credit}, {&a.Creator, c.Creator}, {&a.Licence, c.Licence}, {&a.Taken, c.Taken}, {&a.Filename, c.Filename}} {
		if t.from != nil {
			*t.to = strings.TrimSpace(*t.from)
		}
	}
	if c.MayBeRepublished != nil {
		a.Republish = *c.MayBeRepublished
	}
	if c.Focal != nil {
		a.FocalX, a.FocalY = c.Focal.X, c.Focal.Y
	}
	if c.Crops != nil {
		a.Crops = stet.Crops{}
		for _, s := range media.Shapes() {
			if crop, ok := (*c.Crops)[string(s.Shape)]; ok {
				a.Crops[string(s.Shape)] = crop
			}
		}
	}
	if c.Shown != nil {
		a.Shown = nil
		for _, id := range *c.Shown {
			a.Shown = append(a.Shown, stet.Ref{ID: id})
		}
	}
	if err := c.applyRights(a); err != nil {
		return err
	}
	if err := c.applyPoster(ctx, s, a); err != nil {
		return err
	}
	return c.applyTexts(ctx, s, a)
}

func (c *assetChange) applyTexts(ctx context.Context, s *store.Store, a *stet.Asset) error {
	var texts []stet.AssetText
	if c.Transcript != nil {
		texts = append(texts, stet.AssetText{Kind: stet.Transcript, Text: *c.Transcript})
	}
	if v := c.Captions; v != nil {
		texts = append(texts, stet.AssetText{Kind: stet.Captions, Language: v.Language, Label: v.Label, Text: v.Text})
	}
	for _, t := range texts {
		t, err := newsroom.ReadAssetText(a, t)
		if err != nil {
			return err
		}
		if err := s.SetAssetText(ctx, t); err != nil {
			return err
		}
	}
	return nil
}

func (c *assetChange) applyRights(a *stet.Asset) (err error) {
	if c.RightsEnd == nil {
		return nil
	}
	a.RightsEnd = time.Time{}
	if *c.RightsEnd != "" {
		if a.RightsEnd, err = time.Parse(time.RFC3339, *c.RightsEnd); err != nil {
			return stet.Errorf(stet.Invalid, "%q is no moment; write it as 2026-11-20T06:00:00Z", *c.RightsEnd)
		}
		a.RightsEnd = a.RightsEnd.UTC().Truncate(time.Microsecond)
	}
	return nil
}

func (c *assetChange) applyPoster(ctx context.Context, s *store.Store, a *stet.Asset) error {
	if c.Poster == nil {
		return nil
	}
	if a.Poster = 0; *c.Poster == "" {
		return nil
	}
	p, err := s.Asset(ctx, *c.Poster)
	if err != nil || p.Kind != stet.Image || a.Kind != stet.Video {
		return stet.Errorf(stet.Invalid, "a picture can stand for a video, and nothing else")
	}
	a.Poster = p.ID
	return nil
}

func (d *Desk) mediaOperations() {
	register(d, http.MethodGet, "/assets", "list-assets", "finds pictures, recordings and documents, the newest first", d.listAssets)
	register(d, http.MethodGet, "/assets/{id}", "get-asset", "returns an asset", func(ctx context.Context, in *AssetID) (*body[Asset], error) {
		a, err := d.store.Asset(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return d.viewAsset(ctx, a)
	})
	register(d, http.MethodPatch, "/assets/{id}", "change-asset", "changes what is known of an asset", func(ctx context.Context, in *struct {
		AssetID
		Body assetChange
	}) (*body[Asset], error) {
		a, err := d.room.UpdateAsset(ctx, in.staff, in.ID, func(r *store.Store, a *stet.Asset) error { return in.Body.apply(ctx, r, a) })
		if err != nil {
			return nil, err
		}
		return d.viewAsset(ctx, a)
	})
	register(d, http.MethodPatch, "/assets", "change-assets", "changes the same of many assets, all or none", d.changeAssets)
	register(d, http.MethodDelete, "/assets/{id}", "trash-asset", "lays an asset into the trash; one that is used is refused", func(ctx context.Context, in *AssetID) (*body[Asset], error) {
		a, err := d.room.TrashAsset(ctx, in.staff, in.ID)
		if err != nil {
			return nil, err
		}
		return d.viewAsset(ctx, a)
	})
	register(d, http.MethodPost, "/assets/{id}/restore", "restore-asset", "takes an asset out of the trash", func(ctx context.Context, in *AssetID) (*body[Asset], error) {
		a, err := d.room.RestoreAsset(ctx, in.staff, in.ID)
		if err != nil {
			return nil, err
		}
		return d.viewAsset(ctx, a)
	})
	register(d, http.MethodPost, "/assets/{id}/replace", "replace-asset", "puts another asset in its place wherever it stands, and lays it into the trash", func(ctx context.Context, in *struct {
		AssetID
		Body struct {
			With string `json:"with" maxLength:"12" doc:"Id of the asset that takes its place."`
		}
	}) (*body[Asset], error) {
		a, err := d.room.ReplaceAsset(ctx, in.staff, in.ID, in.Body.With)
		if err != nil {
			return nil, err
		}
		return d.viewAsset(ctx, a)
	})
	register(d, http.MethodGet, "/assets/{id}/uses", "list-asset-uses", "says where an asset stands", d.listAssetUses)
	register(d, http.MethodGet, "/assets/{id}/alike", "list-assets-alike", "finds pictures that look the same: another size or quality, most likely", func(ctx context.Context, in *AssetID) (*body[Page[AssetRow]], error) {
		a, err := d.store.Asset(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		alike, err := d.room.LooksLike(ctx, a)
		if err != nil {
			return nil, err
		}
		rows, err := d.assetRows(ctx, alike...)
		return reply(Page[AssetRow]{Items: some(rows)}), err
	})
	d.mediaFileOperations()
	d.uploadOperations()
}

// changeAssets is for a shoot of fifty pictures with one credit.
func (d *Desk) changeAssets(ctx context.Context, in *struct {
	Caller
	Body struct {
		IDs []string    `json:"ids" minItems:"1" maxItems:"200"`
		Set assetChange `json:"set"`
	}
}) (*body[Page[AssetRow]], error) {
	assets, err := d.room.UpdateAssets(ctx, in.staff, in.Body.IDs, func(r *store.Store, a *stet.Asset) error { return in.Body.Set.apply(ctx, r, a) })
	if err != nil {
		return nil, err
	}
	rows, err := d.assetRows(ctx, assets...)
	return reply(Page[AssetRow]{Items: some(rows)}), err
}

// AssetUse is one place where an asset stands.
type AssetUse struct {
	What   string      `json:"what" enum:"article,person,magazine,asset" doc:"What uses it."`
	ID     string      `json:"id,omitempty"`
	Name   string      `json:"name" doc:"Headline or name."`
	Place  string      `json:"place" enum:"lead,body,portrait,logo,poster"`
	Status stet.Status `json:"status,omitempty" doc:"Of an article."`
	Live   bool        `json:"live" doc:"Readers see it there now."`
	Past   bool        `json:"past" doc:"Only an earlier version shows it; this does not keep it from the trash."`
}

func (d *Desk) listAssetUses(ctx context.Context, in *AssetID) (*body[Page[AssetUse]], error) {
	a, err := d.store.Asset(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	uses, err := d.store.AssetUses(ctx, a.ID)
	if err != nil {
		return nil, err
	}
	rows, err := d.viewUses(ctx, uses)
	return reply(Page[AssetUse]{Items: rows}), err
}
