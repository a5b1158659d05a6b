// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { toastProblem } from "../parts/toast";
import { api, ask } from "./client";
import { listQuery } from "./list";
import type { ActResult, Activity, Article, ArticleRow, CheckResult, Note, Outlook, Page, Publication, SavedView, Version } from "./nouns";
import type { paths } from "./schema";

const one = (id: string) => ({ params: { path: { id } } });
const items = <T>(page: Page<T>) => page.items ?? [];

/** The acts that need nothing but the story, as they stand in the addresses of the API. */
export type PlainAct = "take-back" | "approve" | "unschedule" | "withdraw" | "put-back" | "trash" | "restore";

export const act = (id: string, name: PlainAct) => ask(api.POST(`/api/articles/{id}/${name}`, one(id))) as Promise<Article>;
export const submit = (id: string, note: string) => ask(api.POST("/api/articles/{id}/submit", { ...one(id), body: { note } })) as Promise<Article>;
export const giveBack = (id: string, note: string) => ask(api.POST("/api/articles/{id}/return", { ...one(id), body: { note } })) as Promise<Article>;
type PublishBody = NonNullable<paths["/api/articles/{id}/publish"]["post"]["requestBody"]>["content"]["application/json"];
export const publish = (id: string, body: Omit<PublishBody, "$schema">) => ask(api.POST("/api/articles/{id}/publish", { ...one(id), body })) as Promise<Article>;
export const schedule = (id: string, body: { at: string; note?: string }) => ask(api.POST("/api/articles/{id}/schedule", { ...one(id), body })) as Promise<Article>;
export const assign = (id: string, body: { assignee?: string; dueAt?: string; noDue?: boolean }) =>
	ask(api.PATCH("/api/articles/{id}/assignment", { ...one(id), body })) as Promise<Article>;

type BulkBody = NonNullable<paths["/api/articles/acts"]["post"]["requestBody"]>["content"]["application/json"];
export const actOnMany = (body: BulkBody) => ask(api.POST("/api/articles/acts", { body })) as Promise<Page<ActResult>>;

// A question with a body: two hundred ids are too long for an address.
export const outlookQuery = (ids: string[]) =>
	queryOptions({
		queryKey: ["articles", "outlook", ids],
		queryFn: () => ask(api.POST("/api/articles/outlook", { body: { ids } })) as Promise<Page<Outlook>>,
		select: items<Outlook>,
		staleTime: 0,
	});

// All below "articles", so that a change of a story makes them be asked anew.
export const checklistQuery = (id: string) =>
	queryOptions({
		queryKey: ["articles", "one", id, "checklist"],
		queryFn: () => ask(api.GET("/api/articles/{id}/checklist", one(id))) as Promise<Page<CheckResult>>,
		select: items<CheckResult>,
		// Links are asked in the background.
		refetchInterval: (q) => (q.state.data?.items?.some((c) => c.pending) ? 3000 : false),
	});
export const publicationQuery = (id: string) =>
	queryOptions({
		queryKey: ["articles", "one", id, "publication"],
		queryFn: () => ask(api.GET("/api/articles/{id}/publication", one(id))) as Promise<Publication>,
		staleTime: 0,
	});
export const notesQuery = (id: string) =>
	queryOptions({
		queryKey: ["articles", "one", id, "notes"],
		queryFn: () => ask(api.GET("/api/articles/{id}/notes", one(id))) as Promise<Page<Note>>,
		select: items<Note>,
	});
export const versionsQuery = (id: string) =>
	queryOptions({
		queryKey: ["articles", "one", id, "versions"],
		queryFn: () => ask(api.GET("/api/articles/{id}/versions", one(id))) as Promise<Page<Version>>,
		select: items<Version>,
	});

export const addNote = (id: string, text: string) => ask(api.POST("/api/articles/{id}/notes", { ...one(id), body: { text } }));
export const deleteNote = (id: string) => ask(api.DELETE("/api/notes/{id}", one(id)));
export const checkLinks = (id: string) => ask(api.POST("/api/articles/{id}/links", one(id)));

export const colleaguesQuery = queryOptions({
	queryKey: ["colleagues"],
	queryFn: () => ask(api.GET("/api/colleagues")),
	staleTime: 5 * 60_000,
	select: (page) => page.items ?? [],
});

export const calendarQuery = (from: string, to: string) =>
	queryOptions({
		queryKey: ["articles", "calendar", from, to],
		queryFn: () => ask(api.GET("/api/calendar", { params: { query: { from, to } } })) as Promise<Page<ArticleRow>>,
		select: items<ArticleRow>,
		placeholderData: (before) => before,
	});

type ActivityFilter = NonNullable<paths["/api/activity"]["get"]["parameters"]["query"]>;
export const activityQuery = (filter: ActivityFilter) =>
	listQuery<Activity>(["articles", "activity", filter], (cursor) => ask(api.GET("/api/activity", { params: { query: { ...filter, cursor } } })) as Promise<Page<Activity>>);

export const viewsQuery = queryOptions({
	queryKey: ["views"],
	queryFn: () => ask(api.GET("/api/views")) as Promise<Page<SavedView>>,
	select: items<SavedView>,
});
export const saveView = (body: { name: string; query: string; shared: boolean }) => ask(api.POST("/api/views", { body }));
export const deleteView = (id: string) => ask(api.DELETE("/api/views/{id}", one(id)));

/** A change of one or many stories; all that shows stories is asked anew after it. */
export function useStoryChange<In, Out>(mutationFn: (input: In) => Promise<Out>, onSuccess?: (out: Out, input: In) => void) {
	const queries = useQueryClient();
	return useMutation({
		mutationFn,
		async onSuccess(out: Out, input: In) {
			await queries.invalidateQueries({ queryKey: ["articles"] });
			onSuccess?.(out, input);
		},
		onError: toastProblem,
	});
}
