// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package desk_test

import (
	"net/http"
	"strings"
	"testing"

	"stet"
	"stet/internal/newsroom"
	"stet/internal/prose"
)

// recordOf is what the tests read of a story's record.
type recordOf struct {
	Passages   []newsroom.QuotedPassage
	Statements []said
	Sources    []newsroom.Source
}

type said struct {
	ID, Words  string
	Quotations int
	Speaker    struct{ ID, Name string }
	Merged     []struct{ ID, Words string }
}

type pairRow struct {
	ID, Label, Note string
	First, Second   said
	Block           map[string]string
}

// quoting is a story of the editor's with a paragraph for each text.
func (r *room) quoting(t *testing.T, headline string, texts ...string) (a *stet.Article, at string) {
	t.Helper()
	a = r.copy(t, stet.Editor, headline, func(c *stet.Content) {
		var blocks []prose.Node
		for _, s := range texts {
			blocks = append(blocks, prose.Paragraph(prose.Text(s)))
		}
		doc, err := prose.New(blocks...)
		must(t, err)
		c.Body, c.Language = doc.JSON(), "en"
	})
	return a, "/api/articles/" + a.PublicID + "/record"
}

// confirms puts the passage with the words into the record over the API.
func (c *client) confirms(at, words string) (quotation string, s said) {
	c.t.Helper()
	var rec recordOf
	c.do(http.StatusOK, "GET", at, nil, &rec)
	for _, p := range rec.Passages {
		if p.State != stet.QuotationProposed || !strings.Contains(p.Text, words) {
			continue
		}
		saying := map[string]any{"words": p.Found.Words, "date": p.Found.Date, "newcomer": map[string]any{"name": p.Found.Name}}
		if p.Found.Person.ID != "" {
			delete(saying, "newcomer")
			saying["speaker"] = p.Found.Person.ID
		}
		var out struct {
			Quotation string
			Statement said
		}
		c.do(http.StatusOK, "POST", at, map[string]any{"anchor": p.Anchor, "kind": p.Kind, "text": p.Text, "saying": saying}, &out)
		return out.Quotation, out.Statement
	}
	c.t.Fatalf("nothing waits with %q in %+v", words, rec.Passages)
	return "", said{}
}

// TestRecordOverTheAPI confirms, rejects and takes back, as the desk does; who
// has the story open is told.
func TestRecordOverTheAPI(t *testing.T) {
	onBoth(t, func(t *testing.T, r *room) {
		editor, other := r.as(t, stet.Editor), r.as(t, stet.Contributor)
		a, at := r.quoting(t, "The cable", "“We took the warning very seriously,” said Jane Doe.", "“It was a non-issue from the start,” said Paul Ash.")
		tags, leave := editor.hear("?article=" + a.PublicID + "&client=window1")
		defer leave()

		q, s := editor.confirms(at, "seriously")
		wantTag(t, tags, "record:"+a.PublicID)
		if s.Speaker.Name != "Jane Doe" || s.Quotations != 1 {
			t.Errorf("confirmed: %+v", s)
		}
		var rec recordOf
		editor.do(http.StatusOK, "GET", at, nil, &rec)
		if len(rec.Passages) != 2 || rec.Passages[0].ID != q || rec.Passages[0].Statement != s.ID || len(rec.Statements) != 1 {
			t.Errorf("the record is %+v", rec)
		}
		p := rec.Passages[1]
		passage := map[string]any{"anchor": p.Anchor, "kind": p.Kind, "text": p.Text}
		other.do(http.StatusForbidden, "POST", at+"/reject", passage, nil)
		var out struct{ Quotation string }
		editor.do(http.StatusOK, "POST", at+"/reject", passage, &out)
		editor.do(http.StatusOK, "POST", at+"/reject", passage, &out) // again: one rejection, the later one
		other.do(http.StatusForbidden, "DELETE", "/api/quotations/"+out.Quotation, nil, nil)
		editor.do(http.StatusNoContent, "DELETE", "/api/quotations/"+out.Quotation, nil, nil)
		editor.do(http.StatusNotFound, "DELETE", "/api/quotations/"+out.Quotation, nil, nil)
		editor.do(http.StatusConflict, "POST", "/api/quotations/"+q+"/split", nil, nil)
		editor.do(http.StatusBadRequest, "POST", at, map[string]any{"anchor": p.Anchor, "kind": p.Kind, "text": p.Text, "saying": map[string]any{"words": "x", "newcomer": map[string]any{"name": "Paul Ash"}, "date": map[string]any{"value": "2022-13", "precision": "month"}}}, nil)

		// Other words stand there now.
		editor.do(http.StatusConflict, "PUT", "/api/quotations/"+q+"/anchor", map[string]any{"anchor": []stet.Selector{{Block: p.Anchor[0].Block, Exact: "what nobody wrote"}}}, nil)
		editor.do(http.StatusNoContent, "PUT", "/api/quotations/"+q+"/anchor", map[string]any{"anchor": p.Anchor, "text": p.Text}, nil)
	})
}

