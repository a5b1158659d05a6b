// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

/** What the program answers when it cannot do what was asked (RFC 9457). */
interface Body {
	title?: string;
	detail?: string;
	errors?: { message?: string; location?: string }[] | null;
}

/** An error whose message can be shown to the person at the desk as it is. */
export class Problem extends Error {
	/** The HTTP status; 0 when no answer came. */
	readonly status: number;
	/** After how many milliseconds the server wants to be asked again; 0 when it did not say. */
	readonly wait: number;
	/** Messages by field, for a form: { email: "is not an address" }. */
	readonly fields: Record<string, string>;

	constructor(message: string, status: number, fields: Record<string, string> = {}, wait = 0) {
		super(message);
		this.name = "Problem";
		this.status = status;
		this.fields = fields;
		this.wait = wait;
	}

	static from(body: unknown, response: Response): Problem {
		const b: Body = typeof body === "object" && body !== null ? body : {};
		return new Problem(b.detail || b.title || spoken(response.status), response.status, byField(b), 1000 * (Number(response.headers.get("Retry-After")) || 0));
	}

	static offline(): Problem {
		return new Problem("The magazine's server cannot be reached.", 0);
	}

	/** True when the server is there and has too much to do: the same again, a little later, will do. */
	get busy(): boolean {
		return this.status === 503 && this.wait > 0;
	}

	/** True when trying again may help. */
	get passing(): boolean {
		return this.status === 0 || this.status === 429 || this.status >= 500;
	}
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
	return error instanceof Problem ? error.message : "Something in the desk went wrong. Loading the page again may help.";
}

// A location is a path into the request, such as "body.email".
function byField(b: Body): Record<string, string> {
	const fields: Record<string, string> = {};
	for (const { location, message } of b.errors ?? []) {
		const name = location?.replace(/^(body|query|path)\./, "");
		if (name && message) fields[name] = message;
	}
	return fields;
}

// A proxy in between may answer with a page of its own instead of a problem.
function spoken(status: number): string {
	if (status === 404) return "There is nothing here any more.";
	if (status === 403) return "Your role does not allow this.";
	if (status === 413) return "That is too large.";
	if (status === 429) return "Too many tries. Please wait a moment.";
	if (status >= 500) return "The magazine's server had trouble. It has been written to its log.";
	return `The server answered ${status}.`;
}
