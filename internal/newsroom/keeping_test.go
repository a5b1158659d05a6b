// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"stet"
	"stet/internal/newsroom"
)

func TestTaxonomy(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		if d.sound.Slug != "the-sound" || d.person.Slug != "leila-hartog" || d.person.Kind != stet.Human {
			t.Errorf("%+v %+v", d.sound, d.person)
		}
		wantCode(t, "no name", d.AddSection(ctx, op, &stet.Section{Name: "  "}), stet.Invalid)
		wantCode(t, "NUL", d.AddTopic(ctx, op, &stet.Topic{Name: "a\x00b"}), stet.Invalid)
		wantCode(t, "not UTF-8", d.AddGenre(ctx, op, &stet.Genre{Name: "a\xff"}), stet.Invalid)
		wantCode(t, "a name like a book", d.AddPartner(ctx, op, &stet.Partner{Name: strings.Repeat("a", 5000)}), stet.Invalid)
		wantCode(t, "NUL in a variant", d.AddPerson(ctx, op, &stet.Person{Name: "x", Variants: []string{"\x00"}}), stet.Invalid)
		wantCode(t, "no such parent", d.AddSection(ctx, op, &stet.Section{Name: "x", ParentID: 999}), stet.Invalid)
		wantCode(t, "a bad slug", d.AddTopic(ctx, op, &stet.Topic{Name: "x", Slug: "a/b"}), stet.Invalid)
		wantCode(t, "the same genre", d.AddGenre(ctx, op, &stet.Genre{Name: "ANALYSIS"}), stet.Conflict)
		same := stet.Person{Name: "  Leila   Hartog "}
		must(t, d.AddPerson(ctx, op, &same))
		if same.Name != "Leila Hartog" || same.Slug != "leila-hartog-2" {
			t.Errorf("a namesake: %+v", same)
		}
		parent := int64(0)
		for depth := 1; ; depth++ {
			sec := stet.Section{Name: fmt.Sprint("d", depth), ParentID: parent}
			err := d.AddSection(ctx, op, &sec)
			if depth > stet.MaxSectionDepth {
				wantCode(t, "too deep", err, stet.Invalid)
				break
			}
			must(t, err)
			parent = sec.ID
		}

		a := d.draft(t, d.content("Dam"))
		d.publish(t, a.ID, newsroom.PublishOptions{})
		d.heard()
		p := d.person
		p.Name, p.Slug = "Leila Voss", "leila-voss"
		must(t, d.UpdatePerson(ctx, op, &p))
		if tags := d.heard(); !slices.Contains(tags, newsroom.PersonTag(p.ID)) || !slices.Contains(tags, newsroom.TagTaxonomy) {
			t.Errorf("a new name announced %v: lists show it too", tags)
		}
		for _, path := range []string{"/person/leila-hartog", "/person/leila-voss"} {
			if got, err := d.Store().Path(ctx, path); err != nil || got.Target != p.ID {
				t.Errorf("%s: %+v, %v", path, got, err)
			}
		}
		p.Slug = same.Slug
		wantCode(t, "somebody's slug", d.UpdatePerson(ctx, op, &p), stet.Conflict)
		if got, _ := d.Store().Person(ctx, p.ID); got.Slug != "leila-voss" {
			t.Errorf("a refused change was kept: %+v", got)
		}
	})
}

func TestAssets(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		if d.picture.Width != 640 || d.picture.Height != 480 || d.picture.Kind != stet.Image || d.picture.MIME != "image/jpeg" {
			t.Errorf("%+v", d.picture)
		}
		again := stet.Asset{Alt: "other words"}
		added, err := d.AddAsset(ctx, op, &again, bytes.NewReader(photo(t, 640, 480, 1)))
		if added || err != nil || again.ID != d.picture.ID || again.Alt != "A dam" {
			t.Errorf("the same file again: %v, %v, %+v", added, err, again)
		}
		bad := stet.Asset{Alt: "a\x00b\xff", Caption: strings.Repeat("é", stet.MaxCaption+10), Filename: "\x00.jpg"}
		added, err = d.AddAsset(ctx, op, &bad, bytes.NewReader(photo(t, 60, 40, 3)))
		if !added || err != nil || bad.Alt != "ab" || len([]rune(bad.Caption)) != stet.MaxCaption {
			t.Errorf("words that cannot be stored: %v, %v, %q", added, err, bad.Alt)
		}
		_, err = d.AddAsset(ctx, op, &stet.Asset{}, strings.NewReader("<svg onload='x'/>"))
		if code := stet.ErrorCode(err); code != stet.Invalid {
			t.Errorf("an SVG: %v", err)
		}
		// Several at once add one.
		file := photo(t, 80, 60, 5)
		var wg sync.WaitGroup
		ids := make([]int64, 4)
		for i := range ids {
			wg.Go(func() {
				var a stet.Asset
				if _, err := d.AddAsset(ctx, op, &a, bytes.NewReader(file)); err != nil {
					t.Errorf("at the same time: %v", err)
				}
				ids[i] = a.ID
			})
		}
		wg.Wait()
		if len(slices.Compact(ids)) != 1 {
			t.Errorf("one file is the assets %v", ids)
		}
	})
}

