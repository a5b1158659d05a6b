// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { queryOptions, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { api, ask } from "./client";
import type { Session } from "./nouns";
import { signedOut } from "./signedOut";

/** What somebody may do, in the words of newsroom.Act. */
export type Act = NonNullable<Session["may"]>[number];

export const sessionQuery = queryOptions({
	queryKey: ["session"],
	queryFn: () => ask(api.GET("/api/session")),
	staleTime: 5 * 60_000,
});

/** Who is signed in, and to which magazine. Only for use below the shell. */
export function useSession(): Session {
	return useSuspenseQuery(sessionQuery).data;
}

/** `const may = useMay(); may("publish stories")` */
export function useMay(): (act: Act) => boolean {
	const { may } = useSession();
	return (act) => may?.includes(act) ?? false;
}

/** Puts a session that a sign-in brought where everybody looks for it. */
export function useSignedIn(): (session: Session) => Promise<void> {
	const queries = useQueryClient();
	return async (session) => {
		queries.setQueryData(sessionQuery.queryKey, session);
		signedOut.set(false);
		// Whatever failed with 401 in between is asked for again.
		await queries.invalidateQueries({ predicate: (q) => q.queryKey[0] !== "session" && q.queryKey[0] !== "door" });
	};
}

export const signIn = (email: string, password: string) => ask(api.POST("/api/session", { body: { email, password } }));

export const takeSecondStep = (token: string, code: string) => ask(api.POST("/api/session/second", { body: { token, code } }));

/** How one can sign in here; needs nobody signed in. */
export const doorsQuery = queryOptions({ queryKey: ["doors"], queryFn: () => ask(api.GET("/api/session/doors")), staleTime: 60_000 });

/** Ends the session and starts afresh, so that nothing of it stays in memory. */
export async function signOut() {
	await ask(api.DELETE("/api/session"));
	window.location.assign("/desk/signin");
}
