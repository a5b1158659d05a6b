// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, Group } from "@mantine/core";
import { useState } from "react";
import type { Asset } from "../../api/nouns";
import { MediaPicker } from "../../media/MediaPicker";
import { nameOf } from "../../media/kinds";

interface Props {
	asset: Asset;
	/** Called with the picture's id, or with "" for none. */
	onChange: (poster: string) => void;
	disabled: boolean;
}

/** The picture that stands for a video before it plays. */
export function Poster({ asset: a, onChange, disabled }: Props) {
	const [picking, setPicking] = useState(false);
	return (
		<section aria-label="Poster">
			<h3>Poster</h3>
			<p>{a.poster ? nameOf(a.poster) : "None yet: a picture that stands for the video before it plays."}</p>
			{!disabled && (
				<Group gap="xs">
					<Button onClick={() => setPicking(true)}>Choose a picture</Button>
					{a.poster && <Button onClick={() => onChange("")}>Take it away</Button>}
				</Group>
			)}
			<MediaPicker opened={picking} onClose={() => setPicking(false)} kinds={["image"]} onPick={(p) => onChange(p.id)} />
		</section>
	);
}
