// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package intake

import (
	"context"
	"fmt"
	"html"
	"io"
	"net/url"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"stet"
	"stet/internal/intake/item"
	"stet/internal/intake/spool"
	"stet/internal/newsroom"
)

// pictures brings the files of the old site in: from the media folder, else
// from the web. Each is had once, whoever asks first; many goroutines may ask
// at once, but nobody within a transaction.
type pictures struct {
	*importer
	site   *item.Site
	source string
	folder *os.Root // nil without a media folder
	base   string   // address that has the uploads, or ""
	byKey  map[string]*item.File
	byPath map[string]*item.File

	mu    sync.Mutex
	known map[string]*picture
}

// picture is one file that somebody wants.
type picture struct {
	once    sync.Once
	file    *item.File
	asset   stet.Asset
	had     bool
	reason  string
	wanted  int
	stories []string
}

func newPictures(im *importer, source string, site *item.Site) (*pictures, error) {
	p := &pictures{importer: im, site: site, source: source, byKey: map[string]*item.File{}, byPath: map[string]*item.File{}, known: map[string]*picture{}}
	if spool.IsAddress(im.Media) {
		p.base = strings.TrimSuffix(im.Media, "/")
	} else if im.Media != "" {
		root, err := os.OpenRoot(im.Media)
		if err != nil {
			return nil, stet.Errorf(stet.Invalid, "the media folder cannot be opened: %v", err)
		}
		p.folder = root
	}
	for _, f := range site.Files {
		p.byKey[f.Key] = f
		p.byPath[p.place(f.URL)] = f
		if f.Path != "" {
			p.byPath[stem(f.Path)] = f
		}
	}
	return p, nil
}

func (p *pictures) close() {
	if p.folder != nil {
		p.folder.Close()
	}
}

// able reports whether there is anywhere to take pictures from.
func (p *pictures) able() bool {
	return p.folder != nil || p.Client != nil && (p.base != "" || p.FetchPictures)
}

// library brings in every file that the source lists, used or not: each had an
// address.
func (p *pictures) library(ctx context.Context) error {
	if len(p.site.Files) == 0 {
		return nil
	}
	if !p.able() {
		p.report.add(p.source, item.Notice{Severity: item.Warning, Kind: "pictures", Reason: fmt.Sprintf(
			"%d files were not taken: name the folder of the uploads, or allow fetching. Run the import again then; it completes what is there.", len(p.site.Files))})
		return nil
	}
	work := make(chan *item.File)
	var wg sync.WaitGroup
	for range 4 { // as many as one host is asked for at a time
		wg.Go(func() {
			for f := range work {
				p.get(ctx, f)
			}
		})
	}
	for i, f := range p.site.Files {
		if ctx.Err() != nil {
			break
		}
		work <- f
		p.Progress(Progress{Source: p.source, Phase: "pictures", Done: int64(i + 1), Total: int64(len(p.site.Files))})
	}
	close(work)
	wg.Wait()
	return ctx.Err()
}

var (
	sizeSuffix = regexp.MustCompile(`-(?:\d{1,5}x\d{1,5}|scaled|rotated|e\d{10,})$`)
	cdnHost    = regexp.MustCompile(`^i[0-3]\.wp\.com$`)
)

// find returns the file that an address in a body means: the attachment whose
// address it is, in whatever size, by http or https, or behind WordPress's CDN.
func (p *pictures) find(src string, ids map[string]string) *item.File {
	if key, ok := ids[src]; ok && p.byKey[key] != nil {
		return p.byKey[key]
	}
	src = p.absolute(src)
	if f := p.byPath[p.place(src)]; f != nil {
		return f
	}
	u, err := url.Parse(src)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil
	}
	return &item.File{Key: "url:" + src, URL: strings.Clone(src)}
}

// absolute makes an address whole.
func (p *pictures) absolute(src string) string {
	src = html.UnescapeString(strings.TrimSpace(src))
	if p.site.URL != nil {
		if u, err := url.Parse(src); err == nil {
			return p.site.URL.ResolveReference(u).String()
		}
	}
	return src
}

