// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package media

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"fmt"
	"image/jpeg"
	"io"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"

	"stet"
)

// RenditionsOptions are what NewRenditions needs; zero fields but Blobs have
// defaults.
type RenditionsOptions struct {
	Blobs   Blobs
	Limits  Limits
	Quality int   // of JPEG, 1 to 100; 68
	Memory  int64 // bytes that all pictures open at a time may take; as Limits.Memory
	Workers int   // pictures made at a time; as many as there are processors
	Now     func() time.Time
}

// Renditions makes the pictures that readers are served, when they are first
// asked for, and keeps them among the blobs under renditions/. They show the
// original upright, on white, and carry none of its metadata: not where it was
// taken, and not whose camera it was.
type Renditions struct {
	blobs   Blobs
	limits  Limits
	quality int
	flights flights

	// turns bounds memory and work at once: each picture takes what it needs
	// of the memory, but no less than a worker's share.
	turns  *semaphore.Weighted
	memory int64
	share  int64

	now    func() time.Time
	mu     sync.Mutex
	failed map[string]failure
}

// failure is remembered for a while, so that a damaged original that a page
// shows is not opened anew for each reader.
type failure struct {
	err   error
	until time.Time
}

// NewRenditions returns Renditions over the blobs.
func NewRenditions(o RenditionsOptions) *Renditions {
	m := &Renditions{
		blobs:   o.Blobs,
		limits:  o.Limits.withDefaults(),
		quality: orDefault(o.Quality, 68),
		now:     o.Now,
		failed:  make(map[string]failure),
	}
	if m.now == nil {
		m.now = time.Now
	}
	m.memory = orDefault(o.Memory, m.limits.Memory)
	m.limits.Memory = min(m.limits.Memory, m.memory)
	m.share = m.memory / int64(orDefault(o.Workers, runtime.GOMAXPROCS(0)))
	m.turns = semaphore.NewWeighted(m.memory)
	return m
}

// Close breaks off what is being made and waits until it has stopped.
func (m *Renditions) Close() { m.flights.close() }

// Open returns the rendition of the original under key, and makes it if nobody
// has asked for it yet. One that is not of the fixed set for a picture of this
// size is stet.NotFound before anything is read. The Focus of r is trusted:
// take it from the asset, not from the request.
func (m *Renditions) Open(ctx context.Context, key string, original Size, r Rendition) (Blob, error) {
	if _, err := r.Size(original); err != nil {
		return nil, err
	}
	name := renditionKey(key, r)
	blob, err := m.blobs.Open(ctx, name)
	if stet.ErrorCode(err) != stet.NotFound {
		return blob, err
	}
	if err := m.Make(ctx, key, r); err != nil {
		return nil, err
	}
	return m.blobs.Open(ctx, name)
}

