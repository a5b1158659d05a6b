// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package main

import (
	"bytes"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"stet"
	"stet/internal/newsroom"
	"stet/internal/prose"
)

// between is somebody on the way between the magazine and a reader, who may
// change what passes.
func between(t *testing.T, base string, change func(path, body string) string) string {
	t.Helper()
	u, err := url.Parse(base)
	must(t, err)
	proxy := &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(u); r.Out.Header.Del("Accept-Encoding") },
		ModifyResponse: func(res *http.Response) error {
			b, err := io.ReadAll(res.Body)
			if err != nil {
				return err
			}
			b = []byte(change(res.Request.URL.Path, string(b)))
			res.Body, res.ContentLength = io.NopCloser(bytes.NewReader(b)), int64(len(b))
			res.Header.Set("Content-Length", strconv.Itoa(len(b)))
			return nil
		},
	}
	s := httptest.NewServer(proxy)
	t.Cleanup(s.Close)
	return s.URL
}

// corrected is a story of two versions whose words are on the record.
func corrected(t *testing.T, h *house) stet.Article {
	t.Helper()
	ctx := t.Context()
	sections, err := h.store.Sections(ctx)
	must(t, err)
	doc, _ := prose.FromMarkdown("The dam was finished in 1998, says [the register](https://register.example/dam).\n\n“We took the warning very seriously,” said Jane Doe, the minister.\n\n> It holds.", prose.Options{})
	a := stet.Article{Content: stet.Content{Headline: "A dam is counted", Dek: "Twelve gates", Section: stet.Ref{ID: sections[0].PublicID}, Body: doc.JSON()}}
	must(t, h.room.Draft(ctx, stet.Operator, &a))
	a = h.mustArticle(t, a.ID)
	rec, err := h.room.Record(ctx, &a)
	must(t, err)
	p := rec.Passages[0]
	_, _, err = h.room.Confirm(ctx, stet.Operator, a.ID, newsroom.Confirmation{Anchor: p.Anchor, Kind: p.Kind, Text: p.Text, Saying: &newsroom.Saying{
		Words: p.Found.Words, Newcomer: &newsroom.Newcomer{Name: "Jane Doe"}, Role: "the minister",
	}})
	must(t, err)
	_, err = h.room.Publish(ctx, stet.Operator, a.ID, newsroom.PublishOptions{})
	must(t, err)
	a = h.mustArticle(t, a.ID)
	body, err := prose.Parse(a.Content.Body)
	must(t, err)
	_, err = h.room.Correct(ctx, stet.Operator, a.ID, newsroom.CorrectInput{Kind: stet.Correcting, Note: "It was 1999.", Passage: &stet.Passage{
		Block: body.TextBlocks()[0].ID, Exact: "1998", Prefix: "finished in ", Suffix: ", says", After: "1999",
	}})
	must(t, err)
	return h.mustArticle(t, a.ID)
}

