// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { queryOptions } from "@tanstack/react-query";
import { api, ask } from "./client";
import { listQuery } from "./list";
import type { components } from "./schema";

export type Snapshot = components["schemas"]["SnapshotRow"];
export type Change = components["schemas"]["Change"];

export const snapshotsQuery = (id: string) =>
	listQuery<Snapshot>(["snapshots", id], (cursor) => ask(api.GET("/api/articles/{id}/snapshots", { params: { path: { id }, query: { cursor, limit: 30 } } })));

export const makeSnapshot = (id: string, name: string) => ask(api.POST("/api/articles/{id}/snapshots", { params: { path: { id } }, body: { name } }));

export const restoreSnapshot = (id: string, snapshot: string) => ask(api.POST("/api/articles/{id}/snapshots/{snapshot}/restore", { params: { path: { id, snapshot } } }));

/** `revision` has it asked anew when the working copy has moved on. */
export const comparisonQuery = (id: string, from: string, to: string, revision = 0) =>
	queryOptions({
		queryKey: ["comparison", id, from, to, revision],
		queryFn: () => ask(api.GET("/api/articles/{id}/compare", { params: { path: { id }, query: { from, to } } })),
		staleTime: 0,
	});
