// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

// Package export is the way out: it writes the magazine as files that need no
// Stet to be read: every published story as Markdown with its pictures, and the
// readers as CSV.
package export

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"stet"
	"stet/internal/media"
	"stet/internal/prose"
	"stet/internal/store"
)

// Summary counts what was written.
type Summary struct {
	Stories  int `json:"stories"`
	Pages    int `json:"pages"`
	Pictures int `json:"pictures"` // and other files
	Texts    int `json:"texts"`    // captions and transcripts of recordings and films
}

// Options says from where and to where.
type Options struct {
	Store *store.Store
	Blobs media.Blobs
	Dir   string // made when it is not there; must be empty
	URL   string // public address of the magazine, for links
}

// frontMatter is what stands above a story's text. The keys are those that
// static site generators know (title, description, date), and ours.
type frontMatter struct {
	ID          string        `yaml:"id"`
	Title       string        `yaml:"title"`
	Description string        `yaml:"description,omitempty"`
	Path        string        `yaml:"path"`
	Date        string        `yaml:"date"`
	Updated     string        `yaml:"updated,omitempty"`
	Version     int           `yaml:"version"`
	Hash        string        `yaml:"sha256"`
	Language    string        `yaml:"language,omitempty"`
	Section     string        `yaml:"section,omitempty"`
	Sections    []string      `yaml:"sections,omitempty"`
	Genre       string        `yaml:"genre,omitempty"`
	Topics      []string      `yaml:"topics,omitempty"`
	Authors     []frontByline `yaml:"authors,omitempty"`
	Byline      string        `yaml:"byline,omitempty"`
	Picture     *frontPicture `yaml:"picture,omitempty"`
	Media       []frontMedia  `yaml:"media,omitempty"`
	Partner     string        `yaml:"partner,omitempty"`
	Origin      string        `yaml:"origin,omitempty"`
	Corrections []frontNote   `yaml:"corrections,omitempty"`
}

// frontNote is a public note on the story; its note is Markdown already.
type frontNote struct {
	ID          string `yaml:"id"`
	Kind        string `yaml:"kind"`
	Date        string `yaml:"date"`
	Version     int    `yaml:"version"` // that came with it
	Weight      string `yaml:"weight"`
	Note        string `yaml:"note"`
	Amends      string `yaml:"amends,omitempty"`
	Before      string `yaml:"before,omitempty"`
	After       string `yaml:"after,omitempty"`
	TextRemoved bool   `yaml:"text_removed,omitempty"`
}

type frontByline struct {
	Name         string `yaml:"name"`
	Contribution string `yaml:"contribution"`
}

type frontPicture struct {
	File    string `yaml:"file"`
	Alt     string `yaml:"alt,omitempty"`
	Caption string `yaml:"caption,omitempty"`
	Credit  string `yaml:"credit,omitempty"`
}

// frontMedia is a recording, film or document in the text, with what belongs to
// it and has no place in Markdown.
type frontMedia struct {
	File       string         `yaml:"file"`
	Poster     string         `yaml:"poster,omitempty"`
	Captions   *frontCaptions `yaml:"captions,omitempty"`
	Transcript string         `yaml:"transcript,omitempty"`
}

type frontCaptions struct {
	File     string `yaml:"file"` // WebVTT
	Language string `yaml:"language"`
	Label    string `yaml:"label"`
}

// in is the file as an article at the address finds it.
func (m frontMedia) in(address string) frontMedia {
	m.File, m.Poster, m.Transcript = relative(address, m.File), relative(address, m.Poster), relative(address, m.Transcript)
	if m.Captions != nil {
		c := *m.Captions
		c.File = relative(address, c.File)
		m.Captions = &c
	}
	return m
}

