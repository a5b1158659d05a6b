// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package ledger

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"stet"
	"stet/internal/stettest"
)

// log is a whole log in memory.
type log struct {
	tree   Tree
	hashes []tlog.Hash
	leaves [][]byte
}

func (l *log) add(t testing.TB, e Entry) {
	t.Helper()
	data := e.Bytes()
	h, err := l.tree.Append(tlog.RecordHash(data))
	if err != nil {
		t.Fatal(err)
	}
	l.hashes, l.leaves = append(l.hashes, h...), append(l.leaves, data)
}

func (l *log) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, n := range indexes {
		out[i] = l.hashes[n]
	}
	return out, nil
}

func (l *log) head(t testing.TB, origin string, size int64) Head {
	t.Helper()
	root, err := tlog.TreeHash(size, l)
	if err != nil {
		t.Fatal(err)
	}
	return Head{origin, size, root}
}

func filled(t testing.TB, n int) *log {
	t.Helper()
	l := &log{}
	for i := range n {
		l.add(t, Entry{Kind: Version, ID: "a", Number: i + 1, SHA256: Sum([]byte{byte(i)}), At: Time(time.Unix(int64(i), 0))})
	}
	return l
}

func signer(t testing.TB) *Signer {
	t.Helper()
	secret, verifier, err := NewKey("magazine.example/ledger")
	if err != nil {
		t.Fatal(err)
	}
	s, err := ParseSigner(secret, verifier)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// The tree that forgets what it does not need has the same roots as one that
// keeps everything.
func TestTree(t *testing.T) {
	l := &log{}
	for i := range 700 {
		l.add(t, Entry{Kind: Version, Number: i})
		root, err := l.tree.Root()
		if err != nil {
			t.Fatal(err)
		}
		if want := l.head(t, "", int64(i+1)).Root; root != want {
			t.Fatalf("of %d leaves: %v, want %v", i+1, root, want)
		}
		if n := len(l.tree.stored); n > 12 {
			t.Fatalf("%d hashes are kept for %d leaves", n, i+1)
		}
	}
}

func TestEntryIsWrittenOneWay(t *testing.T) {
	at := time.Date(2026, 5, 4, 3, 2, 1, 120_000, time.FixedZone("", 3600))
	e := OfVersion("x1", &stet.Version{Number: 3, Hash: "ab", PublishedAt: at})
	const want = `{"kind":"version","id":"x1","number":3,"sha256":"ab","at":"2026-05-04T02:02:01.000120Z"}`
	if got := string(e.Bytes()); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	back, err := ParseEntry(e.Bytes())
	if err != nil || back != e {
		t.Errorf("%+v, %v", back, err)
	}
	c, document, err := OfCorrection("x1", &stet.Correction{PublicID: "c1", Kind: stet.Correcting, Weight: stet.WeightEnd, Note: "5 < 6 & so on", Version: 2, MadeAt: at, Staff: "nobody's business"})
	if err != nil || c.Story != "x1" || c.Version != 2 || c.SHA256 != Sum(document) {
		t.Errorf("%+v, %v", c, err)
	}
	if bytes.Contains(document, []byte("nobody")) {
		t.Errorf("the document names the staff: %s", document)
	}
	if _, err := ParseEntry([]byte("no json")); err == nil {
		t.Error("no JSON was taken for an entry")
	}
}

func TestProof(t *testing.T) {
	l, s := filled(t, 300), signer(t)
	h := l.head(t, s.Origin(), 300)
	signed, err := s.Sign(h)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int64{0, 1, 255, 256, 299} {
		hashes, err := tlog.ProveRecord(300, n, l)
		if err != nil {
			t.Fatal(err)
		}
		p := Proof{Index: n, Entry: string(l.leaves[n]), Hashes: hashes, Head: string(signed)}
		e, got, err := p.Check(s.Verifier())
		if err != nil || e.Number != int(n)+1 || got != h {
			t.Errorf("leaf %d: %+v %+v %v", n, e, got, err)
		}
		for what, bad := range map[string]Proof{
			"another entry": {n, strings.Replace(p.Entry, `"a"`, `"b"`, 1), hashes, p.Head},
			"another place": {(n + 1) % 300, p.Entry, hashes, p.Head},
			"a shorter log": {n, p.Entry, hashes, strings.Replace(p.Head, "\n300\n", "\n299\n", 1)},
			"no signature":  {n, p.Entry, hashes, h.Text() + "\n"},
		} {
			if _, _, err := bad.Check(s.Verifier()); err == nil {
				t.Errorf("leaf %d: a proof with %s was taken", n, what)
			}
		}
		if _, _, err := p.Check(signer(t).Verifier()); err == nil {
			t.Error("a head was taken that another key has signed")
		}
	}
}

func TestGrowth(t *testing.T) {
	l, s := filled(t, 300), signer(t)
	other := filled(t, 120)
	other.leaves[7][2] = 'x'
	changed := &log{}
	for i := range 300 {
		e := Entry{Kind: Version, Number: i + 1}
		if i == 7 {
			e.Gone = true
		}
		changed.add(t, e)
	}
	newer := l.head(t, s.Origin(), 300)
	for _, n := range []int64{0, 1, 120, 256, 299, 300} {
		older := l.head(t, s.Origin(), n)
		g := Growth{From: n, To: 300}
		if n > 0 {
			var err error
			if g.Hashes, err = tlog.ProveTree(300, n, l); err != nil {
				t.Fatal(err)
			}
		}
		if err := g.Check(older, newer); err != nil {
			t.Errorf("from %d: %v", n, err)
		}
		if n < 8 {
			continue
		}
		if err := g.Check(changed.head(t, s.Origin(), n), newer); err == nil {
			t.Errorf("from %d: a changed leaf was not seen", n)
		}
	}
	if err := (&Growth{}).Check(newer, l.head(t, s.Origin(), 200)); err == nil || !strings.Contains(err.Error(), "cut") {
		t.Errorf("a log that was cut: %v", err)
	}
	if err := (&Growth{}).Check(l.head(t, "else.example/ledger", 5), newer); err == nil {
		t.Error("heads of two logs were taken for one's")
	}
}

func TestRotation(t *testing.T) {
	old, next := signer(t), signer(t)
	vouched, err := old.Vouch(next.Verifier())
	if err != nil {
		t.Fatal(err)
	}
	if err := Vouched(vouched, next.Verifier(), old.Verifier()); err != nil {
		t.Error(err)
	}
	if err := Vouched(vouched, signer(t).Verifier(), old.Verifier()); err == nil {
		t.Error("the old key vouches for a key that it has not seen")
	}
	if err := Vouched(vouched, next.Verifier(), next.Verifier()); err == nil {
		t.Error("a key vouches for itself")
	}
	// What vouches for a key must not pass for a head.
	if _, _, err := OpenHead([]byte(vouched), old.Verifier()); err == nil {
		t.Error("a rotation was taken for a head")
	}
	if _, _, err := NewKey("two words"); err == nil {
		t.Error("a log has a name that no note can carry")
	}
	secret, _, _ := NewKey("magazine.example/ledger")
	if _, err := ParseSigner(secret, old.Verifier()); err == nil {
		t.Error("two keys were taken for one pair")
	}
}

func TestHeadText(t *testing.T) {
	for _, bad := range []string{"", "a\n", "a\n1\n", "a\n01\nx\n", "a\n-1\n" + tlog.Hash{}.String() + "\n", "a\n1\nAAAA\n", "\n1\n" + tlog.Hash{}.String() + "\n"} {
		if h, err := ParseHead(bad); err == nil {
			t.Errorf("%q was taken for a head: %+v", bad, h)
		}
	}
	h := Head{"o", 5, tlog.Hash{1}}
	if got, err := ParseHead(h.Text() + "an extension\n"); err != nil || got != h {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestWitness(t *testing.T) {
	l, s := filled(t, 20), signer(t)
	h := l.head(t, s.Origin(), 20)
	signed, err := s.Sign(h)
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)
	w, vkey, err := stettest.NewCosigner("archive.example/witness", func() time.Time { return at })
	if err != nil {
		t.Fatal(err)
	}
	n, err := note.Open(signed, note.VerifierList(mustVerifier(t, s.Verifier())))
	if err != nil {
		t.Fatal(err)
	}
	both, err := note.Sign(n, w)
	if err != nil {
		t.Fatal(err)
	}
	got, when, line, err := Cosigned(both, vkey)
	if err != nil || got != h || !when.Equal(at) || !strings.HasPrefix(line, "— archive.example/witness ") {
		t.Errorf("%+v %v %q %v", got, when, line, err)
	}
	if _, _, err := OpenHead(both, s.Verifier()); err != nil {
		t.Errorf("a head with a cosignature is none: %v", err)
	}
	// The line alone, put under the head that we have signed, is all that is kept.
	if again := string(signed) + line; again != string(both) {
		t.Errorf("%q, want %q", again, both)
	}
	if _, _, _, err := Cosigned(bytes.Replace(both, []byte("\n20\n"), []byte("\n21\n"), 1), vkey); err == nil {
		t.Error("a cosignature of another head was taken")
	}
	if _, _, _, err := Cosigned(signed, vkey); err == nil {
		t.Error("a head without a cosignature was taken")
	}
	for _, bad := range []string{"", "a", "a+b+c", s.Verifier(), strings.Replace(vkey, "archive", "archivf", 1)} {
		if _, err := ParseWitness(bad); err == nil {
			t.Errorf("%q was taken for the key of a witness", bad)
		}
	}
}

func mustVerifier(t *testing.T, text string) note.Verifier {
	t.Helper()
	v, err := note.NewVerifier(text)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestTiles(t *testing.T) {
	for path, want := range map[string]tlog.Tile{
		"tile/0/000":                  {H: 8, L: 0, N: 0, W: 256},
		"tile/0/000.p/7":              {H: 8, L: 0, N: 0, W: 7},
		"tile/1/x001/x234/067.p/255":  {H: 8, L: 1, N: 1234067, W: 255},
		"tile/entries/000":            {H: 8, L: -1, N: 0, W: 256},
		"tile/entries/x001/002.p/100": {H: 8, L: -1, N: 1002, W: 100},
	} {
		got, err := ParseTile(path)
		if err != nil || got != want {
			t.Errorf("%s: %+v, %v", path, got, err)
		}
		if back := TilePath(want); back != path {
			t.Errorf("%s, want %s", back, path)
		}
	}
	for _, bad := range []string{"", "tile", "tile/0", "tile/data/000", "tile/0/000.p/0", "tile/0/000.p/256", "tile/00/000", "tile/8/0/000", "tile/0/1", "tile/-1/000", "tile/0/../000"} {
		if got, err := ParseTile(bad); err == nil {
			t.Errorf("%q was taken for %+v", bad, got)
		}
	}
	for _, c := range []struct {
		path string
		size int64
		want bool
	}{
		{"tile/0/000", 256, true}, {"tile/0/000", 255, false}, {"tile/0/000.p/255", 255, true}, {"tile/1/000.p/1", 256, true}, {"tile/1/000.p/1", 255, false},
		{"tile/entries/001.p/4", 260, true}, {"tile/entries/001.p/5", 260, false}, {"tile/63/000.p/1", 1 << 40, false},
	} {
		tile, err := ParseTile(c.path)
		if err != nil || Within(tile, c.size) != c.want {
			t.Errorf("%s of %d: %v, want %v (%v)", c.path, c.size, !c.want, c.want, err)
		}
	}
}

func TestBundle(t *testing.T) {
	in := [][]byte{[]byte("one"), {}, bytes.Repeat([]byte("x"), 0xffff)}
	b, err := Bundle(in...)
	if err != nil {
		t.Fatal(err)
	}
	out, err := Unbundle(b)
	if err != nil || fmt.Sprint(out) != fmt.Sprint(in) {
		t.Errorf("%d entries, %v", len(out), err)
	}
	for _, n := range []int{1, 4, len(b) - 1} {
		if _, err := Unbundle(b[:n]); err == nil {
			t.Errorf("%d of %d bytes were taken for a bundle", n, len(b))
		}
	}
	if _, err := Bundle(make([]byte, 0x10000)); err == nil {
		t.Error("an entry was taken that does not fit")
	}
}
