// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { queryOptions } from "@tanstack/react-query";
import { api, ask } from "./client";
import { makePasskey } from "./passkey";
import { proven } from "./prove";

export const accountQuery = queryOptions({ queryKey: ["account"], queryFn: () => ask(api.GET("/api/account")) });

export const ownSessionsQuery = queryOptions({
	queryKey: ["account", "sessions"],
	queryFn: () => ask(api.GET("/api/account/sessions")),
	select: (page) => page.items ?? [],
});

export const changeName = (name: string) => ask(api.PATCH("/api/account", { body: { name } }));

export const changePassword = (password: string) => proven(() => ask(api.POST("/api/account/password", { body: { password } })));

export const endOwnSession = (id: string) => ask(api.DELETE("/api/account/sessions/{id}", { params: { path: { id } } }));

export const endOtherSessions = () => ask(api.DELETE("/api/account/sessions"));

export async function addPasskey(name: string) {
	const made = await makePasskey(await proven(() => ask(api.POST("/api/account/passkeys/challenge"))));
	return ask(api.POST("/api/account/passkeys", { body: { ...made, name } }));
}

export const dropPasskey = (id: string) => proven(() => ask(api.DELETE("/api/account/passkeys/{id}", { params: { path: { id } } })));

export const beginCodes = () => proven(() => ask(api.POST("/api/account/codes/secret")));

export const switchCodesOn = (token: string, code: string) => proven(() => ask(api.POST("/api/account/codes", { body: { token, code } })));

export const switchCodesOff = () => proven(() => ask(api.DELETE("/api/account/codes")));

export const renewRecoveryCodes = () => proven(() => ask(api.POST("/api/account/recovery-codes")));
