// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

// Package verify proves from outside what a magazine says of itself: that a page
// is the version that was published, that the version is in the ledger, that the
// ledger has only grown since it was last looked at, and that a statement says
// what the stories say. It asks over HTTP like anybody else and believes nothing
// that it has not checked, but for the key on first sight.
package verify

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"stet"
	"stet/internal/ledger"
	"stet/internal/prose"
	"stet/internal/web"
)

// Options say what is known before anything is asked.
type Options struct {
	Client *web.Client
	// Key is the public key that the magazine is known by; empty to take the one
	// that was remembered, or else the one that is served.
	Key string
	// Head is an earlier signed head, for instance one that somebody else has kept.
	Head []byte
	// Memory remembers keys and heads from one time to the next; nil forgets.
	Memory *Memory
	// Say is told each thing that was proved, in a sentence.
	Say func(string)
}

// A Failure is something that is not as the magazine says, in one sentence.
type Failure struct{ What string }

func (f *Failure) Error() string { return f.What }

func failure(format string, args ...any) error { return &Failure{fmt.Sprintf(format, args...)} }

// check is one verification.
type check struct {
	Options
	base *url.URL // of the magazine
	keys []string // that are believed
	head ledger.Head
}

// URL verifies what stands at an address: a story, a statement of the record, or
// the ledger itself.
func URL(ctx context.Context, address string, o Options) error {
	if o.Say == nil {
		o.Say = func(string) {}
	}
	c := &check{Options: o}
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return stet.Errorf(stet.Invalid, "%q is not an address", address)
	}
	body, at, err := c.fetch(ctx, address)
	if err != nil {
		return fmt.Errorf("%s cannot be fetched: %w", address, err)
	}
	c.base = at
	page, err := html.Parse(bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("%s is no page: %w", address, err)
	}
	if err := c.ledger(ctx); err != nil {
		return err
	}
	switch what, id := pageOf(page); what {
	case "version":
		err = c.story(ctx, page, id)
	case "statement":
		err = c.statement(ctx, page, id)
	case "ledger":
	default:
		return failure("the page does not say which version it shows: nothing can be proved of it")
	}
	if err != nil {
		return err
	}
	return c.remember()
}

// pageOf finds out what the page shows.
func pageOf(page *html.Node) (what, id string) {
	for n := range page.Descendants() {
		if n.Type == html.ElementNode && n.Data == "meta" {
			switch attr(n, "name") {
			case "stet:version":
				return "version", attr(n, "content")
			case "stet:statement":
				return "statement", attr(n, "content")
			case "stet:ledger-page":
				return "ledger", ""
			}
		}
	}
	return "", ""
}

func (c *check) get(ctx context.Context, path string) ([]byte, error) {
	at := *c.base
	at.Path, at.RawPath, at.RawQuery, at.Fragment = path, "", "", ""
	b, _, err := c.fetch(ctx, at.String())
	return b, err
}

