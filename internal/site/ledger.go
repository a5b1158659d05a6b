// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package site

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"stet"
	"stet/internal/ledger"
	"stet/internal/newsroom"
	"stet/internal/store"
	"stet/internal/theme"
)

// ledgerPath is where the log is served: its page, and below it what C2SP's
// tlog-tiles asks for.
const ledgerPath = "/ledger"

// checkpointControl keeps a head for a few seconds, as tlog-tiles advises.
const checkpointControl = "public, max-age=5"

func (s *Site) ledgerRoutes(mux *http.ServeMux) {
	get := func(pattern string, h func(w http.ResponseWriter, r *http.Request) error) {
		mux.Handle("GET "+ledgerPath+pattern, s.handle(h))
	}
	mux.Handle("GET "+ledgerPath, s.cached(s.ledger))
	get("/checkpoint", s.checkpoint)
	get("/checkpoint/{size}", s.checkpoint)
	get("/keys", s.ledgerKeys)
	get("/tile/{path...}", s.tile)
	get("/proof/{kind}/{id}", s.proof)
	get("/proof/{kind}/{id}/{number}", s.proof)
	get("/growth/{from}/{to}", s.growth)
	get("/document/{leaf}", s.sealedDocument)
	mux.Handle("POST "+ledgerPath+"/witness", s.handle(s.witness))
}

// public sends what other programs may read from anywhere.
func public(w http.ResponseWriter, kind, control string, body []byte) error {
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Cache-Control", control)
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	h.Set("X-Robots-Tag", "noindex")
	_, err := w.Write(body)
	return err
}

func publicJSON(w http.ResponseWriter, control string, v any) error {
	b, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return err
	}
	return public(w, "application/json; charset=utf-8", control, append(b, '\n'))
}

// checkpoint is the newest signed head, or the one of a size, with the
// cosignatures of witnesses.
func (s *Site) checkpoint(w http.ResponseWriter, r *http.Request) error {
	var h store.SignedHead
	var err error
	if text := r.PathValue("size"); text != "" {
		size, perr := strconv.ParseInt(text, 10, 64)
		if perr != nil {
			return stet.Errorf(stet.NotFound, "there is no such head")
		}
		h, err = s.store.SignedHeadAt(r.Context(), size)
	} else {
		h, err = s.store.NewestHead(r.Context())
	}
	if err != nil {
		return err
	}
	signed, err := s.cosigned(r.Context(), h)
	if err != nil {
		return err
	}
	return public(w, "text/plain; charset=utf-8", checkpointControl, []byte(signed))
}

func (s *Site) cosigned(ctx context.Context, h store.SignedHead) (string, error) {
	lines, err := s.store.CosignaturesOf(ctx, h.Size)
	if err != nil {
		return "", err
	}
	signed := h.Head
	for _, c := range lines {
		signed += c.Line
	}
	return signed, nil
}

// publishedKey is a key of the log with what vouches for it.
type publishedKey struct {
	Verifier string    `json:"verifier"`
	MadeAt   time.Time `json:"madeAt"`
	Leaf     *int64    `json:"leaf,omitempty"`    // that tells of it; the first key has none
	Vouched  string    `json:"vouched,omitempty"` // by the key before, a signed note
	Reason   string    `json:"reason,omitempty"`  // why nobody vouches for it
}

// ledgerKeys are the public keys, the newest last.
func (s *Site) ledgerKeys(w http.ResponseWriter, r *http.Request) error {
	keys, err := s.store.LedgerKeys(r.Context())
	if err != nil {
		return err
	}
	leaves, err := s.store.LeavesOfKind(r.Context(), ledger.Key)
	if err != nil {
		return err
	}
	out := struct {
		Origin string         `json:"origin"`
		Keys   []publishedKey `json:"keys"`
	}{Keys: []publishedKey{}}
	for _, k := range keys {
		p := publishedKey{Verifier: k.Verifier, MadeAt: k.MadeAt.UTC()}
		for _, l := range leaves {
			if l.Entry.Verifier == k.Verifier {
				p.Leaf, p.Vouched, p.Reason = &l.Index, l.Entry.Vouched, l.Entry.Reason
			}
		}
		out.Keys = append(out.Keys, p)
		out.Origin, _, _ = strings.Cut(k.Verifier, "+")
	}
	return publicJSON(w, dataControl, out)
}

