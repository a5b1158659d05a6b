// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package intake

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"stet"
	"stet/internal/intake/item"
	"stet/internal/intake/spool"
	"stet/internal/newsroom"
	"stet/internal/store"
)

// together is how many stories are written in one transaction.
const together = 200

// bring imports an opened source: workers convert, this goroutine writes, in
// the order of the source.
func (im *importer) bring(ctx context.Context, f *spool.File, src item.Source) error {
	site := src.Site()
	for _, h := range im.Map.Hosts {
		site.Hosts = append(site.Hosts, strings.TrimPrefix(strings.ToLower(h), "www."))
	}
	pics, err := newPictures(im, f.Name, site)
	if err != nil {
		return err
	}
	defer pics.close()
	if err := im.magazine(ctx, f.Name, site); err != nil {
		return err
	}
	if err := pics.library(ctx); err != nil {
		return err
	}
	w := &writer{importer: im, source: f.Name, site: site, shelf: newShelf(im, f.Name, site), pics: pics, size: f.Size, seen: map[string]string{}}
	w.shelf.pics = pics
	if err := w.partner(ctx); err != nil {
		return err
	}
	conv := &converter{importer: im, src: src, site: site, pics: pics}
	if err := w.run(ctx, conv); err != nil {
		return err
	}
	for _, n := range src.Notices() {
		im.report.add(f.Name, n)
	}
	for name, n := range site.Counts {
		im.report.Found[name] += n
	}
	im.report.Pictures = append(im.report.Pictures, pics.missing()...)
	return im.navigation(ctx, f.Name, site)
}

// writer writes stories in order.
type writer struct {
	*importer
	source string
	site   *item.Site
	shelf  *shelf
	pics   *pictures
	origin *stet.Origin // of all stories, when they are a partner's
	size   int64
	seen   map[string]string // keys of this run, with the hash of their body
}

