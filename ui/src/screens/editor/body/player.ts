// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import type { NodeViewRendererProps } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";
import { NodeSelection } from "@tiptap/pm/state";
import { api, ask } from "../../../api/client";
import type { Asset } from "../../../api/nouns";
import { bytes, kindWords, length } from "../../../media/kinds";
import { el } from "./views";

// A node names its asset and no more. What it is asked for is kept for a
// moment: a story that is opened asks for each once.
const kept = new Map<string, { at: number; asset: Promise<Asset> }>();

function assetOf(id: string): Promise<Asset> {
	const known = kept.get(id);
	if (known && Date.now() - known.at < 30_000) return known.asset;
	const asset = ask(api.GET("/api/assets/{id}", { params: { path: { id } } }));
	kept.set(id, { at: Date.now(), asset });
	asset.catch(() => kept.delete(id));
	return asset;
}

/** A recording, video or document with its caption, which is written right below it. */
export function player({ node, view, getPos }: NodeViewRendererProps) {
	const dom = el("figure", "picture placed");
	const head = el("div", "head");
	const stage = el("div", "stage");
	const below = el("div", "below");
	const contentDOM = el("figcaption");
	const [credit, lacks] = [el("span", "credit"), el("span", "lacks")];
	for (const e of [head, stage, credit, lacks]) e.contentEditable = "false";
	below.append(contentDOM, credit);
	dom.append(head, stage, below, lacks);
	// The player's own buttons keep their clicks; the line above chooses the block.
	head.addEventListener("click", () => {
		const pos = getPos();
		if (pos === undefined) return;
		view.dispatch(view.state.tr.setSelection(NodeSelection.create(view.state.doc, pos)));
		view.focus();
	});
	let shown: string | undefined;
	let asset: Asset | undefined;
	let now = node;
	// Called when the asset has come, too: it must not touch what the editor watches.
	const words = () => {
		const title = String(now.attrs.title ?? "");
		head.replaceChildren(el("span", "kind", asset ? kindWords[asset.kind] + (asset.duration > 0 ? `, ${length(asset.duration)}` : "") : "File"), el("span", "title", title || (asset?.filename ?? "")));
		credit.textContent = String(now.attrs.credit ?? "") || (asset?.credit ?? "");
		lacks.textContent = asset ? wants(asset) : "";
	};
	const show = (n: Node) => {
		now = n;
		contentDOM.dataset.empty = n.childCount === 0 ? "Caption" : "";
		words();
		const id = String(n.attrs.asset);
		if (id === shown) return;
		shown = id;
		assetOf(id).then(
			(a) => {
				if (shown !== id) return;
				asset = a;
				stage.replaceChildren(played(a));
				words();
			},
			() => {
				if (shown === id) lacks.textContent = "The file cannot be shown: it is not in the library, or there is no connection.";
			},
		);
	};
	show(node);
	return {
		dom,
		contentDOM,
		update(next: Node) {
			if (next.type !== node.type) return false;
			show(next);
			return true;
		},
		// Its own buttons are the player's matter.
		stopEvent: (e: Event) => e.target instanceof globalThis.Node && stage.contains(e.target),
		ignoreMutation: (m: { target: globalThis.Node; type: string }) => m.type !== "selection" && !contentDOM.contains(m.target),
	};
}

/** What a writer should know of it. */
function wants(a: Asset): string {
	if (a.ended) return "The right to show this has ended: readers see a placeholder.";
	if (a.kind !== "document" && !a.captions && !a.transcript) return "No captions or transcript yet: add them in the library.";
	if (a.ending) return "The right to show this ends soon.";
	return "";
}

function played(a: Asset): HTMLElement {
	if (a.kind === "audio" || a.kind === "video") {
		const e = el(a.kind);
		e.controls = true;
		e.preload = "none";
		e.src = a.url ?? "";
		e.setAttribute("aria-label", a.filename);
		if (e instanceof HTMLVideoElement && a.src) e.poster = a.src;
		return e;
	}
	const link = el("a", "card", a.filename || kindWords[a.kind]);
	link.href = a.url ?? "";
	link.target = "_blank";
	link.append(el("span", "facts", `${a.mime === "application/pdf" ? "PDF" : a.mime}, ${bytes(a.size)}`));
	return link;
}
