// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Tabs } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { LifePanel } from "../../../life/LifePanel";
import { SidePanel } from "../../../parts/SidePanel";
import type { Writing } from "../save/Writing";
import { RecordPanel } from "../record/RecordPanel";
import type { StoryRecordState } from "../record/useRecord";
import { Bylines } from "./Bylines";
import { Details } from "./Details";
import { Lead } from "./Lead";
import { Outline } from "./Outline";
import css from "./Panel.module.css";
import { Snapshots } from "./Snapshots";

interface Props {
	writing: Writing;
	tab: string;
	onTab: (tab: string) => void;
	record: StoryRecordState;
}

export const tabs = [
	["story", "Story"],
	["life", "Life"],
	["record", "Record"],
	["outline", "Outline"],
	["snapshots", "Snapshots"],
] as const;

/** All about the story that is not its text. */
export function Panel({ writing, tab, onTab, record }: Props) {
	const queries = useQueryClient();
	return (
		<SidePanel title="About the story" onClose={() => onTab("")}>
			<Tabs value={tab} onChange={(t) => onTab(t ?? "story")} keepMounted={false}>
				<Tabs.List mb="md" className={css.tabs}>
					{tabs.filter(([value]) => value !== "record" || record.offered).map(([value, words]) => (
						<Tabs.Tab key={value} value={value}>
							{words}
							{value === "record" && record.waiting > 0 && ` ${record.waiting}`}
						</Tabs.Tab>
					))}
				</Tabs.List>
				<Tabs.Panel value="story">
					<Details writing={writing}>
						<Bylines writing={writing} />
						<Lead writing={writing} />
					</Details>
				</Tabs.Panel>
				<Tabs.Panel value="life">
					<LifePanel article={{ id: writing.article }} onChanged={() => void queries.invalidateQueries({ queryKey: ["articles"] })} />
				</Tabs.Panel>
				{record.offered && (
					<Tabs.Panel value="record">
						<RecordPanel writing={writing} state={record} />
					</Tabs.Panel>
				)}
				<Tabs.Panel value="outline">
					<Outline editor={writing.editor} />
				</Tabs.Panel>
				<Tabs.Panel value="snapshots">
					<Snapshots writing={writing} />
				</Tabs.Panel>
			</Tabs>
		</SidePanel>
	);
}
