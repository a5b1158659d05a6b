// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { roles, staffQuery } from "../../api/staff";
import { useMay } from "../../api/session";
import { useCommand } from "../../palette/registry";
import { EmptyState } from "../../parts/EmptyState";
import { FilterBar, FilterSelect } from "../../parts/FilterBar";
import { RecordList } from "../../parts/RecordList";
import { ScreenHeader } from "../../parts/ScreenHeader";
import { useFilter, useFilters } from "../../parts/useFilter";
import { useShortcut } from "../../shortcuts/useShortcut";
import { Invite } from "./Invite";
import { LinkToHandOver } from "./LinkToHandOver";
import { StaffPanel } from "./StaffPanel";
import { columns, states } from "./columns";

/** The accounts: who works here, and what they may do. */
export default function Staff() {
	const { q, role, state } = useFilters();
	const [chosen, choose] = useFilter("account");
	const list = useInfiniteQuery(staffQuery({ q, role, state }));
	const [inviting, invite] = useDisclosure();
	const [link, setLink] = useState<{ name: string; link: string } | null>(null);
	const mayKeep = useMay()("change accounts");
	useCommand({ words: "Invite somebody", group: "Staff", keys: "n", run: invite.open }, mayKeep);
	useShortcut({ keys: "n", words: "Invite somebody", run: () => mayKeep && invite.open() });

	const rows = list.data?.pages.flatMap((p) => p.items ?? []) ?? [];
	const open = rows.find((a) => a.id === chosen);
	return (
		<>
			<ScreenHeader title="Staff" count={rows.length === 1 ? "1 account" : `${rows.length} accounts`}>
				{mayKeep && (
					<Button variant="filled" onClick={invite.open}>
						Invite somebody
					</Button>
				)}
			</ScreenHeader>
			<FilterBar search="Search staff">
				<FilterSelect name="role" label="Role" data={roles} />
				<FilterSelect name="state" label="State" data={states} />
			</FilterBar>
			<RecordList
				label="Staff"
				list={list}
				columns={columns}
				name={(a) => a.name}
				empty={<EmptyState title="Nobody fits">Take out a filter or a word: the search looks into names and addresses.</EmptyState>}
			/>
			{open && mayKeep && <StaffPanel key={open.id} account={open} onClose={() => choose(null)} onLink={(made) => setLink({ name: open.name, link: made })} />}
			<Invite opened={inviting} onClose={invite.close} onLink={(name, made) => setLink({ name, link: made })} />
			<LinkToHandOver link={link} onClose={() => setLink(null)} />
		</>
	);
}