// TestMergeOverTheAPI merges two statements and takes them apart again.
func TestMergeOverTheAPI(t *testing.T) {
	onBoth(t, func(t *testing.T, r *room) {
		editor, other := r.as(t, stet.Editor), r.as(t, stet.Contributor)
		_, first := r.quoting(t, "The cable", "“We took the warning very seriously,” said Jane Doe.")
		_, second := r.quoting(t, "The inquiry", "“We took the warning very seriously, as we take all of them,” said Jane Doe.")
		_, one := editor.confirms(first, "seriously")
		_, two := editor.confirms(second, "seriously")

		// The two wordings are compared.
		var alike []struct {
			Statement said
			Wordings  []newsroom.Wording
		}
		editor.do(http.StatusOK, "GET", "/api/statements/alike?speaker="+one.Speaker.ID+"&words=We+took+the+warning+very+seriously&except="+one.ID, nil, &alike)
		if len(alike) != 1 || alike[0].Statement.ID != two.ID || len(alike[0].Wordings) < 2 || alike[0].Wordings[0].Op != "same" {
			t.Errorf("alike: %+v", alike)
		}
		if last := alike[0].Wordings[len(alike[0].Wordings)-1]; last.Op != "only there" || !strings.Contains(last.Text, "all of them") {
			t.Errorf("the wordings end with %+v", last)
		}

		editor.do(http.StatusBadRequest, "POST", "/api/statements/"+one.ID+"/merge", map[string]any{"into": one.ID}, nil)
		editor.do(http.StatusNotFound, "POST", "/api/statements/"+two.ID+"/unmerge", nil, nil)
		editor.do(http.StatusOK, "POST", "/api/statements/"+two.ID+"/merge", map[string]any{"into": one.ID}, &one)
		if one.Quotations != 2 {
			t.Errorf("merged: %+v", one)
		}
		editor.do(http.StatusOK, "GET", "/api/statements/"+one.ID, nil, &one)
		if len(one.Merged) != 1 || one.Merged[0].ID != two.ID || one.Merged[0].Words != two.Words {
			t.Errorf("what was merged: %+v", one.Merged)
		}
		other.do(http.StatusForbidden, "POST", "/api/statements/"+two.ID+"/unmerge", nil, nil)
		var again said
		editor.do(http.StatusOK, "POST", "/api/statements/"+two.ID+"/unmerge", nil, &again)
		if again.ID != two.ID || again.Words != two.Words || again.Quotations != 1 {
			t.Errorf("taken apart: %+v", again)
		}
		editor.do(http.StatusOK, "GET", "/api/statements/"+one.ID, nil, &one)
		if len(one.Merged) != 0 || one.Quotations != 1 {
			t.Errorf("the one that stays: %+v", one)
		}
	})
}

// TestCounterpointsOverTheAPI sets statements side by side, finds them for a
// story, dismisses a pair and brings it back.
func TestCounterpointsOverTheAPI(t *testing.T) {
	onBoth(t, func(t *testing.T, r *room) {
		editor, other := r.as(t, stet.Editor), r.as(t, stet.Contributor)
		a, at := r.quoting(t, "The cable", "“We took the warning very seriously,” said Jane Doe.", "“It was a non-issue from the start,” said Paul Ash.")
		empty, _ := r.quoting(t, "The harbour", "Nobody says a word here.")
		_, one := editor.confirms(at, "seriously")
		_, two := editor.confirms(at, "non-issue")
		in := map[string]any{"first": one.ID, "second": two.ID, "label": "contradicts", "note": "Of one week."}
		other.do(http.StatusForbidden, "POST", "/api/counterpoints", in, nil)
		var c pairRow
		editor.do(http.StatusOK, "POST", "/api/counterpoints", in, &c)
		if c.Block["firstSpeaker"] != "Jane Doe" || c.Block["secondStatement"] != two.ID || c.Block["counterpoint"] != c.ID || c.Block["note"] != "Of one week." {
			t.Errorf("the block is %v", c.Block)
		}
		// The block is one that a body takes as it is.
		attrs := prose.Attrs{}
		for k, v := range c.Block {
			attrs[k] = v
		}
		_, err := prose.New(prose.Node{Type: "counterpoint", Attrs: attrs})
		must(t, err)

		var got pairRow
		editor.do(http.StatusOK, "GET", "/api/counterpoints/"+c.ID, nil, &got)
		if got.Label != "contradicts" || got.First.Words != one.Words {
			t.Errorf("read: %+v", got)
		}
		for query, want := range map[string]int{"": 1, "?q=warning": 1, "?q=ash": 1, "?q=harbour": 0, "?article=" + a.PublicID: 1, "?article=" + empty.PublicID: 0, "?dismissed=true": 0} {
			var page struct{ Items []pairRow }
			editor.do(http.StatusOK, "GET", "/api/counterpoints"+query, nil, &page)
			if len(page.Items) != want {
				t.Errorf("%q finds %d, want %d", query, len(page.Items), want)
			}
		}
		editor.do(http.StatusNotFound, "GET", "/api/counterpoints?article=nothing", nil, nil)

		editor.do(http.StatusOK, "POST", "/api/counterpoints/dismiss", map[string]any{"first": one.ID, "second": two.ID}, &got)
		if got.ID != c.ID {
			t.Errorf("dismissed: %+v", got)
		}
		editor.do(http.StatusNotFound, "GET", "/api/counterpoints/"+c.ID, nil, nil)
		var page struct{ Items []pairRow }
		editor.do(http.StatusOK, "GET", "/api/counterpoints?dismissed=true", nil, &page)
		if len(page.Items) != 1 || page.Items[0].First.ID != one.ID {
			t.Errorf("dismissed pairs: %+v", page.Items)
		}
		editor.do(http.StatusNoContent, "DELETE", "/api/counterpoints/"+c.ID, nil, nil)
		editor.do(http.StatusOK, "GET", "/api/counterpoints?dismissed=true", nil, &page)
		if len(page.Items) != 0 {
			t.Errorf("after bringing it back: %+v", page.Items)
		}
	})
}
