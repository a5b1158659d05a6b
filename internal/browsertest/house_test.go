// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package browsertest

import (
	"bufio"
	"bytes"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"stet"
	"stet/internal/demo"
	"stet/internal/media"
	"stet/internal/newsroom"
	"stet/internal/prose"
	"stet/internal/store"
)

// clock is the moment at which the magazine is read: the day of the demo's lead.
const clock = "2026-11-20T12:00:00Z"

// needs is what a failure for want of a tool ends with.
const needs = "run scripts/needs.sh"

// Both are made when the first test asks and are shared by all.
var (
	house   = sync.OnceValues(openHouse)
	browser = sync.OnceValues(startBrowser)
)

// atEnd is what has to be ended after the last test, the newest first.
var atEnd struct {
	sync.Mutex
	closers []func()
	logs    []*logbook
}

func later(f func()) {
	atEnd.Lock()
	defer atEnd.Unlock()
	atEnd.closers = append(atEnd.closers, f)
}

func TestMain(m *testing.M) {
	// What the tests have the programs send out is received on this machine.
	os.Setenv("STET_ALLOW_PRIVATE", "true")
	code := m.Run()
	for _, f := range slices.Backward(atEnd.closers) {
		f()
	}
	if line := serverErrors(); line != "" {
		fmt.Fprintln(os.Stderr, "the program logged an error during the tests:", line)
		code = max(code, 1)
	}
	os.Exit(code)
}

// magazines are the running programs: the demo as it is, and the same one with
// an Arabic interface.
type magazines struct {
	bin     string
	english *program
	arabic  func() (*program, error)
}

// openHouse builds the program, fills a data folder with the demo magazine and
// serves it.
func openHouse() (*magazines, error) {
	dir, err := os.MkdirTemp("", "stet-browsertest-")
	if err != nil {
		return nil, err
	}
	later(func() { os.RemoveAll(dir) })
	bin := filepath.Join(dir, "stet")
	if out, err := exec.Command("go", "build", "-o", bin, "stet/cmd/stet").CombinedOutput(); err != nil {
		return nil, fmt.Errorf("build the program: %w\n%s", err, out)
	}
	english, arabic := filepath.Join(dir, "en"), filepath.Join(dir, "ar")
	if err := furnish(english, addRareThings); err != nil {
		return nil, fmt.Errorf("fill the data folder: %w", err)
	}
	if err := os.CopyFS(arabic, os.DirFS(english)); err != nil {
		return nil, err
	}
	h := &magazines{bin: bin}
	h.arabic = sync.OnceValues(func() (*program, error) {
		if err := enter(arabic, speakArabic); err != nil {
			return nil, err
		}
		return serve(bin, arabic)
	})
	h.english, err = serve(bin, english)
	return h, err
}

// furnish fills a new data folder with the demo and more.
func furnish(dir string, more func(context.Context, *newsroom.Room) error) error {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return err
	}
	return enter(dir, func(ctx context.Context, room *newsroom.Room) error {
		if err := demo.Fill(ctx, room); err != nil {
			return err
		}
		if err := more(ctx, room); err != nil {
			return err
		}
		if err := putOnRecord(ctx, room); err != nil {
			return fmt.Errorf("put statements on the record: %w", err)
		}
		// The renditions of all pictures take a minute of the processors that the
		// tests want. Those that a page shows are made when it asks for them.
		_, err := room.Store().Conn().ExecContext(ctx, "DELETE FROM job")
		return err
	})
}

// enter opens the newsroom of a data folder that no program is serving.
func enter(dir string, act func(context.Context, *newsroom.Room) error) (err error) {
	ctx := context.Background()
	st, err := store.Open(ctx, store.Options{Path: filepath.Join(dir, "stet.db")})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	blobs, err := media.OpenFolder(filepath.Join(dir, "media"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, blobs.Close()) }()
	return act(ctx, newsroom.New(newsroom.Options{Store: st, Blobs: blobs}))
}

// everything is the body of a story with every kind of block that a page can
// have, some of them too wide for a phone.
//
//go:embed testdata/everything.md
var everything string

// Where the stories stand that addRareThings adds.
const (
	everythingPath = "/ideas/everything-a-page-can-hold"
	withdrawnPath  = "/ideas/a-story-that-did-not-stand"
)

