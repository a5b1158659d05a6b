// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package desk_test

import (
	"bytes"
	"encoding/json"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"mime/multipart"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"stet"
	"stet/internal/newsroom"
)

// photo is a JPEG of the size, of which no two numbers give the same.
func photo(t *testing.T, width, height, number int) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			v := uint8((x*(3+number) + y*(7+2*number)) / 4)
			m.Set(x, y, color.RGBA{v, uint8(number * 40), 255 - v, 255})
		}
	}
	var b bytes.Buffer
	must(t, jpeg.Encode(&b, m, nil))
	return b.Bytes()
}

type assetRow struct {
	ID, Kind, MIME, Filename, Alt, Credit, Src, Srcset string
	Width, Height, Uses                                int
	Added, Ended, MayBeRepublished                     bool
	RightsEnd, TrashedAt                               string
	Crops                                              map[string]struct{ X, Y, W float64 }
	Shapes                                             []struct{ Shape, Src string }
}

// send uploads a file as a form does and wants the status.
func (c *client) send(status int, filename string, file []byte) (a assetRow, problem string) {
	c.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part, err := w.CreateFormFile("file", filename)
	must(c.t, err)
	_, err = part.Write(file)
	must(c.t, err)
	must(c.t, w.Close())
	req, err := http.NewRequestWithContext(c.t.Context(), "POST", c.base+"/api/assets", &b)
	must(c.t, err)
	req.Header.Set("Content-Type", w.FormDataContentType())
	return a, c.answer(req, status, &a)
}

// answer sends the request, wants the status, and returns what the problem says.
func (c *client) answer(req *http.Request, status int, out any) string {
	c.t.Helper()
	res, err := c.http.Do(req)
	must(c.t, err)
	defer res.Body.Close()
	data, err := io.ReadAll(res.Body)
	must(c.t, err)
	if res.StatusCode != status {
		c.t.Fatalf("%s %s: %s %s, want %d", req.Method, req.URL.Path, res.Status, data, status)
	}
	if status >= 400 {
		var p struct{ Detail string }
		must(c.t, json.Unmarshal(data, &p))
		return p.Detail
	}
	must(c.t, json.Unmarshal(data, out))
	return ""
}

func (c *client) part(status int, id string, offset int, data []byte) string {
	c.t.Helper()
	req, err := http.NewRequestWithContext(c.t.Context(), "PATCH", c.base+"/api/uploads/"+id, bytes.NewReader(data))
	must(c.t, err)
	req.Header.Set("Content-Type", "application/octet-stream")
	req.Header.Set("Upload-Offset", strconv.Itoa(offset))
	var out struct{ Received int }
	return c.answer(req, status, &out)
}