// place is what addresses of one picture have in common: the path below the
// uploads folder, without the size; for other sites the host as well.
func (p *pictures) place(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		return address
	}
	host, where := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www."), u.Path
	if cdnHost.MatchString(host) {
		host, where, _ = strings.Cut(strings.TrimPrefix(where, "/"), "/")
	}
	if _, below, ok := strings.Cut(where, "wp-content/uploads/"); ok && (host == "" || p.own(host) || strings.HasSuffix(host, ".files.wordpress.com")) {
		return stem(below)
	}
	return host + "/" + stem(strings.TrimPrefix(where, "/"))
}

func (p *pictures) own(host string) bool {
	return slices.Contains(p.site.Hosts, strings.TrimPrefix(strings.ToLower(host), "www."))
}

// ours reports whether a file is the old site's own: a recording that stands
// somewhere else stays there, and a link leads to it.
func (p *pictures) ours(f *item.File) bool {
	if !strings.HasPrefix(f.Key, "url:") {
		return true
	}
	u, err := url.Parse(f.URL)
	return err == nil && p.own(u.Hostname())
}

// stem takes the size out of a file's name.
func stem(name string) string {
	ext := path.Ext(name)
	base := strings.TrimSuffix(name, ext)
	for {
		cut := sizeSuffix.ReplaceAllString(base, "")
		if cut == base || cut == "" {
			return base + strings.ToLower(ext)
		}
		base = cut
	}
}

// get returns the asset that the file is.
func (p *pictures) get(ctx context.Context, f *item.File) *picture {
	p.mu.Lock()
	pic := p.known[f.Key]
	if pic == nil {
		pic = &picture{file: f}
		p.known[f.Key] = pic
	}
	p.mu.Unlock()
	pic.once.Do(func() {
		err := p.obtain(ctx, pic)
		if err != nil {
			pic.reason = stet.ErrorMessage(err)
			if stet.ErrorCode(err) == stet.Internal {
				pic.reason = shorten(err.Error(), 200)
			}
		}
	})
	return pic
}

// want is get for a story: a picture that cannot be had is reported with the
// stories that want it.
func (p *pictures) want(ctx context.Context, f *item.File, story string) (stet.Asset, bool) {
	pic := p.get(ctx, f)
	if !pic.had {
		p.mu.Lock()
		pic.wanted++
		if len(pic.stories) < 5 {
			pic.stories = append(pic.stories, strings.Clone(story))
		}
		p.mu.Unlock()
	}
	return pic.asset, pic.had
}

// portrait returns the id of a person's picture when it is in the library.
func (p *pictures) portrait(file string) int64 {
	p.mu.Lock()
	pic := p.known[file]
	p.mu.Unlock()
	if pic == nil || !pic.had {
		return 0
	}
	return pic.asset.ID
}

// missing lists what could not be had.
func (p *pictures) missing() []MissingPicture {
	var out []MissingPicture
	for _, pic := range p.known {
		if pic.reason != "" && (pic.wanted > 0 || p.able()) {
			out = append(out, MissingPicture{Address: pic.file.URL, Reason: pic.reason, Wanted: pic.wanted, Stories: pic.stories})
		}
	}
	return out
}

// obtain looks for the file in the magazine, in the media folder, on the web.
func (p *pictures) obtain(ctx context.Context, pic *picture) error {
	a, known, err := p.kept(ctx, pic.file)
	if err != nil {
		return err
	}
	if known {
		pic.asset, pic.had = a, true
		return nil
	}
	if p.folder != nil {
		if f := p.open(pic.file); f != nil {
			defer f.Close()
			return p.add(ctx, pic, f)
		}
		if p.Client == nil || p.base == "" && !p.FetchPictures {
			return stet.Errorf(stet.NotFound, "it is not in the media folder")
		}
	}
	if !p.able() {
		return stet.Errorf(stet.NotFound, "nothing says where to take pictures from")
	}
	if p.DryRun {
		return nil
	}
	return p.fetch(ctx, pic)
}

