// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"context"
	"encoding/csv"
	"errors"
	"io"
	"net/url"
	"strings"

	"stet"
	"stet/internal/store"
)

// AddRedirect makes an address lead to any other: one of ours, or a whole one
// on the web.
func (r *Room) AddRedirect(ctx context.Context, staff stet.Staff, from, to string) error {
	clean, err := redirectFrom(from)
	if err != nil {
		return err
	}
	return r.act(ctx, staff, KeepTaxonomy, func(r *Room) error {
		if to, err = r.redirectTo(ctx, clean, to); err != nil {
			return err
		}
		p, err := r.store.Path(ctx, clean)
		switch {
		case err == nil && p.Kind == stet.PathRedirect && p.To == to:
			return errSameRedirect
		case err == nil:
			return stet.Errorf(stet.Conflict, "the address %s is taken: %s stands there", clean, stands[p.Kind])
		case stet.ErrorCode(err) != stet.NotFound:
			return err
		}
		if err := r.store.AddPath(ctx, stet.Path{Path: clean, Kind: stet.PathRedirect, To: to, MadeBy: staff.ID}); err != nil {
			return err
		}
		return r.note(ctx, staff, "added", "redirect", clean, clean, "to "+to)
	})
}

var errSameRedirect = stet.Errorf(stet.Conflict, "the address leads there already")

// stands says in words what is at an address.
var stands = map[stet.PathKind]string{
	stet.PathArticle: "a story or a page", stet.PathSection: "a section", stet.PathGenre: "a genre", stet.PathTopic: "a topic",
	stet.PathPerson: "a person", stet.PathAsset: "a file", stet.PathRedirect: "a redirect to somewhere else",
}

// redirectFrom returns the form in which the path table has an address, or why
// nobody would ever be led on from there.
func redirectFrom(from string) (string, error) {
	clean, ok := stet.CleanPath(strings.TrimSpace(from))
	if !ok || clean == "/" || !strings.HasPrefix(strings.TrimSpace(from), "/") {
		return "", stet.Errorf(stet.Invalid, "%q is no address of ours; it begins with a slash", from)
	}
	first, rest, _ := strings.Cut(clean[1:], "/")
	lists := first == "genre" || first == "topic" || first == "person"
	if stet.Reserved(first) && (!lists || rest == "") || strings.HasSuffix(clean, "/feed") {
		return "", stet.Errorf(stet.Invalid, "the address %s is the program's own", clean)
	}
	return clean, nil
}

// maxHops is how many redirects are followed to see whether they go round.
const maxHops = 20

// redirectTo returns the form of an address to which readers can be led from
// the other one.
func (r *Room) redirectTo(ctx context.Context, from, to string) (string, error) {
	to = strings.TrimSpace(to)
	u, err := url.Parse(to)
	web := err == nil && u.Host != "" && (u.Scheme == "https" || u.Scheme == "http")
	ours := err == nil && u.Host == "" && u.Scheme == "" && strings.HasPrefix(to, "/")
	if !web && !ours || len(to) > stet.MaxPath {
		return "", stet.Errorf(stet.Invalid, "%q is no address to which readers can be led; it begins with a slash or with https://", to)
	}
	if web {
		return to, nil
	}
	for at, hops := to, 0; hops < maxHops; hops++ {
		clean, ok := stet.CleanPath(at)
		if !ok {
			return "", stet.Errorf(stet.Invalid, "%q is no address of ours", to)
		}
		if clean == from {
			return "", stet.Errorf(stet.Invalid, "from %s readers would be led back to %s", to, from)
		}
		p, err := r.store.Path(ctx, clean)
		if stet.ErrorCode(err) == stet.NotFound {
			break
		}
		if err != nil {
			return "", err
		}
		if p.Kind != stet.PathRedirect {
			break
		}
		at = p.To
	}
	return to, nil
}

// DropRedirect takes a redirect away that somebody made at the desk. All other
// addresses were public once and stay.
func (r *Room) DropRedirect(ctx context.Context, staff stet.Staff, path string) error {
	return r.act(ctx, staff, KeepTaxonomy, func(r *Room) error {
		p, err := r.store.Path(ctx, path)
		if err != nil {
			return err
		}
		if !p.Removable() {
			return stet.Errorf(stet.Conflict, "only a redirect that was made at the desk can be taken away: %s was public once, and links lead there", path)
		}
		dropped, err := r.store.DropRedirect(ctx, path)
		if err == nil && !dropped {
			return stet.Errorf(stet.Conflict, "somebody else has changed %s meanwhile", path)
		}
		return err
	})
}

// RedirectReport says what became of a list of redirects.
type RedirectReport struct {
	Added   int
	Known   int // led there already
	Refused []RefusedRedirect
}

// RefusedRedirect is a line of the list from which nothing was made.
type RefusedRedirect struct {
	Line     int
	From, To string
	Why      string
}

// MaxRedirects is how many lines one list may have.
const MaxRedirects = 20_000

