// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package site

import (
	"context"
	"fmt"
	"html"
	"net/http"
	"strings"
	"time"

	"stet"
	"stet/internal/media"
	"stet/internal/store"
	"stet/internal/theme"
	"stet/internal/web"
)

// The right to show a picture may end. From then on its place on every page is
// held by a drawing that says so, under an address of its own: the picture's
// own addresses were promised never to change and lie in readers' browsers.

// endedPicture stands for a picture of the shape. A portrait needs no place
// kept: a byline reads as well without one.
func endedPicture(shape media.Shape, sizes []media.Size) theme.Picture {
	if shape == media.Square {
		return theme.Picture{}
	}
	s := sizes[len(sizes)-1]
	return theme.Picture{Src: endedAddress(s), Width: s.Width, Height: s.Height}
}

func endedAddress(s media.Size) string {
	return fmt.Sprintf("/media/ended/%dx%d.svg", s.Width, s.Height)
}

// placed is the picture of a story, with the words that the story gives it.
func placed(a stet.Asset, shape media.Shape, l store.Live, ended string) theme.Picture {
	p := picture(a, shape)
	if a.Ended {
		p.Alt = ended
		return p
	}
	p.Alt, p.Credit, p.Caption = l.LeadAlt, l.LeadCredit, captionHTML(l.LeadCaption)
	return p
}

// endedWords is what the drawing says, for those who do not see it.
func (s *Site) endedWords() string {
	if w := s.world.Load(); w != nil {
		return w.theme.Text("picture.ended")
	}
	return ""
}

// insteadOf returns where a request for an asset is sent when readers may see
// it no longer, "" when they may.
func (s *Site) insteadOf(ctx context.Context, a stet.Asset, name string) (string, error) {
	if a.ReplacedBy != 0 {
		found, err := s.store.Assets(ctx, a.ReplacedBy)
		if err != nil || len(found) == 0 {
			return "", err
		}
		if isCaptions(name) {
			return "/media/" + found[0].PublicID + "/" + name, nil
		}
		want, err := media.ParseName(name)
		if err != nil || found[0].Kind != stet.Image {
			return assetURL(found[0]), nil
		}
		sizes := media.SizesOf(found[0], want.Shape)
		return "/media/" + found[0].PublicID + "/" + media.Of(found[0], want.Shape, nearest(sizes, want.Width)).Name(), nil
	}
	if !a.TrashedAt.IsZero() {
		return "", stet.Errorf(stet.Gone, "this file was taken away")
	}
	if !a.Ended {
		return "", nil
	}
	want, err := media.ParseName(name)
	if a.Kind != stet.Image || err != nil {
		return "", stet.Errorf(stet.Gone, "the right to show this has ended")
	}
	size := media.Size{Width: a.Width, Height: a.Height}
	for _, have := range media.SizesOf(a, want.Shape) {
		if size = have; have.Width >= want.Width {
			break
		}
	}
	return endedAddress(size), nil
}

// keepUntil lets a file be kept for ever, or until the right to show it ends.
func (s *Site) keepUntil(a stet.Asset) string {
	const year = 365 * 24 * time.Hour
	left := a.RightsEnd.Sub(s.store.Now())
	if a.RightsEnd.IsZero() || left > year {
		return foreverControl
	}
	return fmt.Sprintf("public, max-age=%d", max(0, int(left/time.Second)))
}

// ended draws what stands in the place of a picture: an empty frame that says
// why. Its size is in the address, so that a page keeps its shape.
func (s *Site) ended(w http.ResponseWriter, r *http.Request) error {
	var width, height int
	name := r.PathValue("name")
	if _, err := fmt.Sscanf(name, "%dx%d.svg", &width, &height); err != nil || name != fmt.Sprintf("%dx%d.svg", width, height) ||
		width < 1 || height < 1 || width > 65000 || height > 65000 {
		return stet.Errorf(stet.NotFound, "there is no such file")
	}
	world, err := s.currentWorld(r.Context())
	if err != nil {
		return err
	}
	body := web.NewBody(http.StatusOK, "image/svg+xml", drawEnded(width, height, world.theme.Text("picture.ended")), encoding(r))
	body.CacheControl = "public, max-age=86400"
	h := w.Header()
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")
	body.ServeHTTP(w, r)
	return nil
}

func drawEnded(width, height int, words string) []byte {
	size := max(10, min(width/24, height/6))
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img" aria-label="%s">`, width, height, width, height, html.EscapeString(words))
	b.WriteString(`<style>rect{fill:#efe9dc;stroke:#d9d3c6}text{fill:#5a534a;font-family:Georgia,serif;font-style:italic}@media(prefers-color-scheme:dark){rect{fill:#1c1a17;stroke:#37332d}text{fill:#aaa294}}</style>`)
	fmt.Fprintf(&b, `<rect width="%d" height="%d"/><text x="%d" y="%d" text-anchor="middle" dominant-baseline="middle" font-size="%d">%s</text></svg>`,
		width, height, width/2, height/2, size, html.EscapeString(words))
	return []byte(b.String())
}
