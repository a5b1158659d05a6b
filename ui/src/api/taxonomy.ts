// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { queryOptions } from "@tanstack/react-query";
import { api, ask } from "./client";

// Sections and genres are few and change seldom: they are kept whole.
const seldom = 10 * 60_000;

export const sectionsQuery = queryOptions({
	queryKey: ["sections"],
	queryFn: () => ask(api.GET("/api/sections")),
	staleTime: seldom,
	select: (page) => page.items ?? [],
});

export const genresQuery = queryOptions({
	queryKey: ["genres"],
	queryFn: () => ask(api.GET("/api/genres")),
	staleTime: seldom,
	select: (page) => page.items ?? [],
});

export const topicsQuery = (q: string) =>
	queryOptions({
		queryKey: ["topics", q],
		queryFn: () => ask(api.GET("/api/topics", { params: { query: { q } } })),
		select: (page) => page.items ?? [],
	});
