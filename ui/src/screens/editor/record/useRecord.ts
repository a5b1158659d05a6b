// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";
import { type Passage, type Statement, storyRecordQuery } from "../../../api/record";
import { useMay } from "../../../api/session";
import { value } from "../../../api/value";
import { keyOf } from "../../../record/passage";
import type { Writing } from "../save/Writing";
import type { Hit } from "../typing/find";
import { blocksOf, locate, markPassages, passageClicked } from "../typing/recordMarks";

export type ShownState = "proposed" | "confirmed" | "changed" | "gone" | "rejected";

/** A passage in its place. */
export interface Shown {
	key: string;
	passage: Passage;
	state: ShownState;
	ranges: Hit[];
	statement?: Statement;
}

/** What an editor has made of suggestions before deciding: parts, or two in one. */
export interface Shape {
	/** Keys of what these stand for. */
	hides: string[];
	passages: Passage[];
}

const kept = "stet.record-marks";

/** Whether passages are marked in the text. */
export const marking = value(localStorage.getItem(kept) !== "off");
export function setMarking(on: boolean) {
	localStorage.setItem(kept, on ? "on" : "off");
	marking.set(on);
}

// How long one may go on writing before the finder is asked again.
const rest = 600;

/** The record of the story that is open: asked anew after what was written is saved. */
export function useRecord(writing: Writing) {
	const { article, editor } = writing;
	const offered = useMay()("keep the record");
	const found = useQuery({ ...storyRecordQuery(article), enabled: offered });
	const [shapes, setShapes] = useState<readonly Shape[]>([]);
	const [current, setCurrent] = useState("");
	useAskAgain(writing, offered);
	const { data } = found;
	const shown = useMemo(() => (data && !editor.isDestroyed ? arrange(data.passages, data.statements, shapes, editor.state.doc) : []), [data, shapes, editor]);
	const marked = marking.use();
	useEffect(() => {
		const visible = shown.filter((s) => s.state !== "rejected" && s.state !== "gone");
		if (offered) markPassages(editor, marked ? visible.map((s) => ({ key: s.key, state: s.state, current: s.key === current, ranges: s.ranges })) : []);
	}, [editor, shown, current, marked, offered]);
	const waiting = shown.filter((s) => s.state === "proposed" || s.state === "changed").length;
	return { offered, found, shown, waiting, current, setCurrent, shapes, setShapes };
}

export type StoryRecordState = ReturnType<typeof useRecord>;

function arrange(passages: Passage[], statements: Statement[], shapes: readonly Shape[], doc: Parameters<typeof blocksOf>[0]): Shown[] {
	const blocks = blocksOf(doc);
	const hidden = new Set(shapes.flatMap((s) => s.hides));
	const made = shapes.flatMap((s) => s.passages).filter((p) => !hidden.has(keyOf(p)));
	const list = [...passages.filter((p) => !hidden.has(keyOf(p))), ...made].map((passage): Shown => {
		const ranges = locate(blocks, passage);
		return { key: keyOf(passage), passage, state: stateOf(passage), ranges, statement: statements.find((s) => s.id === passage.statement) };
	});
	const at = (s: Shown) => s.ranges[0]?.from ?? Number.MAX_SAFE_INTEGER;
	return list.toSorted((a, b) => at(a) - at(b));
}

function stateOf(p: Passage): ShownState {
	if (p.state === "confirmed" && (p.fate === "changed" || p.fate === "gone")) return p.fate;
	return p.state;
}

/** After each save that reached the server the finder reads again, once the writer pauses. */
function useAskAgain(writing: Writing, offered: boolean) {
	const queries = useQueryClient();
	const saved = writing.body.state.use().is === "saved";
	const read = useRef(writing.body.version);
	useEffect(() => {
		if (!saved || !offered) return;
		const timer = window.setTimeout(() => {
			if (read.current === writing.body.version) return;
			read.current = writing.body.version;
			void queries.invalidateQueries({ queryKey: ["record", "story", writing.article] });
		}, rest);
		return () => window.clearTimeout(timer);
	}, [saved, offered, queries, writing]);
}

/** Tells which passage of the text was clicked. */
export function usePassageClicks(writing: Writing, onClick: (key: string) => void) {
	const latest = useRef(onClick);
	useEffect(() => {
		latest.current = onClick;
	});
	useEffect(() => {
		const { dom } = writing.editor.view;
		const hear = (e: Event) => latest.current((e as CustomEvent<string>).detail);
		dom.addEventListener(passageClicked, hear);
		return () => dom.removeEventListener(passageClicked, hear);
	}, [writing]);
}
