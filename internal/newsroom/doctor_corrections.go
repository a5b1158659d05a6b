// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"stet"
)

// examineCorrections holds the rows of an article's corrections against what is
// sealed in its versions, which is what readers were told.
func (r *Room) examineCorrections(ctx context.Context, a stet.Article, versions []stet.Version, fix bool, report func(Finding)) error {
	rows, err := r.store.CorrectionsOf(ctx, a.ID)
	if err != nil {
		return err
	}
	byID := make(map[string]stet.Correction, len(rows))
	for _, c := range rows {
		byID[c.PublicID] = c
	}
	for _, v := range versions {
		if !bytes.Contains(v.Document, []byte(`"corrections":[`)) {
			continue // most have none, and need not be read for that
		}
		d, err := v.Open()
		if err != nil {
			return err
		}
		for _, c := range d.Corrections {
			c = correctionOf(d.Content, v, c)
			row, ok := byID[c.PublicID]
			delete(byID, c.PublicID)
			if ok && sameCorrection(row, c) {
				continue
			}
			f := Finding{What: fmt.Sprintf("The correction of version %d of %q is not in the list as it was published.", v.Number, a.Content.Headline), Remedy: "Run stet doctor --fix.", Fixed: fix}
			if fix {
				err := r.Batch(ctx, func(r *Room) error {
					r.changed(TagCorrections, ArticleTag(a.ID))
					return r.store.MendCorrection(ctx, &c)
				})
				if err != nil {
					return err
				}
			}
			report(f)
		}
	}
	for _, c := range byID {
		report(Finding{What: fmt.Sprintf("A correction of %q (%s) is in the list but in none of its versions.", a.Content.Headline, c.PublicID), Remedy: "Restore the database from a backup; Stet adds a correction only together with its version."})
	}
	return nil
}

// sameCorrection reports whether two say the same to readers.
func sameCorrection(a, b stet.Correction) bool {
	x, err1 := json.Marshal(a)
	y, err2 := json.Marshal(b)
	return err1 == nil && err2 == nil && bytes.Equal(x, y) && a.VersionID == b.VersionID && a.Version == b.Version && a.MadeAt.Equal(b.MadeAt) && a.Headline == b.Headline && a.Section == b.Section
}
