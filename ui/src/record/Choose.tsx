// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type Statement, someStatementsQuery } from "../api/record";
import { useSession } from "../api/session";
import css from "./Record.module.css";
import { circumstances, withRole } from "./words";

interface Props {
	label: string;
	/** Those that may not be chosen. */
	except?: string[];
	speaker?: string;
	onChoose: (s: Statement) => void;
}

/** Finds a statement by its words or its speaker. */
export function ChooseStatement({ label, except = [], speaker, onChoose }: Props) {
	const [typed, setTyped] = useState("");
	const [q] = useDebouncedValue(typed.trim(), 150);
	const found = useQuery(someStatementsQuery({ q: q || undefined, speaker: q ? undefined : speaker }));
	const rows = (found.data ?? []).filter((s) => !except.includes(s.id));
	return (
		<div className={css.choose}>
			<TextInput label={label} type="search" placeholder="Words or a speaker" value={typed} onChange={(e) => setTyped(e.currentTarget.value)} data-autofocus />
			{found.isSuccess && rows.length === 0 && <p className={css.aside}>No statement fits.</p>}
			<ul>
				{rows.map((s) => (
					<li key={s.id}>
						<button type="button" onClick={() => onChoose(s)}>
							<StatementWords statement={s} />
						</button>
					</li>
				))}
			</ul>
		</div>
	);
}

/** A statement in two lines: the words, and whose they are. */
export function StatementWords({ statement: s }: { statement: Statement }) {
	const { language } = useSession().magazine;
	return (
		<>
			<span className={css.words} dir="auto">
				{s.denial && "Denied: "}
				{s.words}
			</span>
			<span className={css.by}>{[withRole(s.speaker.name, s.role), circumstances(s, language)].filter(Boolean).join(" · ")}</span>
		</>
	);
}
