// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, Modal } from "@mantine/core";
import { useState } from "react";
import { messageOf } from "../api/problem";
import type { SaidDate, Statement } from "../api/record";
import { Alike } from "./Alike";
import { ChooseStatement } from "./Choose";
import css from "./Record.module.css";

interface Props {
	speaker?: string;
	words: string;
	date?: SaidDate;
	except?: string;
	/** The passage after this one, when the two may be one. */
	next?: { words: string; join: () => void };
	onJoin: (s: Statement) => Promise<unknown>;
	onClose: () => void;
}

/** Asks with what a passage or a statement is one. */
export function MergeDialog({ speaker, words, date, except, next, onJoin, onClose }: Props) {
	const [problem, setProblem] = useState("");
	const join = (s: Statement) => {
		onJoin(s).then(onClose, (e: unknown) => setProblem(messageOf(e)));
	};
	return (
		<Modal opened onClose={onClose} size="lg" title="One and the same utterance" closeButtonProps={{ "aria-label": "Close" }}>
			<div className={css.form}>
				<p className={css.words}>{words}</p>
				{problem && (
					<p role="alert" className={css.problem}>
						{problem}
					</p>
				)}
				{next && (
					<div className={css.alike}>
						<h4>The next passage</h4>
						<p className={css.words}>{next.words}</p>
						<Button size="compact-sm" className={css.start} onClick={next.join}>
							Merge with the next
						</Button>
					</div>
				)}
				{speaker && <Alike speaker={speaker} words={words} date={date} except={except} onJoin={join} />}
				<ChooseStatement label="Another statement" except={except ? [except] : []} speaker={speaker} onChoose={join} />
			</div>
		</Modal>
	);
}
