// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"stet"
	"stet/internal/newsroom"
)

// hub hands what has changed to everybody who listens. A listener that does not
// keep up is told to look at everything again rather than waited for.
type hub struct {
	mu        sync.Mutex
	listeners map[*listener]bool
	closed    chan struct{}
	close     func()
}

type listener struct {
	article string // public id of the story that is open, or empty
	mu      sync.Mutex
	tags    []string
	wake    chan struct{}
}

func newHub() *hub {
	h := &hub{listeners: map[*listener]bool{}, closed: make(chan struct{})}
	h.close = sync.OnceFunc(func() { close(h.closed) })
	return h
}

// maxTags is how many tags a listener may have waiting.
const maxTags = 100

// heard is called after every commit and must not block.
func (h *hub) heard(e stet.Event) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for l := range h.listeners {
		l.add(e.Tags)
	}
}

// ofOneStory are the tags that matter only to those who have the story open.
var ofOneStory = []string{"copy:", "fields:", "presence:", "snapshots:", "record:"}

func (l *listener) add(tags []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, t := range tags {
		kind, id, _ := strings.Cut(t, ":")
		if slices.Contains(ofOneStory, kind+":") && id != l.article || slices.Contains(l.tags, t) {
			continue
		}
		l.tags = append(l.tags, t)
	}
	if len(l.tags) == 0 {
		return
	}
	if len(l.tags) > maxTags {
		l.tags = []string{stet.TagAll}
	}
	select {
	case l.wake <- struct{}{}:
	default:
	}
}

func (l *listener) take() (tags []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	tags, l.tags = l.tags, nil
	return tags
}

func (h *hub) listen(article string) (*listener, func()) {
	l := &listener{article: article, wake: make(chan struct{}, 1)}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.listeners[l] = true
	return l, func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		delete(h.listeners, l)
	}
}

// Close ends the streams of events, so that a server that shuts down need not
// wait for them. Those who listened come again.
func (d *Desk) Close() { d.hub.close() }

// PresenceRow is somebody who has a story open.
type PresenceRow struct {
	Client string    `json:"client" doc:"One window; a person may have several."`
	Staff  stet.Ref  `json:"staff"`
	Place  string    `json:"place" doc:"Where in the story, as the clients tell one another."`
	Since  time.Time `json:"since"`
}

type eventsInput struct {
	Caller
	From
	Article string `query:"article" maxLength:"12" doc:"The story that is open: its steps, fields and people are told as well, and others are told who is in it."`
	Client  string `query:"client" maxLength:"64" doc:"The window, as in the steps; needed with 'article'."`
}

func (d *Desk) eventOperations() {
	register(d, http.MethodGet, "/events", "listen", "tells what changes, as server-sent events", d.listen, func(op *huma.Operation) {
		op.Description = "A stream of `changed` events, each with the tags of what changed: `{\"tags\": [\"desk:articles\"]}`. `*` is everything. " +
			"With a story: `copy:ID` (steps have arrived), `fields:ID`, `presence:ID`, `snapshots:ID`, `record:ID` (what was decided about its quotations). The stream tells that something changed and never what: ask for it."
		op.Errors = append(op.Errors, http.StatusNotAcceptable)
		op.Responses = map[string]*huma.Response{"200": {Description: "The stream.", Content: map[string]*huma.MediaType{"text/event-stream": {Schema: &huma.Schema{Type: "string"}}}}}
	})
	register(d, http.MethodGet, "/articles/{id}/presence", "list-presence", "says who has the story open", func(ctx context.Context, in *OnArticle) (*body[[]PresenceRow], error) {
		a, err := d.articleOf(ctx, *in)
		if err != nil {
			return nil, err
		}
		found, err := d.room.Present(ctx, a.ID)
		rows := []PresenceRow{}
		for _, p := range found {
			rows = append(rows, PresenceRow{Client: p.Client, Staff: stet.Ref{ID: p.Staff, Name: p.Name}, Place: p.Place, Since: p.Since})
		}
		return reply(rows), err
	})
	type whereabouts struct {
		OnArticle
		Body struct {
			Client string `json:"client" maxLength:"64"`
			Place  string `json:"place" maxLength:"200"`
		}
	}
	register(d, http.MethodPut, "/articles/{id}/presence", "set-place", "tells the others where in the story you are", func(ctx context.Context, in *whereabouts) (*struct{}, error) {
		a, err := d.articleOf(ctx, in.OnArticle)
		if err != nil {
			return nil, err
		}
		return nil, d.room.Arrive(ctx, in.staff, &a, in.Body.Client, in.Body.Place)
	})
}

