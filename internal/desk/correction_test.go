// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package desk_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"stet"
	"stet/internal/newsroom"
	"stet/internal/prose"
)

// correctionRow is what the tests read of a correction.
type correctionRow struct {
	ID, Kind, Weight, Note, Amends, By string
	Spans                              []struct{ Text, URL string }
	Passage                            *stet.Passage
	Article                            struct {
		ID, Headline, Path string
		Section            *stet.Ref
	}
	Version int
}

// TestCorrections corrects a story over the API as the desk does: the published
// text is read, looked at beforehand, corrected, listed, amended.
func TestCorrections(t *testing.T) {
	onBoth(t, func(t *testing.T, r *room) {
		editor, writer, admin := r.as(t, stet.Editor), r.as(t, stet.Writer), r.as(t, stet.Administrator)
		a := r.copy(t, stet.Editor, "The dam", func(c *stet.Content) {
			doc, err := prose.New(prose.Paragraph(prose.Text("It was finished in 1998.")))
			must(t, err)
			c.Body = doc.JSON()
		})
		at := "/api/articles/" + a.PublicID
		editor.do(http.StatusNotFound, "GET", at+"/published", nil, nil)
		_, err := r.Publish(t.Context(), r.staff[stet.Editor], a.ID, newsroom.PublishOptions{})
		must(t, err)
		var text struct {
			Version     int
			Headline    string
			Blocks      []struct{ ID, Type, Text string }
			Corrections []correctionRow
			Retracted   bool
		}
		writer.do(http.StatusOK, "GET", at+"/published", nil, &text)
		if text.Version != 1 || len(text.Blocks) != 1 || text.Blocks[0].Text != "It was finished in 1998." || len(text.Corrections) != 0 {
			t.Fatalf("the published text is %+v", text)
		}
		in := map[string]any{
			"version": 1, "kind": "correction", "weight": "top", "note": "It was 1999, says [the register](https://dams.example/).",
			"passage": map[string]any{"block": text.Blocks[0].ID, "exact": "1998", "prefix": "in ", "suffix": ".", "after": "1999"},
		}
		var result struct {
			Correction correctionRow
			Version    int
			Copy       string
		}
		writer.do(http.StatusForbidden, "POST", at+"/corrections", in, nil)
		writer.do(http.StatusForbidden, "POST", at+"/corrections/preview", in, nil)
		editor.do(http.StatusOK, "POST", at+"/corrections/preview", in, &result)
		if result.Version != 2 || result.Copy != "same" || len(result.Correction.Spans) != 3 || result.Correction.Spans[1].URL != "https://dams.example/" {
			t.Errorf("the preview says %+v", result)
		}
		editor.do(http.StatusOK, "POST", at+"/corrections", in, &result)
		first := result.Correction
		if result.Version != 2 || first.Weight != "top" || first.By != "editor" || first.Article.Path != "/europe/the-dam" || first.Article.Section == nil || first.Article.Section.Name != "Europe" || first.Passage.After != "1999" {
			t.Errorf("made: %+v", result)
		}
		editor.do(http.StatusConflict, "POST", at+"/corrections", in, nil) // for a version that is not the newest
		in["version"] = 2
		editor.do(http.StatusBadRequest, "POST", at+"/corrections", in, nil) // the passage is not there any more
		editor.do(http.StatusBadRequest, "POST", at+"/corrections", map[string]any{"version": 2, "kind": "correction", "note": "  "}, nil)
		editor.do(http.StatusUnprocessableEntity, "POST", at+"/corrections", map[string]any{"version": 2, "kind": "apology", "note": "Sorry."}, nil)
		r.clock.Advance(time.Minute)
		editor.do(http.StatusOK, "POST", at+"/corrections", map[string]any{"version": 2, "note": "And in spring.", "amends": first.ID}, &result)
		if result.Correction.Kind != "correction" || result.Correction.Amends != first.ID {
			t.Errorf("the amendment is %+v", result)
		}

		r.clock.Advance(time.Minute)
		// An update as a whole, told as a clarification.
		editor.do(http.StatusOK, "POST", at+"/publish", map[string]any{"correction": map[string]any{"kind": "clarification", "note": "The headline is clearer now."}}, nil)
		writer.do(http.StatusOK, "GET", at+"/published", nil, &text)
		if text.Version != 4 || len(text.Corrections) != 3 || text.Blocks[0].Text != "It was finished in 1999." {
			t.Errorf("the published text is %+v", text)
		}

		var list struct {
			Items []correctionRow
			Next  string
		}
		notes := func(query string) (out []string) {
			t.Helper()
			list.Items, list.Next = nil, ""
			writer.do(http.StatusOK, "GET", "/api/corrections?"+query, nil, &list)
			for _, c := range list.Items {
				out = append(out, c.Note)
			}
			return out
		}
		newest, oldest := "The headline is clearer now.", first.Note
		for query, want := range map[string][]string{
			"":                              {newest, "And in spring.", oldest},
			"kind=clarification":            {newest},
			"q=register":                    {oldest},
			"q=1998":                        {oldest},
			"article=" + a.PublicID:         {newest, "And in spring.", oldest},
			"section=" + r.europe.PublicID:  {newest, "And in spring.", oldest},
			"kind=retraction":               nil,
			"limit=1":                       {newest},
			"kind=correction&q=spring&q=no": {"And in spring."},
		} {
			if diff := cmp.Diff(want, notes(query)); diff != "" {
				t.Errorf("%s (-want +got)\n%s", query, diff)
			}
		}
		notes("limit=2")
		if got := notes("limit=2&cursor=" + list.Next); len(got) != 1 || got[0] != oldest {
			t.Errorf("the second page is %v", got)
		}
		writer.do(http.StatusNotFound, "GET", "/api/corrections?section=000000000000", nil, nil)
		writer.do(http.StatusBadRequest, "GET", "/api/corrections?cursor=x", nil, nil)
		var one correctionRow
		writer.do(http.StatusOK, "GET", "/api/corrections/"+first.ID, nil, &one)
		if one.Note != oldest || one.By != "editor" {
			t.Errorf("one is %+v", one)
		}
		// There is no way to change one, or to take one away.
		for _, method := range []string{"PUT", "PATCH", "DELETE", "POST"} {
			admin.do(http.StatusMethodNotAllowed, method, "/api/corrections/"+first.ID, map[string]any{"note": "Nothing."}, nil)
		}

		// The magazine decides what becomes of a retracted text.
		editor.do(http.StatusForbidden, "PUT", "/api/settings/corrections", map[string]any{"removeRetracted": true}, nil)
		admin.do(http.StatusOK, "PUT", "/api/settings/corrections", map[string]any{"removeRetracted": true}, nil)
		r.clock.Advance(time.Minute)
		editor.do(http.StatusOK, "POST", at+"/corrections", map[string]any{"version": 4, "kind": "retraction", "note": "There is no dam."}, nil)
		writer.do(http.StatusOK, "GET", at+"/published", nil, &text)
		if len(text.Blocks) != 0 || !text.Retracted {
			t.Errorf("the retracted text is %+v", text)
		}

		// A withdrawn story keeps its corrections.
		must(t, r.Withdraw(t.Context(), r.staff[stet.Editor], a.ID))
		if got := notes("section=" + r.europe.PublicID); len(got) != 4 || list.Items[0].Article.Path != "" || list.Items[0].Article.ID != a.PublicID || !strings.Contains(fmt.Sprint(got), oldest) {
			t.Errorf("of a withdrawn story: %+v", list.Items)
		}
	})
}
