// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Text } from "@mantine/core";
import { type ReactNode, useId } from "react";
import css from "./Account.module.css";

/** One part of the screen: a heading, a sentence, what can be done. */
export function Part({ title, hint, children }: { title: string; hint?: ReactNode; children: ReactNode }) {
	const id = useId();
	return (
		<section className={css.part} aria-labelledby={id}>
			<h2 id={id}>{title}</h2>
			{hint && (
				<Text size="sm" c="dimmed">
					{hint}
				</Text>
			)}
			{children}
		</section>
	);
}
