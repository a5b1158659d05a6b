// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Autocomplete } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useRef } from "react";
import type { Address } from "../../api/nouns";
import { ownAddressesQuery } from "../../api/settings";
import css from "./LinkList.module.css";

interface Props {
	label: string;
	value: string;
	/** `picked` is the name of what was picked from the list. */
	onChange: (url: string, picked?: string) => void;
	error?: string;
	className?: string;
}

// What the program itself has at fixed addresses.
const fixed = [
	{ path: "/latest", name: "Latest", kind: "The program's own" },
	{ path: "/archive", name: "Archive", kind: "The program's own" },
	{ path: "/search", name: "Search", kind: "The program's own" },
];

const kinds: Partial<Record<Address["kind"], string>> = {
	section: "Sections",
	topic: "Topics",
	genre: "Genres",
	article: "Pages and stories",
	person: "People",
};

/** An address: one of the magazine's own, found as one types, or any other. */
export function AddressInput({ label, value, onChange, error, className }: Props) {
	const picked = useRef<string>(undefined);
	const [q] = useDebouncedValue(value, 150);
	const elsewhere = /^[a-z]+:/i.test(q);
	const found = useQuery({ ...ownAddressesQuery(q), enabled: !elsewhere });
	const own = (found.data ?? []).map((a) => ({ path: a.path, name: a.name ?? a.path, kind: kinds[a.kind] ?? "Other" }));
	const all = [...own, ...fixed.filter((f) => f.path.includes(value.toLowerCase()))];
	const name = (path: string) => all.find((a) => a.path === path)?.name;
	return (
		<Autocomplete
			className={className}
			aria-label={label}
			placeholder="Address"
			value={value}
			error={error}
			// Picking submits first, then changes the value.
			onOptionSubmit={(url) => {
				picked.current = name(url);
			}}
			onChange={(url) => {
				onChange(url, picked.current);
				picked.current = undefined;
			}}
			// The server has searched already.
			filter={({ options }) => options}
			data={elsewhere ? [] : grouped(all)}
			maxDropdownHeight={280}
			renderOption={({ option }) => (
				<span className={css.option}>
					<span>{name(option.value)}</span>
					<span>{option.value}</span>
				</span>
			)}
		/>
	);
}

function grouped(all: { path: string; kind: string }[]) {
	const order = [...new Set([...Object.values(kinds), ...all.map((a) => a.kind)])];
	const groups = order.map((group) => ({ group, items: all.filter((a) => a.kind === group).map((a) => a.path) }));
	return groups.filter((g) => g.items.length > 0);
}