// addRareThings adds what the demo has no occasion for.
func addRareThings(ctx context.Context, room *newsroom.Room) error {
	ideas, err := section(ctx, room, "ideas")
	if err != nil {
		return err
	}
	asset := stet.Asset{Filename: "grey.jpg", Alt: "A grey field", Caption: "A field.", Credit: "Nobody in particular"}
	if _, err := room.AddAsset(ctx, stet.Operator, &asset, grey()); err != nil {
		return err
	}
	doc, _ := prose.FromMarkdown(strings.ReplaceAll(everything, "ASSET", asset.PublicID), prose.Options{})
	doc.Root.Content = append(doc.Root.Content, prose.Raw(`<style>p { color: maroon }</style><p>HTML that somebody brought along.</p>`))
	at := time.Date(2023, time.April, 3, 6, 0, 0, 0, time.UTC)
	for _, c := range []stet.Content{
		{Headline: "Everything a page can hold", Slug: "everything-a-page-can-hold", Body: doc.JSON(), Lead: &stet.Placement{Asset: asset.PublicID}},
		{Headline: "A story that did not stand", Slug: "a-story-that-did-not-stand", Body: doc.JSON()},
	} {
		c.Dek, c.Section = "One of each, for those who look after the house.", ideas
		a := stet.Article{Kind: stet.Story, Content: c}
		if err := room.Draft(ctx, stet.Operator, &a); err != nil {
			return err
		}
		if _, err := room.Publish(ctx, stet.Operator, a.ID, newsroom.PublishOptions{At: at}); err != nil {
			return err
		}
		if c.Lead == nil {
			if err := room.Withdraw(ctx, stet.Operator, a.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

func section(ctx context.Context, room *newsroom.Room, slug string) (stet.Ref, error) {
	all, err := room.Store().Sections(ctx)
	if err != nil {
		return stet.Ref{}, err
	}
	for _, s := range all {
		if s.Slug == slug {
			return stet.Ref{ID: s.PublicID, Name: s.Name}, nil
		}
	}
	return stet.Ref{}, fmt.Errorf("the demo has no section %q", slug)
}

func grey() io.ReadSeeker {
	img := image.NewGray(image.Rect(0, 0, 1200, 800))
	for i := range img.Pix {
		img.Pix[i] = color.Gray{Y: uint8(96 + i%1200/16)}.Y
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		panic(err) // a buffer takes everything
	}
	return bytes.NewReader(b.Bytes())
}

func speakArabic(ctx context.Context, room *newsroom.Room) error {
	m, err := room.Store().Magazine(ctx)
	if err != nil {
		return err
	}
	m.Language = "ar"
	return room.SetMagazine(ctx, stet.Operator, m)
}

// program is a running stet.
type program struct {
	base    string
	log     *logbook
	started time.Time
	stop    func() // may be called twice
}

// logbook collects what a program writes to its standard error.
type logbook struct {
	mu    sync.Mutex
	lines []string
}

func (l *logbook) add(line string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.lines = append(l.lines, line)
}

func (l *logbook) find(part string) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, line := range l.lines {
		if strings.Contains(line, part) {
			return line
		}
	}
	return ""
}

func serverErrors() string {
	for _, l := range atEnd.logs {
		if line := l.find("level=ERROR"); line != "" {
			return line
		}
	}
	return ""
}

var serving = regexp.MustCompile(`serves the magazine at (http://\S+)`)

// serve runs the program over a data folder until the tests end.
func serve(bin, dir string) (*program, error) { return serveAt(bin, dir, clock) }

// serveAt is serve with the program's clock starting at another moment.
func serveAt(bin, dir, moment string) (*program, error) {
	cmd := exec.Command(bin, "serve", "--data", dir, "--addr", "127.0.0.1:0", "--clock", moment, "--log-level", "warn")
	errs, err := cmd.StderrPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	p := &program{log: &logbook{}, started: time.Now()}
	atEnd.Lock()
	atEnd.logs = append(atEnd.logs, p.log)
	atEnd.Unlock()
	ready, ended := make(chan string, 1), make(chan struct{})
	go func() {
		defer close(ended)
		for lines := bufio.NewScanner(errs); lines.Scan(); {
			p.log.add(lines.Text())
			if m := serving.FindStringSubmatch(lines.Text()); m != nil {
				ready <- m[1]
			}
		}
		cmd.Wait()
	}()
	p.stop = func() {
		cmd.Process.Signal(syscall.SIGTERM)
		select {
		case <-ended:
		case <-time.After(20 * time.Second):
			cmd.Process.Kill()
			<-ended // the folder is free only then
		}
	}
	later(p.stop)
	select {
	case p.base = <-ready:
		return p, nil
	case <-ended:
		return nil, fmt.Errorf("the program stopped: %s", strings.Join(p.log.lines, "\n"))
	case <-time.After(time.Minute):
		return nil, errors.New("the program did not say within a minute that it serves")
	}
}

// startBrowser starts the one browser of the package. It can reach nothing but
// this machine: everything else is sent to a proxy that is not there.
func startBrowser() (context.Context, error) {
	path, err := findChromium()
	if err != nil {
		return nil, err
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.DisableGPU, chromedp.ProxyServer("127.0.0.1:9"),
		chromedp.Flag("proxy-bypass-list", "<-loopback>;127.0.0.1;localhost;[::1]"),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
		// Back is tested the hard way: the page is loaded anew and has to bring the
		// reader back itself. A sandboxed frame stays in the process of its page, so
		// that what goes wrong in it is noted with the page.
		chromedp.Flag("disable-features", "Translate,BackForwardCache,IsolateSandboxedIframes,OptimizationHints,MediaRouter"),
	)
	alloc, stop := chromedp.NewExecAllocator(context.Background(), options...)
	later(stop)
	ctx, cancel := chromedp.NewContext(alloc)
	later(cancel)
	if err := chromedp.Do(ctx); err != nil {
		return nil, fmt.Errorf("start %s: %w; %s", path, err, needs)
	}
	return ctx, nil
}

func findChromium() (string, error) {
	for _, name := range []string{os.Getenv("STET_TEST_CHROMIUM"), "chromium", "chromium-browser", "google-chrome"} {
		if name == "" {
			continue
		}
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errors.New("there is no Chromium (chromium, chromium-browser, google-chrome or $STET_TEST_CHROMIUM); " + needs)
}

var axeSource = sync.OnceValues(func() (string, error) {
	b, err := os.ReadFile("node_modules/axe-core/axe.min.js")
	if err != nil {
		return "", fmt.Errorf("axe-core is not installed (%w); %s", err, needs)
	}
	return string(b), nil
})
