// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, Group as Row, TextInput, Textarea } from "@mantine/core";
import { useState } from "react";
import type { Placement } from "../../../api/copy";
import { MediaPicker } from "../../../media/MediaPicker";
import type { Writing } from "../save/Writing";
import { Group } from "./Group";
import css from "./Panel.module.css";

/** The picture at the head of the story, with what stands below it here. */
export function Lead({ writing }: { writing: Writing }) {
	const { lead } = writing.fields.fields.use();
	const [picking, pick] = useState(false);
	const off = !writing.may.use();
	const set = (v: Placement | null) => writing.fields.change("lead", v);
	return (
		<Group title="Lead picture">
			{lead && (
				<>
					<img className={css.lead} src={`/media/${lead.asset}/640.jpg`} alt={lead.alt || "The lead picture, not yet described"} />
					<TextInput label="Alternative text" error={lead.alt ? undefined : "Needed before publishing"} value={lead.alt ?? ""} disabled={off} onChange={(e) => set({ ...lead, alt: e.currentTarget.value })} />
					<Textarea label="Caption here" autosize minRows={2} value={lead.caption ?? ""} disabled={off} onChange={(e) => set({ ...lead, caption: e.currentTarget.value })} />
					<TextInput label="Credit" value={lead.credit ?? ""} disabled={off} onChange={(e) => set({ ...lead, credit: e.currentTarget.value })} />
				</>
			)}
			{!off && (
				<Row>
					<Button size="compact-sm" onClick={() => pick(true)}>
						{lead ? "Choose another" : "Choose a picture"}
					</Button>
					{lead && (
						<Button size="compact-sm" variant="subtle" onClick={() => set(null)}>
							Remove
						</Button>
					)}
				</Row>
			)}
			<MediaPicker opened={picking} onClose={() => pick(false)} kinds={["image"]} onPick={(a) => set({ asset: a.id, alt: a.alt, caption: a.caption, credit: a.credit })} />
		</Group>
	);
}
