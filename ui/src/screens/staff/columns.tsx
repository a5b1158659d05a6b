// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Link } from "@tanstack/react-router";
import type { StaffRow } from "../../api/nouns";
import { roles } from "../../api/staff";
import type { Column } from "../../parts/RecordList";
import { useSectionChoices } from "../../parts/SectionPicker";
import { When } from "../../parts/When";
import css from "./Staff.module.css";

export const states = [
	{ value: "active", label: "Active" },
	{ value: "invited", label: "Invited" },
	{ value: "disabled", label: "Shut" },
];

export const roleInWords = (role: StaffRow["role"]) => roles.find((r) => r.value === role)?.label ?? role;

/** A shut account is struck through; one that waits is told by its word. */
function State({ account }: { account: StaffRow }) {
	return <span data-state={account.state}>{states.find((s) => s.value === account.state)?.label}</span>;
}

function Sections({ ids }: { ids: string[] }) {
	const all = useSectionChoices();
	return ids.map((id) => all.find((s) => s.value === id)?.label ?? id).join(", ");
}

export const columns: Column<StaffRow>[] = [
	{
		head: "Name",
		cell: (a) => (
			<>
				<Link to="." search={(before: Record<string, string | undefined>) => ({ ...before, account: a.id })} className={css.name} data-state={a.state}>
					{a.name}
				</Link>
				<span className={css.email}>{a.email}</span>
			</>
		),
	},
	{ head: "Role", width: "8rem", cell: (a) => roleInWords(a.role) },
	{ head: "Sections", width: "10rem", cell: (a) => (a.sections?.length ? <Sections ids={a.sections} /> : <span className={css.all}>All sections</span>) },
	{ head: "State", width: "5.5rem", cell: (a) => <State account={a} /> },
	{ head: "Second step", width: "6.5rem", desktopOnly: true, cell: (a) => (a.secondStep ? "Codes" : "–") },
	{ head: "Last sign-in", width: "7rem", align: "end", desktopOnly: true, cell: (a) => <When at={a.signedInAt} /> },
];
