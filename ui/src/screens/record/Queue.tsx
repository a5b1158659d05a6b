// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { type Queued, type Statement, queueQuery } from "../../api/record";
import { useMay, useSession } from "../../api/session";
import { EmptyState } from "../../parts/EmptyState";
import { ErrorState } from "../../parts/ErrorState";
import { Loading } from "../../parts/Loading";
import { When } from "../../parts/When";
import { focusAtOnce } from "../../parts/door/focusAtOnce";
import { type Act, ActKeys, Acts } from "../../record/Acts";
import { Alike } from "../../record/Alike";
import { MergeDialog } from "../../record/MergeDialog";
import css from "../../record/Record.module.css";
import { SayingForm } from "../../record/SayingForm";
import { partsOf } from "../../record/passage";
import { type Deciding, useDeciding } from "../../record/useDeciding";
import { circumstances, type Draft, draftOfPassage, withRole } from "../../record/words";

type Mode = "" | "edit" | "new" | "merge";

/** What was found in the archive, the most certain first: one passage after the other. */
export default function Queue() {
	const may = useMay();
	const found = useQuery({ ...queueQuery, enabled: may("change the stories of others") });
	const deciding = useDeciding();
	const [at, setAt] = useState("");
	if (!may("change the stories of others"))
		return <EmptyState title="The queue is an editor’s">What is found in your own stories stands beside their text, under Record.</EmptyState>;
	if (found.isError && !found.data) return <ErrorState error={found.error} retry={() => void found.refetch()} />;
	if (!found.data) return <Loading />;
	const { items, total } = found.data;
	const row = items.find((q) => q.id === at) ?? items[0];
	return (
		<>
			<div className={css.done}>
				<span role="status">
					{total === 1 ? "1 passage waits." : `${total.toLocaleString("en")} passages wait.`} {deciding.said}
				</span>
				{deciding.undoable && (
					<Button
						size="compact-xs"
						variant="subtle"
						onClick={() => {
							setAt("");
							void deciding.undo().then(() => found.refetch());
						}}
					>
						Undo
					</Button>
				)}
			</div>
			{row ? (
				<Work key={row.id} row={row} items={items} deciding={deciding} onGo={setAt} onDone={() => void found.refetch()} />
			) : (
				<EmptyState title="Nothing waits">
					The program reads public stories and finds where they say who said what. You confirm, with one key each: that is how a record of statements grows which readers can follow
					by person and by topic. Scan the archive to begin; every story that is published is read by itself.
				</EmptyState>
			)}
		</>
	);
}

interface WorkProps {
	row: Queued;
	items: Queued[];
	deciding: Deciding;
	onGo: (id: string) => void;
	onDone: () => void;
}

function Work({ row, items, deciding, onGo, onDone }: WorkProps) {
	const [mode, setMode] = useState<Mode>("");
	const [part, setPart] = useState(0);
	const article = row.article.id;
	const parts = partsOf(row, "en");
	const at = items.indexOf(row);
	const go = (by: number) => onGo(items[Math.min(Math.max(at + by, 0), items.length - 1)]?.id ?? "");
	const done = (ok: boolean) => {
		if (!ok) return;
		onGo(items[at + 1]?.id ?? items[at - 1]?.id ?? "");
		onDone();
	};
	const draft = draftOfPassage(row);
	const accept = () => {
		if (!draft.speaker) setMode("edit");
		else if (!draft.speaker.id) setMode("new");
		else deciding.confirm(article, row, draft).then(done, () => setMode("edit"));
	};
	const acts: Act[] = [
		{ key: "a", words: "Accept", long: "Accept the passage", run: accept, main: true },
		{ key: "e", words: "Edit", long: "Edit what is said of the passage", run: () => setMode("edit") },
		...(parts.length > 1 ? [{ key: "s", words: "Split", long: "Split the passage into its parts", run: () => setPart(part === 0 ? 1 : 0) }] : []),
		{ key: "m", words: "Merge", long: "Merge with another statement", run: () => setMode("merge") },
		{ key: "r", words: "Reject", long: "Reject the passage", run: () => void deciding.reject(article, row).then(done) },
	];
	const moves: Act[] = [
		{ key: "j", words: "Next", long: "Next passage", run: () => go(1) },
		{ key: "k", words: "Previous", long: "Previous passage", run: () => go(-1) },
		{ key: "u", words: "Undo", long: "Take the last decision back", run: () => void deciding.undo().then(onDone) },
	];
	const save = async (d: Draft) => done(await deciding.confirm(article, row, d));
	const join = async (s: Statement) => done(await deciding.join(article, row, s));
	return (
		<div className={css.queue}>
			<ActKeys acts={[...acts, ...moves]} />
			<div>
				<Place row={row} />
				<section className={css.found} aria-label="What was found">
					<FoundLine row={row} />
					{mode === "edit" && <SayingForm draft={draft} act="Record it" link={row.found?.source} sources={row.sources} onSave={save} onCancel={() => setMode("")} />}
					{mode === "new" && (
						<div className={css.acts}>
							<FocusedButton onClick={() => void save(draft).catch(() => setMode("edit"))}>Add {withRole(draft.speaker?.name ?? "", draft.role)}</FocusedButton>
							<Button size="compact-sm" onClick={() => setMode("edit")}>
								Somebody else
							</Button>
						</div>
					)}
					{(mode === "" || mode === "merge") && part === 0 && <Acts acts={acts} />}
					{part > 0 && mode === "" && <Parts row={row} parts={parts} deciding={deciding} onLeave={() => setPart(0)} onDone={done} />}
					{draft.speaker?.id && mode === "" && <Alike speaker={draft.speaker.id} words={draft.words} date={row.found?.date} onJoin={(s) => void join(s).catch(() => undefined)} />}
					<p className={css.hint}>
						<kbd>j</kbd> and <kbd>k</kbd> move, <kbd>u</kbd> takes the last decision back.
					</p>
				</section>
			</div>
			<Next row={row} items={items} onGo={onGo} />
			{mode === "merge" && <MergeDialog speaker={draft.speaker?.id} words={draft.words} date={row.found?.date} onJoin={join} onClose={() => setMode("")} />}
		</div>
	);
}

