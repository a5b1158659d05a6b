// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { queryOptions } from "@tanstack/react-query";
import type { Search } from "../search";
import { api, ask } from "./client";
import { listQuery } from "./list";
import type { Article, ArticleKind, ArticleRow, ArticleStatus, Page } from "./nouns";
import type { paths } from "./schema";
import { dayStart, nextDay } from "./zone";

type Query = NonNullable<paths["/api/articles"]["get"]["parameters"]["query"]>;

/** What a list of articles is narrowed by, as it stands in the address of a screen. */
export function articleFilter(kind: ArticleKind, f: Search, zone: string): Query {
	return {
		kind,
		q: f.q,
		status: f.status ? (f.status.split(",") as ArticleStatus[]) : undefined,
		section: f.section,
		genre: f.genre,
		topic: f.topic,
		writer: f.writer,
		assignee: f.assignee,
		mine: f.mine ? true : undefined,
		changed: f.changed ? true : undefined,
		trashed: f.trash ? true : undefined,
		date: f.date === "published" ? "published" : undefined,
		from: f.from ? dayStart(f.from, zone) : undefined,
		// People mean the last day with it.
		to: f.to ? dayStart(nextDay(f.to), zone) : undefined,
		dueBefore: f.due ? dayStart(nextDay(f.due), zone) : undefined,
		sort: f.sort as Query["sort"],
	};
}

export const articlesQuery = (filter: Query) =>
	listQuery<ArticleRow>(["articles", "list", filter], (cursor) => ask(api.GET("/api/articles", { params: { query: { ...filter, cursor, limit: 50 } } })) as Promise<Page<ArticleRow>>);

export const totalsQuery = ({ status: _status, sort: _sort, ...filter }: Query) =>
	queryOptions({
		queryKey: ["articles", "totals", filter],
		queryFn: () => ask(api.GET("/api/articles/totals", { params: { query: filter } })),
		placeholderData: (before) => before,
	});

export const articleQuery = (id: string) =>
	queryOptions({
		queryKey: ["articles", "one", id],
		queryFn: () => ask(api.GET("/api/articles/{id}", { params: { path: { id } } })) as Promise<Article>,
	});

export const newArticle = (kind: ArticleKind, headline: string) =>
	ask(api.POST("/api/articles", { body: { kind, headline } }));
