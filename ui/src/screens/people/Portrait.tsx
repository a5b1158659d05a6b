// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, Group } from "@mantine/core";
import { useState } from "react";
import type { AssetRow } from "../../api/nouns";
import { MediaPicker } from "../../media/MediaPicker";
import css from "./People.module.css";

interface Props {
	portrait?: AssetRow;
	onChange: (portrait: AssetRow | undefined) => void;
	disabled: boolean;
}

export function Portrait({ portrait, onChange, disabled }: Props) {
	const [picking, setPicking] = useState(false);
	return (
		<fieldset className={css.part}>
			<legend>Portrait</legend>
			{portrait ? <img className={css.portrait} src={portrait.src} alt={portrait.alt || portrait.filename} /> : <p>None yet. It stands on the page and below stories.</p>}
			{!disabled && (
				<Group gap="xs">
					<Button onClick={() => setPicking(true)}>Choose a portrait</Button>
					{portrait && <Button onClick={() => onChange(undefined)}>Take it away</Button>}
				</Group>
			)}
			<MediaPicker opened={picking} onClose={() => setPicking(false)} kinds={["image"]} onPick={onChange} title="Choose a portrait" />
		</fieldset>
	);
}