// kept looks whether an earlier run has brought the file in: by its address of
// then, or by the old path that leads to it.
func (p *pictures) kept(ctx context.Context, f *item.File) (a stet.Asset, ok bool, err error) {
	st := p.Room.Store()
	a, err = st.AssetBySource(ctx, f.URL)
	if err == nil {
		return a, true, nil
	}
	if stet.ErrorCode(err) != stet.NotFound {
		return a, false, err
	}
	old, ok := p.oldPath(f.URL)
	if !ok {
		return a, false, nil
	}
	there, err := st.Path(ctx, old)
	if err != nil || there.Kind != stet.PathAsset {
		if stet.ErrorCode(err) == stet.NotFound {
			err = nil
		}
		return a, false, err
	}
	found, err := st.Assets(ctx, there.Target)
	if err != nil || len(found) == 0 {
		return a, false, err
	}
	return found[0], true, nil
}

// oldPath is the path of an address of the old site.
func (p *pictures) oldPath(address string) (string, bool) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Host != "" && !p.own(u.Hostname()) {
		return "", false
	}
	if u.RawQuery != "" {
		return stet.CleanPath(u.Path + "?" + u.RawQuery)
	}
	return stet.CleanPath(u.Path)
}

// open finds the file in the media folder, which may be the uploads folder, one
// above it, or a copy of the whole site. os.Root keeps it inside.
func (p *pictures) open(f *item.File) *os.File {
	u, err := url.Parse(f.URL)
	if err != nil {
		return nil
	}
	where := strings.TrimPrefix(path.Clean("/"+u.Path), "/")
	names := []string{f.Path, where}
	for _, mark := range []string{"wp-content/uploads/", "wp-content/"} {
		if _, below, ok := strings.Cut(where, mark); ok {
			names = append(names, below, "uploads/"+below)
		}
	}
	names = append(names, path.Base(where))
	for _, n := range names {
		if n == "" || n == "." {
			continue
		}
		for _, n := range []string{n, stem(n)} {
			file, err := p.folder.Open(strings.TrimPrefix(path.Clean("/"+n), "/"))
			if err != nil {
				continue
			}
			if info, err := file.Stat(); err == nil && info.Mode().IsRegular() {
				return file
			}
			file.Close()
		}
	}
	return nil
}

// fetch gets the file from the web into a temporary file, and then in. The
// client bounds time and size, and guards where it goes.
func (p *pictures) fetch(ctx context.Context, pic *picture) error {
	address := pic.file.URL
	if p.base != "" {
		if u, err := url.Parse(address); err == nil {
			_, below, ok := strings.Cut(u.Path, "wp-content/uploads/")
			if !ok {
				below = strings.TrimPrefix(u.Path, "/")
			}
			address = p.base + "/" + (&url.URL{Path: below}).EscapedPath()
		}
	}
	res, err := p.Client.Fetch(ctx, address)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	temp, err := os.CreateTemp("", "stet-picture-*")
	if err != nil {
		return err
	}
	defer os.Remove(temp.Name())
	defer temp.Close()
	if _, err := io.Copy(temp, res.Body); err != nil {
		return err
	}
	return p.add(ctx, pic, temp)
}

// add keeps the file as an asset, with its old addresses.
func (p *pictures) add(ctx context.Context, pic *picture, file io.ReadSeeker) error {
	f := pic.file
	if p.DryRun {
		return nil
	}
	a := stet.Asset{
		Filename: shorten(path.Base(f.URL), 200), SourceURL: f.URL,
		Alt: shorten(f.Alt, stet.MaxCaption), Caption: shorten(f.Caption, stet.MaxCaption), Credit: shorten(f.Credit, stet.MaxCaption),
	}
	added, err := p.Room.AddAsset(ctx, p.Staff, &a, file)
	if err != nil {
		return err
	}
	paths := 0
	err = p.Room.Batch(ctx, func(r *newsroom.Room) error {
		paths = 0
		for _, old := range append([]string{f.URL}, f.Old...) {
			clean, ok := p.oldPath(old)
			if !ok {
				continue
			}
			added, err := r.AddOldPath(ctx, p.Staff, clean, stet.PathAsset, a.ID)
			if err != nil {
				return err
			}
			if added {
				paths++
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	pic.asset, pic.had = a, true
	p.report.count(func(c *Counts) {
		c.OldAddresses += paths
		if added {
			c.Pictures++
		}
	})
	return nil
}
