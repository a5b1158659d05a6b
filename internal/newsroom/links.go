// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"stet"
	"stet/internal/jobs"
	"stet/internal/prose"
	"stet/internal/store"
)

// What is known of a link is good for linkFresh; a story that is published is
// not held up by what was true a month ago. maxLinks keeps one story from
// keeping the queue for an hour.
const (
	linkFresh = 24 * time.Hour
	linkStale = 30 * 24 * time.Hour
	maxLinks  = 300
)

// LinkArgs names the article whose links to look at.
type LinkArgs struct {
	Article int64 `json:"article"`
}

// links are the addresses that a body leads to, each once: those of ours and
// those of others.
func links(doc *prose.Doc) (own, others []string) {
	for _, l := range doc.Links() {
		u, err := url.Parse(l.Href)
		if err != nil {
			continue
		}
		u.Fragment = ""
		switch {
		case u.Scheme == "http" || u.Scheme == "https":
			others = append(others, u.String())
		case u.Scheme == "" && u.Host == "" && strings.HasPrefix(u.Path, "/"):
			own = append(own, u.String())
		}
	}
	slices.Sort(own)
	slices.Sort(others)
	others = slices.Compact(others)
	return slices.Compact(own), others[:min(len(others), maxLinks)]
}

// CheckLinksOf has the outbound links of a working copy asked, those that were
// not asked lately.
func (r *Room) CheckLinksOf(ctx context.Context, staff stet.Staff, id int64) error {
	return r.act(ctx, staff, Write, func(r *Room) error { return r.enqueueLinks(ctx, id) })
}

func (r *Room) enqueueLinks(ctx context.Context, id int64) error {
	return r.enqueue(ctx, jobs.Job{Kind: JobLinks, Args: LinkArgs{Article: id}, UniqueKey: fmt.Sprintf("links:%d", id), MaxAttempts: 3})
}

// CheckLinks is the work of JobLinks. It asks one address after the other, for
// the head alone where the server has that; the client keeps a distance
// between requests to one host.
func (r *Room) CheckLinks(ctx context.Context, args LinkArgs) error {
	a, err := r.store.Article(ctx, args.Article)
	if stet.ErrorCode(err) == stet.NotFound || err == nil && len(a.Content.Body) == 0 {
		return nil
	}
	if err != nil {
		return err
	}
	doc, err := prose.Parse(a.Content.Body)
	if err != nil {
		return jobs.Permanent(err)
	}
	_, others := links(doc)
	known, err := r.store.LinkChecks(ctx, others...)
	if err != nil {
		return err
	}
	for _, address := range others {
		if was, ok := known[address]; ok && r.store.Now().Sub(was.CheckedAt) < linkFresh {
			continue
		}
		found := r.ask(ctx, address)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err := r.store.PutLinkCheck(ctx, found); err != nil {
			return err
		}
	}
	return nil
}

// ask asks an address whether it leads somewhere. Many servers know no HEAD or
// answer it wrongly, so that only its success is believed.
func (r *Room) ask(ctx context.Context, address string) store.LinkCheck {
	found := store.LinkCheck{URL: address}
	for _, method := range []string{http.MethodHead, http.MethodGet} {
		req, err := http.NewRequestWithContext(ctx, method, address, nil)
		if err != nil {
			found.Fault = "it is not an address"
			return found
		}
		res, err := r.client.Do(req)
		if err != nil {
			found.Status, found.Fault = 0, "there is no answer"
			if stet.ErrorCode(err) != stet.Internal {
				found.Fault = stet.ErrorMessage(err)
				return found // asking otherwise would change nothing
			}
			continue
		}
		res.Body.Close()
		found.Status, found.Fault = res.Status, linkFault(res.Status)
		if found.Fault == "" {
			break
		}
	}
	return found
}

// linkFault says what a status means for a reader who follows the link. A page
// that lets no program in may well let readers in.
func linkFault(status int) string {
	switch {
	case status == http.StatusNotFound:
		return "there is no such page (404)"
	case status == http.StatusGone:
		return "the page has been removed (410)"
	case status >= 500:
		return fmt.Sprintf("the server fails (%d)", status)
	}
	return ""
}

// checkLinks says what is known of the links of a body; asking takes longer
// than a page may, so that it is done by a job.
func checkLinks(ctx context.Context, x *examination, res *CheckResult) error {
	if x.doc == nil {
		res.Passed, res.Message = true, "There is no link."
		return nil
	}
	own, others := links(x.doc)
	if len(own)+len(others) == 0 {
		res.Passed, res.Message = true, "There is no link."
		return nil
	}
	for _, address := range own {
		ok, err := x.room.leadsSomewhere(ctx, address)
		if err != nil {
			return err
		}
		if !ok {
			res.Where = append(res.Where, address+": nothing stands there")
		}
	}
	known, err := x.room.store.LinkChecks(ctx, others...)
	if err != nil {
		return err
	}
	unknown := 0
	for _, address := range others {
		switch k, ok := known[address]; {
		case !ok || x.room.store.Now().Sub(k.CheckedAt) > linkStale:
			unknown++
		case k.Fault != "":
			res.Where = append(res.Where, address+": "+k.Fault)
		}
	}
	res.Pending = unknown > 0
	res.Passed = len(res.Where) == 0 && !res.Pending
	switch {
	case len(res.Where) > 0:
		res.Message = fmt.Sprintf("%d of %d links lead nowhere.", len(res.Where), len(own)+len(others))
	case res.Pending:
		res.Message = fmt.Sprintf("%d of %d links have not answered yet.", unknown, len(own)+len(others))
	default:
		res.Message = fmt.Sprintf("All links answer (%d).", len(own)+len(others))
	}
	return nil
}

// leadsSomewhere reports whether something stands at an address of ours: in the
// table of addresses, or an address of the program's own.
func (r *Room) leadsSomewhere(ctx context.Context, address string) (bool, error) {
	clean, ok := stet.CleanPath(address)
	if !ok {
		return false, nil
	}
	path, _, _ := strings.Cut(clean, "?")
	if first, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/"); path == "/" || stet.Reserved(first) {
		return true, nil
	}
	p, err := r.store.Path(ctx, path)
	if stet.ErrorCode(err) == stet.NotFound {
		return false, nil
	}
	if err != nil || p.Kind != stet.PathArticle {
		return err == nil, err
	}
	_, err = r.store.Live(ctx, p.Target)
	if stet.ErrorCode(err) == stet.NotFound {
		return false, nil
	}
	return err == nil, err
}
