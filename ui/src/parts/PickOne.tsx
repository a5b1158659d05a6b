// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery, type UseQueryOptions } from "@tanstack/react-query";
import { useState } from "react";
import type { Named } from "../api/nouns";
import { choices } from "./choices";

export interface PickerProps {
	label: string;
	value: Named | null;
	onChange: (value: Named | null) => void;
	/** Hides the label from sight where the place says it already. */
	quiet?: boolean;
	error?: string;
	disabled?: boolean;
	/** For a picker that goes away when it is left. */
	onBlur?: () => void;
}

// The key differs from one search to another, which the type cannot say.
// oxlint-disable-next-line typescript/no-explicit-any
export type SearchQuery = (q: string) => UseQueryOptions<any, Error, Named[], any>;

/** One of many, searched as one types. PersonPicker is the model for its kind. */
export function PickOne({ label, value, onChange, quiet, search, ...rest }: PickerProps & { search: SearchQuery }) {
	const [typed, setTyped] = useState("");
	const [q] = useDebouncedValue(typed === value?.name ? "" : typed, 150);
	const found = useQuery({ ...search(q), placeholderData: (before: unknown) => before });
	const list = choices(found.data, value ? [value] : []);
	return (
		<Select
			label={quiet ? undefined : label}
			aria-label={quiet ? label : undefined}
			placeholder={quiet ? label : undefined}
			searchable
			clearable
			clearButtonProps={{ "aria-label": `Clear ${label.toLowerCase()}` }}
			data={list}
			// The server has searched already.
			filter={({ options }) => options}
			value={value?.id ?? null}
			onChange={(id, option) => onChange(id ? { id, name: option?.label ?? "" } : null)}
			onSearchChange={setTyped}
			nothingFoundMessage={found.isPending ? "Searching …" : "Nobody and nothing of that name"}
			{...rest}
		/>
	);
}
