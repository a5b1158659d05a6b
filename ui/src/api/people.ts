// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { api, ask } from "./client";
import { listQuery } from "./list";
import type { NewPerson, Person, PersonChange, WholePerson } from "./nouns";

/** What a list of people is narrowed by. */
export interface PersonFilter {
	q?: string;
	kind?: Person["kind"];
	author?: "yes" | "no";
}

export const peopleQuery = (q: string) =>
	queryOptions({
		queryKey: ["people", "search", q],
		queryFn: () => ask(api.GET("/api/people", { params: { query: { q, limit: 20 } } })),
		select: (page) => page.items ?? [],
	});

export const peopleListQuery = (filter: PersonFilter) =>
	listQuery<Person>(["people", "list", filter], (cursor) => ask(api.GET("/api/people", { params: { query: { ...filter, cursor, limit: 50 } } })));

export const personQuery = (id: string) =>
	queryOptions({ queryKey: ["people", "one", id], queryFn: () => ask(api.GET("/api/people/{id}", { params: { path: { id } } })) });

/** Others who may be the same person. */
export const peopleAlikeQuery = (id: string) =>
	queryOptions({
		queryKey: ["people", "alike", id],
		queryFn: () => ask(api.GET("/api/people/{id}/alike", { params: { path: { id } } })),
		select: (page) => page.items ?? [],
	});

export const addPerson = (body: NewPerson) => ask(api.POST("/api/people", { body }));

export const changePerson = (id: string, body: PersonChange) => ask(api.PATCH("/api/people/{id}", { params: { path: { id } }, body }));

export const mergePerson = (id: string, into: string) => ask(api.POST("/api/people/{id}/merge", { params: { path: { id } }, body: { into } }));

/** Takes over what the program says of a person now. */
export function personChanged(queries: QueryClient, now: WholePerson) {
	queries.setQueryData(personQuery(now.id).queryKey, now);
	void queries.invalidateQueries({ queryKey: ["people"], predicate: (q) => q.queryKey[1] !== "one" });
}
