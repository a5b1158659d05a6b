// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Menu } from "@mantine/core";
import type { Editor } from "@tiptap/core";
import { type KeyboardEvent, type ReactNode, useRef } from "react";
import { useMay } from "../../../api/session";
import { setSmartQuotes, smartQuotes } from "../typing/quotes";
import { useEditorPart } from "../useEditorState";
import { type Ask, matching } from "./blocks";
import css from "./Toolbar.module.css";

interface Props {
	editor: Editor;
	onAsk: (what: Ask) => void;
	onFind: () => void;
	/** Corrects the passage in public; only of a live story. */
	onCorrect?: () => void;
}

const marks = [
	{ mark: "bold", words: "Bold", keys: "Ctrl B" },
	{ mark: "italic", words: "Italic", keys: "Ctrl I" },
];
const moreMarks = [
	{ mark: "underline", words: "Underline" },
	{ mark: "strike", words: "Strike" },
	{ mark: "superscript", words: "Superscript" },
	{ mark: "subscript", words: "Subscript" },
	{ mark: "code", words: "Code" },
];

/** The words of the bar: one stop for Tab, arrows between them. */
export function Toolbar({ editor, onAsk, onFind, onCorrect }: Props) {
	const bar = useRef<HTMLDivElement>(null);
	const may = useMay();
	const quotes = smartQuotes.use();
	const on = useEditorPart(editor, (e) => [...marks, ...moreMarks].filter((m) => e.isActive(m.mark)).map((m) => m.mark));
	const is = useEditorPart(editor, (e) => ({
		link: e.isActive("link"),
		undo: e.can().undo(),
		redo: e.can().redo(),
		text: kindOf(e),
		writing: e.isEditable,
	}));
	const chain = () => editor.chain().focus();
	const onKey = (e: KeyboardEvent) => {
		const step = { ArrowRight: 1, ArrowLeft: -1 }[e.key];
		if (e.key === "Escape") editor.commands.focus();
		if (!step) return;
		const all = [...(bar.current?.querySelectorAll<HTMLButtonElement>("button:not(:disabled)") ?? [])];
		const now = all.indexOf(document.activeElement as HTMLButtonElement);
		all[(now + step + all.length) % all.length]?.focus();
		e.preventDefault();
	};
	if (!is.writing) return null;
	return (
		<div ref={bar} role="toolbar" aria-label="Text" className={css.bar} onKeyDown={onKey} tabIndex={-1} id="text-bar">
			<Choose words={is.text} label="Kind of paragraph" first>
				<Menu.Item onClick={() => chain().setNode("paragraph").run()}>Paragraph</Menu.Item>
				{[2, 3, 4].map((level) => (
					<Menu.Item key={level} onClick={() => chain().setNode("heading", { level }).run()}>
						Heading {level - 1}
					</Menu.Item>
				))}
			</Choose>
			{marks.map((m) => (
				<Press key={m.mark} on={on.includes(m.mark)} title={m.keys} onPress={() => chain().toggleMark(m.mark).run()}>
					{m.words}
				</Press>
			))}
			<Press on={is.link} title="Ctrl K" onPress={() => onAsk("link")}>
				Link
			</Press>
			<Choose words="More" label="More about the text">
				{moreMarks.map((m) => (
					<Menu.Item key={m.mark} onClick={() => chain().toggleMark(m.mark).run()}>
						{m.words}
						{on.includes(m.mark) ? " (on)" : ""}
					</Menu.Item>
				))}
				<Menu.Item onClick={() => chain().unsetAllMarks().run()}>Plain text</Menu.Item>
				<Menu.Divider />
				<Menu.Item onClick={() => setSmartQuotes(!quotes)}>{quotes ? "Straight quotes" : "Quotes of the language"}</Menu.Item>
			</Choose>
			<Choose words="Insert" label="Insert a block">
				{matching("", may).map((b) => (
					<Menu.Item key={b.name} onClick={() => (b.ask ? onAsk(b.ask) : b.run?.(editor))}>
						{b.name}
					</Menu.Item>
				))}
			</Choose>
			<Press onPress={() => chain().undo().run()} off={!is.undo} title="Ctrl Z">
				Undo
			</Press>
			<Press onPress={() => chain().redo().run()} off={!is.redo} title="Ctrl Shift Z">
				Redo
			</Press>
			<Press onPress={onFind} title="Ctrl F">
				Find
			</Press>
			{onCorrect && (
				<Press onPress={onCorrect} title="Tell readers of a change in this passage">
					Correct …
				</Press>
			)}
		</div>
	);
}

function kindOf(e: Editor): string {
	for (const level of [2, 3, 4]) if (e.isActive("heading", { level })) return `Heading ${level - 1}`;
	const names: Record<string, string> = { pullQuote: "Pull quote", codeBlock: "Code", image: "Caption", media: "Caption", footnote: "Footnote" };
	return names[e.state.selection.$from.parent.type.name] ?? "Paragraph";
}

function Press({ on, off, title, onPress, children }: { on?: boolean; off?: boolean; title?: string; onPress: () => void; children: ReactNode }) {
	return (
		<button type="button" tabIndex={-1} title={title} aria-pressed={on} disabled={off} className={css.press} onMouseDown={(e) => e.preventDefault()} onClick={onPress}>
			{children}
		</button>
	);
}

function Choose({ words, label, first, children }: { words: string; label: string; first?: boolean; children: ReactNode }) {
	return (
		<Menu>
			<Menu.Target>
				<button type="button" tabIndex={first ? 0 : -1} className={css.press} aria-label={`${label}: ${words}`}>
					{words} <span aria-hidden>▾</span>
				</button>
			</Menu.Target>
			<Menu.Dropdown mah="20rem" style={{ overflowY: "auto" }}>
				{children}
			</Menu.Dropdown>
		</Menu>
	);
}
