// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { type WholeStatement, recordChanged, splitQuotation, statementQuery, unmergeStatement } from "../../api/record";
import { useMay, useSession } from "../../api/session";
import { ErrorState } from "../../parts/ErrorState";
import { Loading } from "../../parts/Loading";
import { SidePanel } from "../../parts/SidePanel";
import { When } from "../../parts/When";
import { toast, toastProblem } from "../../parts/toast";
import { Alike } from "../../record/Alike";
import { StatementWords } from "../../record/Choose";
import { MergeDialog } from "../../record/MergeDialog";
import { Beside, PairDialog } from "../../record/PairDialog";
import css from "../../record/Record.module.css";
import { SayingForm } from "../../record/SayingForm";
import { useDeciding } from "../../record/useDeciding";
import { draftOfStatement, labelWords } from "../../record/words";

/** A statement: what is said of it, where it is quoted, what it is set beside. */
export function StatementPanel({ id, onOpen }: { id: string; onOpen: (id: string | null) => void }) {
	const found = useQuery(statementQuery(id));
	return (
		<SidePanel title="Statement" onClose={() => onOpen(null)}>
			{found.isError ? <ErrorState error={found.error} retry={() => void found.refetch()} /> : found.data ? <Inside statement={found.data} onOpen={onOpen} /> : <Loading />}
		</SidePanel>
	);
}

function Inside({ statement: s, onOpen }: { statement: WholeStatement; onOpen: (id: string | null) => void }) {
	const [mode, setMode] = useState<"" | "edit" | "merge" | "pair">("");
	const { url } = useSession().magazine;
	const may = useMay();
	const deciding = useDeciding();
	const queries = useQueryClient();
	const merge = async (into: { id: string }) => {
		if (!(await deciding.merge(s, into as WholeStatement))) return;
		onOpen(into.id);
		toast("Two statements are one", { undo: () => void apart(s.id) });
	};
	const apart = async (id: string) => {
		try {
			await unmergeStatement(id);
			await recordChanged(queries);
			onOpen(id);
			toast("Taken apart: it is what it was");
		} catch (error) {
			toastProblem(error);
		}
	};
	if (mode === "edit")
		return (
			<SayingForm
				draft={draftOfStatement(s)}
				act="Save"
				onSave={async (d) => {
					if (await deciding.change(s, d)) setMode("");
				}}
				onCancel={() => setMode("")}
			/>
		);
	return (
		<div className={css.form}>
			<StatementWords statement={s} />
			<p className={css.aside}>
				{s.topics.map((t) => t.name).join(", ")}
				{s.topics.length > 0 && " · "}
				{s.live ? (
					<a href={url + s.path} target="_blank" rel="noreferrer">
						{s.path}
					</a>
				) : (
					"Readers do not see it: none of the stories that quote it is public."
				)}
			</p>
			{(s.sourceUrl || s.source) && (
				<p className={css.aside}>
					Source:{" "}
					{s.sourceUrl ? (
						<a href={s.sourceUrl} target="_blank" rel="noreferrer">
							{s.source || s.sourceUrl}
						</a>
					) : (
						s.source
					)}
				</p>
			)}
			{may("keep the record") && (
				<div className={css.acts}>
					<Button size="compact-sm" onClick={() => setMode("edit")}>
						Edit
					</Button>
					<Button size="compact-sm" onClick={() => setMode("merge")}>
						Merge into another
					</Button>
					{may("set statements side by side") && (
						<Button size="compact-sm" onClick={() => setMode("pair")}>
							Set side by side
						</Button>
					)}
				</div>
			)}
			<span role="status" className={css.aside}>
				{deciding.said}
			</span>
			{may("keep the record") && (
				<Alike speaker={s.speaker.id} words={s.words} date={s.date} except={s.id} act="Merge into this one" onJoin={(into) => void merge(into).catch(() => setMode("merge"))} />
			)}
			<section className={css.part} aria-label="Where it is quoted">
				<h3>Where it is quoted</h3>
				<ul>
					{s.in.map((q) => (
						<li key={q.id}>
							<span className={css.words} dir="auto">
								{q.text}
							</span>
							<p className={css.aside}>
								<Link to="/articles/$id" params={{ id: q.article.id }} search={{ panel: "record" }}>
									{q.article.name || "Untitled"}
								</Link>
								{!q.live && " · not public"}
							</p>
							{s.in.length > 1 && may("keep the record") && (
								<Button size="compact-sm" variant="subtle" onClick={() => void deciding.plain("A statement of its own", () => splitQuotation(q.id))}>
									Split: another utterance
								</Button>
							)}
						</li>
					))}
				</ul>
			</section>
			{s.merged.length > 0 && (
				<section className={css.part} aria-label="Merged into this one">
					<h3>Merged into this one</h3>
					<ul>
						{s.merged.map((m) => (
							<li key={m.id}>
								<span className={css.words} dir="auto">
									{m.words}
								</span>
								<p className={css.aside}>
									<When at={m.at} />
								</p>
								{may("keep the record") && (
									<Button size="compact-sm" variant="subtle" onClick={() => void apart(m.id)}>
										Take apart again
									</Button>
								)}
							</li>
						))}
					</ul>
				</section>
			)}
			{s.besides.length > 0 && (
				<section className={css.part} aria-label="Side by side">
					<h3>Side by side</h3>
					{s.besides.map((c) => (
						<div key={c.id}>
							<p className={css.aside}>
								{labelWords(c.label)}. {c.note}
							</p>
							<Beside first={c.first} second={c.second} />
						</div>
					))}
				</section>
			)}
			{mode === "merge" && <MergeDialog speaker={s.speaker.id} words={s.words} date={s.date} except={s.id} onJoin={merge} onClose={() => setMode("")} />}
			{mode === "pair" && <PairDialog first={s} onClose={() => setMode("")} />}
		</div>
	);
}
