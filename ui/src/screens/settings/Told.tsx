// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, CopyButton, Group, TextInput } from "@mantine/core";
import css from "./Integrations.module.css";

interface Props {
	words: string;
	label: string;
	secret: string;
	onDone: () => void;
}

/** Shows a secret that is told once, to be copied. */
export function Told({ words, label, secret, onDone }: Props) {
	return (
		<div className={css.form}>
			<p className={css.hint} role="status">
				{words}
			</p>
			<TextInput label={label} readOnly value={secret} onFocus={(e) => e.currentTarget.select()} classNames={{ input: css.code }} data-autofocus />
			<Group justify="flex-end">
				<CopyButton value={secret} timeout={4000}>
					{({ copied, copy }) => (
						<Button variant="filled" onClick={copy}>
							{copied ? "Copied" : "Copy"}
						</Button>
					)}
				</CopyButton>
				<Button onClick={onDone}>Done</Button>
			</Group>
		</div>
	);
}
