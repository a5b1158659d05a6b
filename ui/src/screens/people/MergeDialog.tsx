// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, Group, Modal, Radio, Stack } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Named, WholePerson } from "../../api/nouns";
import { mergePerson, personChanged, personQuery } from "../../api/people";
import { PersonPicker } from "../../parts/PersonPicker";
import { Alert } from "../../parts/door/Alert";
import { toast } from "../../parts/toast";
import css from "./People.module.css";
import { stories } from "./columns";

interface Props {
	person: WholePerson;
	/** Who is the same; null when that is still to be chosen. */
	other: Named | null;
	onClose: () => void;
	onMerged: (into: string) => void;
}

/** Makes one of two, and says before what will happen. */
export function MergeDialog({ person, other, onClose, onMerged }: Props) {
	const queries = useQueryClient();
	const [chosen, setChosen] = useState(other);
	const [remains, setRemains] = useState(person.id);
	const second = useQuery({ ...personQuery(chosen?.id ?? ""), enabled: chosen !== null && chosen.id !== person.id }).data;
	const goes = remains === person.id ? second : person;
	const stays = remains === person.id ? person : second;
	const merge = useMutation({
		mutationFn: ({ from, into }: { from: string; into: string }) => mergePerson(from, into),
		onSuccess: (now) => {
			personChanged(queries, now);
			for (const noun of ["articles", "assets"]) void queries.invalidateQueries({ queryKey: [noun] });
			toast(`${goes?.name ?? "The double"} is ${now.name} now`);
			onClose();
			onMerged(now.id);
		},
	});
	return (
		<Modal opened onClose={onClose} title="Merge two people" closeButtonProps={{ "aria-label": "Close" }}>
			<Stack gap="md">
				{!other && (
					<PersonPicker
						label={`Who is the same as ${person.name}`}
						value={chosen}
						error={chosen?.id === person.id ? "This is the person themselves." : undefined}
						onChange={(p) => {
							setChosen(p);
							setRemains(person.id);
						}}
					/>
				)}
				{second && (
					<Radio.Group label="Who remains" value={remains} onChange={setRemains}>
						<Stack gap="xs" mt="xs">
							{[person, second].map((p) => (
								<Radio key={p.id} value={p.id} label={p.name} description={`${p.path}, ${stories(p.stories)} public`} />
							))}
						</Stack>
					</Radio.Group>
				)}
				{goes && stays && <Will goes={goes} stays={stays} />}
				<Alert error={merge.error} />
			</Stack>
			<Group justify="flex-end" mt="lg">
				<Button onClick={onClose}>Cancel</Button>
				<Button
					variant="filled"
					color="red"
					disabled={!goes || !stays}
					loading={merge.isPending}
					onClick={() => goes && stays && merge.mutate({ from: goes.id, into: stays.id })}
				>
					Merge for good
				</Button>
			</Group>
		</Modal>
	);
}

function Will({ goes, stays }: { goes: WholePerson; stays: WholePerson }) {
	return (
		<div>
			What will happen:
			<ul className={css.will}>
				<li>
					{goes.bylines === 1 ? "1 byline" : `${goes.bylines} bylines`} of {goes.name} will name {stays.name}, at the desk and for readers. Versions stay as they were
					published.
				</li>
				<li>
					{goes.name} and their other spellings become other spellings of {stays.name}.
				</li>
				<li>
					{goes.path} leads to {stays.path}.
				</li>
				<li>Roles and links are added; biography and portrait only where {stays.name} has none.</li>
				<li>This cannot be undone.</li>
			</ul>
		</div>
	);
}
