// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import type { ReactNode } from "react";
import css from "./Door.module.css";

interface Props {
	title: string;
	/** A quiet line above: the magazine. */
	over?: string;
	wide?: boolean;
	children: ReactNode;
}

/** The frame of what stands before the desk: sign-in, set-up, invitation, reset. */
export function Door({ title, over, wide, children }: Props) {
	return (
		<main className={css.page}>
			<title>{`${title} · ${over || "The desk"}`}</title>
			<div className={css.door} data-wide={wide || undefined}>
				{over && <p className={css.over}>{over}</p>}
				<h1>{title}</h1>
				{children}
			</div>
		</main>
	);
}

/** What it is about, below the title. */
export function DoorIntro({ children }: { children: ReactNode }) {
	return <p className={css.intro}>{children}</p>;
}

/** A line between two ways to do the same. */
export function Or() {
	return <div className={css.or}>or</div>;
}