function FocusedButton({ onClick, children }: { onClick: () => void; children: React.ReactNode }) {
	return (
		// The key before has asked for it.
		<Button ref={focusAtOnce} size="compact-sm" variant="filled" onClick={onClick}>
			{children}
		</Button>
	);
}

/** The parts of a passage, each a statement of its own. */
function Parts({ row, parts, deciding, onLeave, onDone }: { row: Queued; parts: ReturnType<typeof partsOf>; deciding: Deciding; onLeave: () => void; onDone: (ok: boolean) => void }) {
	const [left, setLeft] = useState(parts);
	const [edited, edit] = useState<number>();
	const now = left[0];
	useEffect(() => {
		if (left.length === 0) onDone(true);
		// Only when the last part is decided.
		// oxlint-disable-next-line react-hooks/exhaustive-deps
	}, [left.length]);
	if (!now) return null;
	const past = () => {
		edit(undefined);
		setLeft(left.slice(1));
	};
	const draft = draftOfPassage(now);
	return (
		<div className={css.form}>
			<p className={css.aside}>
				Part {parts.length - left.length + 1} of {parts.length}
			</p>
			<p className={css.words}>{now.text}</p>
			{edited !== undefined ? (
				<SayingForm
					draft={draft}
					act="Record this part"
					link={now.found?.source}
					sources={row.sources}
					onSave={async (d) => {
						if (await deciding.confirm(row.article.id, now, d)) past();
					}}
					onCancel={() => edit(undefined)}
				/>
			) : (
				<div className={css.acts}>
					<Button size="compact-sm" variant="filled" onClick={() => void (draft.speaker ? deciding.confirm(row.article.id, now, draft).then((ok) => ok && past(), () => edit(0)) : edit(0))}>
						Accept this part
					</Button>
					<Button size="compact-sm" onClick={() => edit(0)}>
						Edit this part
					</Button>
					<Button size="compact-sm" onClick={() => void deciding.reject(row.article.id, now).then((ok) => ok && past())}>
						Reject this part
					</Button>
					<Button size="compact-sm" variant="subtle" onClick={onLeave}>
						In one piece
					</Button>
				</div>
			)}
		</div>
	);
}

/** The passage where it stands. */
function Place({ row }: { row: Queued }) {
	return (
		<article className={css.place}>
			<h2>
				<Link to="/articles/$id" params={{ id: row.article.id }} search={{ panel: "record" }}>
					{row.article.name}
				</Link>{" "}
				<span className={css.why}>
					<When at={row.publishedAt} />
				</span>
			</h2>
			{row.paragraphs.map((p) => (
				<p key={p.block} dir="auto">
					{marked(
						p.text,
						row.pieces.filter((x) => x.block === p.block),
					)}
				</p>
			))}
			{row.paragraphs.length === 0 && <p dir="auto">{row.text}</p>}
		</article>
	);
}

function marked(text: string, pieces: { start: number; end: number }[]) {
	const points = [...text];
	const out = [];
	let at = 0;
	for (const { start, end } of pieces.toSorted((a, b) => a.start - b.start)) {
		out.push(points.slice(at, start).join(""), <mark key={start}>{points.slice(start, end).join("")}</mark>);
		at = end;
	}
	out.push(points.slice(at).join(""));
	return out;
}

function FoundLine({ row }: { row: Queued }) {
	const { language } = useSession().magazine;
	const f = row.found;
	if (!f) return null;
	const name = f.person?.name || f.name || f.speaker;
	return (
		<div>
			<p className={css.by}>
				<strong>{name || "Nobody named"}</strong>
				{f.role && `, ${f.role}`}
				{circumstances(f, language) && ` · ${circumstances(f, language)}`}
				{!f.person?.id && name && " · not among People yet"}
			</p>
			<p className={css.why}>
				{Math.round(f.confidence * 100)} % · {f.reason}
			</p>
		</div>
	);
}

function Next({ row, items, onGo }: { row: Queued; items: Queued[]; onGo: (id: string) => void }) {
	return (
		<ul className={css.next} aria-label="What waits">
			{items.slice(0, 14).map((q) => (
				<li key={q.id}>
					<button type="button" aria-current={q.id === row.id || undefined} onClick={() => onGo(q.id ?? "")}>
						<span className={css.short}>{q.text}</span>
						<span className={css.by}>
							{q.found?.person?.name || q.found?.name} · {Math.round((q.found?.confidence ?? 0) * 100)} %
						</span>
					</button>
				</li>
			))}
		</ul>
	);
}
