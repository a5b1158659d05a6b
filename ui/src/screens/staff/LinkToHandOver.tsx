// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, CopyButton, Group, Modal, Text } from "@mantine/core";
import css from "./Staff.module.css";

interface Props {
	link: { name: string; link: string } | null;
	onClose: () => void;
}

/** With no mail set up, the link is handed over by whoever made it. It is told once. */
export function LinkToHandOver({ link, onClose }: Props) {
	return (
		<Modal opened={link !== null} onClose={onClose} title={`A link for ${link?.name ?? ""}`} closeButtonProps={{ "aria-label": "Close" }} closeOnClickOutside={false}>
			<Text size="sm" c="dimmed" mb="md">
				No mail is set up, so please hand this over yourself, by a way that only {link?.name ?? "they"} can read. It works once, and is not shown again; the program's log
				has it too.
			</Text>
			<code className={css.link}>{link?.link}</code>
			<Group justify="flex-end" mt="lg">
				<CopyButton value={link?.link ?? ""}>{({ copied, copy }) => <Button onClick={copy}>{copied ? "Copied" : "Copy the link"}</Button>}</CopyButton>
				<Button variant="filled" onClick={onClose}>
					Done
				</Button>
			</Group>
		</Modal>
	);
}
