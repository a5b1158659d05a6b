// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { focusAtOnce } from "../../../parts/door/focusAtOnce";
import { type Act, Acts } from "../../../record/Acts";
import { Alike } from "../../../record/Alike";
import { MergeDialog } from "../../../record/MergeDialog";
import css from "../../../record/Record.module.css";
import { SayingForm } from "../../../record/SayingForm";
import { Wordings } from "../../../record/Wordings";
import type { Deciding } from "../../../record/useDeciding";
import { circumstances, type Draft, draftOfPassage, draftOfStatement, withRole } from "../../../record/words";
import { useSession } from "../../../api/session";
import type { Statement } from "../../../api/record";
import type { Writing } from "../save/Writing";
import { type Mode, joinNext } from "./usePassageActs";
import type { Shown, ShownState, StoryRecordState } from "./useRecord";

interface Props {
	shown: Shown;
	current: boolean;
	mode: Mode["is"];
	acts: Act[];
	deciding: Deciding;
	writing: Writing;
	rows: Shown[];
	state: StoryRecordState;
	onChoose: () => void;
	onMode: (is: Mode["is"]) => void;
	/** When it is decided. */
	onNext: () => void;
}

const states: Record<ShownState, string> = {
	proposed: "",
	confirmed: "In the record",
	changed: "Its words have changed: still this quotation?",
	gone: "No longer in the text",
	rejected: "Rejected",
};

/** A passage: what was said by whom, and, when it is chosen, what can be done with it. */
export function PassageRow(props: Props) {
	const { shown: s, current, onChoose } = props;
	const { language } = useSession().magazine;
	const f = s.passage.found;
	const name = s.statement?.speaker.name ?? (f?.person?.name || f?.name || f?.speaker);
	const about = s.statement ?? f;
	return (
		<li className={css.item} data-state={s.state} data-current={current || undefined}>
			<button type="button" className={css.head} aria-expanded={current} data-passage={s.key} onClick={onChoose}>
				{states[s.state] && (
					<span className={css.mark} data-state={s.state}>
						{states[s.state]}
					</span>
				)}
				<span className={css.words} dir="auto">
					{s.passage.text}
				</span>
				<span className={css.by}>
					<strong>{name || "Nobody named"}</strong>
					{about?.role && `, ${about.role}`}
					{about && circumstances(about, language) && ` · ${circumstances(about, language)}`}
				</span>
				{f && s.state === "proposed" && (
					<span className={css.why}>
						{Math.round(f.confidence * 100)} % · {f.reason}
					</span>
				)}
			</button>
			{current && <Open {...props} />}
		</li>
	);
}

function Open(props: Props) {
	const { shown: s, mode, acts, deciding, writing, state, onMode, onNext } = props;
	const p = s.passage;
	const f = p.found;
	const article = writing.article;
	const saved = async (done: Promise<boolean>) => {
		if (await done) onNext();
	};
	const draft = s.statement ? draftOfStatement(s.statement) : draftOfPassage(p);
	const save = (d: Draft) => saved(s.statement ? deciding.change(s.statement, d) : deciding.confirm(article, p, d));
	const join = (into: Statement) => saved(s.statement ? deciding.merge(s.statement, into) : deciding.join(article, p, into));
	if (mode === "edit")
		return (
			<div className={css.open}>
				<SayingForm draft={draft} act={s.statement ? "Save" : "Record it"} link={p.found?.source} sources={state.found.data?.sources} onSave={save} onCancel={() => onMode("")} />
			</div>
		);
	return (
		<div className={css.open}>
			{s.state === "changed" && p.wordings && <Wordings words={p.wordings} here="now" there="before" />}
			{mode === "new" && draft.speaker ? (
				<Newcomer draft={draft} onAdd={() => saved(deciding.confirm(article, p, draft))} onElse={() => onMode("edit")} />
			) : (
				<Acts acts={acts} />
			)}
			{s.statement && s.statement.quotations > 1 && <AlsoQuoted statement={s.statement} />}
			{s.state === "proposed" && f?.person?.id && <Alike speaker={f.person.id} words={f.words} date={f.date} onJoin={(st) => void join(st).catch(() => undefined)} />}
			{mode === "merge" && <Merge {...props} draft={draft} onJoin={join} />}
		</div>
	);
}

/** The second of the two keys by which somebody becomes a person. */
function Newcomer({ draft, onAdd, onElse }: { draft: Draft; onAdd: () => Promise<unknown>; onElse: () => void }) {
	return (
		<div className={css.acts} role="group" aria-label="A speaker whom the magazine does not know">
			{/* The key before has asked for it. */}
			<Button ref={focusAtOnce} size="compact-sm" variant="filled" onClick={() => void onAdd().catch(onElse)}>
				Add {withRole(draft.speaker?.name ?? "", draft.role)}
			</Button>
			<Button size="compact-sm" onClick={onElse}>
				Somebody else
			</Button>
		</div>
	);
}

function AlsoQuoted({ statement: s }: { statement: Statement }) {
	return (
		<p className={css.aside}>
			Also quoted elsewhere, {s.quotations} times in all.{" "}
			<Link to="/record/statements" search={{ statement: s.id }}>
				Open the statement
			</Link>
		</p>
	);
}

function Merge({ shown: s, rows, state, deciding, draft, onMode, onJoin }: Props & { draft: Draft; onJoin: (into: Statement) => Promise<unknown> }) {
	const later = rows[rows.findIndex((r) => r.key === s.key) + 1];
	const next = s.state === "proposed" && later?.state === "proposed" ? later : undefined;
	const together = () => {
		if (!next) return;
		onMode("");
		state.setCurrent(joinNext(state, deciding, s, next));
	};
	return (
		<MergeDialog
			speaker={draft.speaker?.id}
			words={draft.words}
			date={s.statement?.date ?? s.passage.found?.date}
			except={s.statement?.id}
			next={next && { words: next.passage.text, join: together }}
			onJoin={onJoin}
			onClose={() => onMode("")}
		/>
	);
}
