// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { api, ask } from "./client";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type WorkingCopy = Schemas["WorkingCopy"];
export type WorkingFields = Schemas["WorkingFields"];
export type Placement = Schemas["Placement"];
export type Byline = Schemas["Byline"];
export type Steps = Schemas["Steps"];
export type Stale = { since?: Steps; whole?: WorkingCopy; conflicts?: Conflict[] };
export interface Conflict {
	field: string;
	theirs: unknown;
	yours: unknown;
}

/** An answer that may say that somebody was faster. */
export type Sent<T> = { done: T; stale?: undefined } | { done?: undefined; stale: Stale };

/** Like ask, but a 409 is an answer and no failure: it says what to take in first. */
async function send<T>(answer: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<Sent<T>> {
	const a = await answer;
	if (a.response.status === 409 && a.error) {
		const stale = a.error as Stale;
		if (stale.since || stale.whole || stale.conflicts) return { stale };
	}
	return { done: await ask(Promise.resolve(a)) };
}

const on = (id: string) => ({ params: { path: { id } } });

export const getCopy = (id: string): Promise<WorkingCopy> => ask(api.GET("/api/articles/{id}/copy", on(id)));

export const sendSteps = (id: string, body: Schemas["StepsInputBody"]) => send<Steps>(api.POST("/api/articles/{id}/steps", { ...on(id), body }));

export const stepsSince = (id: string, since: number) =>
	send<Steps>(api.GET("/api/articles/{id}/steps", { params: { path: { id }, query: { since } } }));

export const changeFields = (id: string, was: Record<string, unknown>, set: Record<string, unknown>) =>
	send<WorkingCopy>(api.PATCH("/api/articles/{id}", { ...on(id), body: { was, set } }));