// verified waits until a head covers what was just published.
func verified(t *testing.T, args ...string) string {
	t.Helper()
	var r result
	for range 100 {
		if r = stetIn(t, "", append([]string{"verify"}, args...)...); r.code == 0 || !strings.Contains(r.err, "not signed yet") && !strings.Contains(r.err, "404") {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	if r.code != 0 {
		t.Fatalf("stet verify %q: %s%s", args, r.out, r.err)
	}
	return r.out
}

func TestVerifyFromOutside(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	var a stet.Article
	var statement string
	work(t, dir, func(h *house) {
		publish(t, h, "Dam holds")
		a = corrected(t, h)
		s, err := h.store.StatementsAfter(t.Context(), 0, 1)
		must(t, err)
		statement = s[0].PublicID
	})
	s := serving(t, "--data", dir)
	memory := filepath.Join(t.TempDir(), "seen", "ledgers.json")
	story := "/rim/a-dam-is-counted"
	got := verified(t, "--memory", memory, s.base+story)
	for _, want := range []string{"taken on first sight", "Version 2 of \"A dam is counted\"", "The page shows that version.", "newest one in the ledger", "Verified."} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not said in %s", want, got)
		}
	}
	if got := verified(t, "--memory", memory, s.base+"/record/"+statement); !strings.Contains(got, "Version 2 of \"A dam is counted\" says so.") || !strings.Contains(got, "has only grown") || strings.Contains(got, "first sight") {
		t.Errorf("a statement: %s", got)
	}
	verified(t, "--memory", memory, s.base+"/ledger")
	if got := verified(t, "--forget", s.base+story+"/history/1"); !strings.Contains(got, "an earlier one") || !strings.Contains(got, "The page shows that version.") {
		t.Errorf("an earlier version: %s", got)
	}
	refused(t, 1, "does not say which version it shows", "", "verify", "--forget", s.base+"/rim")

	swap := func(at, was, now string) func(path, body string) string {
		return func(path, body string) string {
			if strings.HasPrefix(path, at) {
				return strings.ReplaceAll(body, was, now)
			}
			return body
		}
	}
	old, err := http.Get(s.base + "/ledger/proof/version/" + a.PublicID + "/1")
	must(t, err)
	proofOfOld, err := io.ReadAll(old.Body)
	must(t, err)
	old.Body.Close()
	for words, change := range map[string]func(path, body string) string{
		`the page says "The dam was finished in 1899`: swap(story, "1999", "1899"),
		"the page has the headline":                   swap(story, ">A dam is counted</h1>", ">A dam is not counted</h1>"),
		"the page has the dek":                        swap(story, "Twelve gates</p>", "Ten gates</p>"),
		"a passage of version 2 is not on the page":   func(p, b string) string { return cutOut(p, story, b, "<blockquote", "</blockquote>") },
		"which version 2 does not":                    swap(story, "<blockquote", "<p>Everybody lied.</p><blockquote"),
		"the page links to https://liar.example":      swap(story, "https://register.example/dam", "https://liar.example/dam"),
		"there is a script in the text":               swap(story, "<blockquote", "<script>1</script><blockquote"),
		"is not signed by the key of":                 swap("/ledger/checkpoint", "\n\n— ", "0\n\n— "),
		"is not the one that the ledger names":        swap("/ledger/document/", "seriously", "lightly"),
		"does not hold":                               swap("/ledger/proof/version", `\"number\":2`, `\"number\":3`),
		"the ledger answers with version 1": func(p, b string) string {
			if p == "/ledger/proof/version/"+a.PublicID+"/2" {
				return string(proofOfOld)
			}
			return b
		},
	} {
		refused(t, 1, words, "", "verify", "--forget", between(t, s.base, change)+story)
	}
	refused(t, 1, "the page does not show the words", "", "verify", "--forget", between(t, s.base, swap("/record/", "seriously", "lightly"))+"/record/"+statement)
	// Another magazine that answers in its place has another key.
	other := folder(t)
	work(t, other, func(h *house) { publish(t, h, "Dam holds") })
	o := serving(t, "--data", other)
	must(t, os.WriteFile(memory, bytes.ReplaceAll(must2(os.ReadFile(memory))(t), []byte(strings.TrimPrefix(s.base, "http://")), []byte(strings.TrimPrefix(o.base, "http://"))), 0o600))
	refused(t, 1, "may be another magazine that answers", "", "verify", "--memory", memory, o.base+"/rim/dam-holds")
}

func must2[T any](v T, err error) func(t *testing.T) T {
	return func(t *testing.T) T { t.Helper(); must(t, err); return v }
}

func cutOut(path, at, body, from, to string) string {
	if path != at {
		return body
	}
	i := strings.Index(body, from)
	j := strings.Index(body[max(i, 0):], to)
	if i < 0 || j < 0 {
		return body
	}
	return body[:i] + body[i+j+len(to):]
}

