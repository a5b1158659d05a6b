// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Autocomplete } from "@mantine/core";
import css from "./Look.module.css";

const families = [
	{ value: "stet", words: "Stet Serif, the shipped serif" },
	{ value: "sans", words: "Public Sans, the shipped grotesque" },
	{ value: "system-serif", words: "The reader's own serif: nothing to load" },
	{ value: "system-sans", words: "The reader's own sans: nothing to load" },
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

/** The families in which the magazine is set. One that owner.css brings is typed by its name. */
export function Fonts({ value, choose }: Props) {
	return (
		<fieldset className={css.fonts}>
			<legend>Fonts</legend>
			<p>A family that your theme folder brings in owner.css is typed by its name.</p>
			{places.map((p) => (
				<Autocomplete
					key={p.name}
					size="sm"
					label={p.words}
					data={families.map((f) => f.value)}
					filter={({ options }) => options}
					value={value(p.name)}
					onChange={(family) => choose(p.name, family)}
					renderOption={({ option }) => families.find((f) => f.value === option.value)?.words}
				/>
			))}
		</fieldset>
	);
}
