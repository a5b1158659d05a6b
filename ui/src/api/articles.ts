// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { api, ask } from "./client";
import { listQuery } from "./list";
import type { ArticleKind, ArticleRow, ArticleStatus } from "./nouns";

/** What a list of articles is narrowed by. */
export interface ArticleFilter {
	kind?: ArticleKind;
	status?: ArticleStatus;
	q?: string;
	/** Ids. */
	section?: string;
	person?: string;
	/** Days, YYYY-MM-DD, of publication. */
	from?: string;
	to?: string;
	sort?: string;
}

export const articlesQuery = (filter: ArticleFilter) =>
	listQuery<ArticleRow>(["articles", filter], (cursor) =>
		ask(api.GET("/api/articles", { params: { query: { ...filter, cursor, limit: 50 } } })),
	);

export const newArticle = (kind: ArticleKind, headline: string) =>
	ask(api.POST("/api/articles", { body: { kind, headline } }));
