// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Node, type Schema } from "@tiptap/pm/model";
import { EditorState, type Plugin, Selection, type Transaction } from "@tiptap/pm/state";
import { Step } from "@tiptap/pm/transform";
import type { EditorView } from "@tiptap/pm/view";
import { collab, getVersion, receiveTransaction, sendableSteps } from "prosemirror-collab";
import { type Stale, type Steps, type WorkingCopy, sendSteps, stepsSince } from "../../../api/copy";
import { Problem } from "../../../api/problem";
import { value } from "../../../api/value";
import { difference } from "../../../prose/difference";
import { whole } from "../../../prose/whole";
import { baseOf, canMerge, onlyIn, plain, type Rebaseable } from "./merge";
import type { SaveState } from "./state";

/** A text that could not be kept where it was, for its writer to decide about. */
export interface Clash {
	/** What the writer had. */
	mine: string;
	/** What stands there now. */
	theirs: string;
	/** The writer's blocks, to be put back. */
	blocks: Node[];
}

export interface SyncOptions {
	article: string;
	client: string;
	/** How many steps of the client the server has. */
	confirmed: number;
	schema: Schema;
	/** Called when there is something to keep in the browser. */
	onKeep: () => void;
	/** Resolves when what we have is in the browser\'s store: nothing is sent before, so that the server never knows more of us than a window that comes back. */
	secure: () => Promise<void>;
	onClash: (c: Clash) => void;
}

// A keystroke waits a moment for the next one, but nobody who types without a
// pause waits longer than that.
const pause = 60;
const patience = 400;
const again = [500, 1000, 2000, 4000];

// How many steps go at once; fewer when the server says that they are too much.
const most = 200;

/** Marks transactions that brought what others have written. */
export const remote = "stet-remote";

/** Carries the body between the editor and the server as steps. */
export class BodySync {
	readonly state = value<SaveState>({ is: "saved" });
	confirmed: number;
	private view: EditorView | undefined;
	private timer: number | undefined;
	private since = 0;
	private busy = false;
	private behind = false;
	private tries = 0;
	private atOnce = most;
	private sending = 0;
	private started = false;
	private ended = false;

	constructor(private readonly o: SyncOptions) {
		this.confirmed = o.confirmed;
	}

	/** The plugin that counts versions; it stands in the editor's state from the start. */
	plugin(version: number): Plugin {
		return collab({ version, clientID: this.o.client });
	}

	attach(view: EditorView) {
		this.view = view;
	}

	start() {
		this.started = true;
		if (this.view && sendableSteps(this.view.state)) this.soon(0);
	}

	stop() {
		this.ended = true;
		window.clearTimeout(this.timer);
	}

	get version(): number {
		return this.view ? getVersion(this.view.state) : 0;
	}

	/** The steps that the server does not have yet, and the document that they stand on. */
	unsent(): { steps: unknown[]; version: number; base: Node } {
		const state = this.view!.state;
		const rebaseable = unconfirmed(state);
		return { steps: rebaseable.map((u) => u.step.toJSON()), version: getVersion(state), base: baseOf(state.doc, rebaseable) };
	}

	/** After every transaction of the editor. */
	changed(tr: Transaction) {
		if (!tr.docChanged || tr.getMeta(remote)) return;
		this.o.onKeep();
		if (this.state.get().is === "saved") this.state.set({ is: "saving" });
		this.soon(pause);
	}

	/** The server says that there is more than we have. */
	heard(version: number) {
		if (version > this.version) {
			this.behind = true;
			this.soon(0);
		}
	}

	/** Asks whether there is more, after the connection was away. */
	look() {
		this.behind = true;
		this.soon(0);
	}

	/** Tries at once, for somebody who does not want to wait. */
	retry() {
		this.tries = 0;
		this.soon(0);
	}

	private soon(ms: number) {
		if (this.ended) return;
		const now = performance.now();
		if (!this.since) this.since = now;
		const wait = Math.max(0, Math.min(ms, this.since + patience - now));
		window.clearTimeout(this.timer);
		this.timer = window.setTimeout(() => void this.run(), wait);
	}

	private async run() {
		if (this.busy || this.ended || !this.view || !this.started) return;
		this.busy = true;
		this.since = 0;
		let next = -1;
		try {
			await this.exchange(this.view);
			this.tries = 0;
			this.atOnce = Math.min(most, this.atOnce * 2);
			const more = unconfirmed(this.view.state).length > 0;
			this.state.set({ is: more ? "saving" : "saved" });
			if (more || this.behind) next = 0;
		} catch (error) {
			next = this.failed(error);
		}
		this.busy = false;
		this.o.onKeep();
		if (next >= 0) this.after(next);
	}

	private after(ms: number) {
		this.since = 0;
		window.clearTimeout(this.timer);
		if (!this.ended) this.timer = window.setTimeout(() => void this.run(), ms);
	}

