// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"context"
	"regexp"
	"strconv"

	"stet"
	"stet/internal/store"
)

// TagPast is the tag of pages that show earlier versions. What stands in those
// is written down nowhere but in the versions, so all such pages are drawn anew
// when a picture is changed.
const TagPast = "past"

// VersionAuthor is whom the history of a story names beside each version.
type VersionAuthor string

// Whom it names.
const (
	AuthorNobody VersionAuthor = "nobody" // the magazine answers for its text as a whole
	AuthorByline VersionAuthor = "byline" // those in whose name the version appeared
	AuthorStaff  VersionAuthor = "staff"  // the member of staff who published it
)

// HistoryRules are what a magazine decides about the public history of its
// stories; the setting "history".
type HistoryRules struct {
	Author          VersionAuthor `json:"author" enum:"nobody,byline,staff" doc:"Whom readers are told of beside each version: nobody, the names of its byline, or the member of staff who published it."`
	AnnounceUpdates bool          `json:"announceUpdates" doc:"Whether an update that has a public note makes the story new again in feeds."`
}

const historySetting = "history"

// HistoryRulesIn reads what the magazine has decided about histories.
func HistoryRulesIn(ctx context.Context, s *store.Store) (HistoryRules, error) {
	rules := HistoryRules{Author: AuthorNobody}
	err := s.Setting(ctx, historySetting, &rules)
	if stet.ErrorCode(err) == stet.NotFound {
		err = nil
	}
	return rules, err
}

// HistoryRules returns what the magazine has decided about histories.
func (r *Room) HistoryRules(ctx context.Context) (HistoryRules, error) {
	return HistoryRulesIn(ctx, r.store)
}

// SetHistoryRules decides about the history of all stories, past ones too: it
// changes what is shown of it, and nothing in it.
func (r *Room) SetHistoryRules(ctx context.Context, staff stet.Staff, rules HistoryRules) error {
	return r.act(ctx, staff, ChangeSettings, func(r *Room) error {
		switch rules.Author {
		case AuthorNobody, AuthorByline, AuthorStaff:
		default:
			return stet.Errorf(stet.Invalid, "a history names nobody, the byline or the staff, not %q", rules.Author)
		}
		r.changed(stet.TagAll)
		if err := r.note(ctx, staff, "changed", "setting", historySetting, "Versions in public"); err != nil {
			return err
		}
		return r.store.SetSetting(ctx, historySetting, rules)
	})
}

// madeVersion finds in the details of an act which version it made.
var madeVersion = regexp.MustCompile(`\bversion (\d+) at /`)

// PublishersIn are the names of those who published the versions of what has the
// public id, by number, as they were called then. A version names no member of
// the staff; the activity does. What the program itself published has none.
func PublishersIn(ctx context.Context, s *store.Store, article string) (map[int]string, error) {
	const most = 5000
	acts, err := s.PublishingActs(ctx, article, most)
	if err != nil {
		return nil, err
	}
	out := map[int]string{}
	for _, act := range acts {
		if m := madeVersion.FindStringSubmatch(act.Details); m != nil && act.StaffID != 0 {
			if n, err := strconv.Atoi(m[1]); err == nil {
				out[n] = act.Staff
			}
		}
	}
	return out, nil
}

// WithheldBelow is the number of the first version of a story that readers may
// read, by its corrections: a retraction that took the text away took it out of
// every earlier version too. Zero withholds none.
func WithheldBelow(corrections []stet.Correction) (number int) {
	for _, c := range corrections {
		if c.TextRemoved {
			number = max(number, c.Version)
		}
	}
	return number
}
