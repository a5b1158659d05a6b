// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Radio, Stack, Text, TextInput } from "@mantine/core";
import { localOf, momentsOf, offsetName } from "../api/zone";
import { useZone } from "./Zone";

export interface Picked {
	/** What the field shows, on the magazine's clocks: "2026-10-25T02:30". */
	local: string;
	/** Which of two, in the hour that comes twice. */
	which: number;
}

export const pickedOf = (at: string | number | undefined | null, zone: string): Picked => ({ local: at ? localOf(at, zone) : "", which: 0 });

/** The moment that is meant; nothing while none is, and in the hour that does not exist. */
export function momentPicked({ local, which }: Picked, zone: string): number | undefined {
	const moments = momentsOf(local, zone);
	return moments[Math.min(which, moments.length - 1)];
}

interface Props {
	label: string;
	value: Picked;
	onChange: (value: Picked) => void;
	/** It is where the dialog begins. */
	focus?: boolean;
}

/** A day and a time on the magazine's clocks. When these change, it asks which hour is meant. */
export function PickTime({ label, value, onChange, focus }: Props) {
	const zone = useZone();
	const moments = momentsOf(value.local, zone);
	const gap = value.local !== "" && moments.length === 0;
	return (
		<Stack gap="xs">
			<TextInput
				type="datetime-local"
				label={label}
				description={`On the magazine's clocks: ${zone.replace("_", " ")}`}
				value={value.local}
				data-autofocus={focus || undefined}
				error={gap ? "The clocks go forward that night and never show this time. Choose another." : undefined}
				onChange={(e) => onChange({ local: e.currentTarget.value, which: 0 })}
			/>
			{moments.length > 1 && (
				<Radio.Group
					label="The clocks go back that night and show this time twice. Which one?"
					value={String(value.which)}
					onChange={(v) => onChange({ ...value, which: Number(v) })}
				>
					<Stack gap={4} mt={4}>
						{moments.map((m, i) => (
							<Radio key={m} value={String(i)} label={`${i === 0 ? "The first" : "The second"}, ${offsetName(m, zone)}`} />
						))}
					</Stack>
				</Radio.Group>
			)}
			{moments[value.which] !== undefined && (
				<Text size="xs" c="dimmed">
					{new Date(moments[value.which] ?? 0).toISOString().slice(0, 16).replace("T", " ")} UTC
				</Text>
			)}
		</Stack>
	);
}
