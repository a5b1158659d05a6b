// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { TextInput, type TextInputProps } from "@mantine/core";
import { useSession } from "../api/session";
import { momentOf, wall } from "./moment";

interface Props extends Omit<TextInputProps, "value" | "onChange" | "type"> {
	/** RFC 3339, or empty. */
	value: string;
	onChange: (at: string) => void;
}

/** A moment by the magazine's clock. */
export function MomentInput({ value, onChange, description, ...rest }: Props) {
	const { timeZone } = useSession().magazine;
	return (
		<TextInput
			type="datetime-local"
			description={description ?? `By the magazine's clock (${timeZone}).`}
			value={value && wall(value, timeZone)}
			onChange={(e) => onChange(e.currentTarget.value ? momentOf(e.currentTarget.value, timeZone) : "")}
			{...rest}
		/>
	);
}
