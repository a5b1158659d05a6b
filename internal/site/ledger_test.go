// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package site_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"stet"
	"stet/internal/ledger"
	"stet/internal/newsroom"
	"stet/internal/stettest"
)

// tiles reads the log as a stranger does: by C2SP's tlog-tiles.
type tiles struct {
	m *magazine
	t *testing.T
}

func (r tiles) Height() int                         { return ledger.TileHeight }
func (r tiles) SaveTiles(_ []tlog.Tile, _ [][]byte) {}
func (r tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	out := make([][]byte, len(wanted))
	for i, w := range wanted {
		out[i] = []byte(r.m.get(r.t, "/ledger/"+ledger.TilePath(w)))
	}
	return out, nil
}

func (m *magazine) signed(t *testing.T, k *newsroom.Keeper) (ledger.Head, string) {
	t.Helper()
	must(t, k.Sign(t.Context()))
	signed := m.get(t, "/ledger/checkpoint")
	h, _, err := ledger.OpenHead([]byte(signed), m.ledgerKey(t))
	must(t, err)
	return h, signed
}

func (m *magazine) ledgerKey(t *testing.T) string {
	t.Helper()
	var keys struct {
		Origin string
		Keys   []struct{ Verifier string }
	}
	must(t, json.Unmarshal([]byte(m.get(t, "/ledger/keys")), &keys))
	if len(keys.Keys) == 0 || keys.Origin != "magazine.example/ledger" {
		t.Fatalf("keys %+v", keys)
	}
	return keys.Keys[len(keys.Keys)-1].Verifier
}

func TestLedgerIsServed(t *testing.T) {
	t.Parallel()
	for name, at := range map[string]func(*testing.T) where{
		"sqlite":   func(*testing.T) where { return where{} },
		"postgres": func(t *testing.T) where { return where{postgres: postgres(t)} },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx := t.Context()
			m := serve(t, at(t))
			holds(t, "an empty ledger", m.page(t, "/ledger"), "No head is signed yet.")
			if res := m.ask(t, "GET", "/ledger/checkpoint", ""); res.StatusCode != http.StatusNotFound {
				t.Errorf("no head: %d", res.StatusCode)
			}
			k, err := newsroom.OpenKeeper(ctx, m.Room, t.TempDir(), "magazine.example/ledger")
			must(t, err)
			m.fill(t, spoken())
			s := m.confirm(t, "cable", "seriously", nil)
			older, _ := m.signed(t, k)
			sections, err := m.Store().Sections(ctx)
			must(t, err)
			// Enough leaves for a full tile and a partial one.
			for range 3 {
				must(t, m.Batch(ctx, func(r *newsroom.Room) error {
					for i := range 90 {
						a := stet.Article{Content: stet.Content{Headline: fmt.Sprint("A story ", i), Section: stet.Ref{ID: sections[0].PublicID}}}
						if err := r.Draft(ctx, op, &a); err != nil {
							return err
						}
						if _, err := r.Publish(ctx, op, a.ID, newsroom.PublishOptions{}); err != nil {
							return err
						}
					}
					return nil
				}))
			}
			newer, _ := m.signed(t, k)

			// A stranger with tiles alone comes to the same root and can prove everything.
			reader := tlog.TileHashReader(tlog.Tree{N: newer.Size, Hash: newer.Root}, tiles{m, t})
			if root, err := tlog.TreeHash(newer.Size, reader); err != nil || root != newer.Root {
				t.Errorf("the root out of tiles: %v, want %v, %v", root, newer.Root, err)
			}
			growth, err := tlog.ProveTree(newer.Size, older.Size, reader)
			must(t, err)
			must(t, tlog.CheckTree(growth, newer.Size, newer.Root, older.Size, older.Root))
			for n := range newer.Size {
				if n%256 != 0 {
					continue
				}
				bundle := tlog.Tile{H: ledger.TileHeight, L: ledger.Entries, N: n / ledger.TileWidth, W: int(min(ledger.TileWidth, newer.Size-n))}
				entries, err := ledger.Unbundle([]byte(m.get(t, "/ledger/"+ledger.TilePath(bundle))))
				must(t, err)
				for i, e := range entries {
					hashes, err := reader.ReadHashes([]int64{tlog.StoredHashIndex(0, n+int64(i))})
					if err != nil || hashes[0] != tlog.RecordHash(e) {
						t.Fatalf("entry %d is not the leaf of its tile: %v", n+int64(i), err)
					}
				}
			}

			// And whoever wants no tiles is given the proofs.
			var p ledger.Proof
			must(t, json.Unmarshal([]byte(m.get(t, "/ledger/proof/statement/"+s.PublicID)), &p))
			e, _, err := p.Check(m.ledgerKey(t))
			must(t, err)
			if document := m.get(t, fmt.Sprintf("/ledger/document/%d", p.Index)); ledger.Sum([]byte(document)) != e.SHA256 || !strings.Contains(document, "very seriously") {
				t.Errorf("the document: %s", document)
			}
			var g ledger.Growth
			must(t, json.Unmarshal([]byte(m.get(t, fmt.Sprintf("/ledger/growth/%d/%d", older.Size, newer.Size))), &g))
			must(t, g.Check(older, newer))
			mark := fmt.Sprintf("magazine.example/ledger %d %s", newer.Size, newer.Root)
			holds(t, "a story", m.page(t, "/rim/dam"), `<meta name="stet:version" content="`+m.ids["dam"]+`/1">`, `<meta name="stet:ledger" content="magazine.example/ledger `)
			holds(t, "a statement", m.page(t, "/record/"+s.PublicID), `<meta name="stet:statement" content="`+s.PublicID+`">`)
			holds(t, "RSS", strings.ReplaceAll(m.page(t, "/feed"), "&#43;", "+"), `xmlns:stet="urn:stet:ledger"`, "<stet:ledger>"+mark)
			holds(t, "Atom", strings.ReplaceAll(m.page(t, "/feed/atom"), "&#43;", "+"), "<stet:ledger>"+mark)
			holds(t, "JSON Feed", m.page(t, "/feed/json"), `"_stet"`, mark)
			holds(t, "the page", m.page(t, "/ledger"), "Public key", "A story 89", "/ledger/proof/leaf/", "stet verify")

			for _, path := range []string{"tile/0/000.p/3x", "tile/0/009", "tile/1/000.p/2", "tile/8/0/000", "proof/version/" + m.ids["dam"] + "/2", "proof/version/x", "proof/nonsense/x", "proof/key/x", "proof/version/" + m.ids["dam"] + "/0", "proof/correction/x/1",
				"proof/leaf/-1", "proof/leaf/99999999", "growth/9/3", "growth/-1/3", "growth/1/99999999", "growth/a/b", "document/99999999", "document/x", "checkpoint/77777", "checkpoint/x"} {
				if res := m.ask(t, "GET", "/ledger/"+path, ""); res.StatusCode != http.StatusNotFound {
					t.Errorf("GET /ledger/%s: %d", path, res.StatusCode)
				}
			}
			// A withdrawn story's versions are in the log, and are not read there.
			must(t, json.Unmarshal([]byte(m.get(t, "/ledger/proof/version/"+m.ids["dam"]+"/1")), &p))
			must(t, m.Withdraw(ctx, op, m.keys["dam"]))
			if res := m.ask(t, "GET", fmt.Sprintf("/ledger/document/%d", p.Index), ""); res.StatusCode != http.StatusGone {
				t.Errorf("the document of a withdrawn story: %d", res.StatusCode)
			}
		})
	}
}