// tile is a tile of hashes, or a bundle of entries.
func (s *Site) tile(w http.ResponseWriter, r *http.Request) error {
	t, err := ledger.ParseTile(strings.TrimPrefix(r.URL.Path, ledgerPath+"/"))
	if err != nil {
		return stet.Errorf(stet.NotFound, "there is no such tile")
	}
	size, err := s.store.LedgerSize(r.Context())
	if err != nil {
		return err
	}
	if !ledger.Within(t, size) {
		return stet.Errorf(stet.NotFound, "the ledger is not that long")
	}
	var body []byte
	if t.L == ledger.Entries {
		body, err = s.bundle(r.Context(), t)
	} else {
		body, err = tlog.ReadTileData(t, s.store.HashReader(r.Context()))
	}
	if err != nil {
		return err
	}
	return public(w, "application/octet-stream", foreverControl, body)
}

func (s *Site) bundle(ctx context.Context, t tlog.Tile) ([]byte, error) {
	leaves, err := s.store.Leaves(ctx, t.N*ledger.TileWidth, t.W)
	if err != nil {
		return nil, err
	}
	if len(leaves) != t.W {
		return nil, stet.Errorf(stet.Internal, "leaves are missing after %d", t.N*ledger.TileWidth)
	}
	entries := make([][]byte, len(leaves))
	for i, l := range leaves {
		entries[i] = l.Data
	}
	return ledger.Bundle(entries...)
}

// proof shows that something is in the log: a version by its story and number, a
// correction, a statement as it reads now or by number.
func (s *Site) proof(w http.ResponseWriter, r *http.Request) error {
	l, err := s.leafOf(r)
	if err != nil {
		return err
	}
	head, err := s.store.NewestHead(r.Context())
	if stet.ErrorCode(err) == stet.NotFound || err == nil && head.Size <= l.Index {
		return stet.Errorf(stet.NotFound, "leaf %d is in the ledger, but the head that covers it is not signed yet", l.Index)
	}
	if err != nil {
		return err
	}
	signed, err := s.cosigned(r.Context(), head)
	if err != nil {
		return err
	}
	p := ledger.Proof{Index: l.Index, Entry: string(l.Data), Head: signed}
	if p.Hashes, err = tlog.ProveRecord(head.Size, l.Index, s.store.HashReader(r.Context())); err != nil {
		return err
	}
	return publicJSON(w, checkpointControl, p)
}

func (s *Site) leafOf(r *http.Request) (store.Leaf, error) {
	kind, id, number := ledger.Kind(r.PathValue("kind")), r.PathValue("id"), 0
	if text := r.PathValue("number"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 {
			return store.Leaf{}, stet.Errorf(stet.NotFound, "there is no such leaf")
		}
		number = n
	}
	switch {
	case kind == "leaf":
		n, err := strconv.ParseInt(id, 10, 64)
		if err != nil || number != 0 {
			return store.Leaf{}, stet.Errorf(stet.NotFound, "there is no such leaf")
		}
		return s.store.Leaf(r.Context(), n)
	case kind == ledger.Correction && number != 0, kind != ledger.Version && kind != ledger.Correction && kind != ledger.Statement:
		return store.Leaf{}, stet.Errorf(stet.NotFound, "there is no such leaf")
	case number == 0:
		return s.store.LastLeafOf(r.Context(), kind, id)
	}
	return s.store.LeafOf(r.Context(), kind, id, number)
}

// growth shows that the log of one size begins with the whole of a smaller one.
func (s *Site) growth(w http.ResponseWriter, r *http.Request) error {
	from, err1 := strconv.ParseInt(r.PathValue("from"), 10, 64)
	to, err2 := strconv.ParseInt(r.PathValue("to"), 10, 64)
	size, err := s.store.LedgerSize(r.Context())
	if err != nil {
		return err
	}
	if err1 != nil || err2 != nil || from < 0 || from > to || to > size {
		return stet.Errorf(stet.NotFound, "the ledger has no such sizes")
	}
	g := ledger.Growth{From: from, To: to, Hashes: []tlog.Hash{}}
	if 0 < from && from < to {
		if g.Hashes, err = tlog.ProveTree(to, from, s.store.HashReader(r.Context())); err != nil {
			return err
		}
	}
	return publicJSON(w, foreverControl, g)
}

