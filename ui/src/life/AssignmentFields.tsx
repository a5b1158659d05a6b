// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, Group, Select, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { assign, colleaguesQuery, useStoryChange } from "../api/life";
import type { Article } from "../api/nouns";
import { useMay } from "../api/session";
import { localOf, momentOf } from "../api/zone";
import css from "./Life.module.css";
import { useZone } from "./Zone";

/** Who has the story, and until when. */
export function AssignmentFields({ article: a, onChanged }: { article: Article; onChanged: () => void }) {
	const zone = useZone();
	const may = useMay();
	const people = useQuery(colleaguesQuery).data ?? [];
	const change = useStoryChange((body: Parameters<typeof assign>[1]) => assign(a.id, body), onChanged);
	const mine = may("change the stories of others") || (may("write stories") && a.own === true);
	const due = a.dueAt ? localOf(a.dueAt, zone) : "";
	return (
		<section className={css.fields} aria-label="Assignment">
			<Select
				label="Assigned to"
				placeholder="Nobody"
				searchable
				clearable
				clearButtonProps={{ "aria-label": "Assign to nobody" }}
				disabled={!mine}
				data={people.map((p) => ({ value: p.id, label: p.name }))}
				value={a.assignee?.id ?? null}
				onChange={(id) => change.mutate({ assignee: id ?? "" })}
			/>
			<DueField key={due} due={due} disabled={!mine} set={(local) => change.mutate(local ? { dueAt: new Date(momentOf(local, zone)).toISOString() } : { noDue: true })} />
		</section>
	);
}

// What is typed counts when the field is left: half a date is none.
function DueField({ due, disabled, set }: { due: string; disabled: boolean; set: (local: string) => void }) {
	const [typed, setTyped] = useState(due);
	return (
		<Group gap="xs" align="end" wrap="nowrap">
			<TextInput
				type="datetime-local"
				label="Due"
				style={{ flex: 1, minWidth: 0 }}
				disabled={disabled}
				value={typed}
				onChange={(e) => setTyped(e.currentTarget.value)}
				onBlur={() => typed !== due && set(typed)}
			/>
			{due && !disabled && (
				<Button variant="subtle" px="xs" style={{ flex: "none" }} onClick={() => set("")}>
					Clear
				</Button>
			)}
		</Group>
	);
}
