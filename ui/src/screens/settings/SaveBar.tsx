// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button } from "@mantine/core";
import css from "./Settings.module.css";
import type { Part } from "./usePart";

/** Ends the form of a part of the settings: saves it, and says why it could not. */
export function SaveBar<T>({ part, stored = "Readers see what stands here." }: { part: Part<T>; stored?: string }) {
	return (
		<div className={css.save}>
			<Button type="submit" variant="filled" disabled={!part.dirty} loading={part.saving}>
				Save
			</Button>
			{part.dirty && <Button onClick={part.undo}>Undo changes</Button>}
			{part.problem ? <p role="alert">{part.problem}</p> : <p>{part.dirty ? "Not saved yet." : stored}</p>}
		</div>
	);
}