// sealedDocument is what a leaf names by its hash, byte for byte.
func (s *Site) sealedDocument(w http.ResponseWriter, r *http.Request) error {
	n, err := strconv.ParseInt(r.PathValue("leaf"), 10, 64)
	if err != nil {
		return stet.Errorf(stet.NotFound, "there is no such leaf")
	}
	l, err := s.store.Leaf(r.Context(), n)
	if err != nil {
		return err
	}
	document := l.Document
	if l.Entry.Kind == ledger.Version {
		if document, err = s.versionDocument(r.Context(), l.Entry.ID, l.Entry.Number); err != nil {
			return err
		}
	}
	if document == nil {
		if l.Entry.SHA256 != "" {
			return stet.Errorf(stet.Gone, "the document of leaf %d was removed", n)
		}
		return stet.Errorf(stet.NotFound, "leaf %d has no document", n)
	}
	return public(w, "application/json; charset=utf-8", dataControl, document)
}

// versionDocument is a version as it was sealed, unless readers may not see it:
// the story is withdrawn, or was retracted with its text.
func (s *Site) versionDocument(ctx context.Context, article string, number int) ([]byte, error) {
	v, err := s.store.VersionOf(ctx, article, number)
	if err != nil {
		return nil, err
	}
	if _, err := s.store.Live(ctx, v.ArticleID); stet.ErrorCode(err) == stet.NotFound {
		return nil, s.whyNotLive(ctx, v.ArticleID)
	} else if err != nil {
		return nil, err
	}
	notes, err := s.store.CorrectionsOf(ctx, v.ArticleID)
	if err != nil {
		return nil, err
	}
	if first := newsroom.WithheldBelow(notes); number < first {
		return nil, stet.Errorf(stet.Gone, "the story was retracted and its text removed with version %d", first)
	}
	return v.Document, nil
}

// maxNote is the most bytes that a note of a witness may have.
const maxNote = 16 << 10

// witness takes the cosignature of somebody who watches the log and whom the
// magazine knows: one of our heads, signed by them as well.
func (s *Site) witness(w http.ResponseWriter, r *http.Request) error {
	signed, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxNote))
	if err != nil {
		return stet.Errorf(stet.TooLarge, "a cosigned head has at most %d bytes", maxNote)
	}
	if err := newsroom.TakeCosignature(r.Context(), s.store, signed); err != nil {
		return err
	}
	s.cache.drop(newsroom.TagLedgerHead)
	return public(w, "text/plain; charset=utf-8", "no-store", []byte("Thank you.\n"))
}

// shownLeaves is how many of the newest leaves the log's page shows.
const shownLeaves = 25

// ledger is the log's page.
func (s *Site) ledger(ctx context.Context, r *request) (rendering, error) {
	w := r.world
	view := theme.Ledger{Page: theme.Page{Magazine: w.here(ledgerPath), Head: theme.Head{
		Title: w.theme.Text("ledger"), Description: w.theme.Text("ledger.description"), Canonical: s.base + ledgerPath,
	}}, Address: s.base + ledgerPath}
	size, err := s.store.LedgerSize(ctx)
	if err != nil {
		return rendering{}, err
	}
	view.Size = int(size)
	keys, err := s.store.LedgerKeys(ctx)
	if err != nil {
		return rendering{}, err
	}
	if len(keys) > 0 {
		view.Key = keys[len(keys)-1].Verifier
	}
	head, err := s.store.NewestHead(ctx)
	if err == nil {
		view.Checkpoint, view.SignedAt, view.Signed = head.Head, head.MadeAt, int(head.Size)
	} else if stet.ErrorCode(err) != stet.NotFound {
		return rendering{}, err
	}
	leaves, err := s.store.Leaves(ctx, max(0, size-shownLeaves), shownLeaves)
	if err != nil {
		return rendering{}, err
	}
	for i := len(leaves) - 1; i >= 0; i-- {
		row, err := s.leafRow(ctx, &leaves[i], head.Size)
		if err != nil {
			return rendering{}, err
		}
		view.Leaves = append(view.Leaves, row)
	}
	if err := s.special(ctx, &view); err != nil {
		return rendering{}, err
	}
	if view.Witnesses, err = s.witnesses(ctx); err != nil {
		return rendering{}, err
	}
	return s.html(w, theme.LedgerTemplate, view, http.StatusOK, encoding(r.Request), newsroom.TagLedger, newsroom.TagLedgerHead, allStories.Tag())
}

