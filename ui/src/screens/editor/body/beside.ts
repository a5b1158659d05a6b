// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { type NodeViewRendererProps, Node as TipTapNode, mergeAttributes } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";
import { NodeSelection } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";
import { QueryObserver } from "@tanstack/react-query";
import { Problem } from "../../../api/problem";
import { queries } from "../../../api/queries";
import { type Counterpoint, type Label, type SaidDate, counterpointQuery } from "../../../api/record";
import { circumstances, labelWords } from "../../../record/words";
import { attributes, rules } from "./rules";
import { el } from "./views";

type Attrs = Record<string, unknown>;

/** Whether the record says what the block says; undefined while nobody knows. */
export type Standing = "same" | "changed" | "gone" | undefined;

/** Holds what a block shows against what the record says now. */
export function standing(attrs: Attrs, now: Counterpoint | undefined, error: unknown): Standing {
	if (error instanceof Problem && error.status === 404) return "gone";
	if (!now) return undefined;
	const names = new Set([...Object.keys(attrs), ...Object.keys(now.block)]);
	names.delete("id");
	return [...names].every((n) => String(attrs[n] ?? "") === (now.block[n] ?? "")) ? "same" : "changed";
}

/** Puts what the record says now into the block, which stays where it is and keeps its id. */
export function takeNow(view: EditorView, pos: number, now: Counterpoint) {
	const node = view.state.doc.nodeAt(pos);
	if (node?.type.name !== "counterpoint") return;
	const tr = view.state.tr.setNodeMarkup(pos, null, { ...now.block, id: node.attrs.id as string });
	view.dispatch(tr.setSelection(NodeSelection.create(tr.doc, pos)));
	view.focus();
}

export const goneWords = "The two are not set side by side any more. Remove the block, or set them side by side again in the record and put that in.";
export const changedWords = "The record says something else now. Readers see what stands here.";
export const takeWords = "Take what the record says now";

const observe = (id: string) => new QueryObserver(queries, counterpointQuery(id));

/** Two statements side by side, as readers see them, with a note when the record has moved on. */
function beside({ node, view, getPos }: NodeViewRendererProps) {
	const dom = el("div", "beside");
	const [label, sides, note, stale] = [el("p", "beside-label"), el("div", "beside-sides"), el("p", "beside-note"), el("div", "stale")];
	stale.setAttribute("role", "status");
	dom.append(label, sides, note, stale);
	let shown = node;
	let watched: { id: string; observer: ReturnType<typeof observe>; stop: () => void } | undefined;

	const tell = () => {
		const { data, error } = watched?.observer.getCurrentResult() ?? {};
		const how = standing(shown.attrs, data, error);
		stale.replaceChildren();
		stale.hidden = how !== "changed" && how !== "gone";
		if (how === "gone") stale.append(el("span", "", goneWords));
		if (how !== "changed" || !data) return;
		stale.append(el("span", "", changedWords));
		if (!view.editable) return;
		const take = el("button", "", takeWords);
		take.type = "button";
		take.addEventListener("click", () => {
			const pos = getPos();
			if (pos !== undefined) takeNow(view, pos, data);
		});
		stale.append(take);
	};
	const watch = (id: string) => {
		if (watched?.id === id) return;
		watched?.stop();
		const observer = observe(id);
		watched = { id, observer, stop: observer.subscribe(tell) };
	};
	const show = (n: Node) => {
		shown = n;
		const language = view.dom.getAttribute("lang") ?? "en";
		label.textContent = labelWords(n.attrs.label as Label);
		sides.replaceChildren(side(n.attrs, "first", language), side(n.attrs, "second", language));
		note.textContent = String(n.attrs.note ?? "");
		note.hidden = !n.attrs.note;
		watch(String(n.attrs.counterpoint));
		tell();
	};
	show(node);
	return {
		dom,
		update(next: Node) {
			if (next.type !== node.type) return false;
			show(next);
			return true;
		},
		destroy: () => watched?.stop(),
		// The button is the view's own matter, and so is all that it shows.
		stopEvent: (e: Event) => e.target instanceof HTMLElement && e.target.closest("button") !== null,
		ignoreMutation: () => true,
	};
}

function side(a: Attrs, which: "first" | "second", language: string): HTMLElement {
	const of = (name: string) => String(a[which + name] ?? "");
	const dom = el("div", "beside-side");
	const by = el("p", "beside-by");
	by.append(el("strong", "", of("Speaker")), of("Role") && `, ${of("Role")}`);
	const words = el("blockquote", "beside-words");
	words.dir = "auto";
	if (of("Language")) words.lang = of("Language");
	words.append(of("Kind") === "direct" ? el("q", "", of("Words")) : of("Words"));
	const said = circumstances({ date: { value: of("Date"), precision: of("Precision") as SaidDate["precision"] }, addressee: of("Addressee"), venue: of("Venue") }, language);
	const source = of("Source") || host(of("SourceURL"));
	dom.append(by, words, el("p", "beside-facts", [said, source && `Source: ${source}`].filter(Boolean).join(" · ")));
	return dom;
}

function host(url: string): string {
	return URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, "") : "";
}

export const Beside = TipTapNode.create({
	name: "counterpoint",
	...rules("counterpoint"),
	atom: true,
	draggable: true,
	addAttributes: () => attributes("counterpoint"),
	parseHTML: () => [{ tag: "div[data-type=counterpoint][data-counterpoint]" }],
	renderHTML: ({ HTMLAttributes }) => ["div", mergeAttributes(HTMLAttributes, { "data-type": "counterpoint" })],
	addNodeView: () => beside,
});
