// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, Checkbox, Select, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { colleaguesQuery } from "../../api/life";
import { genresQuery, topicsQuery } from "../../api/taxonomy";
import css from "../../life/List.module.css";
import { FilterBar, FilterSelect } from "../../parts/FilterBar";
import { PersonPicker } from "../../parts/PersonPicker";
import { useSectionChoices } from "../../parts/SectionPicker";
import { useFilter, useFilters, useSetFilters } from "../../parts/useFilter";

const further = ["genre", "topic", "writer", "changed", "date", "from", "to", "due"];

export function StoryFilters() {
	const filters = useFilters();
	const [more, setMore] = useState(() => further.some((name) => filters[name]));
	const people = useQuery(colleaguesQuery).data ?? [];
	return (
		<>
			<FilterBar search="Search stories" keep={["story"]}>
				<FilterSelect name="section" label="Section" data={useSectionChoices()} searchable />
				<FilterSelect name="assignee" label="Assigned to" data={[{ value: "none", label: "Nobody" }, ...people.map((p) => ({ value: p.id, label: p.name }))]} searchable />
				<Sort />
				<Button variant="subtle" aria-expanded={more} onClick={() => setMore(!more)}>
					{more ? "Fewer filters" : "More filters"}
				</Button>
			</FilterBar>
			{more && <More />}
		</>
	);
}

const sorts = [
	{ value: "updated", label: "Last changed first" },
	{ value: "published", label: "Newest public first" },
	{ value: "scheduled", label: "Next scheduled first" },
	{ value: "due", label: "Next due first" },
	{ value: "headline", label: "By headline" },
];

function Sort() {
	const [sort, set] = useFilter("sort");
	return <Select aria-label="Order" data={sorts} value={sort || "updated"} allowDeselect={false} onChange={(v) => set(v === "updated" ? null : v)} w="12rem" />;
}

function More() {
	const genres = useQuery(genresQuery).data ?? [];
	const topics = useQuery(topicsQuery("")).data ?? [];
	const [changed, setChanged] = useFilter("changed");
	return (
		<div className={css.more} role="group" aria-label="More filters">
			<FilterSelect name="genre" label="Genre" data={genres.map((g) => ({ value: g.id, label: g.name }))} />
			<FilterSelect name="topic" label="Topic" data={topics.map((t) => ({ value: t.id, label: t.name }))} searchable />
			<Writer />
			<FilterSelect name="date" label="Changed or public" data={[{ value: "updated", label: "Changed" }, { value: "published", label: "First public" }]} />
			<Day name="from" label="From" />
			<Day name="to" label="To" />
			<Day name="due" label="Due until" />
			<Checkbox label="Public, with changes" checked={Boolean(changed)} onChange={(e) => setChanged(e.currentTarget.checked ? "1" : null)} />
		</div>
	);
}

// The address keeps the name too: an id alone could not be shown before the
// person has been searched for.
function Writer() {
	const { writer, by } = useFilters();
	const set = useSetFilters();
	return <PersonPicker quiet label="By" value={writer ? { id: writer, name: by ?? "" } : null} onChange={(p) => set({ writer: p?.id, by: p?.name })} />;
}

function Day({ name, label }: { name: string; label: string }) {
	const [value, set] = useFilter(name);
	return <TextInput type="date" label={label} size="xs" value={value} onChange={(e) => set(e.currentTarget.value)} />;
}
