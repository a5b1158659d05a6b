// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package desk_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"stet"
	"stet/internal/desk"
)

// Two administrators who change the same part do not overwrite each other; two
// who change different parts do not stand in each other's way.
func TestIdentitySettings(t *testing.T) {
	onBoth(t, func(t *testing.T, r *room) {
		admin, owner := r.as(t, stet.Administrator), r.as(t, stet.Owner)
		var mine, theirs desk.Identity
		admin.do(http.StatusOK, "GET", "/api/settings/identity", nil, &mine)
		owner.do(http.StatusOK, "GET", "/api/settings/identity", nil, &theirs)
		if mine.Name != "The Causeway" || mine.Revision == "" {
			t.Fatalf("identity: %+v", mine)
		}
		r.as(t, stet.Editor).do(http.StatusForbidden, "PUT", "/api/settings/identity", mine, nil)

		mine.Tagline, mine.StoriesPaged = "  A magazine\nof record ", 12
		admin.do(http.StatusOK, "PUT", "/api/settings/identity", mine, &mine)
		if mine.Tagline != "A magazine of record" || mine.Revision == theirs.Revision {
			t.Errorf("stored: %+v", mine)
		}
		theirs.Publisher = "Causeway Press"
		owner.do(http.StatusConflict, "PUT", "/api/settings/identity", theirs, nil)

		var menus desk.Menus
		owner.do(http.StatusOK, "GET", "/api/settings/menus", nil, &menus)
		mine.Publisher = "Causeway Press"
		admin.do(http.StatusOK, "PUT", "/api/settings/identity", mine, &mine)
		menus.Navigation = []stet.Link{{Label: "Latest", URL: "/latest"}}
		owner.do(http.StatusOK, "PUT", "/api/settings/menus", menus, &menus)

		m, err := r.Store().Magazine(t.Context())
		must(t, err)
		want := stet.Magazine{
			Name: "The Causeway", Language: "en", TimeZone: "Europe/Oslo", Tagline: "A magazine of record", Publisher: "Causeway Press", StoriesPaged: 12,
			Navigation: []stet.Link{{Label: "Latest", URL: "/latest"}},
		}
		if diff := cmp.Diff(want, m); diff != "" {
			t.Error(diff)
		}
	})
}

func TestSettingsRefused(t *testing.T) {
	onBoth(t, func(t *testing.T, r *room) {
		admin := r.as(t, stet.Administrator)
		var is desk.Identity
		admin.do(http.StatusOK, "GET", "/api/settings/identity", nil, &is)
		for name, change := range map[string]func(*desk.Identity){
			"no name":           func(i *desk.Identity) { i.Name = " " },
			"no language":       func(i *desk.Identity) { i.Language = "nonsense language" },
			"no time zone":      func(i *desk.Identity) { i.TimeZone = "Europe/Atlantis" },
			"two stories":       func(i *desk.Identity) { i.StoriesPaged = 2 },
			"a logo of no kind": func(i *desk.Identity) { i.Logo = "000000000000" },
		} {
			t.Log(name)
			wrong := is
			change(&wrong)
			admin.do(http.StatusBadRequest, "PUT", "/api/settings/identity", wrong, nil)
		}
		var menus desk.Menus
		admin.do(http.StatusOK, "GET", "/api/settings/menus", nil, &menus)
		for _, link := range []stet.Link{{Label: "", URL: "/latest"}, {Label: "x", URL: "latest"}, {Label: "x", URL: "javascript:alert(1)"}, {Label: "x", URL: ""}} {
			menus.Footer = []stet.Link{link}
			admin.do(http.StatusBadRequest, "PUT", "/api/settings/menus", menus, nil)
		}
		var look desk.Look
		admin.do(http.StatusOK, "GET", "/api/settings/look", nil, &look)
		for _, tokens := range []map[string]string{{"light.accent": "red"}, {"font.text": `x"; } body { display: none`}, {"light.glow": "#ffffff"}} {
			admin.do(http.StatusBadRequest, "PUT", "/api/settings/look", map[string]any{"revision": look.Revision, "tokens": tokens}, nil)
			admin.do(http.StatusBadRequest, "POST", "/api/settings/look/try", map[string]any{"dark": false, "tokens": tokens}, nil)
		}
	})
}

