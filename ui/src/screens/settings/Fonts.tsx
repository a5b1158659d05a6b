// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Select, TextInput } from "@mantine/core";
import { useState } from "react";
import css from "./Look.module.css";

const own = "own";

const families = [
	{ value: "stet", label: "The shipped serif" },
	{ value: "sans", label: "The shipped sans" },
	{ value: "system-serif", label: "A serif of the reader's device" },
	{ value: "system-sans", label: "A sans of the reader's device" },
	{ value: own, label: "A family of your theme folder" },
];

const places = [
	{ name: "font.head", words: "Headlines" },
	{ name: "font.text", words: "Text" },
	{ name: "font.sans", words: "Labels and bylines" },
];

interface Props {
	value: (token: string) => string;
	choose: (token: string, value: string) => void;
}

/** The families in which the magazine is set. */
export function Fonts({ value, choose }: Props) {
	return (
		<fieldset className={css.fonts}>
			<legend>Fonts</legend>
			{places.map((p) => (
				<Family key={p.name} words={p.words} value={value(p.name)} choose={(family) => choose(p.name, family)} />
			))}
		</fieldset>
	);
}

/** One place's family: one that every magazine has, or one that owner.css brings, by its name. */
function Family({ words, value, choose }: { words: string; value: string; choose: (family: string) => void }) {
	const known = families.some((f) => f.value === value && value !== own);
	const [named, setNamed] = useState(!known);
	const change = (family: string | null) => {
		setNamed(family === own);
		if (family && family !== own) choose(family);
	};
	return (
		<div>
			<Select label={words} allowDeselect={false} data={families} value={named || !known ? own : value} onChange={change} />
			{(named || !known) && (
				<TextInput mt={6} aria-label={`Name of the family, ${words}`} placeholder="Its name in owner.css" value={known ? "" : value} onChange={(e) => choose(e.currentTarget.value)} />
			)}
		</div>
	);
}