func TestStaff(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		a := stet.Staff{Email: "Ana@example.org", Name: "Ana", Role: stet.Owner}
		must(t, d.AddStaff(ctx, op, &a, "correct horse"))
		got, err := d.Store().StaffByEmail(ctx, "ana@EXAMPLE.org")
		must(t, err)
		if !strings.HasPrefix(got.Password, "$argon2id$v=19$m=65536,t=3,p=1$") || strings.Contains(got.Password, "horse") {
			t.Errorf("password %q", got.Password)
		}
		passwords := map[string]bool{"correct horse": true}
		if d.Store().Engine() == "sqlite" { // each costs 64 MB, and the engine has no part in it
			passwords = map[string]bool{"correct horse": true, "Correct horse": false, "": false, "correct horse ": false, strings.Repeat("x", 100000): false}
		}
		for password, want := range passwords {
			if newsroom.CheckPassword(got, password) != want {
				t.Errorf("password %.20q: %v", password, !want)
			}
		}
		for _, bad := range []string{"short", "", strings.Repeat("x", 1001)} {
			err := d.SetPassword(ctx, op, &got, bad)
			wantCode(t, "password "+bad[:min(len(bad), 9)], err, stet.Invalid)
		}
		must(t, d.SetPassword(ctx, op, &got, "pässwörter!"))
		if !newsroom.CheckPassword(got, "pässwörter!") || newsroom.CheckPassword(got, "correct horse") {
			t.Error("the new password is not the one that counts")
		}
		wantCode(t, "the same address", d.AddStaff(ctx, op, &stet.Staff{Email: "ana@example.org", Name: "x", Role: stet.Writer}, ""), stet.Conflict)
		wantCode(t, "no role", d.AddStaff(ctx, op, &stet.Staff{Email: "x@example.org", Name: "x"}, ""), stet.Invalid)

		// An administrator keeps accounts, but makes and changes no owner.
		admin := stet.Staff{Name: "Adm", Role: stet.Administrator}
		wantCode(t, "an owner made by an administrator", d.AddStaff(ctx, admin, &stet.Staff{Email: "y@example.org", Name: "y", Role: stet.Owner}, ""), stet.Forbidden)
		demoted := got
		demoted.Role = stet.Writer
		wantCode(t, "an owner demoted by an administrator", d.UpdateStaff(ctx, admin, &demoted), stet.Forbidden)
		wantCode(t, "an owner's password set by an administrator", d.SetPassword(ctx, admin, &got, "battery staple"), stet.Forbidden)

		// The last owner stays one.
		got.Role = stet.Editor
		wantCode(t, "the last owner", d.UpdateStaff(ctx, op, &got), stet.Conflict)
		got.Role, got.Disabled = stet.Owner, true
		wantCode(t, "the last owner, disabled", d.UpdateStaff(ctx, op, &got), stet.Conflict)
		b := stet.Staff{Email: "bo@example.org", Name: "Bo", Role: stet.Owner}
		must(t, d.AddStaff(ctx, op, &b, ""))
		must(t, d.UpdateStaff(ctx, op, &got))
		b.Role = stet.Writer
		wantCode(t, "then the other is the last", d.UpdateStaff(ctx, op, &b), stet.Conflict)
	})
}

func TestCheckPassword(t *testing.T) {
	t.Parallel()
	for _, stored := range []string{"", "plain", "$argon2id$v=19$m=64,t=1,p=1$c2FsdA$", "$argon2id$v=19$m=64,t=0,p=1$c2FsdA$c2FsdA", "$argon2id$v=19$m=64,t=1,p=0$c2FsdA$c2FsdA", "$argon2id$v=19$x$c2FsdA$c2FsdA", "$argon2i$v=19$m=64,t=1,p=1$c2FsdA$c2FsdA", "$argon2id$v=19$m=64,t=1,p=1$!$!"} {
		for _, password := range []string{"", "plain", stored} {
			if newsroom.CheckPassword(stet.Staff{Password: stored}, password) {
				t.Errorf("%q opens an account with the hash %q", password, stored)
			}
		}
	}
}

func TestSettings(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		m := stet.Magazine{Name: "M", Language: "en", TimeZone: "Europe/Oslo"}
		must(t, d.SetMagazine(ctx, op, m))
		m.Tokens = map[string]string{"no-such-token": "#fff"}
		wantCode(t, "an unknown token", d.SetMagazine(ctx, op, m), stet.Invalid)
		m.Tokens, m.TimeZone = nil, "Atlantis"
		wantCode(t, "no zone", d.SetMagazine(ctx, op, m), stet.Invalid)
		d.heard()
		must(t, d.SetFront(ctx, op, stet.Front{Blocks: []stet.Block{{Type: stet.BlockLead}}}))
		if tags := d.heard(); !slices.Contains(tags, newsroom.TagFront) {
			t.Errorf("announced %v", tags)
		}
		wantCode(t, "a bad front", d.SetFront(ctx, op, stet.Front{Blocks: []stet.Block{{Type: "x"}}}), stet.Invalid)
	})
}
