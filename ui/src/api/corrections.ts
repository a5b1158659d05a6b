// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, ask } from "./client";
import { listQuery } from "./list";
import type { Correction, CorrectionBody, CorrectionResult, HistoryRules, Page, PublishedText } from "./nouns";

const one = (id: string) => ({ params: { path: { id } } });

export interface CorrectionFilter {
	kind?: Correction["kind"];
	section?: string;
	article?: string;
	q?: string;
}

export const correctionsQuery = (filter: CorrectionFilter) =>
	listQuery<Correction>(["corrections", "list", filter], (cursor) => ask(api.GET("/api/corrections", { params: { query: { ...filter, cursor, limit: 50 } } })) as Promise<Page<Correction>>);

export const correctionQuery = (id: string) => queryOptions({ queryKey: ["corrections", "one", id], queryFn: () => ask(api.GET("/api/corrections/{id}", one(id))) as Promise<Correction> });

/** What readers see of a story: asked each time anew, since a correction is made for one version. */
export const publishedQuery = (id: string) =>
	queryOptions({ queryKey: ["published", id], queryFn: () => ask(api.GET("/api/articles/{id}/published", one(id))) as Promise<PublishedText>, staleTime: 0, gcTime: 0 });

/** What a correction would do; asked anew for each other one. */
export const correctionPreviewQuery = (id: string, body: CorrectionBody, enabled: boolean) =>
	queryOptions({
		queryKey: ["correction preview", id, body],
		queryFn: () => ask(api.POST("/api/articles/{id}/corrections/preview", { ...one(id), body })) as Promise<CorrectionResult>,
		enabled,
		retry: false,
		staleTime: 0,
		gcTime: 0,
		placeholderData: (before) => before,
	});

const correct = (id: string, body: CorrectionBody) => ask(api.POST("/api/articles/{id}/corrections", { ...one(id), body })) as Promise<CorrectionResult>;

/** Publishes a correction; all that shows the story is asked anew after it. */
export function useCorrect(id: string, onDone: (made: CorrectionResult) => void) {
	const queries = useQueryClient();
	return useMutation({
		mutationFn: (body: CorrectionBody) => correct(id, body),
		async onSuccess(made) {
			onDone(made);
			await Promise.all(["articles", "corrections"].map((key) => queries.invalidateQueries({ queryKey: [key] })));
		},
	});
}

export const correctionRulesQuery = queryOptions({ queryKey: ["settings", "corrections"], queryFn: () => ask(api.GET("/api/settings/corrections")) });

export const historyRulesQuery = queryOptions({ queryKey: ["settings", "history"], queryFn: () => ask(api.GET("/api/settings/history")) });

export const setHistoryRules = (body: HistoryRules) => ask(api.PUT("/api/settings/history", { body }));

export const setCorrectionRules = (removeRetracted: boolean) => ask(api.PUT("/api/settings/corrections", { body: { removeRetracted } }));
