// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, Select, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { Byline } from "../../../api/copy";
import type { Named } from "../../../api/nouns";
import { addPerson } from "../../../api/people";
import { useMay } from "../../../api/session";
import { PersonPicker } from "../../../parts/PersonPicker";
import { toastProblem } from "../../../parts/toast";
import type { Writing } from "../save/Writing";
import { Group } from "./Group";
import css from "./Panel.module.css";

const kinds = [
	["words", "Words"],
	["photographs", "Photographs"],
	["illustration", "Illustration"],
	["translation", "Translation"],
	["research", "Research"],
	["editing", "Editing"],
] as const;

/** Who made the story, in the order in which readers see them. */
export function Bylines({ writing }: { writing: Writing }) {
	const { bylines = [], bylineText = "" } = writing.fields.fields.use();
	const [dragged, drag] = useState<number>();
	const [said, say] = useState("");
	const off = !writing.may.use();
	const set = (v: Byline[]) => writing.fields.change("bylines", v);
	const add = (p: Named | null) => p && !bylines.some((b) => b.person.id === p.id) && set([...bylines, { person: p, contribution: "words" }]);
	const move = (from: number, to: number) => {
		if (to < 0 || to >= bylines.length || from === to) return;
		const next = bylines.filter((_, i) => i !== from);
		next.splice(to, 0, bylines[from] as Byline);
		set(next);
		say(`${bylines[from]?.person.name} is now number ${to + 1} of ${bylines.length}`);
	};
	return (
		<Group title="Bylines">
			<ol className={css.list}>
				{bylines.map((b, i) => (
					// Dragging is for the mouse alone; Up and Down are for everybody.
					// oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
					<li
						key={`${b.person.id} ${b.contribution}`}
						draggable={!off}
						onDragStart={() => drag(i)}
						onDragOver={(e) => e.preventDefault()}
						onDrop={() => dragged !== undefined && move(dragged, i)}
						className={off ? undefined : css.grip}
					>
						<div className={css.row}>
							<span>{b.person.name}</span>
							<Button variant="subtle" size="compact-xs" disabled={off || i === 0} onClick={() => move(i, i - 1)} aria-label={`Move ${b.person.name} up`}>
								Up
							</Button>
							<Button variant="subtle" size="compact-xs" disabled={off || i === bylines.length - 1} onClick={() => move(i, i + 1)} aria-label={`Move ${b.person.name} down`}>
								Down
							</Button>
							<Button variant="subtle" size="compact-xs" disabled={off} onClick={() => set(bylines.filter((_, j) => j !== i))} aria-label={`Remove ${b.person.name}`}>
								Remove
							</Button>
						</div>
						<Select
							size="xs"
							aria-label={`What ${b.person.name} contributed`}
							data={kinds.map(([value, label]) => ({ value, label }))}
							value={b.contribution}
							allowDeselect={false}
							disabled={off}
							onChange={(c) => set(bylines.map((x, j) => (j === i ? { ...x, contribution: (c ?? "words") as Byline["contribution"] } : x)))}
						/>
					</li>
				))}
			</ol>
			<span role="status" className={css.note}>
				{said}
			</span>
			{!off && <PersonPicker label="Add a person" value={null} onChange={add} />}
			{!off && <Guest onAdded={add} />}
			<TextInput label="Free line" placeholder="By our correspondent in …" value={bylineText} disabled={off} onChange={(e) => writing.fields.change("bylineText", e.currentTarget.value)} />
		</Group>
	);
}

/** A guest in two fields: no account, no form. */
function Guest({ onAdded }: { onAdded: (p: Named) => void }) {
	const may = useMay();
	const [open, setOpen] = useState(false);
	const [name, setName] = useState("");
	const [role, setRole] = useState("");
	const create = useMutation({
		mutationFn: () => addPerson({ name: name.trim(), roles: role.trim() ? [{ title: role.trim() }] : [] }),
		onSuccess: (p) => {
			onAdded(p);
			setOpen(false);
			setName("");
			setRole("");
		},
		onError: toastProblem,
	});
	if (!may("change people")) return null;
	if (!open)
		return (
			<Button variant="subtle" size="compact-sm" onClick={() => setOpen(true)}>
				A guest who is not in the list
			</Button>
		);
	return (
		<form
			onSubmit={(e) => {
				e.preventDefault();
				if (name.trim()) create.mutate();
			}}
		>
			<TextInput label="Name of the guest" value={name} onChange={(e) => setName(e.currentTarget.value)} data-autofocus />
			<TextInput label="Who they are" placeholder="historian at the University of …" value={role} onChange={(e) => setRole(e.currentTarget.value)} mt="xs" />
			<Button type="submit" size="compact-sm" mt="xs" loading={create.isPending}>
				Add the guest
			</Button>
		</form>
	);
}
