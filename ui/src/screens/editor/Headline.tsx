// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Textarea } from "@mantine/core";
import type { KeyboardEvent } from "react";
import { useSession } from "../../api/session";
import css from "./Headline.module.css";
import type { Writing } from "./save/Writing";

/** Headline and dek, in the size in which readers see them. */
export function Headline({ writing }: { writing: Writing }) {
	const fields = writing.fields.fields.use();
	const { magazine } = useSession();
	const may = writing.may.use();
	const lang = fields.language || magazine.language;
	const line = (name: "headline" | "dek", label: string, className: string | undefined, next: () => void) => (
		<Textarea
			variant="unstyled"
			aria-label={label}
			placeholder={label}
			autosize
			minRows={1}
			lang={lang}
			dir="auto"
			readOnly={!may}
			classNames={{ input: className ?? "" }}
			value={fields[name]}
			// A headline is one line, however it is broken on the page.
			onChange={(e) => writing.fields.change(name, e.currentTarget.value.replace(/\s*\n\s*/g, " "))}
			onKeyDown={(e: KeyboardEvent<HTMLTextAreaElement>) => {
				if (e.key !== "Enter" || e.nativeEvent.isComposing) return;
				e.preventDefault();
				next();
			}}
		/>
	);
	return (
		<header className={css.head}>
			<title>{`${fields.headline || "Untitled"} · ${magazine.name}`}</title>
			<h1 className={css.hidden}>{fields.headline || "Untitled"}</h1>
			{line("headline", "Headline", css.headline, () => document.querySelector<HTMLTextAreaElement>(`.${css.dek}`)?.focus())}
			{line("dek", "Dek", css.dek, () => writing.editor.commands.focus("start"))}
		</header>
	);
}
