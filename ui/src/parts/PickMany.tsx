// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { MultiSelect } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Named } from "../api/nouns";
import { choices } from "./choices";
import type { PickerProps, SearchQuery } from "./PickOne";

export interface PickManyProps extends Omit<PickerProps, "value" | "onChange"> {
	value: Named[];
	onChange: (value: Named[]) => void;
}

/** Several of many, searched as one types. */
export function PickMany({ label, value, onChange, quiet, search, ...rest }: PickManyProps & { search: SearchQuery }) {
	const [typed, setTyped] = useState("");
	const [q] = useDebouncedValue(typed, 150);
	const found = useQuery({ ...search(q), placeholderData: (before: unknown) => before });
	const list = choices(found.data, value);
	const named = (id: string): Named => ({ id, name: list.find((o) => o.value === id)?.label ?? id });
	return (
		<MultiSelect
			label={quiet ? undefined : label}
			aria-label={quiet ? label : undefined}
			searchable
			data={list}
			filter={({ options }) => options}
			value={value.map((v) => v.id)}
			onChange={(ids) => onChange(ids.map(named))}
			onSearchChange={setTyped}
			nothingFoundMessage={found.isPending ? "Searching …" : "Nothing of that name"}
			{...rest}
		/>
	);
}
