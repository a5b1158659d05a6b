// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { queryOptions } from "@tanstack/react-query";
import { api, ask } from "./client";
import { listQuery } from "./list";
import type { AddressKind, CheckName, CheckRule, Identity, LookChange, Menus } from "./nouns";

export const identityQuery = queryOptions({
	queryKey: ["settings", "identity"],
	queryFn: () => ask(api.GET("/api/settings/identity")),
});

export const setIdentity = (body: Identity) => ask(api.PUT("/api/settings/identity", { body }));

export const menusQuery = queryOptions({
	queryKey: ["settings", "menus"],
	queryFn: () => ask(api.GET("/api/settings/menus")),
});

export const setMenus = (body: Menus) => ask(api.PUT("/api/settings/menus", { body }));

export const lookQuery = queryOptions({
	queryKey: ["settings", "look"],
	queryFn: () => ask(api.GET("/api/settings/look")),
});

export const setLook = (body: LookChange) => ask(api.PUT("/api/settings/look", { body }));

/** The checklist by check, so that two who change different checks do not stand in each other's way. */
export type ChecklistPart = { revision: string } & Record<CheckName, CheckRule>;

const byCheck = ({ revision, checks }: { revision: string; checks: CheckRule[] }) =>
	({ revision, ...Object.fromEntries(checks.map((rule) => [rule.check, rule])) }) as ChecklistPart;

export const checklistSettingsQuery = queryOptions({
	queryKey: ["settings", "checklist"],
	queryFn: async () => byCheck(await ask(api.GET("/api/settings/checklist"))),
});

export const setChecklist = async ({ revision, ...checks }: ChecklistPart) =>
	byCheck(await ask(api.PUT("/api/settings/checklist", { body: { revision, checks: Object.values(checks) } })));

/** How a look would be, without storing it. */
export const triedLookQuery = (tokens: Record<string, string>, dark: boolean) =>
	queryOptions({
		queryKey: ["settings", "look", "try", tokens, dark],
		queryFn: () => ask(api.POST("/api/settings/look/try", { body: { tokens, dark } })),
		placeholderData: (before) => before,
		staleTime: 60_000,
		gcTime: 60_000,
	});

/** A page of the magazine that the desk may put into a frame. */
export const pageURL = (path: string) => `/desk/page?path=${encodeURIComponent(path)}`;

/** What a list of addresses is narrowed by. */
export interface AddressFilter {
	q?: string;
	kind?: AddressKind;
	byHand?: boolean;
}

export const addressesQuery = (filter: AddressFilter) =>
	listQuery(["addresses", filter], async (cursor) => {
		const page = await ask(api.GET("/api/addresses", { params: { query: { ...filter, cursor, limit: 50 } } }));
		// An address is its own id.
		return { ...page, items: page.items.map((a) => ({ ...a, id: a.path })) };
	});

/** The addresses of things of the magazine, to pick one from. */
export const ownAddressesQuery = (q: string) =>
	queryOptions({
		queryKey: ["addresses", "own", q],
		queryFn: () => ask(api.GET("/api/addresses", { params: { query: { q, limit: 40 } } })),
		select: (page) => page.items.filter((a) => a.current),
		placeholderData: (before) => before,
	});

export const addRedirect = (body: { from: string; to: string }) => ask(api.POST("/api/addresses", { body }));

export const dropRedirect = (path: string) => ask(api.DELETE("/api/addresses", { params: { query: { path } } }));

export const importRedirects = (csv: string) => ask(api.POST("/api/addresses/import", { body: { csv } }));
