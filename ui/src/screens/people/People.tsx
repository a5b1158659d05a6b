// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useInfiniteQuery } from "@tanstack/react-query";
import { type PersonFilter, peopleListQuery } from "../../api/people";
import { useMay } from "../../api/session";
import { useCommand } from "../../palette/registry";
import { EmptyState } from "../../parts/EmptyState";
import { FilterBar, FilterSelect } from "../../parts/FilterBar";
import { RecordList } from "../../parts/RecordList";
import { ScreenHeader } from "../../parts/ScreenHeader";
import { useFilter, useFilters } from "../../parts/useFilter";
import { useShortcut } from "../../shortcuts/useShortcut";
import { NewPerson } from "./NewPerson";
import { PersonPanel } from "./PersonPanel";
import { columns, kinds, writes } from "./columns";

/** Everybody who writes for the magazine or is quoted in it, with their roles over time. */
export default function People() {
	const { q, kind, author } = useFilters();
	const list = useInfiniteQuery(peopleListQuery({ q, kind, author } as PersonFilter));
	const [open, setOpen] = useFilter("person");
	const [adding, add] = useDisclosure();
	const mayKeep = useMay()("change people");
	useCommand({ words: "New person", group: "People", keys: "n", run: add.open }, mayKeep);
	useShortcut({ keys: "n", words: "New person", run: add.open }, mayKeep);

	const begin = mayKeep && (
		<Button variant="filled" onClick={add.open}>
			New person
		</Button>
	);
	return (
		<>
			<ScreenHeader title="People">{begin}</ScreenHeader>
			<FilterBar search="Search people" keep={["person"]}>
				<FilterSelect name="author" label="Writes" data={writes} />
				<FilterSelect name="kind" label="Kind" data={kinds} />
			</FilterBar>
			<RecordList
				label="People"
				list={list}
				columns={columns}
				name={(p) => p.name}
				empty={
					q || kind || author ? (
						<EmptyState title="Nobody fits">Take out a filter or a word: the search looks for the beginnings of words in names and their other spellings.</EmptyState>
					) : (
						<EmptyState title="Nobody yet" action={begin}>
							Whoever writes for the magazine, takes its pictures or is quoted in it stands here. Nobody needs an account for a byline.
						</EmptyState>
					)
				}
			/>
			{open && <PersonPanel key={open} id={open} onClose={() => setOpen(null)} onMerged={setOpen} />}
			<NewPerson opened={adding} onClose={add.close} onAdded={setOpen} />
		</>
	);
}
