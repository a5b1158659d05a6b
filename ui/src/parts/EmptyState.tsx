// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import type { ReactNode } from "react";
import css from "./State.module.css";

interface Props {
	/** "No stories yet" */
	title: string;
	/** What will stand here, and how it comes about. */
	children: ReactNode;
	/** The button that begins. */
	action?: ReactNode;
}

/** What a screen shows while there is nothing: it teaches rather than apologises. */
export function EmptyState({ title, children, action }: Props) {
	return (
		<div className={css.state}>
			<h2>{title}</h2>
			<p>{children}</p>
			{action}
		</div>
	);
}
