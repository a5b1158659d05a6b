// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"context"

	"stet"
	"stet/internal/theme"
)

// SetMagazine stores the identity of the magazine.
func (r *Room) SetMagazine(ctx context.Context, staff stet.Staff, m stet.Magazine) error {
	return r.act(ctx, staff, ChangeSettings, func(r *Room) error {
		if err := m.Validate(); err != nil {
			return err
		}
		// A colour that the theme cannot use would take the whole site down.
		if _, err := theme.ParseTokens(m.Tokens); err != nil {
			return stet.Errorf(stet.Invalid, "%v", err)
		}
		r.changed(stet.TagAll)
		if err := r.store.SetMagazineUses(ctx, m.Logo); err != nil {
			return err
		}
		return r.store.SetSetting(ctx, "magazine", m)
	})
}

// TagFront is the tag of the front page.
const TagFront = "front"

// SetFront stores the blocks of the front page.
func (r *Room) SetFront(ctx context.Context, staff stet.Staff, f stet.Front) error {
	return r.act(ctx, staff, ChangeSettings, func(r *Room) error {
		if err := f.Validate(); err != nil {
			return err
		}
		r.changed(TagFront)
		return r.store.SetSetting(ctx, "front", f)
	})
}