	/** Sets the state after a failure; the answer is when to try again, -1 never. */
	private failed(error: unknown): number {
		const p = error instanceof Problem ? error : undefined;
		const wait = again[Math.min(this.tries++, again.length - 1)] as number;
		const fewer = (p?.status === 413 || p?.busy) && this.atOnce > 1;
		if (fewer) this.atOnce = Math.ceil(Math.min(this.atOnce, this.sending) / 2);
		if (p?.busy || fewer) {
			this.state.set({ is: "saving" });
			return Math.max(wait, p?.wait ?? 0);
		}
		if (p?.status === 401) this.state.set({ is: "signed out" });
		else if (p?.passing) this.state.set({ is: "offline" });
		else {
			this.state.set({ is: "refused", why: p?.message ?? String(error) });
			return -1;
		}
		return wait;
	}

	/** One question and its answer. */
	private async exchange(view: EditorView) {
		const mine = sendableSteps(view.state);
		if (!mine) {
			if (!this.behind) return;
			this.behind = false;
			this.take(await stepsSince(this.o.article, getVersion(view.state)));
			return;
		}
		const { version } = mine;
		const steps = mine.steps.slice(0, this.atOnce).map((s) => s.toJSON());
		this.sending = steps.length;
		this.behind = false;
		await this.o.secure();
		this.take(await sendSteps(this.o.article, { client: this.o.client, version, sequence: this.confirmed + 1, steps }));
	}

	private take(answer: { done?: Steps; stale?: Stale }) {
		const since = answer.done ?? answer.stale?.since;
		if (since) this.receive(since);
		else if (answer.stale?.whole) this.receiveWhole(answer.stale.whole);
		if (answer.stale) this.behind = true;
	}

	/** Takes in what happened since our version; our own steps among it are confirmed. */
	private receive(s: Steps) {
		const view = this.view!;
		// Somebody may have told the same twice: what we have already is passed over.
		const known = getVersion(view.state) - (s.version - s.steps.length);
		const fresh = s.steps.slice(Math.max(0, known));
		if (fresh.length === 0) return;
		const before = view.state;
		const own = fresh.filter((f) => f.client === this.o.client).length;
		// Steps that we sent and do not hold any more are news to us, like anybody's.
		let held = unconfirmed(before).length;
		const tr = receiveTransaction(
			before,
			fresh.map((f) => Step.fromJSON(this.o.schema, f.step)),
			fresh.map((f) => (f.client !== this.o.client || held-- > 0 ? f.client : "elsewhere")),
			{ mapSelectionBackward: true },
		);
		view.dispatch(tr.setMeta(remote, true).setMeta("addToHistory", false));
		this.confirmed += own;
		const lost = Math.max(0, unconfirmed(before).length - own) - unconfirmed(view.state).length;
		if (lost > 0) this.clash(before.doc, view.state.doc);
	}

	private clash(mine: Node, theirs: Node) {
		const blocks = onlyIn(mine, theirs);
		if (blocks.length > 0) this.o.onClash({ mine: plain(blocks), theirs: plain(theirs), blocks });
	}

	/** The log does not reach back to our base: what we have is merged with the whole. */
	private receiveWhole(copy: WorkingCopy) {
		const view = this.view!;
		const theirs = whole(Node.fromJSON(this.o.schema, copy.body));
		const mine = view.state.doc;
		const open = unconfirmed(view.state);
		const base = baseOf(mine, open);
		let rebased: Step[] = [];
		if (open.length > 0 && !mine.eq(theirs)) {
			if (canMerge(base, mine, theirs)) rebased = rebase(view.state, difference(base, theirs));
			else this.clash(mine, theirs);
		}
		this.restart(theirs, copy.version, rebased);
	}

	/** Begins anew with another document, on which the steps are done again. */
	private restart(doc: Node, version: number, steps: Step[]) {
		const view = this.view!;
		const old = unconfirmedPlugin(view.state);
		const plugins = view.state.plugins.map((p) => (p === old ? this.plugin(version) : p));
		view.updateState(EditorState.create({ doc, plugins, selection: samePlace(view.state.selection, doc) }));
		if (steps.length === 0) return;
		const tr = view.state.tr;
		for (const s of steps) tr.maybeStep(s);
		view.dispatch(tr);
	}
}

/** The cursor in another document: as far into the same block as it was, or about there. */
function samePlace({ $head }: Selection, doc: Node): Selection {
	let at = $head.pos;
	const id = $head.depth > 0 ? ($head.node(1).attrs.id as string | null) : null;
	doc.forEach((n, start) => {
		if (id && n.attrs.id === id) at = start + Math.min($head.pos - $head.before(1), n.nodeSize - 1);
	});
	return Selection.near(doc.resolve(Math.min(at, doc.content.size)), -1);
}

function unconfirmedPlugin(state: EditorState): Plugin | undefined {
	return state.plugins.find((p) => (p as unknown as { key: string }).key === "collab$");
}

/** What collab has not had confirmed. It is the plugin's own state, which its sendableSteps shows only in part. */
export function unconfirmed(state: EditorState): readonly Rebaseable[] {
	const held = unconfirmedPlugin(state)?.getState(state) as { unconfirmed: readonly Rebaseable[] } | undefined;
	return held?.unconfirmed ?? [];
}

/** Our unconfirmed steps, as they are after the others'. */
function rebase(state: EditorState, others: Step[]): Step[] {
	const tr = receiveTransaction(state, others, others.map(() => "elsewhere"));
	return unconfirmed(state.apply(tr)).map((u) => u.step);
}
