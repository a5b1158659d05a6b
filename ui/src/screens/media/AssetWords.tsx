// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Checkbox, TextInput, Textarea } from "@mantine/core";
import { useState } from "react";
import { peopleQuery } from "../../api/people";
import type { Asset, AssetChange } from "../../api/nouns";
import { useSession } from "../../api/session";
import { PickMany } from "../../parts/PickMany";
import { dayBefore, endOfDay } from "./endOfDay";
import type { Autosave } from "./useAutosave";

interface Props {
	asset: Asset;
	save: Autosave;
	disabled: boolean;
}

type TextField = "alt" | "caption" | "credit" | "creator" | "licence" | "taken";

/** The words about a file, its rights, and whom it shows. Each is saved as one writes. */
export function AssetWords({ asset: a, save, disabled }: Props) {
	const [words, setWords] = useState({ alt: a.alt, caption: a.caption, credit: a.credit, creator: a.creator, licence: a.licence, taken: a.taken });
	const { timeZone } = useSession().magazine;
	const [shown, setShown] = useState(a.shown);
	const [lastDay, setLastDay] = useState(a.rightsEnd ? dayBefore(a.rightsEnd, timeZone) : "");
	const text = (name: TextField) => ({
		value: words[name],
		disabled,
		onChange: (e: { currentTarget: { value: string } }) => {
			const value = e.currentTarget.value;
			setWords({ ...words, [name]: value });
			// A date is none before it is whole.
			if (name !== "taken" || /^(\d{4}(-\d{2}(-\d{2})?)?)?$/.test(value)) save.later({ [name]: value } as AssetChange);
		},
	});
	return (
		<>
			{a.kind === "image" && (
				<Textarea label="Alternative text" description="What those read who do not see the picture. Needed to publish." autosize minRows={2} {...text("alt")} />
			)}
			<Textarea label="Caption" description="Each story may have its own." autosize minRows={2} {...text("caption")} />
			<TextInput label="Credit" description="As it stands below the picture, wherever it is shown." {...text("credit")} />
			<TextInput label="Made by" {...text("creator")} />
			<TextInput label="Licence" {...text("licence")} />
			<TextInput label="Taken" description="2023, 2023-03 or 2023-03-14" {...text("taken")} />
			<PickMany
				label="Shows"
				value={shown}
				disabled={disabled}
				search={peopleQuery}
				onChange={(people) => {
					setShown(people);
					save.now({ shown: people.map((p) => p.id) });
				}}
			/>
			<Checkbox
				label="May be republished by partners"
				disabled={disabled}
				checked={a.mayBeRepublished}
				onChange={(e) => save.now({ mayBeRepublished: e.currentTarget.checked })}
			/>
			<TextInput
				type="date"
				label="Last day on which it may be shown"
				description="After it readers see a placeholder everywhere. Empty: no end."
				disabled={disabled}
				value={lastDay}
				onChange={(e) => {
					const day = e.currentTarget.value;
					setLastDay(day);
					// While a year is typed the browser says 0002-01-01.
					if (day === "" || day >= "1900") save.later({ rightsEnd: day ? endOfDay(day, timeZone) : "" });
				}}
			/>
		</>
	);
}