// Markdown writes the newest version of every published article to
// DIR/<its address>.md, and the originals of its pictures, recordings, films and
// documents to DIR/media, with their captions and transcripts.
func Markdown(ctx context.Context, o Options) (Summary, error) {
	e := &exporter{Options: o, kept: map[string]frontMedia{}}
	if entries, err := os.ReadDir(o.Dir); err == nil && len(entries) > 0 {
		return e.sum, stet.Errorf(stet.Conflict, "the folder %s is not empty", o.Dir)
	}
	if err := os.MkdirAll(filepath.Join(o.Dir, "media"), 0o755); err != nil {
		return e.sum, stet.Errorf(stet.Invalid, "the folder cannot be made: %v", err)
	}
	last, err := o.Store.LastLive(ctx)
	if err != nil {
		return e.sum, err
	}
	for after := int64(0); ; {
		rows, err := o.Store.LiveAfter(ctx, after, last, 200)
		if err != nil {
			return e.sum, err
		}
		for _, l := range rows {
			if err := e.article(ctx, l); err != nil {
				return e.sum, fmt.Errorf("export %s: %w", l.Path, err)
			}
			after = l.ArticleID
		}
		if len(rows) < 200 {
			return e.sum, nil
		}
	}
}

type exporter struct {
	Options
	sum  Summary
	kept map[string]frontMedia // by the asset's public id; files below DIR
}

func (e *exporter) article(ctx context.Context, l store.Live) error {
	v, err := e.Store.Version(ctx, l.VersionID)
	if err != nil {
		return err
	}
	d, err := v.Open()
	if err != nil {
		return err
	}
	text, beside := "", []frontMedia(nil)
	if len(d.Content.Body) > 0 {
		doc, err := prose.Parse(d.Content.Body)
		if err != nil {
			return err
		}
		files := map[string]prose.Picture{}
		for _, id := range doc.Assets() {
			if m, err := e.asset(ctx, id); err != nil {
				return err
			} else if m.File != "" {
				files[id] = prose.Picture{Src: relative(l.Path, m.File)}
			}
		}
		for _, placed := range doc.Media() {
			if m := e.kept[placed.Asset]; m.File != "" {
				beside = append(beside, m.in(l.Path))
			}
		}
		text = doc.Markdown(prose.Env{Base: e.URL, Language: l.Language,
			Asset: func(id string) (prose.Picture, bool) { p, ok := files[id]; return p, ok },
			Media: func(id string) (prose.Media, bool) { p, ok := files[id]; return prose.Media{Src: p.Src}, ok }})
	}
	head, err := e.front(ctx, l, v, &d.Content, beside)
	if err != nil {
		return err
	}
	file := filepath.Join(e.Dir, filepath.FromSlash(strings.TrimPrefix(l.Path, "/"))+".md")
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	if l.Kind == stet.Page {
		e.sum.Pages++
	} else {
		e.sum.Stories++
	}
	return os.WriteFile(file, []byte("---\n"+string(head)+"---\n\n"+text), 0o644)
}

func (e *exporter) front(ctx context.Context, l store.Live, v stet.Version, c *stet.Content, beside []frontMedia) ([]byte, error) {
	f := frontMatter{
		ID: l.PublicID, Title: c.Headline, Description: c.Dek, Path: l.Path, Date: l.PublishedAt.Format(time.RFC3339), Version: v.Number, Hash: v.Hash,
		Language: c.Language, Section: c.Section.Name, Genre: c.Genre.Name, Byline: c.BylineText, Media: beside,
	}
	if !v.PublishedAt.Equal(l.PublishedAt) {
		f.Updated = v.PublishedAt.Format(time.RFC3339)
	}
	for _, s := range c.Sections {
		f.Sections = append(f.Sections, s.Name)
	}
	for _, t := range c.Topics {
		f.Topics = append(f.Topics, t.Name)
	}
	for _, b := range c.Bylines {
		f.Authors = append(f.Authors, frontByline{b.Person.Name, string(b.Contribution)})
	}
	if o := c.Origin; o != nil {
		f.Partner, f.Origin = o.Partner.Name, o.URL
	}
	if p := c.Lead; p != nil {
		m, err := e.asset(ctx, p.Asset)
		if err != nil {
			return nil, err
		}
		f.Picture = &frontPicture{File: relative(l.Path, m.File), Alt: p.Alt, Caption: p.Caption, Credit: p.Credit}
	}
	notes, err := e.Store.CorrectionsOf(ctx, l.ArticleID)
	if err != nil {
		return nil, err
	}
	for _, c := range notes {
		n := frontNote{
			ID: c.PublicID, Kind: string(c.Kind), Date: c.MadeAt.Format(time.RFC3339), Version: c.Version, Weight: string(c.Weight), Note: c.Note,
			Amends: c.Amends, TextRemoved: c.TextRemoved,
		}
		if c.Passage.Changes() {
			n.Before, n.After = c.Passage.Exact, c.Passage.After
		}
		f.Corrections = append(f.Corrections, n)
	}
	return yaml.Marshal(f)
}

