// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package site

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"path"
	"strconv"
	"strings"
	"time"

	"stet"
	"stet/internal/media"
	"stet/internal/prose"
	"stet/internal/syndicate"
)

// Recordings, videos and documents stand in stories beside pictures. They are
// served as they were sent; what is heard in them is served in writing.

// library is what bodies show of the media library, looked up at once.
type library struct {
	assets  map[string]stet.Asset // by the public id in the body
	posters map[int64]stet.Asset
	texts   map[int64][]stet.AssetText
}

func (s *Site) libraryOf(ctx context.Context, docs ...*prose.Doc) (l library, err error) {
	var ids []string
	for _, d := range docs {
		ids = append(ids, d.Assets()...)
	}
	if l.assets, err = s.store.AssetsReplaced(ctx, ids...); err != nil {
		return l, err
	}
	var posters, heard []int64
	for _, a := range l.assets {
		if a.Kind == stet.Audio || a.Kind == stet.Video {
			heard = append(heard, a.ID)
		}
		if a.Poster != 0 {
			posters = append(posters, a.Poster)
		}
	}
	l.posters, l.texts = map[int64]stet.Asset{}, map[int64][]stet.AssetText{}
	found, err := s.store.Assets(ctx, posters...)
	for _, a := range found {
		l.posters[a.ID] = a
	}
	if err != nil {
		return l, err
	}
	texts, err := s.store.AssetTexts(ctx, heard...)
	for _, t := range texts {
		l.texts[t.Asset] = append(l.texts[t.Asset], t)
	}
	return l, err
}

// media is the view of a recording, video or document for a body that names it
// by id.
func (l library) media(w *world, id string) (prose.Media, bool) {
	a, ok := l.assets[id]
	if !ok || a.Kind == stet.Image {
		return prose.Media{}, false
	}
	m := prose.Media{Kind: string(a.Kind), Credit: a.Credit, Final: a.PublicID != id}
	if a.Ended {
		m.Gone, m.Final = w.theme.Text("media.ended"), true
		return m, true
	}
	m.Src, m.Type, m.Width, m.Height = assetURL(a), a.MIME, a.Width, a.Height
	m.Facts, m.Length = w.facts(a), playing(a.Duration)
	if a.Kind == stet.Document {
		m.Title = cmp.Or(strings.TrimSuffix(a.Filename, path.Ext(a.Filename)), a.Filename)
	}
	if p := l.poster(a); p.ID != 0 {
		size := posterSize(p)
		m.Poster = "/media/" + p.PublicID + "/" + media.Of(p, media.Whole, size.Width).Name()
		if m.Width == 0 {
			m.Width, m.Height = size.Width, size.Height
		}
	}
	for _, t := range l.texts[a.ID] {
		if t.Kind == stet.Transcript {
			m.Transcript = t.Text
		} else {
			m.Track = prose.Track{Src: "/media/" + a.PublicID + "/" + captionsName(t), Language: t.Language, Label: t.Label}
		}
	}
	return m, true
}

// poster is the picture that stands for a video, when it may be shown.
func (l library) poster(a stet.Asset) stet.Asset {
	p := l.posters[a.Poster]
	if a.Kind != stet.Video || p.Kind != stet.Image || p.Ended {
		return stet.Asset{}
	}
	return p
}

// posterSize is the rendition that stands for a video: as wide as the column is
// on a dense screen.
func posterSize(p stet.Asset) media.Size {
	sizes := media.SizesOf(p, media.Whole)
	width := nearest(sizes, 1280)
	for _, s := range sizes {
		if s.Width == width {
			return s
		}
	}
	return media.Size{Width: width}
}

// facts say what follows a link to a file: "PDF, 52 kB".
func (w *world) facts(a stet.Asset) string {
	facts := strings.ToUpper(strings.TrimPrefix(path.Ext(a.Blob), ".")) + w.theme.Text("list.comma") + w.theme.FileSize(a.Size)
	if long := playing(a.Duration); long != "" {
		return long + w.theme.Text("list.comma") + facts
	}
	return facts
}

