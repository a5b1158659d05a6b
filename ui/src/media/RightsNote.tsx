// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import type { AssetRow } from "../api/nouns";
import { useWhen } from "../parts/When";
import css from "./RightsNote.module.css";

/** Warns that the rights of a picture end soon, or have ended. */
export function RightsNote({ asset: a }: { asset: AssetRow }) {
	const write = useWhen();
	if (!a.rightsEnd) return null;
	if (a.ended) return <span className={css.ended}>Rights ended</span>;
	if (!a.ending) return null;
	return <span className={css.ending}>Rights end {write(a.rightsEnd)}</span>;
}
