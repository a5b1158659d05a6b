// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type SaidDate, type Statement, alikeQuery } from "../api/record";
import { useSession } from "../api/session";
import css from "./Record.module.css";
import { Wordings } from "./Wordings";
import { circumstances } from "./words";

interface Props {
	speaker: string;
	words: string;
	date: SaidDate | undefined;
	except?: string;
	act?: string;
	onJoin: (s: Statement) => void;
}

/** Statements of the speaker that may be the same utterance, with both wordings compared. */
export function Alike({ speaker, words, date, except, act = "Same utterance", onJoin }: Props) {
	const { language } = useSession().magazine;
	const found = useQuery(alikeQuery(speaker, words, date, except)).data ?? [];
	return found.slice(0, 3).map((a) => (
		<div key={a.statement.id} className={css.alike}>
			<h4>Said already?</h4>
			<Wordings words={a.wordings} here="only here" there="only there" />
			<p className={css.by}>
				{[circumstances(a.statement, language), a.statement.quotations === 1 ? "quoted once" : `quoted ${a.statement.quotations} times`, a.reason].filter(Boolean).join(" · ")}
			</p>
			<Button size="compact-sm" className={css.start} onClick={() => onJoin(a.statement)}>
				{act}
			</Button>
		</div>
	));
}
