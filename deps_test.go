// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package stet_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// levels is the arrow table: a package imports only packages of a lower level,
// never a neighbour on its own. A new package gets a line here, with a reason.
var levels = map[string]struct {
	level  int
	reason string
}{
	".": {1, "the nouns know nobody, so that everybody may speak of them"},

	"internal/config":          {2, "settings are read before anything is opened"},
	"internal/prose":           {2, "a body is a document format; it knows no database and no page"},
	"internal/steps":           {2, "a step changes a document; who may send it and where it is kept is not its business"},
	"internal/record":          {2, "finding quotations is a function of a text"},
	"internal/ledger":          {2, "the log's mathematics must be checkable without our database"},
	"internal/web":             {2, "what HTTP faces share cannot know the faces"},
	"internal/mail":            {2, "a message is made of plain values"},
	"internal/jobs":            {2, "the queue has its own SQL and runs in anybody's transaction"},
	"internal/media":           {2, "pictures are bytes under keys; which article shows them is not their business"},
	"themes":                   {2, "files, embedded; package theme reads them"},
	"internal/demo/engrave":    {2, "draws pictures out of numbers"},
	"internal/store":           {3, "SQL for the nouns of level 1; it must not ask permission or render"},
	"internal/theme":           {3, "views and templates; what is in them is site's to say"},
	"internal/newsroom":        {4, "the one door through which things are written"},
	"internal/readers":         {4, "the same for those who read by mail"},
	"internal/newsletter":      {5, "sends what newsroom and readers hold"},
	"internal/syndicate":       {5, "formats for other programs; site and newsroom hand the values over"},
	"internal/intake":          {5, "importers act through newsroom, as the desk does"},
	"internal/export":          {5, "the way out reads the store"},
	"internal/verify":          {5, "asks over HTTP like a stranger; it must not know the store"},
	"internal/demo":            {5, "fills a magazine as an importer would"},
	"internal/site":            {6, "the public face; it must not know the desk"},
	"internal/desk":            {6, "the staff's face; it must not know the public one"},
	"cmd/stet":                 {7, "all wiring is here and nowhere else"},
	"internal/stettest":        {0, "the test kit: imported by tests alone"},
	"internal/browsertest":     {8, "drives the whole program in a browser, by tests alone"},
	"internal/store/storetest": {4, "the conformance suite of the store: imported by tests alone"},
}

// kits may be imported by test files only; they may themselves import testing.
var kits = []string{"internal/stettest", "internal/store/storetest", "internal/browsertest"}

// families are folders whose packages are one house: they share a level and
// may import one another, with a reason.
var families = map[string]string{
	"internal/intake": "the importers' formats hand one another items and spooled files",
}

// pkg is a package of the module with the imports of its non-test files.
type pkg struct {
	imports map[string]string // path -> the file that has it
}

