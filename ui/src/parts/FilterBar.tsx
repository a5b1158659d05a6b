// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, Select, TextInput, type SelectProps } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useShortcut } from "../shortcuts/useShortcut";
import css from "./FilterBar.module.css";
import { useFilter, useFilters, useSetFilters } from "./useFilter";

interface BarProps {
	/** Label of the search field, which is the filter "q": "Search stories". */
	search: string;
	/** FilterSelects and the like. */
	children?: ReactNode;
	/** What stands in the address and is no filter, such as the row that is open. */
	keep?: string[];
}

/** Search and filters above a list. What is set stands in the address. */
export function FilterBar({ search, children, keep = [] }: BarProps) {
	const filters = useFilters();
	const set = useSetFilters();
	const chosen = Object.keys(filters).filter((name) => filters[name] && !keep.includes(name));
	const clear = () => set(Object.fromEntries(chosen.map((name) => [name, undefined])));
	return (
		<search className={css.bar}>
			<FilterSearch label={search} />
			{children}
			{chosen.length > 0 && (
				<Button variant="subtle" onClick={clear}>
					Clear
				</Button>
			)}
		</search>
	);
}

function FilterSearch({ label }: { label: string }) {
	const [q, setQ] = useFilter("q");
	const [typed, setTyped] = useState(q);
	const box = useRef<HTMLInputElement>(null);
	const later = useDebouncedCallback(setQ, 200);

	// The address may change without typing: Clear, a saved view, a link.
	useEffect(() => {
		if (document.activeElement !== box.current || q === "") setTyped(q);
	}, [q]);
	useShortcut({ keys: "/", words: label, run: () => box.current?.focus() });

	return (
		<TextInput
			ref={box}
			className={css.search}
			type="search"
			aria-label={label}
			placeholder={label}
			value={typed}
			onChange={(e) => {
				setTyped(e.currentTarget.value);
				later(e.currentTarget.value);
			}}
		/>
	);
}

interface SelectFilterProps extends Pick<SelectProps, "data" | "searchable"> {
	/** The name in the address: "status". */
	name: string;
	/** "Status"; also what stands there while nothing is chosen. */
	label: string;
}

/** One filter with a few known choices. */
export function FilterSelect({ name, label, data, searchable }: SelectFilterProps) {
	const [value, set] = useFilter(name);
	return (
		<Select
			className={css.choice}
			aria-label={label}
			placeholder={label}
			data={data}
			value={value || null}
			onChange={set}
			clearable
			clearButtonProps={{ "aria-label": `Any ${label.toLowerCase()}` }}
			searchable={searchable}
			data-set={value ? true : undefined}
		/>
	);
}
