// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button } from "@mantine/core";
import type { KeyboardEvent } from "react";
import { singleKeys } from "../shortcuts/registry";
import { useShortcut } from "../shortcuts/useShortcut";
import css from "./Record.module.css";

export interface Act {
	key: string;
	/** On the button: "Accept". */
	words: string;
	/** In the list of keys: "Accept the passage". */
	long: string;
	run: () => void;
	/** The one that is meant to be done most. */
	main?: boolean;
}

/** What can be done with a passage, each with its key. */
export function Acts({ acts }: { acts: Act[] }) {
	const keys = singleKeys.use();
	return (
		<div className={css.acts}>
			{acts.map((a) => (
				<Button key={a.key} size="compact-sm" variant={a.main ? "filled" : "default"} onClick={a.run} aria-keyshortcuts={keys ? a.key : undefined}>
					{a.words}
					{keys && <kbd aria-hidden>{a.key}</kbd>}
				</Button>
			))}
		</div>
	);
}

/** Lets one key each act on what is chosen, and lists them with the others. */
export function ActKeys({ acts }: { acts: Act[] }) {
	return acts.map((a) => <ActKey key={a.key} act={a} />);
}

function ActKey({ act }: { act: Act }) {
	useShortcut({ keys: act.key, words: act.long, run: act.run });
	return null;
}

/** The same within a panel that is a dialog on small screens, where the desk's keys rest. */
export function actOn(acts: Act[]) {
	return (e: KeyboardEvent) => {
		const typing = e.target instanceof HTMLElement && e.target.matches("input, textarea, select");
		if (typing || e.ctrlKey || e.metaKey || e.altKey || !singleKeys.get()) return;
		const act = acts.find((a) => a.key === e.key);
		if (!act) return;
		e.preventDefault();
		act.run();
	};
}
