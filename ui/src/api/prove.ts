// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { api, ask } from "./client";
import { askPasskey } from "./passkey";
import { Problem } from "./problem";
import { value } from "./value";

interface Question {
	done: () => void;
	given: (why: Problem) => void;
}

/** Set while the shell asks for the password again, on top of the screen. */
export const proving = value<Question | null>(null);

/**
 * Does an act that the program wants a recent sign-in for: when it says so, the
 * person is asked, and the act is tried again. `proven(() => changePassword(p))`
 */
export async function proven<T>(act: () => Promise<T>): Promise<T> {
	try {
		return await act();
	} catch (error) {
		if (!(error instanceof Problem) || !error.fields["session.proof"]) throw error;
		await new Promise<void>((resolve, reject) => {
			proving.set({ done: resolve, given: reject });
		});
		return act();
	}
}

export const proveByPassword = (password: string, code?: string) => ask(api.POST("/api/session/proof", { body: { password, code } }));

export async function proveByPasskey() {
	const challenge = await ask(api.POST("/api/session/passkey/challenge", { body: {} }));
	const passkey = await askPasskey(challenge);
	await ask(api.POST("/api/session/proof", { body: { passkey } }));
}
