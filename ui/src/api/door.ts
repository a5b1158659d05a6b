// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { queryOptions } from "@tanstack/react-query";
import { api, ask } from "./client";
import { type KeyResponse, makePasskey, askPasskey } from "./passkey";

/** With what one wants to sign in from now on. */
export type Secret = { password: string } | { passkey: KeyResponse & { name?: string } };

/** What a one-time link is for. Looking does not use it. */
export const doorQuery = (token: string) =>
	queryOptions({ queryKey: ["door", token], queryFn: () => ask(api.POST("/api/door", { body: { token } })), retry: false, staleTime: Infinity, enabled: token !== "" });

export async function makePasskeyAtDoor(token: string, who: { name?: string; email?: string } = {}): Promise<KeyResponse> {
	return makePasskey(await ask(api.POST("/api/door/passkey/challenge", { body: { token, ...who } })));
}

export const takeUp = (token: string, secret: Secret, name?: string) => ask(api.POST("/api/door/use", { body: { token, name, ...secret } }));

export interface NewMagazine {
	magazine: string;
	language: string;
	timeZone: string;
	name: string;
	email: string;
}

export const setUp = (token: string, magazine: NewMagazine, secret: Secret) => ask(api.POST("/api/setup", { body: { token, ...magazine, ...secret } }));

export const askReset = (email: string) => ask(api.POST("/api/reset", { body: { email } }));

/** Signs in with a passkey, or takes the second step with one. */
export async function signInWithPasskey(second?: string) {
	const challenge = await ask(api.POST("/api/session/passkey/challenge", { body: { second } }));
	const response = await askPasskey(challenge);
	return ask(api.POST("/api/session/passkey", { body: { ...response, second } }));
}