// run pipes the pieces of the source through the workers. Each piece has a
// channel of its own on which its story comes back, so that the order is kept
// and only as many are under way as the queue is long.
func (w *writer) run(ctx context.Context, conv *converter) error {
	ctx, cancel := context.WithCancel(ctx)
	type job struct {
		raw item.Raw
		out chan *converted
	}
	jobs := make(chan job)
	queue := make(chan chan *converted, 8*w.Workers)
	var wg sync.WaitGroup
	defer func() { cancel(); wg.Wait() }()
	for range w.Workers {
		wg.Go(func() {
			for j := range jobs {
				j.out <- conv.convert(ctx, j.raw)
			}
		})
	}
	var readErr error
	wg.Go(func() {
		defer close(queue)
		defer close(jobs)
		for ctx.Err() == nil {
			raw, err := conv.src.Next()
			if err != nil {
				if err != io.EOF {
					readErr = err
				}
				return
			}
			out := make(chan *converted, 1)
			select {
			case queue <- out:
			case <-ctx.Done():
				return
			}
			jobs <- job{raw, out}
		}
	})
	var batch []*converted
	for out := range queue {
		c := <-out
		if c = w.accept(c); c != nil {
			batch = append(batch, c)
		}
		if len(batch) >= together {
			if err := w.write(ctx, batch); err != nil {
				return err
			}
			batch = batch[:0]
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := w.write(ctx, batch); err != nil {
		return err
	}
	return readErr
}

// accept counts a converted piece and returns it when it is to be written.
func (w *writer) accept(c *converted) *converted {
	s := c.story
	if s == nil {
		return nil
	}
	for _, n := range s.Notices {
		w.report.add(w.source, n)
	}
	if s.Kind == "" {
		w.report.count(func(n *Counts) { n.Failed++ })
		return nil
	}
	if c.err != nil {
		w.fail(c, c.err)
		return nil
	}
	key := fmt.Sprintf("%x", c.body[:8])
	if old, ok := w.seen[s.Key]; ok {
		if old == key {
			w.report.count(func(n *Counts) { n.Posts++; n.Duplicates++; n.kind(s.Kind) })
			w.line(c, item.Info, "duplicate", "It is in the source twice; the second was passed over.")
			return nil
		}
		w.line(c, item.Warning, "duplicate", "Its id %q is in the source twice, with different stories; both were imported.", s.Key)
		s.Key += "~" + key
	}
	w.seen[strings.Clone(s.Key)] = key // the key is a piece of the whole item, which would be kept with it
	return c
}

func (c *Counts) kind(k stet.Kind) {
	if k == stet.Page {
		c.Pages++
	} else {
		c.Stories++
	}
}

func (w *writer) line(c *converted, sev item.Severity, kind, format string, args ...any) {
	w.report.add(w.source, item.Notice{Severity: sev, Kind: kind, Position: c.story.Position, Item: c.story.Title, Reason: fmt.Sprintf(format, args...)})
}

func (w *writer) fail(c *converted, err error) {
	w.report.count(func(n *Counts) { n.Failed++ })
	w.line(c, item.Error, "failed", "It was not imported: %s", stet.ErrorMessage(err))
	if stet.ErrorCode(err) == stet.Internal {
		w.Logger.Error("importing a story failed", "source", w.source, "position", c.story.Position.String(), "error", err)
	}
}

// write writes a batch in one transaction. When one story is refused the others
// are written one by one.
func (w *writer) write(ctx context.Context, batch []*converted) error {
	if len(batch) == 0 {
		return nil
	}
	if err := w.shelf.prepare(ctx, batch); err != nil {
		return err
	}
	origins, err := w.origins(ctx, batch)
	if err != nil {
		return err
	}
	if results, err := w.attempt(ctx, batch, origins); err == nil {
		w.settle(batch, results)
	} else if ctx.Err() != nil {
		return ctx.Err()
	} else {
		for _, c := range batch {
			results, err := w.attempt(ctx, []*converted{c}, origins)
			switch {
			case err == nil:
				w.settle([]*converted{c}, results)
			case ctx.Err() != nil:
				return ctx.Err()
			case stet.ErrorCode(err) == stet.Internal:
				return fmt.Errorf("import %q: %w", c.story.Title, err)
			default:
				w.fail(c, err)
			}
		}
	}
	last := batch[len(batch)-1].raw.Position
	w.Progress(Progress{Source: w.source, Phase: "stories", Done: last.Offset, Total: w.size, Posts: w.report.Counts.Posts})
	return nil
}

func (w *writer) origins(ctx context.Context, batch []*converted) (map[string]store.Origin, error) {
	keys := make([]string, len(batch))
	for i, c := range batch {
		keys[i] = w.site.Key + c.story.Key
	}
	return w.Room.Store().Origins(ctx, keys...)
}

// outcome is what became of one story.
type outcome struct {
	what  string // created, updated, unchanged, conflict
	paths int
	lines []item.Notice
}

func (w *writer) attempt(ctx context.Context, batch []*converted, origins map[string]store.Origin) ([]outcome, error) {
	var out []outcome
	err := w.batch(ctx, func(r *newsroom.Room) error {
		out = out[:0] // it may be a second attempt
		for _, c := range batch {
			o, err := w.one(ctx, r, c, origins[w.site.Key+c.story.Key])
			if err != nil {
				return err
			}
			out = append(out, o)
		}
		return nil
	})
	return out, err
}

func (w *writer) settle(batch []*converted, results []outcome) {
	for i, c := range batch {
		o := results[i]
		w.report.count(func(n *Counts) {
			n.Posts++
			n.kind(c.story.Kind)
			switch c.story.Status {
			case stet.Draft, stet.InReview:
				n.Drafts++
			case stet.Scheduled:
				n.Scheduled++
			}
			switch o.what {
			case "created":
				n.Created++
			case "updated":
				n.Updated++
			case "unchanged":
				n.Unchanged++
			case "conflict":
				n.Conflicts++
			}
			n.Comments += c.story.Comments
			n.OldAddresses += o.paths
		})
		for _, l := range o.lines {
			w.report.add(w.source, l)
		}
	}
}

// one writes one story, or finds that there is nothing to write. The arrival is
// copied: a transaction may be tried again.
func (w *writer) one(ctx context.Context, r *newsroom.Room, c *converted, was store.Origin) (o outcome, err error) {
	arrival := *c.arrival
	a := *arrival.Article
	arrival.Article = &a
	s := c.story
	a.Source = w.site.Key + s.Key
	w.classify(c, &a.Content)
	hash := w.hash(c, &a.Content)
	if was.Article != 0 {
		left, revision := parseMark(was.Hash)
		if left == hash {
			return outcome{what: "unchanged"}, nil
		}
		if was.Revision != revision && !(was.Revision == revision+1 && was.Status == stet.Published && s.Status == stet.Scheduled) {
			return w.conflict(c, "It has changed in the source, but was edited here since; it was left alone."), nil
		}
		if was.Status == stet.Published && (s.Status == stet.Draft || s.Status == stet.InReview) {
			return w.conflict(c, "The source has taken it back; it stays published here."), nil
		}
	}
	o.what = "created"
	if was.Article != 0 {
		o.what = "updated"
	}
	if w.DryRun {
		return o, nil
	}
	if was.Article != 0 {
		old, err := r.Store().Article(ctx, was.Article)
		if err != nil {
			return o, err
		}
		a.ID, a.PublicID, a.Revision, a.Status, a.CreatedAt = old.ID, old.PublicID, old.Revision, old.Status, old.CreatedAt
		a.PublishedAt, a.VersionID, a.ScheduledAt = old.PublishedAt, old.VersionID, old.ScheduledAt
		// An address is kept: the old one would only lead to the new one.
		a.Content.Slug = firstOf(old.Content.Slug, a.Content.Slug)
	}
	if err := w.store(ctx, r, c, &arrival, hash); err != nil {
		return o, err
	}
	if w.origin == nil && (a.Status == stet.Published || a.Status == stet.Scheduled) {
		o.paths, o.lines, err = w.addresses(ctx, r, s, a.ID)
		if was.Article != 0 {
			o.paths = 0 // counted when it came first
		}
	}
	return o, err
}

func (w *writer) conflict(c *converted, reason string) outcome {
	return outcome{what: "conflict", lines: []item.Notice{{Severity: item.Warning, Kind: "conflict", Position: c.story.Position, Item: c.story.Title, Reason: reason}}}
}

// mark is what is kept of a story to know it again: the hash of what it became
// and the revision at which the import has left it.
func mark(hash string, revision int64) string { return hash + "@" + strconv.FormatInt(revision, 10) }

func parseMark(s string) (hash string, revision int64) {
	hash, r, _ := strings.Cut(s, "@")
	revision, _ = strconv.ParseInt(r, 10, 64)
	return hash, revision
}

// store has the newsroom do with the article what its status asks for.
func (w *writer) store(ctx context.Context, r *newsroom.Room, c *converted, v *newsroom.Arrival, hash string) error {
	a, s := v.Article, c.story
	now := r.Store().Now()
	status, first := s.Status, s.Published
	if status == stet.Scheduled && !first.After(now) {
		status = stet.Published // its time has come meanwhile
	}
	if status == stet.Published {
		if first.After(now) {
			first = now
		}
		a.SourceHash = mark(hash, a.Revision+1)
		return r.Bring(ctx, w.Staff, v, w.publication(a, s, first, now))
	}
	if a.CreatedAt.IsZero() {
		a.CreatedAt = first
	}
	if status != stet.Scheduled {
		a.SourceHash = mark(hash, a.Revision+1)
		return r.BringDraft(ctx, w.Staff, v, status)
	}
	a.SourceHash = mark(hash, a.Revision+2)
	if err := r.BringDraft(ctx, w.Staff, v, stet.Draft); err != nil {
		return err
	}
	a.Status = stet.Scheduled
	return r.Schedule(ctx, w.Staff, a.ID, first)
}

// publication says when: a new story appears as it did, with the time of its
// last change as that of its version; a changed one becomes a new version.
func (w *writer) publication(a *stet.Article, s *item.Story, first, now time.Time) newsroom.PublishOptions {
	if first.IsZero() {
		if first = a.PublishedAt; first.IsZero() {
			first = now
		}
	}
	o := newsroom.PublishOptions{First: first, At: first, AnySlug: true}
	if s.Modified.After(first) && !s.Modified.After(now) {
		o.At = s.Modified
	}
	if a.VersionID != 0 {
		o.Note = "Brought up to date from " + firstOf(w.site.Title, "the source")
		if !s.Modified.After(first) || s.Modified.After(now) {
			o.At = now
		}
	}
	return o
}

// hash sums up what the story becomes: when it is the same as last time there
// is nothing to do, whatever else has changed in the source. Names are left
// out: the newsroom brings them up to date.
func (w *writer) hash(c *converted, t *stet.Content) string {
	sum := *t
	sum.Body = nil
	sum.Section.Name, sum.Genre.Name = "", ""
	sum.Sections, sum.Topics, sum.Bylines = nil, nil, nil
	ids := []string{}
	for _, r := range t.Sections {
		ids = append(ids, r.ID)
	}
	for _, r := range t.Topics {
		ids = append(ids, r.ID)
	}
	for _, b := range t.Bylines {
		ids = append(ids, b.Person.ID, string(b.Contribution))
	}
	b, err := json.Marshal(struct {
		Content   stet.Content
		IDs       []string
		Body      []byte
		Status    stet.Status
		Kind      stet.Kind
		Published int64
		URL       string
	}{sum, ids, c.body[:], c.story.Status, c.story.Kind, c.story.Published.Unix(), c.story.URL})
	if err != nil {
		panic(err) // texts and numbers always marshal
	}
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:16])
}