// ImportRedirects adds the redirects of a CSV list with two columns, from and
// to. A line that cannot be used is told and does not keep the others back.
func (r *Room) ImportRedirects(ctx context.Context, staff stet.Staff, list io.Reader) (report RedirectReport, err error) {
	err = r.act(ctx, staff, KeepTaxonomy, func(r *Room) error {
		report = RedirectReport{}
		lines := csv.NewReader(list)
		lines.FieldsPerRecord, lines.TrimLeadingSpace = -1, true
		for n := 0; ; n++ {
			row, err := lines.Read()
			if err == io.EOF {
				return nil
			}
			var broken *csv.ParseError
			if errors.As(err, &broken) {
				return stet.Errorf(stet.Invalid, "line %d of the list: %v", broken.Line, broken.Err)
			}
			if err != nil {
				return err
			}
			if n >= MaxRedirects {
				return stet.Errorf(stet.TooLarge, "the list has more than %d lines; please bring it in parts", MaxRedirects)
			}
			line, _ := lines.FieldPos(0)
			if err := r.importRedirect(ctx, staff, &report, n, line, row); err != nil {
				return err
			}
		}
	})
	return report, err
}

func (r *Room) importRedirect(ctx context.Context, staff stet.Staff, report *RedirectReport, n, line int, row []string) error {
	refuse := func(from, to, why string) {
		report.Refused = append(report.Refused, RefusedRedirect{Line: line, From: from, To: to, Why: why})
	}
	if len(row) < 2 {
		refuse(row[0], "", "there is no second column with where it leads")
		return nil
	}
	from, to := strings.TrimPrefix(strings.TrimSpace(row[0]), "\ufeff"), strings.TrimSpace(row[1])
	if n == 0 && !strings.Contains(from, "/") {
		return nil // the names of the columns
	}
	// A list from elsewhere has whole addresses of the magazine's own.
	if u, err := url.Parse(from); err == nil && u.Host != "" {
		from = u.RequestURI()
	}
	err := r.AddRedirect(ctx, staff, from, to)
	switch {
	case err == nil:
		report.Added++
	case errors.Is(err, errSameRedirect):
		report.Known++
	case stet.ErrorCode(err) == stet.Invalid || stet.ErrorCode(err) == stet.Conflict:
		refuse(from, to, stet.ErrorMessage(err))
	default:
		return err
	}
	return nil
}

// Signpost knows where the addresses of the magazine lead.
type Signpost struct {
	store    *store.Store
	sections stet.Sections
	genres   map[int64]stet.Genre
	topics   map[int64]stet.Topic
}

// Signpost reads what many addresses lead to.
func (r *Room) Signpost(ctx context.Context) (*Signpost, error) {
	p := &Signpost{store: r.store, genres: map[int64]stet.Genre{}, topics: map[int64]stet.Topic{}}
	var err error
	if p.sections, err = r.store.Sections(ctx); err != nil {
		return nil, err
	}
	genres, err := r.store.Genres(ctx)
	if err != nil {
		return nil, err
	}
	for _, g := range genres {
		p.genres[g.ID] = g
	}
	topics, err := r.store.Topics(ctx)
	for _, t := range topics {
		p.topics[t.ID] = t
	}
	return p, err
}

// LeadsTo returns the address at which readers end up who ask for p, and what
// stands there; none when they find nothing.
func (s *Signpost) LeadsTo(ctx context.Context, p stet.Path) (to, name string, err error) {
	switch p.Kind {
	case stet.PathRedirect:
		return p.To, "", nil
	case stet.PathSection:
		sec, ok := s.sections.ByID(p.Target)
		if !ok {
			return "", "", nil
		}
		return s.sections.Path(p.Target), sec.Name, nil
	case stet.PathGenre:
		if g, ok := s.genres[p.Target]; ok {
			return "/genre/" + g.Slug, g.Name, nil
		}
	case stet.PathTopic:
		if t, ok := s.topics[p.Target]; ok {
			return "/topic/" + t.Slug, t.Name, nil
		}
	case stet.PathPerson:
		person, err := s.store.Person(ctx, p.Target)
		if err != nil {
			return "", "", found(err)
		}
		return "/person/" + person.Slug, person.Name, nil
	case stet.PathAsset:
		assets, err := s.store.Assets(ctx, p.Target)
		if err != nil || len(assets) == 0 {
			return "", "", err
		}
		return "/media/" + assets[0].PublicID, assets[0].Filename, nil
	case stet.PathArticle:
		return s.article(ctx, p.Target)
	}
	return "", "", nil
}

// article is where the story stands; one that is not public leads nowhere but
// has a name for those at the desk.
func (s *Signpost) article(ctx context.Context, id int64) (to, name string, err error) {
	l, err := s.store.Live(ctx, id)
	if err == nil {
		return l.Path, l.Headline, nil
	}
	if found(err) != nil {
		return "", "", err
	}
	a, err := s.store.Article(ctx, id)
	return "", a.Content.Headline, found(err)
}

// found takes "there is none" for an answer.
func found(err error) error {
	if stet.ErrorCode(err) == stet.NotFound {
		return nil
	}
	return err
}
