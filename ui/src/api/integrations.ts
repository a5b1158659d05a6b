// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { queryOptions } from "@tanstack/react-query";
import { api, ask } from "./client";
import { listQuery } from "./list";
import type { TokenChange, WebhookChange } from "./nouns";
import { proven } from "./prove";

export const tokensQuery = queryOptions({
	queryKey: ["tokens"],
	queryFn: () => ask(api.GET("/api/tokens")),
	select: (page) => page.items,
});

export const scopesQuery = queryOptions({
	queryKey: ["tokens", "scopes"],
	queryFn: () => ask(api.GET("/api/tokens/scopes")),
	select: (page) => page.items,
	staleTime: Infinity,
});

export const makeToken = (body: TokenChange) => proven(() => ask(api.POST("/api/tokens", { body })));

export const revokeToken = (id: string) => ask(api.DELETE("/api/tokens/{id}", { params: { path: { id } } }));

export const webhooksQuery = queryOptions({
	queryKey: ["webhooks"],
	queryFn: () => ask(api.GET("/api/webhooks")),
	select: (page) => page.items,
});

export const webhookEventsQuery = queryOptions({
	queryKey: ["webhooks", "events"],
	queryFn: () => ask(api.GET("/api/webhooks/events")),
	select: (page) => page.items,
	staleTime: Infinity,
});

const of = (id: string) => ({ params: { path: { id } } });

export const addWebhook = (body: WebhookChange) => proven(() => ask(api.POST("/api/webhooks", { body })));
export const changeWebhook = (id: string, body: WebhookChange) => proven(() => ask(api.PUT("/api/webhooks/{id}", { ...of(id), body })));
export const dropWebhook = (id: string) => ask(api.DELETE("/api/webhooks/{id}", of(id)));
export const renewSecret = (id: string) => proven(() => ask(api.POST("/api/webhooks/{id}/secret", of(id))));
export const testWebhook = (id: string) => ask(api.POST("/api/webhooks/{id}/test", of(id)));

export const messagesQuery = (id: string) => ({
	...listQuery(["webhooks", id, "messages"], (cursor) =>
		ask(api.GET("/api/webhooks/{id}/messages", { params: { path: { id }, query: { cursor, limit: 30 } } })),
	),
	// A message that was just sent is answered a moment later.
	refetchInterval: 3000,
});

export const sendAgain = (id: string, message: string) =>
	ask(api.POST("/api/webhooks/{id}/messages/{message}/again", { params: { path: { id, message } } }));
