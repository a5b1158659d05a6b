// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button } from "@mantine/core";
import { messageOf } from "../api/problem";
import css from "./State.module.css";

/** What a screen shows when what it needs did not come. */
export function ErrorState({ error, retry }: { error: unknown; retry?: () => void }) {
	return (
		<div className={css.state} role="alert">
			<h2>This could not be shown</h2>
			<p>{messageOf(error)}</p>
			{retry && <Button onClick={retry}>Try again</Button>}
		</div>
	);
}
