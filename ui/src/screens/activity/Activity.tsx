// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { TextInput } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { activityQuery, colleaguesQuery } from "../../api/life";
import type { Activity as Row } from "../../api/nouns";
import { dayStart, nextDay } from "../../api/zone";
import listCss from "../../life/List.module.css";
import { useZone } from "../../life/Zone";
import { EmptyState } from "../../parts/EmptyState";
import { FilterSelect } from "../../parts/FilterBar";
import { type Column, RecordList } from "../../parts/RecordList";
import { ScreenHeader } from "../../parts/ScreenHeader";
import { useFilter, useFilters } from "../../parts/useFilter";
import { When } from "../../parts/When";

const nouns = ["story", "page", "person", "picture", "audio", "video", "document", "front", "section", "genre", "topic", "redirect", "setting", "account", "token", "webhook"];
const acts = ["published", "updated", "corrected", "scheduled", "approved", "returned", "submitted", "withdrew", "put back", "trashed", "restored", "assigned", "began", "changed", "asked the assistant about"];

const options = (words: string[]) => words.map((w) => ({ value: w, label: w }));

/** The sentence of an act: who did what to what. */
function Sentence({ row: r }: { row: Row }) {
	const name = r.label || r.noun;
	return (
		<>
			<b>{r.by}</b> {r.act}{" "}
			{r.noun === "story" || r.noun === "page" ? (
				<Link to="/articles/$id" params={{ id: r.ref ?? "" }}>
					{name}
				</Link>
			) : (
				<span>
					{r.noun} {name}
				</span>
			)}
			{r.details && <span style={{ color: "var(--muted)" }}> · {r.details}</span>}
		</>
	);
}

const columns: Column<Row>[] = [
	{ head: "What", cell: (r) => <Sentence row={r} /> },
	{ head: "When", width: "13.5rem", align: "end", cell: (r) => <When at={r.at} form="full" /> },
];

/** Everything that was done at the desk, and by whom. */
export default function Activity() {
	const zone = useZone();
	const { staff, act, noun, from, to } = useFilters();
	const list = useInfiniteQuery(
		activityQuery({ staff, act, noun, from: from ? dayStart(from, zone) : undefined, to: to ? dayStart(nextDay(to), zone) : undefined, limit: 50 }),
	);
	const people = useQuery(colleaguesQuery).data ?? [];
	return (
		<>
			<ScreenHeader title="Activity" />
			<search className={listCss.more}>
				<FilterSelect name="staff" label="Who" data={[...people.map((p) => ({ value: p.id, label: p.name })), { value: "none", label: "The program itself" }]} searchable />
				<FilterSelect name="act" label="What" data={options(acts)} searchable />
				<FilterSelect name="noun" label="To what" data={options(nouns)} />
				<Day name="from" label="From" />
				<Day name="to" label="To" />
			</search>
			<RecordList
				label="Acts"
				list={list}
				columns={columns}
				name={(r) => `${r.by} ${r.act} ${r.label ?? ""}`}
				empty={<EmptyState title="Nothing was done">Every act of the staff is remembered here with whoever did it: publishing, approving, assigning, changes of settings.</EmptyState>}
			/>
		</>
	);
}

function Day({ name, label }: { name: string; label: string }) {
	const [value, set] = useFilter(name);
	return <TextInput type="date" label={label} size="xs" value={value} onChange={(e) => set(e.currentTarget.value)} />;
}