// playing is how long something plays, as players write it: 4:05, 1:02:03.
func playing(d time.Duration) string {
	if d <= 0 {
		return ""
	}
	s := max(1, int(d.Round(time.Second)/time.Second))
	if s >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}

// isoDuration is a length as schema.org wants it: PT245S.
func isoDuration(d time.Duration) string {
	return "PT" + strconv.FormatFloat(d.Seconds(), 'f', -1, 64) + "S"
}

// captionsName is the last segment of the address of captions. It is another
// one when they are, so that they may be kept for ever.
func captionsName(t stet.AssetText) string {
	sum := sha256.Sum256([]byte(t.Text))
	return "captions-" + hex.EncodeToString(sum[:6]) + ".vtt"
}

func isCaptions(name string) bool {
	return strings.HasPrefix(name, "captions-") && strings.HasSuffix(name, ".vtt")
}

// captions serves the text track of a video. An older address leads to what
// there is now.
func (s *Site) captions(w http.ResponseWriter, r *http.Request, a stet.Asset) error {
	texts, err := s.store.AssetTexts(r.Context(), a.ID)
	if err != nil {
		return err
	}
	for _, t := range texts {
		if t.Kind != stet.Captions {
			continue
		}
		if name := captionsName(t); r.PathValue("name") != name {
			return &redirect{"/media/" + a.PublicID + "/" + name, http.StatusFound}
		}
		h := w.Header()
		h.Set("Content-Type", "text/vtt; charset=utf-8")
		h.Set("Cache-Control", s.keepUntil(a))
		h.Set("ETag", `"`+strings.TrimSuffix(captionsName(t), ".vtt")+`"`)
		http.ServeContent(w, r, "", a.UpdatedAt, strings.NewReader(t.Text))
		return nil
	}
	return stet.Errorf(stet.NotFound, "there is no such file")
}

// enclosures are the files of a story that a feed hands over beside its text.
func (l library) enclosures(s *Site, w *world, d *prose.Doc) []syndicate.Enclosure {
	var out []syndicate.Enclosure
	for _, m := range d.Media() {
		a, ok := l.assets[m.Asset]
		v, ok2 := l.media(w, m.Asset)
		if ok && ok2 && v.Src != "" {
			out = append(out, syndicate.Enclosure{URL: s.base + v.Src, Type: a.MIME, Length: a.Size, Duration: a.Duration, Title: m.Name()})
		}
	}
	return out
}

// mediaLD is what machines are told of what is heard and seen in a story. A
// video without a picture to stand for it is none for them.
func (s *Site) mediaLD(w *world, l library, o *opened) (audio, video []ld) {
	seen := map[string]bool{}
	for _, m := range o.doc.Media() {
		a, ok := l.assets[m.Asset]
		v, shown := l.media(w, m.Asset)
		if !ok || !shown || v.Src == "" || seen[m.Asset] {
			continue
		}
		seen[m.Asset] = true
		credit := v.Credit
		if !v.Final {
			credit = firstText(m.Credit, credit)
		}
		x := ld{
			"name": firstText(m.Name(), o.Headline), "contentUrl": s.base + v.Src, "encodingFormat": a.MIME,
			"uploadDate": o.PublishedAt.In(w.location).Format(time.RFC3339),
		}
		for key, value := range map[string]string{"description": firstText(m.Caption, s.description(o)), "creditText": credit, "transcript": v.Transcript} {
			if value != "" {
				x[key] = value
			}
		}
		if a.Duration > 0 {
			x["duration"] = isoDuration(a.Duration)
		}
		switch p := l.poster(a); {
		case a.Kind == stet.Audio:
			x["@type"] = "AudioObject"
			audio = append(audio, x)
		case a.Kind == stet.Video && p.ID != 0:
			x["@type"], x["thumbnailUrl"] = "VideoObject", s.base+picture(p, media.Card).Src
			video = append(video, x)
		}
	}
	return audio, video
}
