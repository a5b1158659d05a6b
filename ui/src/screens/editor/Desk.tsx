// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { EditorContent } from "@tiptap/react";
import { useEffect, useState } from "react";
import { useQuery } from "@tanstack/react-query";
import { articleQuery } from "../../api/articles";
import { useMay, useSession } from "../../api/session";
import { CorrectDialog } from "../../corrections/CorrectDialog";
import { type Chosen, chosenIn } from "../../corrections/passage";
import { useCommand } from "../../palette/registry";
import { useFilter } from "../../parts/useFilter";
import { Closed } from "./Closed";
import { Brought } from "./Brought";
import { Headline } from "./Headline";
import { Length } from "./Length";
import { Asking } from "./bar/Asking";
import { BlockBar } from "./bar/BlockBar";
import { FindBar } from "./bar/FindBar";
import { Others } from "./bar/Others";
import { SaveMark } from "./bar/SaveMark";
import { SlashMenu } from "./bar/SlashMenu";
import { Toolbar } from "./bar/Toolbar";
import { Where } from "./bar/Where";
import { type Ask, footnote } from "./bar/blocks";
import "./body.css";
import css from "./Desk.module.css";
import { Panel, tabs } from "./panel/Panel";
import { usePassageClicks, useRecord } from "./record/useRecord";
import { Decide } from "./save/Decide";
import type { Writing } from "./save/Writing";
import { quoteLanguage } from "./typing/quotes";

/** The story as readers will see it, to be written in. */
export function Desk({ writing, returned }: { writing: Writing; returned: boolean }) {
	const { editor } = writing;
	const [asked, ask] = useState<Ask>();
	const [finding, find] = useState(false);
	const [tab, setTab] = useFilter("panel");
	const [correcting, correct] = useState<{ chosen?: Chosen }>();
	const mayCorrect = useMay()("publish stories") && writing.live;
	const onCorrect = () => correct({ chosen: chosenIn(editor) });
	useCommand({ words: "Correct this passage in public", group: "Story", run: onCorrect }, mayCorrect);
	const record = useRecord(writing);
	useEffect(() => writing.start(), [writing]);
	useMarks(writing, record.setCurrent, tab, setTab);
	const article = useQuery(articleQuery(writing.article)).data;
	const may = writing.may.use();
	useEffect(() => {
		if (article) writing.allow(article.mayWrite);
	}, [article, writing]);
	useLanguage(writing);
	useKeys(writing, ask, () => find(true));
	useCommand({ words: "Find and replace in the text", group: "Story", keys: "mod+f", run: () => find(true) });
	useCommand({ words: "Keep a snapshot", group: "Story", run: () => setTab("snapshots") });
	useCommand({ words: "Bylines, section and address", group: "Story", run: () => setTab("story") });
	useCommand({ words: "Record: who said what", group: "Story", run: () => setTab("record") }, record.offered);
	return (
		<div className={css.desk} data-panel={tab || undefined}>
			<div className={css.top}>
				<div className={css.line}>
					<Where writing={writing} article={article} onStatus={() => setTab(tab === "life" ? "" : "life")} open={tab === "life"} />
					<SaveMark writing={writing} returned={returned} />
					<Others writing={writing} />
					<Length editor={editor} />
					<div className={css.tabs}>
						{tabs.filter(([value]) => value !== "record" || record.offered).map(([value, words]) => (
							<button key={value} type="button" aria-expanded={tab === value} onClick={() => setTab(tab === value ? "" : value)}>
								{words}
								{value === "record" && record.waiting > 0 && ` ${record.waiting}`}
							</button>
						))}
					</div>
				</div>
				<Toolbar editor={editor} onAsk={ask} onFind={() => find(true)} onCorrect={mayCorrect ? onCorrect : undefined} />
				<BlockBar editor={editor} />
				{finding && <FindBar editor={editor} onClose={() => find(false)} />}
			</div>
			{!may && article && <Closed article={article} />}
			<Brought />
			<article className={css.story}>
				<Headline writing={writing} />
				<EditorContent editor={editor} className={css.body} />
			</article>
			<SlashMenu editor={editor} onAsk={ask} />
			<Asking editor={editor} article={writing.article} what={asked} onClose={() => ask(undefined)} />
			<Decide writing={writing} />
			{correcting && <CorrectDialog article={writing.article} chosen={correcting.chosen} onClose={() => correct(undefined)} />}
			{tab && <Panel writing={writing} tab={tab} onTab={setTab} record={record} />}
		</div>
	);
}

/** A click on a marked passage chooses it in the panel, which opens where it covers nothing; the caret stays in the text. */
function useMarks(writing: Writing, choose: (key: string) => void, tab: string, setTab: (tab: string) => void) {
	usePassageClicks(writing, (key) => {
		choose(key);
		if (tab === "record" || !window.matchMedia("(min-width: 64em)").matches) return;
		setTab("record");
		// A panel takes the focus when it opens.
		if (!tab) window.setTimeout(() => writing.editor.commands.focus(null, { scrollIntoView: false }), 60);
	});
}

/** The text is read out, hyphenated and quoted in its own language. */
function useLanguage(writing: Writing) {
	const { language } = writing.fields.fields.use();
	const { magazine } = useSession();
	const lang = language || magazine.language;
	useEffect(() => {
		quoteLanguage.set(lang);
		writing.editor.view.dom.setAttribute("lang", lang);
		writing.editor.view.dom.setAttribute("dir", /^(ar|he|fa|ur)\b/.test(lang) ? "rtl" : "ltr");
	}, [lang, writing]);
}

/** Keys of the editor; the desk's own come after. */
function useKeys(writing: Writing, ask: (a: Ask) => void, find: () => void) {
	const { editor } = writing;
	useEffect(() => {
		const onKey = (e: KeyboardEvent) => {
			const mod = e.ctrlKey || e.metaKey;
			const inText = editor.isFocused;
			if (mod && e.key === "k" && inText && (!editor.state.selection.empty || editor.isActive("link"))) ask("link");
			else if (mod && !e.altKey && e.key === "f") find();
			else if (mod && e.altKey && e.key === "f" && inText) footnote(editor);
			else if (e.altKey && e.key === "F10") document.querySelector<HTMLElement>("#text-bar button")?.focus();
			// Everything is saved already; the keys that ask for it must not save the page.
			else if (mod && e.key === "s") writing.retry();
			else return;
			e.preventDefault();
			e.stopPropagation();
		};
		window.addEventListener("keydown", onKey, true);
		return () => window.removeEventListener("keydown", onKey, true);
	}, [editor, ask, find, writing]);
}
