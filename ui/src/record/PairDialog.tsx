// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, Group, Modal, Select, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { type Counterpoint, type Label, type Statement, changeCounterpoint, recordChanged, setSideBySide } from "../api/record";
import { Alert } from "../parts/door/Alert";
import { toast } from "../parts/toast";
import { ChooseStatement, StatementWords } from "./Choose";
import css from "./Record.module.css";
import { labels } from "./words";

interface Props {
	/** What is changed; without it a new pair is made. */
	counterpoint?: Counterpoint;
	first?: Statement;
	second?: Statement;
	label?: Label;
	reason?: string;
	/** What else there is to say of the two. */
	aside?: ReactNode;
	onClose: () => void;
}

/** Sets two statements side by side, with how they stand to each other and a neutral note. */
export function PairDialog({ counterpoint: c, reason, aside, onClose, ...given }: Props) {
	const [first, setFirst] = useState(c?.first ?? given.first);
	const [second, setSecond] = useState(c?.second ?? given.second);
	const [label, setLabel] = useState<Label>(c?.label ?? given.label ?? "contradicts");
	const [note, setNote] = useState(c?.note ?? "");
	const queries = useQueryClient();
	const save = useMutation({
		mutationFn: async () => {
			if (!first || !second) return;
			if (c) await changeCounterpoint(c, label, note, first.id !== c.first.id);
			else await setSideBySide(first.id, second.id, label, note);
		},
		onSuccess: () => {
			void recordChanged(queries);
			toast(c ? "Saved" : "Set side by side");
			onClose();
		},
	});
	const swap = () => {
		setFirst(second);
		setSecond(first);
	};
	return (
		<Modal opened onClose={onClose} size="52rem" title={c ? "Side by side" : "Set two statements side by side"} closeButtonProps={{ "aria-label": "Close" }}>
			{reason && <p className={css.aside}>{reason}</p>}
			{aside}
			<div className={css.pair}>
				<Half title="First" statement={first} other={second} onChoose={setFirst} onDrop={c ? undefined : () => setFirst(undefined)} />
				<Half title="Second" statement={second} other={first} onChoose={setSecond} onDrop={c ? undefined : () => setSecond(undefined)} />
			</div>
			<div className={css.form}>
				<Button size="compact-sm" variant="subtle" onClick={swap} disabled={!first || !second} className={css.start}>
					Turn the order round
				</Button>
				<Select label="How they stand to each other" data={labels} value={label} allowDeselect={false} onChange={(v) => v && setLabel(v as Label)} />
				<Textarea
					label="Note"
					description="Public. One or two neutral sentences: what was said when, and what has happened in between. No judgement."
					autosize
					minRows={2}
					value={note}
					onChange={(e) => setNote(e.currentTarget.value)}
				/>
				<Alert error={save.error} />
				<Group justify="flex-end">
					<Button onClick={onClose}>Cancel</Button>
					<Button variant="filled" disabled={!first || !second} loading={save.isPending} onClick={() => save.mutate()}>
						{c ? "Save" : "Set side by side"}
					</Button>
				</Group>
			</div>
		</Modal>
	);
}

interface HalfProps {
	title: string;
	statement: Statement | undefined;
	other: Statement | undefined;
	onChoose: (s: Statement) => void;
	onDrop?: () => void;
}

function Half({ title, statement, other, onChoose, onDrop }: HalfProps) {
	return (
		<section className={css.half} aria-label={`${title} statement`}>
			{statement ? (
				<>
					<StatementWords statement={statement} />
					{onDrop && (
						<Button size="compact-xs" variant="subtle" onClick={onDrop} className={css.start}>
							Choose another
						</Button>
					)}
				</>
			) : (
				<ChooseStatement label={`${title} statement`} except={other ? [other.id] : []} onChoose={onChoose} />
			)}
		</section>
	);
}

/** Two statements as readers see them: cards of equal weight. */
export function Beside({ first, second }: { first: Statement; second: Statement }) {
	return (
		<div className={css.pair}>
			<div className={css.half}>
				<StatementWords statement={first} />
			</div>
			<div className={css.half}>
				<StatementWords statement={second} />
			</div>
		</div>
	);
}
