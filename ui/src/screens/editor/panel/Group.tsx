// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import type { ReactNode } from "react";
import css from "./Panel.module.css";

/** A named part of the panel. */
export function Group({ title, children }: { title: string; children: ReactNode }) {
	return (
		<section className={css.group} aria-label={title}>
			<h3>{title}</h3>
			{children}
		</section>
	);
}
