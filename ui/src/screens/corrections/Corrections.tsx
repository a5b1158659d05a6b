// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type CorrectionFilter, correctionsQuery } from "../../api/corrections";
import { useFreshLists } from "../../api/events";
import { useMay } from "../../api/session";
import { CorrectDialog } from "../../corrections/CorrectDialog";
import { PickStory } from "../../corrections/PickStory";
import { kinds } from "../../corrections/words";
import { useCommand } from "../../palette/registry";
import { EmptyState } from "../../parts/EmptyState";
import { FilterBar, FilterSelect } from "../../parts/FilterBar";
import { RecordList } from "../../parts/RecordList";
import { ScreenHeader } from "../../parts/ScreenHeader";
import { useSectionChoices } from "../../parts/SectionPicker";
import { useFilter, useFilters } from "../../parts/useFilter";
import { useShortcut } from "../../shortcuts/useShortcut";
import { CorrectionPanel } from "./CorrectionPanel";
import { columns } from "./columns";

/** Every public note on a story, for good; and where the next one begins. */
export default function Corrections() {
	useFreshLists();
	const { q, kind, section, article } = useFilters();
	const list = useInfiniteQuery(correctionsQuery({ q, kind, section, article } as CorrectionFilter));
	const [open, setOpen] = useFilter("correction");
	const [picking, pick] = useDisclosure();
	const [correcting, correct] = useState<string>();
	const mayCorrect = useMay()("publish stories");
	useCommand({ words: "New correction", group: "Corrections", keys: "n", run: pick.open }, mayCorrect);
	useShortcut({ keys: "n", words: "New correction", run: pick.open }, mayCorrect);

	const begin = mayCorrect && (
		<Button variant="filled" onClick={pick.open}>
			New correction
		</Button>
	);
	return (
		<>
			<ScreenHeader title="Corrections">{begin}</ScreenHeader>
			<FilterBar search="Search corrections" keep={["correction"]}>
				<FilterSelect name="kind" label="Kind" data={kinds} />
				<FilterSelect name="section" label="Section" data={useSectionChoices()} searchable />
			</FilterBar>
			<RecordList
				label="Corrections"
				list={list}
				columns={columns}
				name={(c) => c.note}
				empty={
					q || kind || section || article ? (
						<EmptyState title="No correction fits">Take out a filter or a word: the search looks through headlines, notes and passages.</EmptyState>
					) : (
						<EmptyState title="Nothing has been corrected yet" action={begin}>
							A correction tells readers what was wrong in a story, and mends it, in one act. Its note stays for good: on the story, in the public list, in a feed.
						</EmptyState>
					)
				}
			/>
			{open && <CorrectionPanel key={open} id={open} onClose={() => setOpen(null)} />}
			{picking && (
				<PickStory
					onClose={pick.close}
					onPick={(id) => {
						pick.close();
						correct(id);
					}}
				/>
			)}
			{correcting && <CorrectDialog article={correcting} onClose={() => correct(undefined)} />}
		</>
	);
}