// Make makes the renditions of one original that are not there yet. Several at
// once cost little more than the largest of them: the original is opened once,
// and each is made from the next larger.
func (m *Renditions) Make(ctx context.Context, key string, rs ...Rendition) error {
	names := make([]string, len(rs))
	for i, r := range rs {
		names[i] = r.Name()
	}
	err := m.flights.do(ctx, key+" "+strings.Join(names, " "), func(ctx context.Context) error {
		if err := m.remembered(key); err != nil {
			return err
		}
		err := m.make(ctx, key, rs)
		if code := stet.ErrorCode(err); code == stet.Invalid || code == stet.TooLarge {
			m.remember(key, err)
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("make renditions of %s: %w", key, err)
	}
	return nil
}

// Forget removes all renditions of the original under key.
func (m *Renditions) Forget(ctx context.Context, key string) error {
	return m.blobs.Walk(ctx, "renditions/"+key+"/", func(e Entry) error {
		return m.blobs.Delete(ctx, e.Key)
	})
}

func renditionKey(key string, r Rendition) string { return "renditions/" + key + "/" + r.Name() }

func (m *Renditions) make(ctx context.Context, key string, rs []Rendition) error {
	rs, err := m.missing(ctx, key, rs)
	if err != nil || len(rs) == 0 {
		return err
	}
	s, err := m.survey(ctx, key)
	if err != nil {
		return err
	}
	// No file is held open while waiting: a front page may queue hundreds.
	turn := max(s.memory, m.share)
	if err := m.turns.Acquire(ctx, turn); err != nil {
		return err
	}
	defer m.turns.Release(turn)
	original, err := m.blobs.Open(ctx, key)
	if err != nil {
		return err
	}
	defer original.Close()
	pic, err := decode(ctx, original, s)
	if err != nil {
		return err
	}
	return m.cascade(ctx, key, pic, s, rs)
}

func (m *Renditions) survey(ctx context.Context, key string) (*surveyed, error) {
	original, err := m.blobs.Open(ctx, key)
	if err != nil {
		return nil, err
	}
	defer original.Close()
	s, err := survey(original, m.limits)
	if err == nil && s.format.kind != stet.Image {
		return nil, stet.Errorf(stet.NotFound, "only pictures have renditions")
	}
	return s, err
}

// missing returns those of the renditions that have not been made.
func (m *Renditions) missing(ctx context.Context, key string, rs []Rendition) ([]Rendition, error) {
	var left []Rendition
	for _, r := range rs {
		blob, err := m.blobs.Open(ctx, renditionKey(key, r))
		switch {
		case err == nil:
			blob.Close()
		case stet.ErrorCode(err) == stet.NotFound:
			left = append(left, r.rounded())
		default:
			return nil, err
		}
	}
	return left, nil
}

// cascade makes the renditions from the largest to the smallest, each from the
// smallest uncut one that is half as large again, which is enough for no
// difference to be seen, or from the original.
func (m *Renditions) cascade(ctx context.Context, key string, pic picture, s *surveyed, rs []Rendition) error {
	shown := s.orientation.apply(s.size)
	slices.SortFunc(rs, func(a, b Rendition) int {
		return cmp.Or(cmp.Compare(b.Width, a.Width), cmp.Compare(a.Shape, b.Shape))
	})
	var made []picture // uncut, upright, the largest first
	for _, r := range rs {
		if err := ctx.Err(); err != nil {
			return err
		}
		to, err := r.Size(shown)
		if err != nil {
			return err
		}
		source, turn := pic, s.orientation
		for _, p := range made {
			if r.window(p.Size).w >= 1.5*float64(to.Width) {
				source, turn = p, 1
			}
		}
		scaled := source.scale(r.window(turn.apply(source.Size)), to, turn)
		if r.Shape == Whole {
			made = append(made, scaled)
		}
		if err := m.keep(ctx, renditionKey(key, r), scaled, s.profile); err != nil {
			return err
		}
	}
	return nil
}

// keep encodes the picture and stores it.
func (m *Renditions) keep(ctx context.Context, key string, p picture, profile []byte) error {
	if len(profile) > 0 && (string(profile[16:20]) == "GRAY") != (len(p.planes) == 1) {
		profile = nil // the picture is no longer of the colours that it speaks of
	}
	var buf bytes.Buffer
	if err := jpeg.Encode(&buf, p.image(), &jpeg.Options{Quality: m.quality}); err != nil {
		return err
	}
	_, err := m.blobs.Put(ctx, key, withProfile(buf.Bytes(), profile))
	return err
}

// withProfile puts the colour profile, if there is one, behind the mark that a
// JPEG begins with. A profile says what the numbers of the colours mean; it is
// all that is taken over from the original besides its pixels.
func withProfile(file, profile []byte) io.Reader {
	if len(profile) == 0 {
		return bytes.NewReader(file)
	}
	head := append([]byte{0xff, 0xd8, 0xff, 0xe2, 0, 0}, "ICC_PROFILE\x00\x01\x01"...)
	binary.BigEndian.PutUint16(head[4:], uint16(len(head)-4+len(profile)))
	return io.MultiReader(bytes.NewReader(head), bytes.NewReader(profile), bytes.NewReader(file[2:]))
}

// remembered returns why this original could not be opened a while ago.
func (m *Renditions) remembered(key string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if f, ok := m.failed[key]; ok && m.now().Before(f.until) {
		return f.err
	}
	return nil
}

// remember keeps the failure for ten minutes; the list is begun anew before it
// grows large.
func (m *Renditions) remember(key string, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.failed) >= 1000 {
		clear(m.failed)
	}
	m.failed[key] = failure{err, m.now().Add(10 * time.Minute)}
}