// listen answers with a stream that lasts as long as the client, the session
// and the program.
func (d *Desk) listen(ctx context.Context, in *eventsInput) (*huma.StreamResponse, error) {
	// Whoever wants something else would wait for ever for the end of it.
	if !takesEvents(in.request) {
		return nil, huma.NewError(http.StatusNotAcceptable, "this is a stream of events: ask for text/event-stream")
	}
	s := &eventStream{d: d, in: in}
	if in.Article != "" {
		a, err := d.store.ArticleByPublicID(ctx, in.Article)
		if err != nil {
			return nil, err
		}
		if err := d.room.Arrive(ctx, in.staff, &a, in.Client, ""); err != nil {
			return nil, err
		}
		s.article = &a
	}
	return &huma.StreamResponse{Body: s.run}, nil
}

func takesEvents(r *http.Request) bool {
	accept := r.Header.Get("Accept")
	return accept == "" || slices.ContainsFunc([]string{"text/event-stream", "text/*", "*/*"}, func(t string) bool { return strings.Contains(accept, t) })
}

type eventStream struct {
	d       *Desk
	in      *eventsInput
	article *stet.Article
}

func (s *eventStream) run(hctx huma.Context) {
	_, w := humago.Unwrap(hctx)
	ctx := s.in.request.Context()
	l, stop := s.d.hub.listen(s.in.Article)
	defer stop()
	defer s.leave(ctx)
	// The end of the stream is written as well, and the last deadline may be over.
	defer func() { _ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(newsroom.PresenceEvery)) }()
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("X-Accel-Buffering", "no") // a proxy must not collect it
	// Whoever has just come cannot know what they missed before.
	if !s.send(w, "retry: 2000\nevent: changed\ndata: {\"tags\":[\"*\"]}\n\n") {
		return
	}
	beat := time.NewTicker(newsroom.PresenceEvery)
	defer beat.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.d.hub.closed:
			return
		case <-beat.C:
			if !s.stay(ctx) || !s.send(w, ": still here\n\n") {
				return
			}
		case <-l.wake:
			data, err := json.Marshal(stet.Event{Tags: l.take()})
			if err != nil || !s.send(w, fmt.Sprintf("event: changed\ndata: %s\n\n", data)) {
				return
			}
		}
	}
}

// send writes to the stream; the server's limit on the time of an answer is
// meant for answers that end.
func (s *eventStream) send(w http.ResponseWriter, text string) bool {
	c := http.NewResponseController(w)
	if err := c.SetWriteDeadline(time.Now().Add(newsroom.PresenceEvery)); err != nil {
		return false
	}
	if _, err := w.Write([]byte(text)); err != nil {
		return false
	}
	return c.Flush() == nil
}

// stay asks whether the session still stands, and says that the story is still open.
func (s *eventStream) stay(ctx context.Context) bool {
	if _, err := s.d.callerOf(s.in.request); err != nil {
		return false
	}
	if s.article == nil {
		return true
	}
	if err := s.d.room.Stay(ctx, s.in.staff, s.article, s.in.Client); err != nil {
		s.d.log.Warn("presence was not noted", "error", err)
	}
	return true
}

func (s *eventStream) leave(ctx context.Context) {
	if s.article == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if err := s.d.room.Leave(ctx, s.article, s.in.Client); err != nil {
		s.d.log.Warn("leaving a story was not noted", "error", err)
	}
}
