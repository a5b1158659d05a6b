// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { VisuallyHidden } from "@mantine/core";
import type { ReactNode } from "react";
import { useSession } from "../api/session";
import css from "./ScreenHeader.module.css";

interface Props {
	title: string;
	/** How many there are, in words: "1,204 stories". Read out when it changes. */
	count?: ReactNode;
	/** Buttons, the most important one last. */
	children?: ReactNode;
}

/** The head of every screen: its one h1, which is also the tab's title. */
export function ScreenHeader({ title, count, children }: Props) {
	const { magazine } = useSession();
	return (
		<header className={css.header}>
			<title>{`${title} · ${magazine.name}`}</title>
			<h1 className={css.title}>{title}</h1>
			<VisuallyHidden role="status">{count}</VisuallyHidden>
			<span className={css.count} aria-hidden>
				{count}
			</span>
			<div className={css.acts}>{children}</div>
		</header>
	);
}
