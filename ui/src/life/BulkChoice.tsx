// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, Group, Modal } from "@mantine/core";
import { useState } from "react";
import type { Named } from "../api/nouns";
import { topicsQuery } from "../api/taxonomy";
import { PickOne } from "../parts/PickOne";
import { SectionPicker } from "../parts/SectionPicker";

/** Asks for the section or the topic of an act on several stories. */
export function BulkChoice({ what, onClose, onPick }: { what: "section" | "topic"; onClose: () => void; onPick: (id: string) => void }) {
	const [value, set] = useState<Named | null>(null);
	return (
		<Modal opened onClose={onClose} title={what === "section" ? "Move to a section" : "Add a topic"} closeButtonProps={{ "aria-label": "Close" }}>
			{what === "section" ? <SectionPicker label="Section" value={value} onChange={set} /> : <PickOne label="Topic" value={value} onChange={set} search={topicsQuery} />}
			<Group justify="flex-end" mt="lg">
				<Button onClick={onClose}>Cancel</Button>
				<Button
					variant="filled"
					disabled={!value}
					onClick={() => {
						if (value) onPick(value.id);
						onClose();
					}}
				>
					{what === "section" ? "Move" : "Add"}
				</Button>
			</Group>
		</Modal>
	);
}
