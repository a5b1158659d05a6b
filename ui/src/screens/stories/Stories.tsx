// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMay } from "../../api/session";
import { ArticleList } from "../../life/ArticleList";
import { SavedViews } from "../../life/SavedViews";
import { StatusTabs } from "../../life/StatusTabs";
import { useCommand } from "../../palette/registry";
import { EmptyState } from "../../parts/EmptyState";
import { ScreenHeader } from "../../parts/ScreenHeader";
import { useShortcut } from "../../shortcuts/useShortcut";
import { NewStory } from "./NewStory";
import { StoryFilters } from "./StoryFilters";
import { columns } from "./columns";

/** All stories, searched and filtered. The model for the other lists. */
export default function Stories() {
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
			<SavedViews />
			<StoryFilters />
			<StatusTabs kind="story" />
			<ArticleList
				kind="story"
				label="Stories"
				columns={columns}
				empty={
					<EmptyState title="No stories yet" action={begin}>
						A story begins as a draft that only the newsroom sees. It is reviewed, approved and published from here, and every version
						that readers saw is kept.
					</EmptyState>
				}
			/>
			<NewStory opened={creating} onClose={create.close} />
		</>
	);
}