func packages(t *testing.T) map[string]*pkg {
	t.Helper()
	out := map[string]*pkg{}
	err := filepath.WalkDir(".", func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if n := d.Name(); n == "testdata" || n == "node_modules" || n == "ui" || n != "." && strings.HasPrefix(n, ".") {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		dir := path.Dir(filepath.ToSlash(file))
		if f.Name.Name == "main" && !strings.HasPrefix(dir, "cmd/") {
			return nil // a tool that is run with go run
		}
		if out[dir] == nil {
			out[dir] = &pkg{imports: map[string]string{}}
		}
		for _, im := range f.Imports {
			p, err := strconv.Unquote(im.Path.Value)
			if err != nil {
				return err
			}
			out[dir].imports[p] = file
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func family(dir string) string {
	for f := range families {
		if dir == f || strings.HasPrefix(dir, f+"/") {
			return f
		}
	}
	return ""
}

// place is the line of the table that a package stands on.
func place(dir string) (string, bool) {
	if f := family(dir); f != "" {
		return f, true
	}
	_, ok := levels[dir]
	return dir, ok
}

func local(importPath string) (dir string, ok bool) {
	if importPath == "stet" {
		return ".", true
	}
	return strings.CutPrefix(importPath, "stet/")
}

// faults checks the arrows of the packages given.
func faults(all map[string]*pkg) (out []string) {
	for dir, p := range all {
		from, ok := place(dir)
		if !ok {
			out = append(out, dir+" has no place in the arrow table: give it one, with a reason, or make it a file of another package")
			continue
		}
		for im, file := range p.imports {
			to, ours := local(im)
			switch {
			case !ours && dir == "." && strings.Contains(strings.Split(im, "/")[0], "."):
				out = append(out, file+": the domain imports only the standard library, not "+im)
			case !ours:
			case slices.Contains(kits, to) && !slices.Contains(kits, dir):
				out = append(out, file+": "+to+" is for tests alone")
			case family(dir) != "" && family(dir) == family(to):
			default:
				at, known := place(to)
				if !known || levels[at].level >= levels[from].level {
					out = append(out, file+": "+dir+" may not import "+to+": "+levels[at].reason)
				}
			}
		}
	}
	slices.Sort(out)
	return out
}

func TestArrows(t *testing.T) {
	t.Parallel()
	all := packages(t)
	if len(all) < 10 || all["."] == nil || all["cmd/stet"] == nil {
		t.Fatalf("only %d packages were found: the test is not looking at the house", len(all))
	}
	for _, f := range faults(all) {
		t.Error(f)
	}
}

// The table itself must be able to fail.
func TestArrowsCanFail(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, from, to string
		bad            bool
	}{
		{"downwards", "internal/site", "stet/internal/store", false},
		{"upwards", "internal/store", "stet/internal/newsroom", true},
		{"a neighbour", "internal/prose", "stet/internal/media", true},
		{"a neighbour in a family", "internal/intake/wxr", "stet/internal/intake/item", false},
		{"a family upwards", "internal/intake/wxr", "stet/internal/site", true},
		{"the kit", "internal/site", "stet/internal/stettest", true},
		{"a library in the domain", ".", "github.com/google/uuid", true},
		{"std in the domain", ".", "net/mail", false},
		{"no place", "internal/util", "strings", true},
		{"an import without a place", "cmd/stet", "stet/internal/util", true},
	}
	for _, tt := range tests {
		got := faults(map[string]*pkg{tt.from: {imports: map[string]string{tt.to: "x.go"}}})
		if (len(got) > 0) != tt.bad {
			t.Errorf("%s: %s -> %s: %q", tt.name, tt.from, tt.to, got)
		}
	}
}

func TestArrowsHaveReasons(t *testing.T) {
	t.Parallel()
	for dir, l := range levels {
		if l.reason == "" {
			t.Errorf("%s has no reason", dir)
		}
	}
}

// pinned are dependencies whose version is not for go get to choose.
var pinned = map[string]struct{ version, reason string }{
	"modernc.org/libc": {"v1.79.0", "modernc.org/sqlite is generated against exactly this libc; another one breaks it in subtle ways"},
}

func TestPinnedModules(t *testing.T) {
	t.Parallel()
	b, err := os.ReadFile("go.mod")
	if err != nil {
		t.Fatal(err)
	}
	for module, want := range pinned {
		m := regexp.MustCompile(`(?m)^\s*(?:require\s+)?` + regexp.QuoteMeta(module) + `\s+(\S+)`).FindSubmatch(b)
		if m == nil || string(m[1]) != want.version {
			t.Errorf("go.mod has %s %q, not %s: %s", module, m, want.version, want.reason)
		}
	}
}

// Every file says whose it is and under which licence.
func TestSPDX(t *testing.T) {
	t.Parallel()
	const head = "// SPDX-FileCopyrightText: The Stet authors\n// SPDX-License-Identifier: MIT\n"
	err := filepath.WalkDir(".", func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || d.Name() != "." && strings.HasPrefix(d.Name(), ".")) {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(file, ".go") {
			return nil
		}
		b, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		if !strings.HasPrefix(string(b), head) {
			t.Errorf("%s does not begin with the two SPDX lines", file)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
