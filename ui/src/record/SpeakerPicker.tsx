// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Named } from "../api/nouns";
import { peopleQuery } from "../api/people";
import { focusAtOnce } from "../parts/door/focusAtOnce";
import { withRole } from "./words";

interface Props {
	/** Without an id it is somebody new. */
	value: Named | null;
	role: string;
	onChange: (value: Named | null) => void;
	atOnce?: boolean;
	error?: string;
}

/** An option for somebody new: another name is another option, and not the chosen one again. */
const newcomer = (name: string) => `+${name}`;
const isNew = (value: string | null) => value?.startsWith("+") === true;

/** Whoever spoke: somebody whom the magazine knows, or a new person of the name that is typed. */
export function SpeakerPicker({ value, role, onChange, atOnce, error }: Props) {
	const [typed, setTyped] = useState(value?.name ?? "");
	const [q] = useDebouncedValue(typed, 150);
	const found = useQuery({ ...peopleQuery(q), placeholderData: (before) => before });
	const people = found.data ?? [];
	const name = typed.trim() || (value && !value.id ? value.name : "");
	const list = people.map((p) => ({ value: p.id, label: p.name }));
	if (name && !people.some((p) => p.name === name) && value?.name !== name) list.push({ value: newcomer(name), label: name });
	else if (value && !value.id) list.push({ value: newcomer(value.name), label: value.name });
	// Last, so that Enter takes what was typed and not who stood there before.
	if (value?.id && !people.some((p) => p.id === value.id)) list.push({ value: value.id, label: value.name });
	return (
		<Select
			label="Speaker"
			description={value && !value.id ? `${value.name} becomes a person with this.` : undefined}
			searchable
			ref={atOnce ? focusAtOnce : undefined}
			data={list}
			filter={({ options }) => options}
			// Its label is what the field says once it is chosen, and what is searched for.
			renderOption={({ option }) => (isNew(option.value) && value?.name !== option.label ? `Add ${withRole(name, role)}` : option.label)}
			comboboxProps={{ withinPortal: false }}
			selectFirstOptionOnChange
			openOnFocus={false}
			allowDeselect={false}
			value={value ? value.id || newcomer(value.name) : null}
			onChange={(id, option) => onChange(isNew(id) ? { id: "", name: option?.label ?? "" } : id ? { id, name: option?.label ?? "" } : null)}
			onSearchChange={setTyped}
			nothingFoundMessage={found.isPending ? "Searching …" : "Write a name"}
			error={error}
		/>
	);
}
