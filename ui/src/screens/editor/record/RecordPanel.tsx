// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, Switch } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useMay } from "../../../api/session";
import { ErrorState } from "../../../parts/ErrorState";
import { Loading } from "../../../parts/Loading";
import { type Act, ActKeys, actOn } from "../../../record/Acts";
import css from "../../../record/Record.module.css";
import { passageOf, selectorOf } from "../../../record/passage";
import { useDeciding } from "../../../record/useDeciding";
import type { Writing } from "../save/Writing";
import { blocksOf, showPassage } from "../typing/recordMarks";
import { useEditorPart } from "../useEditorState";
import { PassageRow } from "./PassageRow";
import { Pairs } from "./Pairs";
import { type Mode, usePassageActs } from "./usePassageActs";
import { type Shown, type StoryRecordState, marking, setMarking } from "./useRecord";

/** Who said what in the story: what is found, what is confirmed, what has changed. */
export function RecordPanel({ writing, state }: { writing: Writing; state: StoryRecordState }) {
	const { found, shown, current, setCurrent } = state;
	const deciding = useDeciding();
	const [mode, setMode] = useState<Mode>({ key: "", is: "" });
	const [rejected, showRejected] = useState(false);
	const list = useRef<HTMLOListElement>(null);
	const rows = shown.filter((s) => rejected || s.state !== "rejected");
	const chosen = rows.find((s) => s.key === current);
	const go = (key: string | undefined, focus = true) => {
		setCurrent(key ?? "");
		setMode({ key: "", is: "" });
		if (key && focus) requestAnimationFrame(() => list.current?.querySelector<HTMLElement>(`[data-passage="${CSS.escape(key)}"]`)?.focus());
	};
	const acts = usePassageActs({ writing, state, deciding, rows, chosen, go, setMode });
	useShowInText(writing, current, list);
	const move = (by: number) => {
		const at = rows.findIndex((s) => s.key === current);
		const next = rows[Math.min(Math.max(at + by, 0), rows.length - 1)];
		if (next) go(next.key);
	};
	const moves: Act[] = [
		{ key: "j", words: "Next", long: "Next passage", run: () => move(1) },
		{ key: "k", words: "Previous", long: "Previous passage", run: () => move(-1) },
		{ key: "u", words: "Undo", long: "Take the last decision back", run: () => void deciding.undo() },
	];
	const all = [...acts, ...moves];
	const onKey = (e: KeyboardEvent) => {
		const head = e.target instanceof HTMLElement && e.target.dataset.passage !== undefined;
		if (head && e.key === "ArrowDown") move(1);
		else if (head && e.key === "ArrowUp") move(-1);
		else if (head && e.key === "Enter" && (e.target as HTMLElement).dataset.passage === current) acts.find((a) => a.main)?.run();
		else return actOn(all)(e);
		e.preventDefault();
	};
	const hidden = shown.filter((s) => s.state === "rejected").length;
	if (found.isError && !found.data) return <ErrorState error={found.error} retry={() => void found.refetch()} />;
	if (!found.data) return <Loading />;
	return (
		<>
			<ActKeys acts={all} />
			<Top state={state} writing={writing} rejected={hidden > 0 && { count: hidden, on: rejected, set: showRejected }} onAdded={(key) => setMode({ key, is: "edit" })} />
			<div className={css.done}>
				<span role="status">{deciding.said}</span>
				{deciding.undoable && (
					<Button size="compact-xs" variant="subtle" onClick={() => void deciding.undo()}>
						Undo
					</Button>
				)}
			</div>
			{rows.length === 0 && <Nothing language={found.data.language} />}
			{/* The keys are those of the buttons within. */}
			{/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
			<ol ref={list} className={css.list} aria-label="Passages of the record" onKeyDown={onKey}>
				{rows.map((s) => (
					<PassageRow
						key={s.key}
						shown={s}
						current={s.key === current}
						mode={mode.key === s.key ? mode.is : ""}
						acts={acts}
						deciding={deciding}
						writing={writing}
						rows={rows}
						state={state}
						onChoose={() => go(s.key, false)}
						onMode={(is) => (is ? setMode({ key: s.key, is }) : go(s.key))}
						onNext={() => go(after(rows, s)?.key)}
					/>
				))}
			</ol>
			{rows.length > 0 && (
				<p className={css.hint}>
					<kbd>j</kbd> and <kbd>k</kbd> move, <kbd>u</kbd> takes the last decision back.
				</p>
			)}
			<AlikeNames alike={found.data.alike} />
			<Pairs article={writing.article} />
		</>
	);
}

/** The next one that waits, or the one after. */
export function after(rows: Shown[], s: Shown): Shown | undefined {
	const at = rows.findIndex((r) => r.key === s.key);
	const later = rows.slice(at + 1);
	return later.find((r) => r.state === "proposed" || r.state === "changed") ?? later[0];
}

/** The chosen passage is seen in the text and in the list. */
function useShowInText(writing: Writing, current: string, list: React.RefObject<HTMLOListElement | null>) {
	useEffect(() => {
		if (!current) return;
		// The mark is drawn by an effect of this change, too.
		const frame = requestAnimationFrame(() => {
			if (!writing.editor.isFocused) showPassage(writing.editor);
			list.current?.querySelector(`[data-passage="${CSS.escape(current)}"]`)?.scrollIntoView({ block: "nearest" });
		});
		return () => cancelAnimationFrame(frame);
	}, [current, writing, list]);
}

interface TopProps {
	state: StoryRecordState;
	writing: Writing;
	rejected: false | { count: number; on: boolean; set: (on: boolean) => void };
	onAdded: (key: string) => void;
}

function Top({ state, writing, rejected, onAdded }: TopProps) {
	const { editor } = writing;
	const selected = useEditorPart(editor, (e) => !e.state.selection.empty);
	const marked = marking.use();
	const add = () => {
		const anchor = selectionOf(writing);
		if (anchor.length === 0) return;
		const p = passageOf(anchor);
		const key = anchor.map((s) => `${s.block} ${s.prefix ?? ""} ${s.exact}`).join("|");
		state.setShapes([...state.shapes, { hides: [], passages: [p] }]);
		state.setCurrent(key);
		onAdded(key);
	};
	return (
		<div className={css.top}>
			<span>{state.waiting === 0 ? "Nothing waits" : state.waiting === 1 ? "1 passage waits" : `${state.waiting} passages wait`}</span>
			<Button size="compact-sm" disabled={!selected} onMouseDown={(e) => e.preventDefault()} onClick={add} title="Select words in the text first">
				Add to the record
			</Button>
			<Switch size="xs" label="Marked in the text" checked={marked} onChange={(e) => setMarking(e.currentTarget.checked)} />
			{rejected && <Switch size="xs" label={`Rejected (${rejected.count})`} checked={rejected.on} onChange={(e) => rejected.set(e.currentTarget.checked)} />}
		</div>
	);
}

/** What is selected in the text, block by block. */
function selectionOf({ editor }: Writing) {
	const { from, to } = editor.state.selection;
	const out = [];
	for (const b of blocksOf(editor.state.doc).values()) {
		let start = b.at.findIndex((pos) => pos >= from);
		let end = b.at.findIndex((pos) => pos >= to);
		if (start < 0 || b.at[0] === undefined || b.at[0] >= to) continue;
		if (end < 0) end = b.text.length;
		while (start < end && /\s/.test(b.text[start] ?? "")) start++;
		while (end > start && /\s/.test(b.text[end - 1] ?? "")) end--;
		if (end > start && b.id) out.push(selectorOf(b.id, b.text, start, end));
	}
	return out;
}

function Nothing({ language }: { language: boolean }) {
	return (
		<p className={css.aside}>
			{language
				? "Where the story says who said what, it stands here to be confirmed: nobody has to tag anything. Select words in the text to add what was not found."
				: "Nothing is looked for in texts of this language yet. Select words in the text to add them by hand."}
		</p>
	);
}

function AlikeNames({ alike }: { alike: { a: string; b: string; reason: string }[] }) {
	const may = useMay()("change people");
	if (alike.length === 0) return null;
	return (
		<section className={css.part} aria-label="The same person?">
			<h3>The same person?</h3>
			<ul>
				{alike.map((n) => (
					<li key={`${n.a} ${n.b}`} className={css.aside}>
						{n.a} and {n.b}: {n.reason}.{" "}
						{may && (
							<Link to="/people" search={{ q: n.a.split(" ").at(-1) }}>
								Look in People
							</Link>
						)}
					</li>
				))}
			</ul>
		</section>
	);
}
