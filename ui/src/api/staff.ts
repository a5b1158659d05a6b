// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { queryOptions } from "@tanstack/react-query";
import { api, ask } from "./client";
import { listQuery } from "./list";
import type { Role, StaffRow } from "./nouns";
import { proven } from "./prove";
import type { components } from "./schema";

export type Invitation = components["schemas"]["InvitingBody"];
export type StaffChange = components["schemas"]["StaffFields"];

/** The roles, the mightiest first, with what they are for. */
export const roles: { value: Role; label: string; about: string }[] = [
	{ value: "owner", label: "Owner", about: "May do everything, and alone decides about owners." },
	{ value: "administrator", label: "Administrator", about: "Keeps settings, accounts and integrations, and edits everything." },
	{ value: "editor", label: "Editor", about: "Edits, approves and publishes, everywhere or in some sections." },
	{ value: "writer", label: "Writer", about: "Writes own stories and hands them in; keeps people and pictures." },
	{ value: "contributor", label: "Contributor", about: "Writes own stories until they are handed in." },
];

/** Accounts are few: the list comes whole, and is narrowed here. */
export const staffQuery = ({ q = "", role, state }: { q?: string; role?: string; state?: string }) =>
	listQuery<StaffRow>(["staff", { q, role, state }], async () => {
		const page = await ask(api.GET("/api/staff"));
		const words = q.toLowerCase();
		return {
			items: (page.items ?? []).filter(
				(a) => `${a.name} ${a.email ?? ""}`.toLowerCase().includes(words) && (!role || a.role === role) && (!state || a.state === state),
			),
		};
	});

export const staffSessionsQuery = (id: string) =>
	queryOptions({
		queryKey: ["staff", "sessions", id],
		queryFn: () => ask(api.GET("/api/staff/{id}/sessions", { params: { path: { id } } })),
		select: (page) => page.items ?? [],
	});

export const inviteStaff = (body: Invitation) => proven(() => ask(api.POST("/api/staff", { body })));

export const changeStaff = (id: string, body: StaffChange) => proven(() => ask(api.PATCH("/api/staff/{id}", { params: { path: { id } }, body })));

export const sendLink = (id: string) => proven(() => ask(api.POST("/api/staff/{id}/link", { params: { path: { id } } })));

export const endStaffSession = (id: string, session: string) =>
	ask(api.DELETE("/api/staff/{id}/sessions/{session}", { params: { path: { id, session } } }));

export const endStaffSessions = (id: string) => ask(api.DELETE("/api/staff/{id}/sessions", { params: { path: { id } } }));

export const switchStaffCodesOff = (id: string) => proven(() => ask(api.DELETE("/api/staff/{id}/codes", { params: { path: { id } } })));
