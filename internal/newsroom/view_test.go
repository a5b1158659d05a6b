// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom_test

import (
	"testing"

	"stet"
)

// A saved view whose filter was merged into another asks for that one, within
// the act: no start and no job is needed, and nothing else of it is touched.
func TestViewsFollowMerges(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		owner := stet.Staff{Email: "v@causeway.example", Name: "V", Role: stet.Owner}
		must(t, d.AddStaff(ctx, op, &owner, ""))
		south := stet.Section{Name: "South"}
		must(t, d.AddSection(ctx, op, &south))
		genres := [2]stet.Genre{{Name: "Essay"}, {Name: "Opinion"}}
		topics := [2]stet.Topic{{Name: "Dams"}, {Name: "Weirs"}}
		people := [2]stet.Person{{Name: "Laila Hartog"}, {Name: "Leila Hartog"}}
		for i := range 2 {
			must(t, d.AddGenre(ctx, op, &genres[i]))
			must(t, d.AddTopic(ctx, op, &topics[i]))
			must(t, d.AddPerson(ctx, op, &people[i]))
		}
		queries := map[string]string{} // now, by what they were
		view := func(query, after string) {
			v := stet.SavedView{Name: "View", Query: query}
			must(t, d.SaveView(ctx, owner, &v))
			queries[v.PublicID] = after
		}
		g0, g1, t0, t1, p0, p1 := genres[0].PublicID, genres[1].PublicID, topics[0].PublicID, topics[1].PublicID, people[0].PublicID, people[1].PublicID
		view("status=draft%2Cin_review&section="+d.rim.PublicID+"&q=a+b%26c", "status=draft%2Cin_review&section="+south.PublicID+"&q=a+b%26c")
		view("section="+d.sound.PublicID, "section="+d.sound.PublicID)
		view("genre="+g0+"&topic="+t0+"&writer="+p0, "genre="+g1+"&topic="+t1+"&writer="+p1)
		view("genre="+g0+"&genre="+g1, "genre="+g1)
		// The id as a word that is looked for, or in a filter of another kind.
		view("q="+p0, "q="+p0)
		view("topic="+g0+"&writer="+t0, "topic="+g0+"&writer="+t0)
		view("", "")

		must(t, d.merge(t, stet.PathSection, d.rim.PublicID, south.PublicID))
		must(t, d.merge(t, stet.PathGenre, g0, g1))
		must(t, d.merge(t, stet.PathTopic, t0, t1))
		_, err := d.MergePeople(ctx, op, p0, p1)
		must(t, err)
		// One that is refused leaves the views alone.
		wantCode(t, "a merge into nothing", d.merge(t, stet.PathTopic, t1, "000000000000"), stet.Invalid)
		for id, want := range queries {
			v, err := d.Store().SavedViewByPublicID(ctx, id)
			must(t, err)
			if v.Query != want {
				t.Errorf("the view asks for %q, want %q", v.Query, want)
			}
		}
	})
}
