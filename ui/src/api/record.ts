// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { api, ask } from "./client";
import { listQuery } from "./list";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type StoryRecord = Schemas["StoryRecord"];
export type Passage = Schemas["QuotedPassage"];
export type Source = Schemas["Source"];
export type Found = Schemas["Found"];
export type Selector = Schemas["Selector"];
export type Statement = Schemas["Statement"];
export type WholeStatement = Schemas["StatementWhole"];
export type StatementAlike = Schemas["StatementAlike"];
export type Wording = Schemas["Wording"];
export type Saying = Schemas["Saying"];
export type SaidDate = Schemas["SaidDate"];
export type Precision = "day" | "month" | "year" | "interval" | "on_or_before";
export type Queued = Schemas["Queued"];
export type Counterpoint = Schemas["Counterpoint"];
export type PairProposal = Schemas["PairProposal"];
export type Label = Counterpoint["label"];
export type Confirming = Schemas["ConfirmPassage"];
export type OnPassage = Schemas["RecordPassage"];

const on = (id: string) => ({ params: { path: { id } } });

export const storyRecordQuery = (article: string) =>
	queryOptions({
		queryKey: ["record", "story", article],
		queryFn: ({ signal }) => ask(api.GET("/api/articles/{id}/record", { ...on(article), signal })),
	});

export const proposedPairsQuery = (article: string) =>
	queryOptions({ queryKey: ["record", "pairs", article], queryFn: () => ask(api.GET("/api/articles/{id}/counterpoints/proposed", on(article))) });

export const alikeQuery = (speaker: string, words: string, date: SaidDate | undefined, except = "") =>
	queryOptions({
		queryKey: ["record", "alike", speaker, words, date?.value ?? "", except],
		queryFn: () =>
			ask(api.GET("/api/statements/alike", { params: { query: { speaker, words: words.slice(0, 1000), date: date?.value || undefined, precision: (date?.precision || undefined) as Precision | undefined, except: except || undefined } } })),
		staleTime: 60_000,
	});

export interface StatementFilter {
	q?: string;
	speaker?: string;
	topic?: string;
	venue?: string;
	from?: string;
	to?: string;
}

export const statementsQuery = (filter: StatementFilter, limit = 50) =>
	listQuery<Statement>(["record", "statements", filter, limit], (cursor) => ask(api.GET("/api/statements", { params: { query: { ...filter, cursor, limit } } })));

/** The first few, for choosing one. */
export const someStatementsQuery = (filter: StatementFilter) =>
	queryOptions({
		queryKey: ["record", "some", filter],
		queryFn: () => ask(api.GET("/api/statements", { params: { query: { ...filter, limit: 12 } } })),
		select: (page) => page.items ?? [],
		placeholderData: (before: Schemas["PageStatement"] | undefined) => before,
	});

export const statementQuery = (id: string) =>
	queryOptions({ queryKey: ["record", "statement", id], queryFn: () => ask(api.GET("/api/statements/{id}", on(id))) });

export const queueQuery = queryOptions({
	queryKey: ["record", "queue"],
	queryFn: () => ask(api.GET("/api/record/queue", { params: { query: { limit: 30 } } })),
});

export const counterpointsQuery = () =>
	listQuery<Counterpoint>(["record", "counterpoints"], (cursor) => ask(api.GET("/api/counterpoints", { params: { query: { cursor, limit: 30 } } })));

export const counterpointQuery = (id: string) =>
	queryOptions({ queryKey: ["record", "counterpoint", id], queryFn: () => ask(api.GET("/api/counterpoints/{id}", on(id))) });

/** Pairs that are not to be proposed again. */
export const dismissedQuery = () =>
	listQuery<Counterpoint>(["record", "counterpoints", "dismissed"], (cursor) => ask(api.GET("/api/counterpoints", { params: { query: { dismissed: true, cursor, limit: 30 } } })));

/** The first few, for choosing one. */
export const counterpointsFoundQuery = (filter: { q?: string; article?: string }) =>
	queryOptions({
		queryKey: ["record", "counterpoints found", filter],
		queryFn: () => ask(api.GET("/api/counterpoints", { params: { query: { ...filter, limit: 12 } } })),
		select: (page) => page.items ?? [],
		placeholderData: (before: Schemas["PageCounterpoint"] | undefined) => before,
	});

export const confirmPassage = (article: string, body: Confirming) => ask(api.POST("/api/articles/{id}/record", { ...on(article), body }));

export const rejectPassage = (article: string, body: OnPassage) => ask(api.POST("/api/articles/{id}/record/reject", { ...on(article), body }));

export const reconsider = (quotation: string) => ask(api.DELETE("/api/quotations/{id}", on(quotation)));

export const rewritePassage = (quotation: string, anchor: Selector[], text: string) => ask(api.PUT("/api/quotations/{id}/anchor", { ...on(quotation), body: { anchor, text } }));

export const splitQuotation = (quotation: string) => ask(api.POST("/api/quotations/{id}/split", on(quotation)));

export const changeStatement = (id: string, saying: Saying, updatedAt: string) => ask(api.PUT("/api/statements/{id}", { ...on(id), body: { ...saying, updatedAt } }));

export const mergeStatements = (id: string, into: string) => ask(api.POST("/api/statements/{id}/merge", { ...on(id), body: { into } }));

/** Takes a statement out of the one that it was merged into. */
export const unmergeStatement = (id: string) => ask(api.POST("/api/statements/{id}/unmerge", on(id)));

export const scanArchive = () => ask(api.POST("/api/record/scan"));

export const setSideBySide = (first: string, second: string, label: Label, note: string) => ask(api.POST("/api/counterpoints", { body: { first, second, label, note } }));

export const changeCounterpoint = (c: Counterpoint, label: Label, note: string, swap: boolean) =>
	ask(api.PUT("/api/counterpoints/{id}", { ...on(c.id), body: { label, note, swap, updatedAt: c.updatedAt } }));

export const dropCounterpoint = (id: string) => ask(api.DELETE("/api/counterpoints/{id}", on(id)));

export const dismissPair = (first: string, second: string) => ask(api.POST("/api/counterpoints/dismiss", { body: { first, second } }));

/** Has all that shows the record asked again, but for the queue, which is worked through in its order. */
export const recordChanged = (queries: QueryClient) => queries.invalidateQueries({ queryKey: ["record"], predicate: (q) => q.queryKey[1] !== "queue" && q.queryKey[1] !== "alike" });
