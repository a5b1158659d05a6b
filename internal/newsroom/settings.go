// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"stet"
	"stet/internal/theme"
)

// SetMagazine stores the identity of the magazine.
func (r *Room) SetMagazine(ctx context.Context, staff stet.Staff, m stet.Magazine) error {
	return r.act(ctx, staff, ChangeSettings, func(r *Room) error {
		if err := checkMagazine(m); err != nil {
			return err
		}
		r.changed(stet.TagAll)
		if err := r.store.SetMagazineUses(ctx, m.Logo); err != nil {
			return err
		}
		if err := r.note(ctx, staff, "changed", "setting", "magazine", "Magazine"); err != nil {
			return err
		}
		return r.store.SetSetting(ctx, magazineSetting, m)
	})
}

const magazineSetting = "magazine"

// checkMagazine refuses what would leave readers without pages: beside the
// rules of the magazine, a colour or a language that the theme cannot use.
func checkMagazine(m stet.Magazine) error {
	if err := m.Validate(); err != nil {
		return err
	}
	if err := theme.CheckLanguage(m.Language); err != nil {
		return stet.Errorf(stet.Invalid, "%v", err)
	}
	if _, err := theme.ParseTokens(m.Tokens); err != nil {
		return stet.Errorf(stet.Invalid, "%v", err)
	}
	return nil
}

func (r *Room) checkLogo(ctx context.Context, id string) error {
	if id == "" {
		return nil
	}
	a, err := r.store.Asset(ctx, id)
	if stet.ErrorCode(err) == stet.NotFound || err == nil && a.Kind != stet.Image {
		return stet.Errorf(stet.Invalid, "the logo is no picture of the library")
	}
	return err
}

// checkMenus is stricter than the magazine's own rules: what an import brought
// from an old menu may be odd, but nobody types such a link on purpose.
func checkMenus(m stet.Magazine) error {
	for _, l := range slices.Concat(m.Navigation, m.Footer, m.Follow) {
		if strings.TrimSpace(l.Label) == "" {
			return stet.Errorf(stet.Invalid, "the link to %q needs words", l.URL)
		}
		if u, err := url.Parse(l.URL); err != nil || u.Scheme == "" && !strings.HasPrefix(l.URL, "/") {
			return stet.Errorf(stet.Invalid, "the link %q leads to %q; an address begins with a slash or with https://", l.Label, l.URL)
		}
	}
	return nil
}

// Part is what is changed of the magazine at one time. Two administrators who
// work on different parts do not stand in each other's way.
type Part string

// The parts of the magazine.
const (
	Identity Part = "identity" // all that is in no other part
	Menus    Part = "menus"
	Look     Part = "look"
)

// carry takes the part over from one magazine into another.
func (p Part) carry(to *stet.Magazine, from stet.Magazine) {
	switch p {
	case Menus:
		to.Navigation, to.Footer, to.Follow = from.Navigation, from.Footer, from.Follow
	case Look:
		to.Tokens = from.Tokens
	default:
		Menus.carry(&from, *to)
		Look.carry(&from, *to)
		*to = from
	}
}

// Revision names the state of the part: it is another one when anything in the
// part is.
func (p Part) Revision(m stet.Magazine) string {
	var only stet.Magazine
	p.carry(&only, m)
	return revisionOf(only)
}

func revisionOf(part any) string {
	b, err := json.Marshal(part)
	if err != nil {
		panic(err) // texts, numbers and lists of them always marshal
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:8])
}

// ChangeMagazine stores a part of the magazine, if it still is what it was at
// the revision, and returns the magazine as it is then. The other parts of next
// are not looked at.
func (r *Room) ChangeMagazine(ctx context.Context, staff stet.Staff, p Part, revision string, next stet.Magazine) (m stet.Magazine, err error) {
	stale := stet.Errorf(stet.Conflict, "somebody else has changed these settings meanwhile")
	err = r.act(ctx, staff, ChangeSettings, func(r *Room) error {
		was, err := r.store.SettingText(ctx, magazineSetting)
		if err != nil {
			return err
		}
		m = stet.Magazine{}
		if was != "" {
			if err := json.Unmarshal([]byte(was), &m); err != nil {
				return fmt.Errorf("the magazine's settings: %w", err)
			}
		}
		if p.Revision(m) != revision {
			return stale
		}
		if p == Menus {
			if err := checkMenus(next); err != nil {
				return err
			}
		}
		p.carry(&m, next)
		if err := checkMagazine(m); err != nil {
			return err
		}
		if err := r.checkLogo(ctx, m.Logo); err != nil {
			return err
		}
		swapped, err := r.store.SwapSetting(ctx, magazineSetting, was, m)
		if err == nil && !swapped {
			return stale
		}
		if err != nil {
			return err
		}
		r.changed(stet.TagAll)
		if err := r.store.SetMagazineUses(ctx, m.Logo); err != nil {
			return err
		}
		return r.note(ctx, staff, "changed", "setting", string(p), strings.ToUpper(string(p[:1]))+string(p[1:]))
	})
	return m, err
}