func TestWitness(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	m := open(t, where{})
	k, err := newsroom.OpenKeeper(ctx, m.Room, t.TempDir(), "magazine.example/ledger")
	must(t, err)
	_, signed := m.signed(t, k)
	at := time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)
	w, vkey, err := stettest.NewCosigner("archive.example/w", func() time.Time { return at })
	must(t, err)
	v, err := note.NewVerifier(m.ledgerKey(t))
	must(t, err)
	cosign := func(signed string, by note.Signer) string {
		n, err := note.Open([]byte(signed), note.VerifierList(v))
		must(t, err)
		both, err := note.Sign(n, by)
		must(t, err)
		return string(both)
	}
	give := func(body string, want int) {
		t.Helper()
		if res := m.ask(t, "POST", "/ledger/witness", body, "Content-Type", "text/plain"); res.StatusCode != want {
			t.Errorf("%d, want %d: %.300s", res.StatusCode, want, text(t, res))
		}
	}
	give(cosign(signed, w), http.StatusForbidden) // nobody knows them yet
	name, err := m.AddWitness(ctx, vkey)
	if err != nil || name != "archive.example/w" {
		t.Fatal(name, err)
	}
	if _, err := m.AddWitness(ctx, m.ledgerKey(t)); stet.ErrorCode(err) != stet.Invalid {
		t.Errorf("our own key as a witness: %v", err)
	}
	give(cosign(signed, w), http.StatusOK)
	give(signed, http.StatusForbidden)
	give("nonsense", http.StatusForbidden)
	give(strings.Repeat("x", 20<<10), http.StatusRequestEntityTooLarge)
	other, _, err := stettest.NewCosigner("archive.example/w", time.Now)
	must(t, err)
	give(cosign(signed, other), http.StatusForbidden)
	// A head that we have never signed, by a witness who was lied to.
	head, _, err := ledger.OpenHead([]byte(signed), m.ledgerKey(t))
	must(t, err)
	head.Root[0] ^= 1
	forged, err := note.Sign(&note.Note{Text: head.Text()}, w)
	must(t, err)
	give(string(forged), http.StatusConflict)

	both := m.get(t, "/ledger/checkpoint")
	if h, when, _, err := ledger.Cosigned([]byte(both), vkey); err != nil || !when.Equal(at) || fmt.Sprintf("/ledger/checkpoint/%d", h.Size) == "" {
		t.Errorf("the served head: %v %v", when, err)
	}
	holds(t, "the page", m.page(t, "/ledger"), "archive.example/w", "3 leaves, on January 5, 2026")
	must(t, m.DropWitness(ctx, vkey))
	lacks(t, "a head without the witness", m.get(t, "/ledger/checkpoint"), "archive.example")
}
