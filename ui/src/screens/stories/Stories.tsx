// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useDisclosure } from "@mantine/hooks";
import { articlesQuery } from "../../api/articles";
import { useMay } from "../../api/session";
import { useCommand } from "../../palette/registry";
import { EmptyState } from "../../parts/EmptyState";
import { RecordList } from "../../parts/RecordList";
import { ScreenHeader } from "../../parts/ScreenHeader";
import { useFilters } from "../../parts/useFilter";
import { useShortcut } from "../../shortcuts/useShortcut";
import { NewStory } from "./NewStory";
import { StoryFilters } from "./StoryFilters";
import { columns } from "./columns";

/** All stories, searched and filtered. The model for the other lists. */
export default function Stories() {
	const filters = useFilters();
	const list = useInfiniteQuery(articlesQuery({ kind: "story", ...filters }));
	const filtered = Object.values(filters).some(Boolean);
	const [creating, create] = useDisclosure();
	const mayWrite = useMay()("write stories");
	useCommand({ words: "New story", group: "Stories", keys: "n", run: create.open }, mayWrite);
	useShortcut({ keys: "n", words: "New story", run: create.open }, mayWrite);

	const begin = mayWrite && (
		<Button variant="filled" onClick={create.open}>
			New story
		</Button>
	);
	return (
		<>
			<ScreenHeader title="Stories">{begin}</ScreenHeader>
			<StoryFilters />
			<RecordList
				label="Stories"
				list={list}
				columns={columns}
				name={(a) => a.headline || "Untitled"}
				empty={
					filtered ? (
						<EmptyState title="No story fits">Take out a filter or a word: the search looks into headlines, deks and texts.</EmptyState>
					) : (
						<EmptyState title="No stories yet" action={begin}>
							A story begins as a draft that only the newsroom sees. It is reviewed, approved and published from here, and every
							version that readers saw is kept.
						</EmptyState>
					)
				}
			/>
			<NewStory opened={creating} onClose={create.close} />
		</>
	);
}
