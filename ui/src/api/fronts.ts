// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { queryOptions } from "@tanstack/react-query";
import { api, ask } from "./client";
import { listQuery } from "./list";
import type { FrontBlock, FrontStamp, FrontView } from "./nouns";

const at = (place: string) => ({ params: { path: { place } } });

export const frontsQuery = queryOptions({
	queryKey: ["fronts"],
	queryFn: () => ask(api.GET("/api/fronts")),
	select: (page) => page.items,
});

/** The counterpoints that a side-by-side block can show, the newest first. */
export const pairsQuery = queryOptions({
	queryKey: ["counterpoints", "live"],
	queryFn: () => ask(api.GET("/api/counterpoints", { params: { query: { limit: 100 } } })),
	select: (page) => page.items.filter((c) => c.live),
});

export const frontQuery = (place: string) =>
	queryOptions({
		queryKey: ["fronts", place, "front"],
		queryFn: () => ask(api.GET("/api/fronts/{place}", at(place))),
		// The screen holds what is being changed; nothing may come in below it.
		staleTime: Number.POSITIVE_INFINITY,
		gcTime: 0,
	});

/** What each block would show; `state` names what is looked at, so that each is asked for once. */
export const frontPreviewQuery = (place: string, state: string) =>
	queryOptions({
		queryKey: ["fronts", place, "preview", state],
		queryFn: () => ask(api.GET("/api/fronts/{place}/preview", at(place))),
		gcTime: 0,
	});

export const frontHistoryQuery = (place: string) =>
	listQuery<FrontStamp>(["fronts", place, "history"], (cursor) =>
		ask(api.GET("/api/fronts/{place}/history", { params: { path: { place }, query: { cursor, limit: 20 } } })),
	);

/** Published stories by the words of their headline; the newest without any. */
export const storiesQuery = (q: string) =>
	queryOptions({
		queryKey: ["stories", q],
		queryFn: () => ask(api.GET("/api/stories", { params: { query: { q, limit: 20 } } })),
		select: (page) => page.items.map((s) => ({ ...s, name: s.headline })),
	});

export const saveFront = (place: string, revision: number, blocks: FrontBlock[]): Promise<FrontView> =>
	ask(api.PUT("/api/fronts/{place}", { ...at(place), body: { revision, blocks } }));

export const discardFront = (place: string, revision: number): Promise<FrontView> =>
	ask(api.DELETE("/api/fronts/{place}/draft", { params: { path: { place }, query: { revision } } }));

export const clearFront = (place: string): Promise<FrontView> => ask(api.DELETE("/api/fronts/{place}", at(place)));

export const publishFront = (place: string, revision: number, note: string): Promise<FrontView> =>
	ask(api.POST("/api/fronts/{place}/publish", { ...at(place), body: { revision, note } }));

export const scheduleFront = (place: string, revision: number, moment: string, note: string): Promise<FrontView> =>
	ask(api.POST("/api/fronts/{place}/schedule", { ...at(place), body: { revision, at: moment, note } }));

export const cancelChange = (place: string, id: string): Promise<FrontView> =>
	ask(api.DELETE("/api/fronts/{place}/schedule/{id}", { params: { path: { place, id } } }));

export const restoreFront = (place: string, id: string, note = ""): Promise<FrontView> =>
	ask(api.POST("/api/fronts/{place}/restore", { ...at(place), body: { id, note } }));

/** The page as readers would see it, for a frame. */
export const previewURL = (place: string, state: string, arrangement?: string) =>
	`/desk/preview/${place}?state=${encodeURIComponent(state)}${arrangement ? `&arrangement=${arrangement}` : ""}`;