func (c *check) fetch(ctx context.Context, address string) ([]byte, *url.URL, error) {
	res, err := c.Client.Fetch(ctx, address)
	if err != nil {
		return nil, nil, err
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	return b, res.URL, err
}

func (c *check) getJSON(ctx context.Context, path string, v any) error {
	b, err := c.get(ctx, path)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(b, v); err != nil {
		return failure("what is served at %s is not what the ledger's documentation says: %v", path, err)
	}
	return nil
}

// served is what /ledger/keys says.
type served struct {
	Origin string      `json:"origin"`
	Keys   []servedKey `json:"keys"`
}

type servedKey struct {
	Verifier string `json:"verifier"`
	Vouched  string `json:"vouched"`
	Reason   string `json:"reason"`
}

// ledger settles which keys are believed, opens the head, and proves that the log
// has only grown since the head that was known.
func (c *check) ledger(ctx context.Context) error {
	var s served
	if err := c.getJSON(ctx, "/ledger/keys", &s); err != nil {
		return fmt.Errorf("the ledger's keys: %w", err)
	}
	if len(s.Keys) == 0 {
		return failure("the magazine has no ledger key: nothing it has published can be proved")
	}
	if err := c.believe(s); err != nil {
		return err
	}
	signed, err := c.get(ctx, "/ledger/checkpoint")
	if err != nil {
		return fmt.Errorf("the ledger's head: %w", err)
	}
	if c.head, _, err = ledger.OpenHead(signed, c.keys...); err != nil {
		return failure("the ledger's head is not signed by the key of %s: %v", s.Origin, err)
	}
	c.Say(fmt.Sprintf("The head of %d leaves is signed by %s.", c.head.Size, c.head.Origin))
	if c.Memory != nil {
		if known := c.Memory.head(c.head.Origin); known != "" {
			if err := c.grown(ctx, []byte(known), "the one seen last time"); err != nil {
				return err
			}
		}
		c.Memory.keep(c.head.Origin, c.keys, signed)
	}
	if c.Head != nil {
		return c.grown(ctx, c.Head, "the one that was kept")
	}
	return nil
}

// believe starts from the key that is known, else from the first that is served,
// and goes on to those that a believed one vouches for.
func (c *check) believe(s served) error {
	start := c.Key
	if start == "" && c.Memory != nil {
		start = c.Memory.key(s.Origin)
	}
	from := 0
	if start != "" {
		from = slices.IndexFunc(s.Keys, func(k servedKey) bool { return k.Verifier == start })
		if from < 0 {
			return failure("the key that this magazine is known by, %s, is not among those it now has: it may be another magazine that answers", ledger.Fingerprint(start))
		}
	} else {
		c.Say("The key is taken on first sight: compare " + ledger.Fingerprint(s.Keys[0].Verifier) + " with what the magazine says elsewhere.")
	}
	c.keys = []string{s.Keys[from].Verifier}
	for _, k := range s.Keys[from+1:] {
		if k.Vouched == "" {
			return failure("nobody vouches for the key %s that came after %s; the magazine says: %q. Give it with --key if you believe it", ledger.Fingerprint(k.Verifier), ledger.Fingerprint(c.keys[len(c.keys)-1]), k.Reason)
		}
		if err := ledger.Vouched(k.Vouched, k.Verifier, c.keys...); err != nil {
			return failure("the key %s: %v", ledger.Fingerprint(k.Verifier), err)
		}
		c.keys = append(c.keys, k.Verifier)
	}
	return nil
}

// grown proves that the log begins with the whole of an earlier one.
func (c *check) grown(ctx context.Context, earlier []byte, which string) error {
	older, _, err := ledger.OpenHead(earlier, c.keys...)
	if err != nil {
		return failure("the earlier head, %s, is not signed by a key of this ledger", which)
	}
	var g ledger.Growth
	if 0 < older.Size && older.Size < c.head.Size {
		if err := c.getJSON(ctx, fmt.Sprintf("/ledger/growth/%d/%d", older.Size, c.head.Size), &g); err != nil {
			return failure("the ledger does not prove that it has grown from %d leaves: %v", older.Size, err)
		}
	}
	if err := g.Check(older, c.head); err != nil {
		return failure("the ledger has not only grown since %s: %v%s", which, err, c.restarts(ctx, older))
	}
	c.Say(fmt.Sprintf("The ledger has only grown since %s: from %d leaves to %d.", which, older.Size, c.head.Size))
	return nil
}

// restarts is what the magazine itself says of a head that was lost. It is read
// from the newest leaves, where it stands after a restart.
func (c *check) restarts(ctx context.Context, older ledger.Head) string {
	for n, asked := c.head.Size-1, 0; n >= 0 && asked < 50; n, asked = n-1, asked+1 {
		p, err := c.proof(ctx, fmt.Sprintf("leaf/%d", n))
		if err != nil {
			return ""
		}
		if p.Kind == ledger.Restart && p.Size >= older.Size {
			return fmt.Sprintf(" (the magazine says so itself, on %s: %q)", p.At, p.Reason)
		}
	}
	return ""
}

// proved is a leaf that is proved to be in the log.
type proved struct {
	ledger.Entry
	index int64
}

// proof fetches and checks the proof of a leaf.
func (c *check) proof(ctx context.Context, which string) (proved, error) {
	var p ledger.Proof
	if err := c.getJSON(ctx, "/ledger/proof/"+which, &p); err != nil {
		return proved{}, err
	}
	e, h, err := p.Check(c.keys...)
	if err != nil {
		return proved{}, failure("the proof of %s does not hold: %v", which, err)
	}
	// The head of the proof may be newer than the one that was looked at first.
	if h.Size < c.head.Size || h.Size == c.head.Size && h.Root != c.head.Root {
		return proved{}, failure("the proof of %s leads to another head than the one that is served", which)
	}
	return proved{e, p.Index}, nil
}

// document fetches what a leaf names, and checks its hash.
func (c *check) document(ctx context.Context, p proved) ([]byte, error) {
	b, err := c.get(ctx, fmt.Sprintf("/ledger/document/%d", p.index))
	if err != nil {
		return nil, err
	}
	if ledger.Sum(b) != p.SHA256 {
		return nil, failure("the document of leaf %d is not the one that the ledger names by its hash", p.index)
	}
	return b, nil
}

// version proves a version and returns its document.
func (c *check) version(ctx context.Context, story string, number int) (*stet.VersionDocument, error) {
	which := "version/" + story
	if number > 0 {
		which += "/" + strconv.Itoa(number)
	}
	p, err := c.proof(ctx, which)
	if err != nil {
		return nil, err
	}
	if p.Kind != ledger.Version || p.ID != story || number > 0 && p.Number != number {
		return nil, failure("the ledger answers with %s %d of %s where version %d of %s was asked for", p.Kind, p.Number, p.ID, number, story)
	}
	b, err := c.document(ctx, p)
	if err != nil {
		return nil, err
	}
	var d stet.VersionDocument
	if err := json.Unmarshal(b, &d); err != nil {
		return nil, failure("leaf %d names no version: %v", p.index, err)
	}
	if d.Article != story || d.Number != p.Number {
		return nil, failure("leaf %d names version %d of %s, and its document is version %d of %s", p.index, p.Number, story, d.Number, d.Article)
	}
	return &d, nil
}

// story proves that the page is the newest version of the story it claims to be.
func (c *check) story(ctx context.Context, page *html.Node, id string) error {
	story, text, _ := strings.Cut(id, "/")
	number, err := strconv.Atoi(text)
	if err != nil || number < 1 {
		return failure("the page says that it shows version %q, which is none", text)
	}
	d, err := c.version(ctx, story, number)
	if err != nil {
		return err
	}
	c.Say(fmt.Sprintf("Version %d of %q, published at %s, is in the ledger.", number, d.Content.Headline, d.Published))
	if err := comparePage(page, d); err != nil {
		return err
	}
	c.Say("The page shows that version.")
	newest, err := c.version(ctx, story, 0)
	if err != nil {
		return err
	}
	if newest.Number > number && strings.Contains(c.base.Path, "/history/") {
		c.Say(fmt.Sprintf("It is an earlier one, as its address says; the newest is version %d.", newest.Number))
		return nil
	}
	if newest.Number > number {
		return failure("the page shows version %d, and the ledger has version %d since %s", number, newest.Number, newest.Published)
	}
	c.Say("It is the newest one in the ledger.")
	return nil
}

// statement proves that a statement is in the ledger as it is shown, and that the
// stories say what it says.
func (c *check) statement(ctx context.Context, page *html.Node, id string) error {
	p, err := c.proof(ctx, "statement/"+id)
	if err != nil {
		return err
	}
	if p.Kind != ledger.Statement || p.ID != id {
		return failure("the ledger answers with %s %s where the statement %s was asked for", p.Kind, p.ID, id)
	}
	if p.Gone {
		return failure("the ledger says that readers no longer see the statement %s since %s", id, p.At)
	}
	b, err := c.document(ctx, p)
	if err != nil {
		return err
	}
	var d stet.StatementDocument
	if err := json.Unmarshal(b, &d); err != nil || d.Statement != id {
		return failure("leaf %d names no statement %s", p.index, id)
	}
	c.Say(fmt.Sprintf("The statement of %s is in the ledger, sealed at %s.", d.Speaker.Name, p.At))
	if !strings.Contains(words(textOf(page)), words(d.Words)) {
		return failure("the page does not show the words of the statement: %q", d.Words)
	}
	c.Say("The page shows its words.")
	for _, q := range d.Quotations {
		v, err := c.version(ctx, q.Story, 0)
		if err != nil {
			return err
		}
		body, err := prose.Parse(v.Content.Body)
		if err != nil {
			return failure("the body of version %d of %s cannot be read: %v", v.Number, q.Story, err)
		}
		text := words(body.Text())
		for _, piece := range strings.Split(q.Text, " … ") {
			if !strings.Contains(text, words(piece)) {
				return failure("version %d of %q does not say %q", v.Number, v.Content.Headline, piece)
			}
		}
		c.Say(fmt.Sprintf("Version %d of %q says so.", v.Number, v.Content.Headline))
	}
	return nil
}

func (c *check) remember() error {
	if c.Memory == nil {
		return nil
	}
	return c.Memory.save()
}
