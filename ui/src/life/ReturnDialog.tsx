// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, Group, Modal, Textarea } from "@mantine/core";
import { useState } from "react";
import { giveBack, useStoryChange } from "../api/life";
import type { ArticleRow } from "../api/nouns";
import { toast } from "../parts/toast";

/** Gives a story back to its writer. A note says why: nobody should have to guess. */
export function ReturnDialog({ article: a, onClose, onChanged }: { article: ArticleRow; onClose: () => void; onChanged?: () => void }) {
	const [note, setNote] = useState("");
	const go = useStoryChange(
		() => giveBack(a.id, note.trim()),
		() => {
			toast("Returned to its writer.");
			onChanged?.();
			onClose();
		},
	);
	return (
		<Modal opened onClose={onClose} title="Return this story" closeButtonProps={{ "aria-label": "Close" }}>
			<Textarea
				label="What is missing"
				description="Stands among the notes on the story. Readers never see it."
				data-autofocus
				autosize
				minRows={3}
				value={note}
				onChange={(e) => setNote(e.currentTarget.value)}
			/>
			<Group justify="flex-end" mt="lg">
				<Button onClick={onClose}>Cancel</Button>
				<Button variant="filled" disabled={note.trim() === ""} loading={go.isPending} onClick={() => go.mutate(undefined)}>
					Return
				</Button>
			</Group>
		</Modal>
	);
}
