// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { VisuallyHidden } from "@mantine/core";
import type { Wording } from "../api/record";
import css from "./Record.module.css";

/** Two wordings compared word by word: what only the one has, and what only the other. */
export function Wordings({ words, here, there }: { words: Wording[]; here: string; there: string }) {
	return (
		<p className={css.wordings} dir="auto">
			{words.map((w, i) => {
				const key = `${w.op} ${i}`;
				if (w.op === "same") return <span key={key}>{w.text} </span>;
				const Tag = w.op === "only here" ? "ins" : "del";
				return (
					<Tag key={key}>
						<VisuallyHidden>{w.op === "only here" ? here : there}: </VisuallyHidden>
						{w.text}{" "}
					</Tag>
				);
			})}
		</p>
	);
}
