// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package site

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"stet"
	"stet/internal/store"
)

// downloadBatch is how many statements of a download are in memory at once.
const downloadBatch = 500

// downloadPatience is how long a reader may take for one batch of a download.
const downloadPatience = time.Minute

// downloaded is a statement in a download. Its fields are the columns, in their
// order.
type downloaded struct {
	ID         string   `json:"id"`
	URL        string   `json:"url"`
	Words      string   `json:"words"`
	Kind       string   `json:"kind"`
	Denial     bool     `json:"denial"`
	Language   string   `json:"language"`
	Speaker    string   `json:"speaker"`
	SpeakerURL string   `json:"speakerUrl"`
	Role       string   `json:"role"`
	Date       string   `json:"date"`
	Precision  string   `json:"precision"`
	Addressee  string   `json:"addressee"`
	Venue      string   `json:"venue"`
	Source     string   `json:"source"`
	SourceURL  string   `json:"sourceUrl"`
	Topics     []string `json:"topics"`
	QuotedIn   []string `json:"quotedIn"`
}

var columns = []string{"id", "url", "words", "kind", "denial", "language", "speaker", "speakerUrl", "role", "date", "precision", "addressee", "venue", "source", "sourceUrl", "topics", "quotedIn"}

func (d *downloaded) row() []string {
	row := []string{d.ID, d.URL, d.Words, d.Kind, fmt.Sprint(d.Denial), d.Language, d.Speaker, d.SpeakerURL, d.Role, d.Date, d.Precision,
		d.Addressee, d.Venue, d.Source, d.SourceURL, strings.Join(d.Topics, "; "), strings.Join(d.QuotedIn, " ")}
	for i, cell := range row {
		row[i] = inert(cell)
	}
	return row
}

// inert keeps a spreadsheet from taking words that begin with a sign of reckoning
// for a formula, as OWASP advises.
func inert(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", []rune(cell)[0]) {
		return "'" + cell
	}
	return cell
}

// recordFile is the whole record as JSON or CSV.
func (s *Site) recordFile(w http.ResponseWriter, r *http.Request) error {
	format := strings.TrimPrefix(r.URL.Path, recordPath+".")
	return s.download(w, r, stet.Person{}, format)
}

// personFile is what a person has said as JSON or CSV.
func (s *Site) personFile(w http.ResponseWriter, r *http.Request) error {
	format := r.URL.Path[strings.LastIndexByte(r.URL.Path, '.')+1:]
	p, err := s.personOf(r, "/"+r.PathValue("slug"))
	if err != nil {
		return err
	}
	if p.Slug != r.PathValue("slug") {
		return moved("/person/" + p.Slug + recordPath + "." + format)
	}
	return s.download(w, r, p, format)
}

// personOf is the person at an address below /person, an earlier one among them.
func (s *Site) personOf(r *http.Request, slug string) (stet.Person, error) {
	at, err := s.store.Path(r.Context(), "/person"+slug)
	if err != nil {
		return stet.Person{}, err
	}
	if at.Kind != stet.PathPerson {
		return stet.Person{}, stet.Errorf(stet.NotFound, "there is no such person")
	}
	return s.store.Person(r.Context(), at.Target)
}

// download streams statements, a batch at a time. Who breaks off, or meets an
// error of ours after the first byte, has a file that is visibly not whole.
func (s *Site) download(w http.ResponseWriter, r *http.Request, p stet.Person, format string) error {
	world, err := s.currentWorld(r.Context())
	if err != nil {
		return err
	}
	f := store.StatementFilter{Speaker: p.ID, Limit: downloadBatch}
	batch, err := s.store.FindStatements(r.Context(), f)
	if err != nil {
		return err
	}
	name := "record"
	if p.ID != 0 {
		name = p.Slug + "-record"
	}
	h := w.Header()
	h.Set("Content-Type", map[string]string{"json": "application/json; charset=utf-8", "csv": "text/csv; charset=utf-8; header=present"}[format])
	h.Set("Content-Disposition", `attachment; filename="`+name+"."+format+`"`)
	h.Set("Cache-Control", "no-cache")
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	h.Set("X-Robots-Tag", "noindex")
	if r.Method == http.MethodHead {
		return nil
	}
	out := bufio.NewWriterSize(w, 32<<10)
	write, end := writer(out, format, world, s.base)
	for {
		// Each batch has its own time: a long record is no slow reader.
		_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(downloadPatience))
		if err := s.writeBatch(r, world, batch, write); err != nil {
			panic(http.ErrAbortHandler)
		}
		if len(batch) < downloadBatch {
			break
		}
		f.After = batch[len(batch)-1].ID
		if batch, err = s.store.FindStatements(r.Context(), f); err != nil {
			s.log.Error("a download broke off", "path", r.URL.Path, "error", err)
			panic(http.ErrAbortHandler)
		}
	}
	if end() != nil || out.Flush() != nil {
		panic(http.ErrAbortHandler)
	}
	return nil
}

func (s *Site) writeBatch(r *http.Request, w *world, batch []stet.Statement, write func(*downloaded) error) error {
	rec, err := s.recordOf(r.Context(), w, batch)
	if err != nil {
		return err
	}
	for i := range batch {
		v := &batch[i]
		p := rec.people[v.SpeakerID]
		d := downloaded{
			ID: v.PublicID, URL: s.base + statementPath(v), Words: v.Words, Kind: string(v.Kind), Denial: v.Denial, Language: v.Language, Speaker: p.Name, SpeakerURL: s.base + "/person/" + p.Slug, Role: v.Role,
			Date: v.Date.Value, Precision: string(v.Date.Precision), Addressee: v.Addressee, Venue: v.Venue, Source: v.Source, SourceURL: v.SourceURL, Topics: []string{}, QuotedIn: []string{},
		}
		for _, t := range w.topicsOf(v.Topics) {
			d.Topics = append(d.Topics, t.Text)
		}
		for _, q := range rec.quoted(v, 0) {
			path, _, _ := strings.Cut(q.Story.URL, "#")
			d.QuotedIn = append(d.QuotedIn, s.base+path)
		}
		if err := write(&d); err != nil {
			return err
		}
	}
	return nil
}

// writer writes a download in a format: statement by statement, then its end. The
// licence leads in both.
func writer(out io.Writer, format string, w *world, base string) (write func(*downloaded) error, end func() error) {
	if format == "csv" {
		c := csv.NewWriter(out)
		// A column of its own keeps the first line the names of the columns.
		first := c.Write(append(append([]string{}, columns...), "licence"))
		licence := w.licence()
		return func(d *downloaded) error {
				if first != nil {
					return first
				}
				return c.Write(append(d.row(), inert(licence)))
			}, func() error {
				c.Flush()
				return c.Error()
			}
	}
	head, _ := json.Marshal(map[string]string{"magazine": w.magazine.Name, "home": base + recordPath, "licence": w.licence()})
	_, failed := fmt.Fprintf(out, "%s,\"statements\":[", head[:len(head)-1])
	comma := "\n"
	return func(d *downloaded) error {
			if failed != nil {
				return failed
			}
			line, err := json.Marshal(d)
			if err == nil {
				_, err = fmt.Fprintf(out, "%s%s", comma, line)
			}
			comma = ",\n"
			return err
		}, func() error {
			_, err := io.WriteString(out, "\n]}\n")
			return err
		}
}
