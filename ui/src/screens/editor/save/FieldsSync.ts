// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { type Conflict, type WorkingFields, changeFields, getCopy } from "../../../api/copy";
import { Problem } from "../../../api/problem";
import { value } from "../../../api/value";
import type { SaveState } from "./state";

export type FieldName = keyof WorkingFields;

const pause = 300;
const again = [500, 1000, 2000, 4000];

/** Carries everything but the body: each field is compared and swapped by itself. */
export class FieldsSync {
	readonly state = value<SaveState>({ is: "saved" });
	/** The fields as the editor shows them. */
	readonly fields = value<WorkingFields>({} as WorkingFields);
	private server: WorkingFields;
	private set: Record<string, unknown>;
	/** Fields that wait for their writer to decide; they stay in the browser's store meanwhile. */
	private readonly held = new Set<string>();
	private timer: number | undefined;
	private busy = false;
	private ended = false;
	private tries = 0;
	private saves = 0;

	constructor(
		private readonly article: string,
		server: WorkingFields,
		kept: { was: Record<string, unknown>; set: Record<string, unknown> } | undefined,
		private readonly onKeep: () => void,
		/** Resolves when what we have is in the browser's store; see SyncOptions. */
		private readonly secure: () => Promise<void>,
		private readonly onConflict: (c: Conflict) => void,
	) {
		this.server = { ...server, ...kept?.was } as WorkingFields;
		this.set = { ...kept?.set };
		this.fields.set({ ...server, ...kept?.set } as WorkingFields);
	}

	start() {
		if (Object.keys(this.set).length > 0) this.after(0);
	}

	stop() {
		this.ended = true;
		window.clearTimeout(this.timer);
	}

	/** What is not acknowledged yet, for the browser's store. */
	unsent(): { was: Record<string, unknown>; set: Record<string, unknown> } {
		return { was: this.was(Object.keys(this.set)), set: this.set };
	}

	private was(names: string[]): Record<string, unknown> {
		return Object.fromEntries(names.map((n) => [n, this.server[n as FieldName] ?? null]));
	}

	/** Changes a field; undefined empties it. */
	change<N extends FieldName>(name: N, to: WorkingFields[N] | null) {
		this.set = { ...this.set, [name]: to };
		this.fields.set({ ...this.fields.get(), [name]: to ?? undefined });
		this.onKeep();
		this.state.set({ is: "saving" });
		this.after(pause);
	}

	retry() {
		this.tries = 0;
		this.after(0);
	}

	/** Somebody has changed a field: what we are not changing ourselves is shown as it is now. */
	async look() {
		if (this.ended) return;
		try {
			const saves = this.saves;
			const copy = await getCopy(this.article);
			// An answer from before our last save would take it off the screen.
			if (!this.busy && saves === this.saves) this.show(copy.fields);
		} catch {
			// Whatever is wrong, the next save or the next event will meet it again.
		}
	}

	private show(server: WorkingFields) {
		// The names in references are the server's business: equal is equal by what we sent.
		const mine: Record<string, unknown> = { ...this.set };
		const was = Object.fromEntries(Object.keys(mine).map((n) => [n, this.server[n as FieldName]]));
		this.server = { ...server, ...was } as WorkingFields;
		this.fields.set({ ...server, ...mine } as WorkingFields);
	}

	/** Settles a conflict: ours goes on top of theirs, or theirs stays. */
	settle(c: Conflict, mine: boolean) {
		const name = c.field as FieldName;
		this.server = { ...this.server, [name]: c.theirs ?? undefined };
		this.held.delete(name);
		if (mine) this.change(name, c.yours as never);
		else {
			this.drop([name]);
			this.fields.set({ ...this.fields.get(), [name]: (c.theirs ?? undefined) as never });
			this.onKeep();
			this.after(0);
		}
	}

	private drop(names: string[]) {
		this.set = Object.fromEntries(Object.entries(this.set).filter(([n]) => !names.includes(n)));
	}

	private after(ms: number) {
		window.clearTimeout(this.timer);
		if (!this.ended) this.timer = window.setTimeout(() => void this.run(), ms);
	}

	private async run() {
		if (this.busy || this.ended) return;
		const sending = Object.fromEntries(Object.entries(this.set).filter(([n]) => !this.held.has(n)));
		if (Object.keys(sending).length === 0) {
			this.rest();
			return;
		}
		this.busy = true;
		this.state.set({ is: "saving" });
		let next = -1;
		try {
			next = await this.exchange(sending);
			this.tries = 0;
		} catch (error) {
			next = this.failed(error);
		}
		this.busy = false;
		this.onKeep();
		if (next >= 0) this.after(next);
	}

	private rest() {
		this.state.set(this.held.size > 0 ? { is: "refused", why: "somebody else changed the same" } : { is: "saved" });
	}

	private async exchange(sending: Record<string, unknown>): Promise<number> {
		await this.secure();
		const { done, stale } = await changeFields(this.article, this.was(Object.keys(sending)), sending);
		if (done) {
			this.saves++;
			// What was typed while we waited is still to be sent.
			this.drop(Object.keys(sending).filter((n) => this.set[n] === sending[n]));
			for (const n of Object.keys(sending)) this.server = { ...this.server, [n]: done.fields[n as FieldName] };
			this.show(done.fields);
			return 0;
		}
		// The fields in question wait for an answer; the rest goes at once.
		for (const c of stale.conflicts ?? []) {
			this.held.add(c.field);
			this.onConflict({ ...c, yours: sending[c.field] });
		}
		return 0;
	}

	private failed(error: unknown): number {
		const p = error instanceof Problem ? error : undefined;
		const wait = again[Math.min(this.tries++, again.length - 1)] as number;
		if (p?.status === 401) this.state.set({ is: "signed out" });
		else if (p?.passing) this.state.set({ is: "offline" });
		else {
			this.state.set({ is: "refused", why: p?.message ?? String(error) });
			return -1;
		}
		return wait;
	}
}