func TestAddAsset(t *testing.T) {
	onBoth(t, func(t *testing.T, r *room) {
		c := r.as(t, stet.Writer)
		file := photo(t, 900, 600, 1)
		a, _ := c.send(http.StatusOK, "harbour at night.jpg", file)
		if !a.Added || a.Kind != "image" || a.Width != 900 || !strings.HasPrefix(a.Src, "/media/"+a.ID+"/") || a.Srcset == "" {
			t.Errorf("added: %+v", a)
		}
		again, _ := c.send(http.StatusOK, "other name.jpg", file)
		if again.Added || again.ID != a.ID {
			t.Errorf("the same file became %+v", again)
		}
		for _, bad := range []struct {
			name string
			file []byte
			why  string
		}{
			{"text", []byte("Dear editor, here is my picture."), "none of JPEG"},
			{"svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`), "SVG"},
			{"page", []byte("<!DOCTYPE html><p>"), "web page"},
			{"cut short", file[:len(file)/2], "cut short"},
			{"bomb", bomb(), "pixels"},
			{"a page behind a picture", append(bytes.Clone(file), "<script>alert(1)</script>"...), "hidden"},
		} {
			if _, why := c.send(refusalOf(bad.name), bad.name, bad.file); !strings.Contains(why, bad.why) {
				t.Errorf("%s: refused because %q, want %q", bad.name, why, bad.why)
			}
		}
		r.nobody(t).send(http.StatusUnauthorized, "a.jpg", file)
	})
}

func refusalOf(name string) int {
	if name == "bomb" {
		return http.StatusRequestEntityTooLarge
	}
	return http.StatusBadRequest
}

// bomb is a PNG header that announces 60,000 by 60,000 pixels.
func bomb() []byte {
	return []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\xea\x60\x00\x00\xea\x60\x08\x02\x00\x00\x00\x00\x00\x00\x00")
}

func TestUpload(t *testing.T) {
	onBoth(t, func(t *testing.T, r *room) {
		c := r.as(t, stet.Writer)
		file := photo(t, 640, 480, 2)
		var u struct {
			ID       string
			Received int
		}
		c.do(http.StatusOK, "POST", "/api/uploads", map[string]any{"filename": "ferry.jpg", "size": len(file)}, &u)
		half := len(file) / 2
		c.part(http.StatusOK, u.ID, 0, file[:half])
		// The answer got lost, and the browser sends the part again.
		if why := c.part(http.StatusConflict, u.ID, 0, file[:half]); !strings.Contains(why, "go on from there") {
			t.Errorf("a part sent twice: %q", why)
		}
		c.do(http.StatusConflict, "POST", "/api/uploads/"+u.ID+"/finish", nil, nil)
		c.do(http.StatusOK, "GET", "/api/uploads/"+u.ID, nil, &u)
		if u.Received != half {
			t.Errorf("%d bytes are here, want %d", u.Received, half)
		}
		r.as(t, stet.Editor).do(http.StatusNotFound, "GET", "/api/uploads/"+u.ID, nil, nil)
		c.part(http.StatusOK, u.ID, half, file[half:])
		c.part(http.StatusBadRequest, u.ID, len(file), []byte("more"))
		var a assetRow
		c.do(http.StatusOK, "POST", "/api/uploads/"+u.ID+"/finish", nil, &a)
		if a.Width != 640 || a.Filename != "ferry.jpg" || !a.Added {
			t.Errorf("finished: %+v", a)
		}
		c.do(http.StatusNotFound, "GET", "/api/uploads/"+u.ID, nil, nil)

		// One that is given up is swept.
		c.do(http.StatusOK, "POST", "/api/uploads", map[string]any{"filename": "x.jpg", "size": 100}, &u)
		c.part(http.StatusOK, u.ID, 0, file[:50])
		r.clock.Advance(stet.UploadLife + time.Hour)
		must(t, r.SweepMedia(t.Context(), newsroom.NoArgs{}))
		c = r.as(t, stet.Writer)
		c.do(http.StatusNotFound, "GET", "/api/uploads/"+u.ID, nil, nil)
		c.do(http.StatusRequestEntityTooLarge, "POST", "/api/uploads", map[string]any{"filename": "film.mp4", "size": 1 << 40}, nil)
	})
}

func TestAssets(t *testing.T) {
	onBoth(t, func(t *testing.T, r *room) {
		c := r.as(t, stet.Editor)
		var ids []string
		for i := range 3 {
			a, _ := c.send(http.StatusOK, "p"+strconv.Itoa(i)+".jpg", photo(t, 600, 400, i))
			ids = append(ids, a.ID)
		}
		soon := r.clock.Now().Add(10 * 24 * time.Hour).Format(time.RFC3339)
		c.do(http.StatusOK, "PATCH", "/api/assets/"+ids[0], map[string]any{
			"alt": "A ferry leaves Sørhavn", "credit": "Elin Vik", "shown": []string{r.person.PublicID}, "rightsEnd": soon, "taken": "2024-05",
			"focal": map[string]float64{"x": 0.25, "y": 0.75}, "crops": map[string]any{"1x1": map[string]float64{"x": 0.1, "y": 0.2, "w": 0.3}}, "mayBeRepublished": true,
		}, nil)
		find := func(query string) (found []string) {
			t.Helper()
			var page struct{ Items []assetRow }
			c.do(http.StatusOK, "GET", "/api/assets?"+query, nil, &page)
			for _, a := range page.Items {
				found = append(found, a.ID)
			}
			return found
		}
		for _, q := range []string{"q=sorh", "q=ferry+leav", "q=vik", "q=hartog", "q=2024", "person=" + r.person.PublicID, "rights=ending", "q=p0"} {
			if got := find(q); len(got) != 1 || got[0] != ids[0] {
				t.Errorf("%s finds %v, want %s", q, got, ids[0])
			}
		}
		for q, want := range map[string]int{"q=ferry+goes": 0, "wants=alt": 2, "wants=credit": 2, "kind=video": 0, "kind=image": 3, "unused=true": 3, "rights=ended": 0, "trashed=true": 0} {
			if got := find(q); len(got) != want {
				t.Errorf("%s finds %v, want %d", q, got, want)
			}
		}
		var page struct {
			Items []assetRow
			Next  string
		}
		c.do(http.StatusOK, "GET", "/api/assets?limit=2", nil, &page)
		next := page.Next
		page.Next = ""
		c.do(http.StatusOK, "GET", "/api/assets?limit=2&cursor="+next, nil, &page)
		if len(page.Items) != 1 || page.Items[0].ID != ids[0] || page.Next != "" {
			t.Errorf("the second page: %+v", page)
		}
		var a assetRow
		c.do(http.StatusOK, "GET", "/api/assets/"+ids[0], nil, &a)
		if len(a.Shapes) != 3 || a.Crops["1x1"].W != 0.3 || !a.MayBeRepublished {
			t.Errorf("the asset: %+v", a)
		}
		c.do(http.StatusOK, "PATCH", "/api/assets", map[string]any{"ids": ids[1:], "set": map[string]any{"credit": "Archive"}}, nil)
		if got := find("wants=credit"); len(got) != 0 {
			t.Errorf("after a credit for all, %v want one", got)
		}
		for _, bad := range []map[string]any{
			{"taken": "yesterday"}, {"rightsEnd": "soon"}, {"shown": []string{"nobody"}}, {"poster": ids[1]},
			{"crops": map[string]any{"1x1": map[string]float64{"x": 0.9, "y": 0, "w": 0.3}}},
		} {
			c.do(http.StatusBadRequest, "PATCH", "/api/assets/"+ids[0], bad, nil)
		}
		r.as(t, stet.Contributor).do(http.StatusForbidden, "PATCH", "/api/assets/"+ids[0], map[string]any{"alt": "mine"}, nil)
		r.as(t, stet.Writer).do(http.StatusForbidden, "DELETE", "/api/assets/"+ids[0], nil, nil)

		// The rights end: the list says so, and the desk goes on seeing it.
		r.clock.Advance(11 * 24 * time.Hour)
		c = r.as(t, stet.Editor)
		if got := find("rights=ended"); len(got) != 1 {
			t.Errorf("after the end of rights: %v", got)
		}
		c.do(http.StatusOK, "GET", "/api/assets/"+ids[0], nil, &a)
		if !a.Ended || !strings.HasPrefix(a.Src, "/api/assets/") {
			t.Errorf("ended: %+v", a)
		}
		req, err := http.NewRequestWithContext(t.Context(), "GET", r.url+a.Src, nil)
		must(t, err)
		res, err := c.http.Do(req)
		must(t, err)
		res.Body.Close()
		if res.StatusCode != http.StatusOK || res.Header.Get("Content-Type") != "image/jpeg" {
			t.Errorf("its picture: %s %s", res.Status, res.Header.Get("Content-Type"))
		}
	})
}

func TestUsesOfAssets(t *testing.T) {
	onBoth(t, func(t *testing.T, r *room) {
		ctx, op := t.Context(), stet.Operator
		c := r.as(t, stet.Editor)
		a, _ := c.send(http.StatusOK, "a.jpg", photo(t, 600, 400, 1))
		b, _ := c.send(http.StatusOK, "b.jpg", photo(t, 600, 400, 2))
		story := stet.Article{Content: stet.Content{
			Headline: "The ferry", Section: stet.Ref{ID: r.europe.PublicID}, Lead: &stet.Placement{Asset: a.ID},
			Body: []byte(`{"type":"doc","content":[{"type":"image","attrs":{"asset":"` + a.ID + `"}}]}`),
		}}
		must(t, r.Draft(ctx, op, &story))
		uses := func(id string) (rows []struct {
			What, Name, Place string
			Live, Past        bool
		}) {
			t.Helper()
			var page struct {
				Items []struct {
					What, Name, Place string
					Live, Past        bool
				}
			}
			c.do(http.StatusOK, "GET", "/api/assets/"+id+"/uses", nil, &page)
			return page.Items
		}
		if got := uses(a.ID); len(got) != 2 || got[0].Name != "The ferry" || got[0].Live {
			t.Errorf("uses of the draft: %+v", got)
		}
		_, err := r.Publish(ctx, op, story.ID, newsroom.PublishOptions{})
		must(t, err)
		if got := uses(a.ID); len(got) != 2 || !got[0].Live {
			t.Errorf("uses of the story: %+v", got)
		}
		var refused struct{ Detail string }
		c.do(http.StatusConflict, "DELETE", "/api/assets/"+a.ID, nil, &refused)
		if !strings.Contains(refused.Detail, "one place") {
			t.Errorf("refused because %q", refused.Detail)
		}

		// Replaced everywhere: the list shows the other, and the trash takes it.
		c.do(http.StatusOK, "PATCH", "/api/assets/"+b.ID, map[string]any{"credit": "Second"}, nil)
		c.do(http.StatusBadRequest, "POST", "/api/assets/"+a.ID+"/replace", map[string]any{"with": a.ID}, nil)
		var old assetRow
		c.do(http.StatusOK, "POST", "/api/assets/"+a.ID+"/replace", map[string]any{"with": b.ID}, &old)
		if old.TrashedAt == "" || old.Uses != 0 {
			t.Errorf("the old one: %+v", old)
		}
		if got := uses(b.ID); len(got) != 2 || !got[0].Live {
			t.Errorf("uses of the new one: %+v", got)
		}
		live, err := r.Store().Live(ctx, story.ID)
		must(t, err)
		found, err := r.Store().Asset(ctx, b.ID)
		must(t, err)
		if live.LeadAsset != found.ID || live.LeadCredit != "Second" {
			t.Errorf("live: %+v", live)
		}
		// Saving the working copy, which still names the old one, changes nothing.
		fresh, err := r.Store().Article(ctx, story.ID)
		must(t, err)
		must(t, r.Save(ctx, op, &fresh))
		if got := uses(a.ID); len(got) != 2 || !got[0].Past || !got[1].Past {
			t.Errorf("uses of the old one after a save: %+v", got)
		}

		// The trash keeps what a version shows, and nothing else.
		d, _ := c.send(http.StatusOK, "d.jpg", photo(t, 600, 400, 3))
		c.do(http.StatusOK, "DELETE", "/api/assets/"+d.ID, nil, nil)
		c.do(http.StatusOK, "POST", "/api/assets/"+d.ID+"/restore", nil, nil)
		c.do(http.StatusOK, "DELETE", "/api/assets/"+d.ID, nil, nil)
		r.clock.Advance(newsroom.TrashLife + time.Hour)
		must(t, r.SweepMedia(ctx, newsroom.NoArgs{}))
		c = r.as(t, stet.Editor)
		c.do(http.StatusNotFound, "GET", "/api/assets/"+d.ID, nil, nil)
		c.do(http.StatusOK, "GET", "/api/assets/"+a.ID, nil, nil)
	})
}

// What is heard is written down through the API: it is held to what it is, and
// a fault changes nothing.
func TestAssetInWriting(t *testing.T) {
	onBoth(t, func(t *testing.T, r *room) {
		c := r.as(t, stet.Writer)
		film, _ := c.send(http.StatusOK, "film.webm", []byte("\x1a\x45\xdf\xa3\x84\x42\x82\x84webm"))
		pic, _ := c.send(http.StatusOK, "pic.jpg", photo(t, 80, 60, 1))
		memo, _ := c.send(http.StatusOK, "memo.pdf", []byte("%PDF-1.7\n%%EOF\n"))
		type written struct {
			Transcript string
			Captions   *struct{ Language, Label, Text string }
		}
		change := func(status int, id, body string) (w written, problem string) {
			t.Helper()
			req, err := http.NewRequestWithContext(t.Context(), "PATCH", c.base+"/api/assets/"+id, strings.NewReader(body))
			must(t, err)
			req.Header.Set("Content-Type", "application/json")
			return w, c.answer(req, status, &w)
		}
		const vtt = `"WEBVTT\r\n\r\n00:00.000 --> 00:01.000\r\n[Horn]"`
		got, _ := change(http.StatusOK, film.ID, `{"transcript": " A horn.\r\n\r\nA gull. ", "captions": {"language": "EN-gb", "text": `+vtt+`}}`)
		if got.Transcript != "A horn.\n\nA gull." || got.Captions == nil || got.Captions.Language != "en-GB" || got.Captions.Label != "en-GB" || strings.Contains(got.Captions.Text, "\r") {
			t.Errorf("kept: %+v", got)
		}
		for body, why := range map[string]string{
			`{"credit": "x", "captions": {"language": "en", "text": "1\n00:00:01,000 --> 00:00:02,000"}}`: "first line is WEBVTT",
			`{"credit": "x", "captions": {"language": "no language", "text": ` + vtt + `}}`:               "is no language",
		} {
			if _, problem := change(http.StatusBadRequest, film.ID, body); !strings.Contains(problem, why) {
				t.Errorf("%s: %q", body, problem)
			}
		}
		for _, id := range []string{pic.ID, memo.ID} {
			if _, problem := change(http.StatusBadRequest, id, `{"transcript": "A dam."}`); !strings.Contains(problem, "belong to a recording or a video") {
				t.Errorf("a transcript of a picture or document: %q", problem)
			}
			change(http.StatusOK, id, `{"transcript": ""}`)
		}
		got, _ = change(http.StatusOK, film.ID, `{"alt": ""}`)
		if got.Transcript == "" || got.Captions == nil {
			t.Errorf("after changing something else: %+v", got)
		}
		got, _ = change(http.StatusOK, film.ID, `{"transcript": "", "captions": {"language": "", "text": ""}}`)
		if got.Transcript != "" || got.Captions != nil {
			t.Errorf("taken away: %+v", got)
		}
	})
}
