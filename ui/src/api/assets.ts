// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { api, ask } from "./client";
import { listQuery } from "./list";
import type { Asset, AssetChange, AssetKind, AssetRow } from "./nouns";

/** What a list of assets is narrowed by. */
export interface AssetFilter {
	q?: string;
	kind?: AssetKind;
	/** Ids. */
	person?: string;
	article?: string;
	wants?: "alt" | "credit";
	rights?: "ending" | "ended";
	unused?: boolean;
	trashed?: boolean;
}

export const assetsQuery = (filter: AssetFilter, limit = 50) =>
	listQuery<AssetRow>(["assets", filter, limit], (cursor) => ask(api.GET("/api/assets", { params: { query: { ...filter, cursor, limit } } })));

export const assetQuery = (id: string) =>
	queryOptions({ queryKey: ["assets", "one", id], queryFn: () => ask(api.GET("/api/assets/{id}", { params: { path: { id } } })) });

export const usesQuery = (id: string) =>
	queryOptions({
		queryKey: ["assets", "uses", id],
		queryFn: () => ask(api.GET("/api/assets/{id}/uses", { params: { path: { id } } })),
		select: (page) => page.items ?? [],
	});

export const alikeQuery = (id: string) =>
	queryOptions({
		queryKey: ["assets", "alike", id],
		queryFn: () => ask(api.GET("/api/assets/{id}/alike", { params: { path: { id } } })),
		select: (page) => page.items ?? [],
		staleTime: 60_000,
	});

export const changeAsset = (id: string, body: AssetChange) => ask(api.PATCH("/api/assets/{id}", { params: { path: { id } }, body }));

export const changeAssets = (ids: string[], set: AssetChange) => ask(api.PATCH("/api/assets", { body: { ids, set } }));

export const trashAsset = (id: string) => ask(api.DELETE("/api/assets/{id}", { params: { path: { id } } }));

export const restoreAsset = (id: string) => ask(api.POST("/api/assets/{id}/restore", { params: { path: { id } } }));

export const replaceAsset = (id: string, asset: string) => ask(api.POST("/api/assets/{id}/replace", { params: { path: { id } }, body: { with: asset } }));

/** Brings a picture from an address elsewhere into the library; the server goes there. */
export const fetchPicture = (url: string, alt = "") => ask(api.POST("/api/assets/fetch", { body: { url, alt: alt || undefined } }));

/** Puts a changed asset where it is shown, and has the lists asked again. */
export function assetChanged(queries: QueryClient, a: Asset) {
	queries.setQueryData(assetQuery(a.id).queryKey, a);
	void queries.invalidateQueries({ queryKey: ["assets"], predicate: (q) => q.queryKey[1] !== "one" && q.queryKey[1] !== "alike" });
}
