// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import type { Named } from "../../api/nouns";
import { type TermKind, addTerm } from "../../api/taxonomy";
import { SectionPicker } from "../../parts/SectionPicker";
import { Alert } from "../../parts/door/Alert";
import { toast } from "../../parts/toast";
import { useTermChange } from "./useTermChange";

interface Props {
	kind: TermKind;
	onAdded: (id: string) => void;
	onClose: () => void;
}

/** Asks for the name of a new section, genre or topic; all else is in its panel. */
export function AddTerm({ kind, onAdded, onClose }: Props) {
	const [name, setName] = useState("");
	const [above, setAbove] = useState<Named | null>(null);
	const add = useTermChange(kind, () => addTerm(kind, { name, parent: above?.id }));
	const send = () =>
		add.mutate(undefined, {
			onSuccess: (t) => {
				toast(`${t.name} stands at ${t.path}`);
				onClose();
				onAdded(t.id);
			},
		});
	return (
		<Modal opened onClose={onClose} title={`New ${kind}`} closeButtonProps={{ "aria-label": "Close" }}>
			<form
				onSubmit={(e) => {
					e.preventDefault();
					send();
				}}
			>
				<Stack gap="md">
					<TextInput label="Name" description="Its address is made from it." required withAsterisk={false} maxLength={200} data-autofocus value={name} onChange={(e) => setName(e.currentTarget.value)} />
					{kind === "section" && <SectionPicker label="Below" value={above} onChange={setAbove} />}
					<Alert error={add.error} />
					<Group justify="flex-end">
						<Button onClick={onClose}>Cancel</Button>
						<Button type="submit" variant="filled" loading={add.isPending}>
							Add the {kind}
						</Button>
					</Group>
				</Stack>
			</form>
		</Modal>
	);
}
