// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import type { Fragment, Node } from "@tiptap/pm/model";
import { Plugin, PluginKey, type Transaction } from "@tiptap/pm/state";
import { Decoration, DecorationSet, type EditorView } from "@tiptap/pm/view";
import { fetchPicture } from "../../../api/assets";
import { messageOf, Problem } from "../../../api/problem";
import { value } from "../../../api/value";
import { type Picture, insertPicture, uploadPicture } from "./pictures";

// The pictures of a page that was copied come as addresses, or as data. They
// are taken out of what is pasted, fetched into the library one after another,
// and put where they stood; meanwhile a note keeps the place. What cannot be
// had is told, and never silently dropped.

/** A picture on its way. */
interface Incoming {
	url: string;
	alt: string;
}

/** What a paste brought, for the notice above the text. */
export interface Brought {
	taken: number;
	left: { what: string; why: string }[];
}

/** Set when the pictures of a paste have been seen to. */
export const brought = value<Brought | undefined>(undefined);

const most = 40;
const place = "https://picture.invalid/";
const coming = new Map<string, Incoming>();
let number = 0;

/** Remembers a picture of a page; the answer stands for it in what is pasted. */
export function standIn(picture: Incoming): string {
	const name = `${place}${++number}`;
	coming.set(name, picture);
	return name;
}

interface Waiting {
	id: string;
	picture: Incoming;
	caption: Fragment;
}

const key = new PluginKey<DecorationSet>("incoming pictures");

type Told = { add?: { pos: number; waiting: Waiting }[]; drop?: string };

export const incoming = () =>
	new Plugin<DecorationSet>({
		key,
		state: {
			init: () => DecorationSet.empty,
			apply(tr, old) {
				let set = old.map(tr.mapping, tr.doc);
				const told = tr.getMeta(key) as Told | undefined;
				for (const { pos, waiting } of told?.add ?? []) set = set.add(tr.doc, [Decoration.widget(pos, mark, { id: waiting.id, waiting, side: -1 })]);
				if (told?.drop) set = set.remove(set.find(undefined, undefined, (spec) => spec.id === told.drop));
				return set;
			},
		},
		props: {
			decorations(s) {
				return key.getState(s);
			},
		},
		// What stands for a picture never stays in the text: it goes with the same
		// change that brought it, and a note takes its place.
		appendTransaction(trs, _, state) {
			if (coming.size === 0 || !trs.some((tr) => ["paste", "drop"].includes(tr.getMeta("uiEvent") as string))) return null;
			const found: { pos: number; node: Node }[] = [];
			state.doc.descendants((node, pos) => {
				if (node.type.name === "image" && String(node.attrs.src ?? "").startsWith(place)) found.push({ pos, node });
				return true;
			});
			const out = found.length > 0 ? takeOut(state.tr, found) : null;
			// Where there was no place for pictures, as in code, they are not wanted.
			coming.clear();
			return out;
		},
		view: (view) => {
			const follow = new Follow(view);
			return { update: () => follow.look(), destroy: () => follow.end() };
		},
	});

function takeOut(tr: Transaction, found: { pos: number; node: Node }[]): Transaction {
	const add: { pos: number; waiting: Waiting }[] = [];
	for (const { pos, node } of found) {
		const at = tr.mapping.map(pos);
		const name = String(node.attrs.src);
		const picture = coming.get(name);
		// A document is never without a block.
		if (tr.doc.resolve(at).parent.childCount === 1) tr.replaceWith(at, at + node.nodeSize, tr.doc.type.schema.nodes.paragraph!.create());
		else tr.delete(at, at + node.nodeSize);
		if (picture) add.push({ pos: at, waiting: { id: name, picture, caption: node.content } });
	}
	const places = add.map(({ pos, waiting }) => ({ pos: Math.min(pos, tr.doc.content.size), waiting }));
	return tr.setMeta(key, { add: places } satisfies Told);
}

function mark(): HTMLElement {
	const e = document.createElement("div");
	e.className = "incoming";
	e.contentEditable = "false";
	e.textContent = "A picture is being brought into the library …";
	return e;
}

/** Fetches what waits, one after another, and puts it in its place. */
class Follow {
	private readonly seen = new Set<string>();
	private readonly queue: Waiting[] = [];
	private busy = false;
	private ended = false;

	constructor(private readonly view: EditorView) {}

	look() {
		for (const d of key.getState(this.view.state)?.find() ?? []) {
			const { waiting } = d.spec as { waiting: Waiting };
			if (this.seen.has(waiting.id)) continue;
			this.seen.add(waiting.id);
			this.queue.push(waiting);
		}
		if (this.queue.length > 0 && !this.busy) void this.run();
	}

	end() {
		this.ended = true;
	}

	private async run() {
		this.busy = true;
		const all: Brought = { taken: 0, left: [] };
		for (let n = 0; ; n++) {
			const next = this.queue.shift();
			if (!next || this.ended) break;
			const { url } = next.picture;
			const what = url.startsWith("data:") ? "a picture that came with the text" : url;
			try {
				if (n >= most) throw refusal(`only ${most} are taken at a time`);
				this.put(next, await bring(next.picture));
				all.taken++;
			} catch (error) {
				all.left.push({ what, why: messageOf(error) });
				this.drop(next);
			}
		}
		this.busy = false;
		if (!this.ended) brought.set(all);
	}

	private drop(w: Waiting) {
		if (!this.ended && !this.view.isDestroyed) this.view.dispatch(this.view.state.tr.setMeta(key, { drop: w.id } satisfies Told).setMeta("addToHistory", false));
	}

	private put(w: Waiting, picture: Picture) {
		if (this.ended || this.view.isDestroyed) return;
		const at = key.getState(this.view.state)?.find(undefined, undefined, (spec) => spec.id === w.id)[0]?.from;
		this.drop(w);
		// Where the text around it has been deleted meanwhile it is not wanted any more.
		if (at === undefined) return;
		insertPicture(this.view, { ...picture, alt: picture.alt || w.picture.alt }, at, { caption: w.caption, quiet: true });
	}
}

const refusal = (why: string) => new Problem(why, 0);

/** Brings a picture into the library: data is uploaded, an address is fetched by the server. */
async function bring({ url, alt }: Incoming): Promise<Picture> {
	if (/^data:/i.test(url)) return uploadPicture(fileOf(url));
	if (/^https?:/i.test(url)) return fetchPicture(url, alt);
	if (/^file:/i.test(url)) throw refusal("it is a file on your computer: save it, then drop it here");
	throw refusal("the page did not say where it is");
}

function fileOf(url: string): File {
	const m = /^data:(image\/[a-z0-9.+-]+)(;base64)?,/i.exec(url);
	if (!m) throw refusal("it is no picture");
	const data = url.slice(m[0].length);
	const text = m[2] ? atob(data) : decodeURIComponent(data);
	const type = (m[1] ?? "").toLowerCase();
	return new File([Uint8Array.from(text, (c) => c.charCodeAt(0))], `pasted.${type.slice(6).replace("jpeg", "jpg").replace(/\+.*/, "")}`, { type });
}