// addresses makes everything under which the story could be reached lead to it.
func (w *writer) addresses(ctx context.Context, r *newsroom.Room, s *item.Story, id int64) (n int, lines []item.Notice, err error) {
	for _, old := range append([]string{s.URL}, s.Old...) {
		p, ok := w.pics.oldPath(old)
		if !ok || old == "" || p == "/" {
			continue
		}
		added, err := r.AddOldPath(ctx, w.Staff, p, stet.PathArticle, id)
		if err != nil {
			return n, lines, err
		}
		if added {
			n++
			continue
		}
		lines = append(lines, item.Notice{Severity: item.Warning, Kind: "address", Name: p, Position: s.Position, Item: s.Title,
			Reason: fmt.Sprintf("Its old address %s belongs to something else here and does not lead to it.", p)})
	}
	return n, lines, nil
}

// partner makes the partner whose stories these are.
func (w *writer) partner(ctx context.Context) error {
	rule := PartnerRule{Name: w.Partner}
	if rule.Name == "" && w.Map.Partner != nil {
		rule = *w.Map.Partner
	}
	if rule.Name == "" {
		return nil
	}
	if rule.URL == "" && w.site.URL != nil {
		rule.URL = w.site.URL.String()
	}
	all, err := w.Room.Store().Partners(ctx)
	if err != nil {
		return err
	}
	w.origin = &stet.Origin{}
	for _, p := range all {
		if store.FoldName(p.Name) == store.FoldName(rule.Name) {
			w.origin.Partner = stet.Ref{ID: p.PublicID, Name: p.Name}
			return nil
		}
	}
	p := stet.Partner{Name: rule.Name, URL: rule.URL}
	if w.DryRun {
		w.origin.Partner = stet.Ref{ID: "new", Name: p.Name}
		return nil
	}
	if err := w.Room.AddPartner(ctx, w.Staff, &p); err != nil {
		return err
	}
	w.origin.Partner = stet.Ref{ID: p.PublicID, Name: p.Name}
	return nil
}

// isOwn reports whether an address is one of the old site's.
func (w *writer) isOwn(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Host == "" || w.pics.own(u.Hostname()))
}
