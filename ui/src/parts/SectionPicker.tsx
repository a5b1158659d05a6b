// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { Section } from "../api/nouns";
import { sectionsQuery } from "../api/taxonomy";
import type { PickerProps } from "./PickOne";

/** One section. There are few, so all are fetched once and drawn as their tree. */
export function SectionPicker({ label, value, onChange, quiet, ...rest }: PickerProps) {
	const data = useSectionChoices();
	return (
		<Select
			label={quiet ? undefined : label}
			aria-label={quiet ? label : undefined}
			placeholder={quiet ? label : undefined}
			searchable
			clearable
			clearButtonProps={{ "aria-label": `Clear ${label.toLowerCase()}` }}
			data={data}
			value={value?.id ?? null}
			onChange={(id, option) => onChange(id ? { id, name: option?.label ?? "" } : null)}
			{...rest}
		/>
	);
}

/** The sections as options, each below its parent and named with it: "World / Europe". */
export function useSectionChoices(): { value: string; label: string }[] {
	const sections = useQuery(sectionsQuery).data ?? [];
	const byID = new Map(sections.map((s) => [s.id, s]));
	const full = (s: Section): string => {
		const parent = s.parent ? byID.get(s.parent) : undefined;
		return parent ? `${full(parent)} / ${s.name}` : s.name;
	};
	return sections.map((s) => ({ value: s.id, label: full(s) }));
}
