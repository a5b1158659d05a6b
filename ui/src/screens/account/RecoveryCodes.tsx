// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, CopyButton, Group, Text } from "@mantine/core";
import css from "./Account.module.css";

/** The recovery codes, which are told once. */
export function RecoveryCodes({ codes, onKept }: { codes: string[]; onKept: () => void }) {
	return (
		<>
			<Text size="sm" role="status">
				Keep these ten recovery codes where you find them without your phone. Each opens the account once, in place of a code. They are not shown again.
			</Text>
			<ul className={css.codes} aria-label="Recovery codes">
				{codes.map((c) => (
					<li key={c}>{c}</li>
				))}
			</ul>
			<Group>
				<CopyButton value={codes.join("\n")}>{({ copied, copy }) => <Button onClick={copy}>{copied ? "Copied" : "Copy"}</Button>}</CopyButton>
				<Button variant="filled" onClick={onKept}>
					I have kept them
				</Button>
			</Group>
		</>
	);
}
