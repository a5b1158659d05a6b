// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { ColorInput } from "@mantine/core";
import css from "./Look.module.css";

const inks = [
	{ name: "paper", words: "Paper" },
	{ name: "ink", words: "Text" },
	{ name: "muted", words: "Credits and dates" },
	{ name: "accent", words: "Accent" },
	{ name: "rule", words: "Hairlines" },
];

const modes = [
	{ name: "light", words: "By day" },
	{ name: "dark", words: "After dark" },
];

interface Props {
	value: (token: string) => string;
	choose: (token: string, value: string) => void;
}

/** The five inks of a page, by day and after dark. */
export function Colours({ value, choose }: Props) {
	return (
		<div className={css.colours}>
			{modes.map((mode) => (
				<fieldset key={mode.name} className={css.mode}>
					<legend>{mode.words}</legend>
					{inks.map((ink) => (
						<ColorInput
							key={ink.name}
							size="sm"
							name={`${mode.name}.${ink.name}`}
							format="hex"
							label={ink.words}
							withEyeDropper={false}
							popoverProps={{ withinPortal: true }}
							value={value(`${mode.name}.${ink.name}`)}
							// While one types, "#12" is no colour yet: the last whole one stays.
							onChange={(colour) => /^#[0-9a-f]{6}$/i.test(colour) && choose(`${mode.name}.${ink.name}`, colour.toLowerCase())}
						/>
					))}
				</fieldset>
			))}
		</div>
	);
}
