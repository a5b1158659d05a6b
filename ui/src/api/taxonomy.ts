// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { queryOptions } from "@tanstack/react-query";
import { api, ask } from "./client";
import type { TermChange } from "./nouns";

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

export type TermKind = "section" | "genre" | "topic";

// The three have the same operations with the same shapes.
const all = (kind: TermKind) => `/api/${kind}s` as "/api/sections";
const one = (kind: TermKind) => `/api/${kind}s/{id}` as "/api/sections/{id}";
const merging = (kind: TermKind) => `/api/${kind}s/{id}/merge` as "/api/sections/{id}/merge";
const ordering = (kind: TermKind) => `/api/${kind}s/order` as "/api/sections/order";

/** All sections, genres or topics, with how much is filed under each. */
export const termsQuery = (kind: TermKind) =>
	queryOptions({
		queryKey: [`${kind}s`, "counts"],
		queryFn: () => ask(api.GET(all(kind), { params: { query: { counts: true } } })),
		select: (page) => page.items,
	});

export const addTerm = (kind: TermKind, body: { name: string; parent?: string }) => ask(api.POST(all(kind), { body }));

export const changeTerm = (kind: TermKind, id: string, body: TermChange) => ask(api.PATCH(one(kind), { params: { path: { id } }, body }));

export const deleteTerm = (kind: TermKind, id: string) => ask(api.DELETE(one(kind), { params: { path: { id } } }));

/** Puts what stands below a section, or at the top, in order. */
export const orderTerms = (kind: TermKind, parent: string, ids: string[]) => ask(api.PUT(ordering(kind), { body: { parent, ids } }));

export const mergerQuery = (kind: TermKind, id: string, into: string) =>
	queryOptions({
		queryKey: [`${kind}s`, "merge", id, into],
		queryFn: () => ask(api.GET(merging(kind), { params: { path: { id }, query: { into } } })),
		enabled: into !== "",
	});

export const mergeTerm = (kind: TermKind, id: string, body: { into: string; revision: string }) => ask(api.POST(merging(kind), { params: { path: { id } }, body }));
