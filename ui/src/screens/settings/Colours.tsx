// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { ColorInput } from "@mantine/core";
import { useState } from "react";
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
						<Ink
							key={ink.name}
							name={`${mode.name}.${ink.name}`}
							words={ink.words}
							value={value(`${mode.name}.${ink.name}`)}
							choose={choose}
						/>
					))}
				</fieldset>
			))}
		</div>
	);
}

const whole = /^#[0-9a-f]{6}$/i;

/** One colour. While one types, "#12" is none yet: the last whole one stays in force. */
function Ink({ name, words, value, choose }: { name: string; words: string; value: string; choose: Props["choose"] }) {
	const [typed, setTyped] = useState(value);
	const shown = whole.test(typed) ? value : typed;
	return (
		<ColorInput
			size="sm"
			name={name}
			format="hex"
			label={words}
			withEyeDropper={false}
			value={shown}
			onChange={(colour) => {
				setTyped(colour);
				if (whole.test(colour)) choose(name, colour.toLowerCase());
			}}
			onBlur={() => setTyped(value)}
		/>
	);
}
