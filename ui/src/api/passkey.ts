// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Problem } from "./problem";

/** What the program sends and takes: JSON of WebAuthn Level 3. */
interface Challenge {
	token: string;
	options: unknown;
}

export interface KeyResponse {
	token: string;
	response: Record<string, unknown>;
}

/** Whether this browser can use passkeys at all. */
export const browserHasPasskeys = () =>
	typeof PublicKeyCredential !== "undefined" && typeof PublicKeyCredential.parseCreationOptionsFromJSON === "function";

/** Lets the browser make a passkey. */
export async function makePasskey({ token, options }: Challenge): Promise<KeyResponse> {
	const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options as PublicKeyCredentialCreationOptionsJSON);
	return answer(token, () => navigator.credentials.create({ publicKey }), "No passkey was made.");
}

/** Lets the browser sign a challenge with a passkey. */
export async function askPasskey({ token, options }: Challenge): Promise<KeyResponse> {
	const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options as PublicKeyCredentialRequestOptionsJSON);
	return answer(token, () => navigator.credentials.get({ publicKey }), "No passkey was chosen.");
}

async function answer(token: string, ask: () => Promise<Credential | null>, none: string): Promise<KeyResponse> {
	let made: Credential | null;
	try {
		made = await ask();
	} catch (error) {
		// The browser tells little on purpose: the person closed its dialog, or
		// the device has no lock, or knows no passkey of ours.
		const had = error instanceof DOMException && error.name === "InvalidStateError";
		throw new Problem(had ? "This device has a passkey for the account already." : none, 0);
	}
	if (!(made instanceof PublicKeyCredential)) throw new Problem(none, 0);
	return { token, response: made.toJSON() as unknown as Record<string, unknown> };
}
