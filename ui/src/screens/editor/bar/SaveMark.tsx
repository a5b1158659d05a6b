// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button } from "@mantine/core";
import { useEffect } from "react";
import { signedOut } from "../../../api/signedOut";
import { words, worse } from "../save/state";
import type { Writing } from "../save/Writing";
import css from "./SaveMark.module.css";

/** Says where what was written is, in words. */
export function SaveMark({ writing, returned }: { writing: Writing; returned: boolean }) {
	const body = writing.body.state.use();
	const fields = writing.fields.state.use();
	const state = worse(body, fields);
	const out = signedOut.use();
	// Whoever has signed in again does not have to wait for the next try.
	useEffect(() => {
		if (!out) writing.retry();
	}, [out, writing]);
	return (
		<span className={css.mark} data-state={state.is}>
			<span role="status" data-testid="save">
				{returned && state.is === "saved" ? "Saved: what was kept here is in the story" : words(state)}
			</span>
			{state.is === "refused" && (
				<Button variant="subtle" size="compact-sm" onClick={() => writing.retry()}>
					Try again
				</Button>
			)}
		</span>
	);
}
