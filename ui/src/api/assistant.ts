// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { api, ask } from "./client";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type Assistant = Schemas["AssistantView"];
export type AssistantChange = Schemas["AssistantChangeBody"];
export type TriedAssistant = Schemas["TriedAssistant"];
export type Advice = Schemas["Advice"];
export type Reading = Schemas["Reading"];
export type ReadPair = Schemas["ReadPair"];
export type Exchange = Schemas["AssistantExchange"];

export const assistantQuery = queryOptions({ queryKey: ["settings", "assistant"], queryFn: () => ask(api.GET("/api/settings/assistant")) });

export const setAssistant = (body: AssistantChange) => ask(api.PUT("/api/settings/assistant", { body }));

export const tryAssistant = () => ask(api.POST("/api/settings/assistant/try"));

const on = (id: string) => ({ params: { path: { id } } });

export const adviceQuery = (article: string) =>
	queryOptions({ queryKey: ["record", "advice", article], queryFn: () => ask(api.GET("/api/articles/{id}/counterpoints/reading", on(article))) });

export const askAssistant = (article: string) => ask(api.POST("/api/articles/{id}/counterpoints/reading", on(article)));

/** Puts an answer where adviceQuery looks for it. */
export const advised = (queries: QueryClient, article: string, advice: Advice) => queries.setQueryData(adviceQuery(article).queryKey, advice);
