// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package desk

import (
	"context"

	"stet"
)

// maxUsesShown bounds the list of uses: a logo or a portrait may stand in more
// stories than anybody reads through.
const maxUsesShown = 500

// viewUses makes one row of the working copy and the version of one article.
func (d *Desk) viewUses(ctx context.Context, uses []stet.Use) ([]AssetUse, error) {
	uses = uses[:min(len(uses), maxUsesShown)]
	articles, persons, assets, err := d.usersOf(ctx, uses)
	if err != nil {
		return nil, err
	}
	rows, at := []AssetUse{}, map[string]int{}
	for _, u := range uses {
		row := AssetUse{Place: u.Place, Live: u.Kind != stet.UseArticle && u.Kind != stet.UsePast, Past: u.Kind == stet.UsePast}
		switch u.Kind {
		case stet.UseArticle, stet.UseLive, stet.UsePast:
			a := articles[u.Ref]
			row.What, row.ID, row.Name, row.Status = "article", a.PublicID, a.Content.Headline, a.Status
		case stet.UsePerson:
			row.What, row.ID, row.Name = "person", persons[u.Ref].PublicID, persons[u.Ref].Name
		case stet.UseAsset:
			row.What, row.ID, row.Name = "asset", assets[u.Ref].PublicID, assets[u.Ref].Filename
		case stet.UseMagazine:
			row.What, row.Name = "magazine", "The magazine"
		}
		key := row.What + row.ID + row.Place
		if i, ok := at[key]; ok {
			rows[i].Live, rows[i].Past = rows[i].Live || row.Live, rows[i].Past && row.Past
			continue
		}
		at[key] = len(rows)
		rows = append(rows, row)
	}
	return rows, nil
}

// usersOf looks up everything that the uses name, by id.
func (d *Desk) usersOf(ctx context.Context, uses []stet.Use) (articles map[int64]stet.Article, persons map[int64]stet.Person, assets map[int64]stet.Asset, err error) {
	var ids [3][]int64
	for _, u := range uses {
		switch u.Kind {
		case stet.UsePerson:
			ids[1] = append(ids[1], u.Ref)
		case stet.UseAsset:
			ids[2] = append(ids[2], u.Ref)
		case stet.UseArticle, stet.UseLive, stet.UsePast:
			ids[0] = append(ids[0], u.Ref)
		}
	}
	foundArticles, err := d.store.ArticlesByIDs(ctx, ids[0]...)
	if err != nil {
		return nil, nil, nil, err
	}
	foundPersons, err := d.store.People(ctx, ids[1]...)
	if err != nil {
		return nil, nil, nil, err
	}
	foundAssets, err := d.store.Assets(ctx, ids[2]...)
	articles, persons, assets = map[int64]stet.Article{}, map[int64]stet.Person{}, map[int64]stet.Asset{}
	for _, a := range foundArticles {
		articles[a.ID] = a
	}
	for _, p := range foundPersons {
		persons[p.ID] = p
	}
	for _, a := range foundAssets {
		assets[a.ID] = a
	}
	return articles, persons, assets, err
}