func TestLook(t *testing.T) {
	onBoth(t, func(t *testing.T, r *room) {
		admin := r.as(t, stet.Administrator)
		var look desk.Look
		admin.do(http.StatusOK, "GET", "/api/settings/look", nil, &look)
		if look.Defaults["light.accent"] == "" || len(look.Tokens) != 0 || len(look.Contrasts) != 6 {
			t.Fatalf("look: %+v", look)
		}
		var tried desk.TriedLook
		admin.do(http.StatusOK, "POST", "/api/settings/look/try", map[string]any{"dark": true, "tokens": map[string]string{"dark.accent": "#333333"}}, &tried)
		if !strings.Contains(tried.CSS, "--accent: #333333") || !strings.Contains(tried.CSS, "color-scheme: dark") {
			t.Errorf("tried: %s", tried.CSS)
		}
		weak := 0
		for _, c := range tried.Contrasts {
			if c.Ratio < c.Least {
				weak++
			}
		}
		if weak != 1 {
			t.Errorf("%d colours are said to be weak: %+v", weak, tried.Contrasts)
		}
		admin.do(http.StatusOK, "PUT", "/api/settings/look", map[string]any{"revision": look.Revision, "tokens": map[string]string{"light.accent": "#0b4f6c"}}, nil)
		admin.do(http.StatusConflict, "PUT", "/api/settings/look", map[string]any{"revision": look.Revision, "tokens": map[string]string{}}, nil)
		m, err := r.Store().Magazine(t.Context())
		must(t, err)
		if m.Tokens["light.accent"] != "#0b4f6c" {
			t.Errorf("tokens: %v", m.Tokens)
		}
	})
}