// A head that somebody has kept is evidence: against a log that was cut back, and
// against one that was written anew.
func TestVerifyAgainstAnEarlierHead(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	work(t, dir, func(h *house) { publish(t, h, "Dam holds") })
	addr := freeAddress(t)
	base := "http://" + addr
	backup := filepath.Join(t.TempDir(), "backup.db")
	must(t, os.WriteFile(backup, must2(os.ReadFile(filepath.Join(dir, "stet.db")))(t), 0o600))
	s := serving(t, "--data", dir, "--addr", addr)
	verified(t, "--forget", base+"/rim/dam-holds")
	s.end(t)
	work(t, dir, func(h *house) { publish(t, h, "Dam breaks") })
	s = serving(t, "--data", dir, "--addr", addr)
	verified(t, "--forget", base+"/rim/dam-breaks")
	kept := filepath.Join(t.TempDir(), "head")
	_, head := getFrom(t, base+"/ledger/checkpoint")
	must(t, os.WriteFile(kept, []byte(head), 0o600))
	verified(t, "--forget", "--head", kept, base+"/ledger")
	s.end(t)
	ok(t, "", "verify", dir)

	// The backup comes back, without what was published since.
	for _, end := range []string{"", "-wal", "-shm"} {
		_ = os.Remove(filepath.Join(dir, "stet.db"+end))
	}
	must(t, os.WriteFile(filepath.Join(dir, "stet.db"), must2(os.ReadFile(backup))(t), 0o600))
	refused(t, 1, "not as the ledger says", "", "verify", dir)
	if r := stetIn(t, "", "doctor", "--data", dir); r.code != 1 || !strings.Contains(r.out, "The ledger was forked") {
		t.Errorf("doctor: %+v", r)
	}
	refused(t, 1, "nothing to restart", "", "ledger", "restart", "--reason", "x", "--data", folderWithLedger(t))
	ok(t, "", "ledger", "restart", "--reason", "The disk broke.", "--data", dir)
	s = serving(t, "--data", dir, "--addr", addr)
	verified(t, "--forget", base+"/rim/dam-holds")
	refused(t, 1, `The disk broke.`, "", "verify", "--forget", "--head", kept, base+"/ledger")
	s.end(t)
	if got := ok(t, "", "ledger", "--data", dir); !strings.Contains(got, "2 leaves.\n") || !strings.Contains(got, "was signed at") {
		t.Errorf("status: %s", got)
	}
	ok(t, "", "ledger", "rotate", "--data", dir)
	serving(t, "--data", dir, "--addr", addr)
	verified(t, "--forget", base+"/rim/dam-holds")
}

func folderWithLedger(t *testing.T) string {
	t.Helper()
	dir := folder(t)
	work(t, dir, func(h *house) { publish(t, h, "Dam holds") })
	s := serving(t, "--data", dir)
	verified(t, "--forget", s.base+"/rim/dam-holds")
	s.end(t)
	return dir
}

// freeAddress is where nobody listens.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer l.Close()
	return l.Addr().String()
}

func getFrom(t *testing.T, address string) (int, string) {
	t.Helper()
	res, err := http.Get(address)
	must(t, err)
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	must(t, err)
	return res.StatusCode, string(b)
}

// Changing an old version by hand is found by verify and doctor.
func TestVerifyData(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	var a stet.Article
	work(t, dir, func(h *house) { publish(t, h, "Dam holds"); a = corrected(t, h) })
	if got := ok(t, "", "verify", dir); !strings.Contains(got, "leaves of the ledger stand for what is in the database") {
		t.Errorf("%s", got)
	}
	work(t, dir, func(h *house) {
		_, err := h.store.Conn().ExecContext(t.Context(), `UPDATE version SET document = REPLACE(document, 'seriously', 'lightly') WHERE article_id = $1 AND number = 1`, a.ID)
		must(t, err)
	})
	r := stetIn(t, "", "verify", dir)
	if r.code != 1 || !strings.Contains(r.out, "✗ Version 1 of the story "+a.PublicID+" is not what was published") {
		t.Errorf("%+v", r)
	}
	if r := stetIn(t, "", "doctor", "--data", dir); r.code != 1 || !strings.Contains(r.out, "the ledger has another hash for it") {
		t.Errorf("doctor: %+v", r)
	}
	refused(t, 1, "neither an address nor a data folder", "", "verify", t.TempDir())
}
