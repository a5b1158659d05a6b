// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import css from "./State.module.css";

/**
 * Takes the room that a list will take, so that nothing jumps, and says nothing
 * for a moment, so that what comes fast does not flicker.
 */
export function Loading() {
	return (
		<div className={css.loading} role="status">
			<span>Loading …</span>
		</div>
	);
}

/** The same for a whole screen of which not even the name has come. */
export function ScreenLoading() {
	return (
		<>
			<h1 className="early">Loading</h1>
			<Loading />
		</>
	);
}

/** And for the whole desk, while it asks who is there. */
export function DeskLoading() {
	return (
		<main>
			<ScreenLoading />
		</main>
	);
}