// Nobody overwrites the checklist in silence, and what is stored is what
// stories are held to.
func TestChecklistSettings(t *testing.T) {
	onBoth(t, func(t *testing.T, r *room) {
		admin, owner := r.as(t, stet.Administrator), r.as(t, stet.Owner)
		var mine, theirs desk.ChecklistSettings
		admin.do(http.StatusOK, "GET", "/api/settings/checklist", nil, &mine)
		owner.do(http.StatusOK, "GET", "/api/settings/checklist", nil, &theirs)
		if diff := cmp.Diff(stet.DefaultChecklist, mine.Checks); diff != "" || mine.Revision == "" {
			t.Fatalf("at first: %s", diff)
		}
		r.as(t, stet.Editor).do(http.StatusForbidden, "PUT", "/api/settings/checklist", mine, nil)
		change := func(c stet.Checklist, check stet.CheckName, level stet.CheckLevel, least, most int) {
			for i := range c {
				if c[i].Check == check {
					c[i] = stet.CheckRule{Check: check, Level: level, Min: least, Max: most}
				}
			}
		}
		was := mine.Revision
		change(mine.Checks, stet.CheckHeadline, stet.CheckRequired, 60, 20)
		admin.do(http.StatusBadRequest, "PUT", "/api/settings/checklist", mine, nil)
		change(mine.Checks, stet.CheckHeadline, stet.CheckRequired, 20, 60)
		want := mine.Checks
		admin.do(http.StatusOK, "PUT", "/api/settings/checklist", mine, &mine)
		if diff := cmp.Diff(want, mine.Checks); diff != "" || mine.Revision == was {
			t.Errorf("stored: %s", diff)
		}
		change(theirs.Checks, stet.CheckLead, stet.CheckOff, 0, 0)
		owner.do(http.StatusConflict, "PUT", "/api/settings/checklist", theirs, nil)
		owner.do(http.StatusUnprocessableEntity, "PUT", "/api/settings/checklist", map[string]any{"revision": mine.Revision, "checks": []any{map[string]string{"check": "spelling", "level": "warn"}}}, nil)

		got, err := r.Checklist(t.Context())
		must(t, err)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
}

// The previewed page is for those who may change the look, and may be framed by
// the desk alone.
func TestPagePreview(t *testing.T) {
	onBoth(t, func(t *testing.T, r *room) {
		get := func(c *client, path string) *http.Response {
			req, err := http.NewRequestWithContext(t.Context(), "GET", r.url+"/desk/page?path="+path, nil)
			must(t, err)
			res, err := c.http.Do(req)
			must(t, err)
			defer res.Body.Close()
			io.Copy(io.Discard, res.Body)
			return res
		}
		for want, c := range map[int]*client{http.StatusUnauthorized: r.nobody(t), http.StatusForbidden: r.as(t, stet.Editor), http.StatusOK: r.as(t, stet.Administrator)} {
			res := get(c, "/")
			if res.StatusCode != want {
				t.Errorf("status %d, want %d", res.StatusCode, want)
			}
			if policy := res.Header.Get("Content-Security-Policy"); (want == http.StatusOK) != strings.Contains(policy, "frame-ancestors 'self'") || want == http.StatusOK && strings.Contains(policy, "script-src") {
				t.Errorf("policy of %d: %s", want, policy)
			}
		}
		if res := get(r.as(t, stet.Owner), "/nothing"); res.StatusCode != http.StatusNotFound {
			t.Errorf("a page that is not there: %d", res.StatusCode)
		}
	})
}

func TestAddresses(t *testing.T) {
	onBoth(t, func(t *testing.T, r *room) {
		must(t, r.AddRedirect(t.Context(), stet.Operator, "/imported", "/europe"))
		admin := r.as(t, stet.Administrator)
		add := func(status int, from, to string) {
			t.Helper()
			admin.do(status, "POST", "/api/addresses", map[string]string{"from": from, "to": to}, nil)
		}
		r.as(t, stet.Writer).do(http.StatusForbidden, "POST", "/api/addresses", map[string]string{"from": "/a", "to": "/b"}, nil)
		add(http.StatusOK, "http://magazine.example/About-Us/", "/europe")
		add(http.StatusOK, "/old", "/About-Us")
		add(http.StatusOK, "/away", "https://elsewhere.example/x?y=z")
		add(http.StatusConflict, "/europe", "/asia")
		for _, wrong := range [][2]string{
			{"/About-Us", "/old"}, {"/self", "/self"}, {"/loop", "javascript:alert(1)"}, {"/loop", "nowhere"}, {"/", "/europe"},
			{"/desk/x", "/europe"}, {"/europe/feed", "/asia"}, {"relative", "/asia"},
		} {
			if wrong[0] == "/About-Us" { // it is taken as well, but would lead back first
				add(http.StatusBadRequest, wrong[0], wrong[1])
				continue
			}
			add(http.StatusBadRequest, wrong[0], wrong[1])
		}

		rows := func(query string) (out []string) {
			t.Helper()
			for cursor, more := "", true; more; {
				var page desk.Page[desk.AddressRow]
				admin.do(http.StatusOK, "GET", "/api/addresses?limit=2&cursor="+cursor+"&"+query, nil, &page)
				for _, a := range page.Items {
					out = append(out, a.Path+">"+a.LeadsTo)
				}
				cursor, more = page.Next, page.Next != ""
			}
			return out
		}
		same := func(query string, want ...string) {
			t.Helper()
			sorted := cmp.Transformer("set", func(list []string) map[string]bool {
				set := map[string]bool{}
				for _, s := range list {
					set[s] = true
				}
				return set
			})
			if diff := cmp.Diff(want, rows(query), sorted); diff != "" {
				t.Errorf("%s: %s", query, diff)
			}
		}
		same("q=about-us", "/About-Us>/europe", "/old>/About-Us")
		same("q=http://magazine.example/away", "/away>https://elsewhere.example/x?y=z")
		same("kind=section", "/asia>/asia", "/europe>/europe")
		same("byHand=true", "/About-Us>/europe", "/old>/About-Us", "/away>https://elsewhere.example/x?y=z")

		admin.do(http.StatusConflict, "DELETE", "/api/addresses?path=/imported", nil, nil)
		admin.do(http.StatusConflict, "DELETE", "/api/addresses?path=/europe", nil, nil)
		admin.do(http.StatusNoContent, "DELETE", "/api/addresses?path=/old", nil, nil)
		admin.do(http.StatusNotFound, "DELETE", "/api/addresses?path=/old", nil, nil)
	})
}

func TestImportRedirects(t *testing.T) {
	onBoth(t, func(t *testing.T, r *room) {
		admin := r.as(t, stet.Administrator)
		var got desk.RedirectImport
		list := "from,to\n/2019/a,/europe\nhttps://old.example/2019/b?x=1, /asia\n/2019/a,/europe\n/europe,/asia\n\n/only\n/feed,/x\n/2019/c,/2019/c\n"
		admin.do(http.StatusOK, "POST", "/api/addresses/import", map[string]string{"csv": list}, &got)
		if got.Added != 2 || got.Known != 1 {
			t.Errorf("added %d, known %d", got.Added, got.Known)
		}
		lines := []int{}
		for _, l := range got.Refused {
			lines = append(lines, l.Line)
			if l.Why == "" {
				t.Errorf("line %d does not say why", l.Line)
			}
		}
		if diff := cmp.Diff([]int{5, 7, 8, 9}, lines); diff != "" {
			t.Error(diff)
		}
		if p, err := r.Store().Path(t.Context(), "/2019/b?x=1"); err != nil || p.To != "/asia" {
			t.Errorf("with a query: %+v, %v", p, err)
		}
		admin.do(http.StatusBadRequest, "POST", "/api/addresses/import", map[string]string{"csv": "/a,\"/b\n"}, nil)
		r.as(t, stet.Writer).do(http.StatusForbidden, "POST", "/api/addresses/import", map[string]string{"csv": "/a,/b\n"}, nil)
	})
}
