// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import createClient, { type Middleware } from "openapi-fetch";
import { connection } from "./connection";
import { Problem } from "./problem";
import type { paths } from "./schema";
import { signedOut } from "./signedOut";

/** How an answer of the program comes back from openapi-fetch. */
type Answer<T> = Promise<{ data?: T; error?: unknown; response: Response }>;

// A wrong password or code answers 401 too, but says nothing about the session.
const isSignIn = (request: Request) => request.method === "POST" && new URL(request.url).pathname.startsWith("/api/session");

const watch: Middleware = {
	onResponse({ request, response }) {
		connection.isUp();
		if (response.status === 401 && !isSignIn(request)) signedOut.set(true);
	},
	onError({ error }) {
		// fetch rejects with a TypeError only when no answer came at all; an
		// AbortError is our own doing.
		if (error instanceof TypeError) {
			connection.isDown();
			return Problem.offline();
		}
	},
};

/** The program's API, typed from its OpenAPI document. Call it through `ask`. */
export const api = createClient<paths>({ baseUrl: "/", credentials: "same-origin" });
api.use(watch);

/**
 * Waits for an answer and returns its data, or throws a Problem with a message
 * fit for people: `const a = await ask(api.GET("/api/articles/{id}", ...))`.
 */
export async function ask<T>(answer: Answer<T>): Promise<T> {
	const { data, error, response } = await answer;
	if (!response.ok) throw Problem.from(error, response);
	return data as T;
}