// leafRow is a leaf as people read it.
func (s *Site) leafRow(ctx context.Context, l *store.Leaf, signed int64) (theme.Leaf, error) {
	e := l.Entry
	row := theme.Leaf{Index: l.Index, Kind: string(e.Kind), Number: e.Number, Hash: e.SHA256, Reason: e.Reason, Gone: e.Gone}
	row.At, _ = time.Parse(time.RFC3339, e.At)
	if l.Index < signed {
		row.Proof = fmt.Sprintf("%s/proof/leaf/%d", ledgerPath, l.Index)
	}
	if e.SHA256 != "" {
		row.Document = fmt.Sprintf("%s/document/%d", ledgerPath, l.Index)
	}
	story := e.Story
	if e.Kind == ledger.Version {
		story = e.ID
	}
	switch {
	case story != "":
		live, err := s.store.LiveByPublicIDs(ctx, story)
		if err != nil {
			return row, err
		}
		if at, ok := live[story]; ok {
			row.About = theme.Link{Text: at.Headline, URL: at.Path}
		}
	case e.Kind == ledger.Statement && !e.Gone:
		row.About = theme.Link{URL: recordPath + "/" + e.ID}
		if v, err := s.store.StatementByPublicID(ctx, e.ID); err == nil && v.Live {
			row.About.Text = "“" + v.Short(90) + "”"
		}
	}
	if row.About.Text == "" {
		row.About.URL = "" // nothing that readers may see
	}
	return row, nil
}

// special are the leaves that anybody should know of who trusts the log:
// restarts, redactions, and keys that nobody vouches for.
func (s *Site) special(ctx context.Context, view *theme.Ledger) error {
	for _, kind := range []ledger.Kind{ledger.Restart, ledger.Redaction, ledger.Key} {
		leaves, err := s.store.LeavesOfKind(ctx, kind)
		if err != nil {
			return err
		}
		for _, l := range leaves {
			at, _ := time.Parse(time.RFC3339, l.Entry.At)
			view.Special = append(view.Special, theme.Leaf{Index: l.Index, Kind: string(kind), At: at, Reason: l.Entry.Reason, Vouched: l.Entry.Vouched != ""})
		}
	}
	return nil
}

func (s *Site) witnesses(ctx context.Context) ([]theme.Witness, error) {
	all, err := s.store.Witnesses(ctx)
	if err != nil {
		return nil, err
	}
	last, err := s.store.LastCosignatures(ctx)
	if err != nil {
		return nil, err
	}
	var out []theme.Witness
	for _, v := range all {
		name, _, _ := strings.Cut(v.Verifier, "+")
		row := theme.Witness{Name: name, Key: v.Verifier}
		for _, c := range last {
			if c.Witness == v.ID {
				row.Size, row.At = int(c.Size), c.SignedAt
			}
		}
		out = append(out, row)
	}
	return out, nil
}

// ledgerMark is the newest signed head in one line, for the heads of pages and
// feeds: whoever keeps a page keeps evidence with it. A page is not made anew when
// the log grows; the head in it stays true.
func (s *Site) ledgerMark() string {
	if m := s.mark.Load(); m != nil {
		return *m
	}
	mark := ""
	if h, err := s.store.NewestHead(context.Background()); err == nil {
		if head, err := ledger.ParseHead(h.Head); err == nil {
			mark = fmt.Sprintf("%s %d %s", head.Origin, head.Size, head.Root)
		}
	}
	s.mark.Store(&mark)
	return mark
}