// asset copies an original into DIR/media once, with what belongs to it, and
// returns its files.
func (e *exporter) asset(ctx context.Context, id string) (m frontMedia, err error) {
	if m, ok := e.kept[id]; ok {
		return m, nil
	}
	a, err := e.Store.Asset(ctx, id)
	if stet.ErrorCode(err) == stet.NotFound {
		return m, nil
	}
	if err != nil {
		return m, err
	}
	if m.File, err = e.original(ctx, &a); err != nil {
		return m, err
	}
	if a.Poster != 0 {
		posters, err := e.Store.Assets(ctx, a.Poster)
		if err != nil {
			return m, err
		}
		for _, p := range posters {
			poster, err := e.asset(ctx, p.PublicID)
			if err != nil {
				return m, err
			}
			m.Poster = poster.File
		}
	}
	texts, err := e.Store.AssetTexts(ctx, a.ID)
	if err != nil {
		return m, err
	}
	for _, t := range texts {
		switch t.Kind {
		case stet.Captions:
			m.Captions = &frontCaptions{File: "media/" + id + "." + t.Language + ".vtt", Language: t.Language, Label: t.Label}
			err = e.text(m.Captions.File, t.Text)
		case stet.Transcript:
			m.Transcript = "media/" + id + ".txt"
			err = e.text(m.Transcript, t.Text+"\n")
		}
		if err != nil {
			return m, err
		}
	}
	e.kept[id] = m
	return m, nil
}

func (e *exporter) text(file, text string) error {
	e.sum.Texts++
	return os.WriteFile(filepath.Join(e.Dir, filepath.FromSlash(file)), []byte(text), 0o644)
}

// original copies the asset's file and returns where it lies below DIR.
func (e *exporter) original(ctx context.Context, a *stet.Asset) (string, error) {
	blob, err := e.Blobs.Open(ctx, a.Blob)
	if err != nil {
		return "", fmt.Errorf("file %s: %w", a.PublicID, err)
	}
	defer blob.Close()
	file := "media/" + a.PublicID + path.Ext(a.Blob)
	out, err := os.Create(filepath.Join(e.Dir, filepath.FromSlash(file)))
	if err != nil {
		return "", err
	}
	if _, err := io.Copy(out, blob); err != nil {
		out.Close()
		return "", err
	}
	e.sum.Pictures++
	return file, out.Close()
}

// relative is the way from an article's file to another below DIR.
func relative(from, file string) string {
	if file == "" {
		return ""
	}
	return strings.Repeat("../", strings.Count(strings.TrimPrefix(from, "/"), "/")) + file
}

// Readers writes everybody who signed up as CSV, with the moment at which they
// asked and the moment at which they confirmed, in RFC 3339.
func Readers(ctx context.Context, s *store.Store, w io.Writer) (n int, err error) {
	out := csv.NewWriter(w)
	if err := out.Write([]string{"email", "signed_up_at", "confirmed_at", "source"}); err != nil {
		return 0, err
	}
	for after := int64(0); ; {
		rows, err := s.ReadersAfter(ctx, after, 1000)
		if err != nil {
			return n, err
		}
		for _, r := range rows {
			confirmed := ""
			if !r.ConfirmedAt.IsZero() {
				confirmed = r.ConfirmedAt.Format(time.RFC3339)
			}
			if err := out.Write([]string{r.Email, r.CreatedAt.Format(time.RFC3339), confirmed, r.Source}); err != nil {
				return n, err
			}
			after = r.ID
			n++
		}
		if len(rows) < 1000 {
			out.Flush()
			return n, out.Error()
		}
	}
}
