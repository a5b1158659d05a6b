// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import type { ReactNode } from "react";
import { kindChoices } from "../../media/kinds";
import { FilterBar, FilterSelect } from "../../parts/FilterBar";

const wants = [
	{ value: "alt", label: "Without alt text" },
	{ value: "credit", label: "Without credit" },
];
const rights = [
	{ value: "ending", label: "End within 30 days" },
	{ value: "ended", label: "Have ended" },
];
const use = [
	{ value: "unused", label: "Used nowhere" },
	{ value: "trash", label: "In the trash" },
];

export function MediaFilters({ children }: { children: ReactNode }) {
	return (
		<FilterBar search="Search the library" keep={["asset", "view"]}>
			<FilterSelect name="kind" label="Kind" data={kindChoices} />
			<FilterSelect name="wants" label="Missing" data={wants} />
			<FilterSelect name="rights" label="Rights" data={rights} />
			<FilterSelect name="use" label="Use" data={use} />
			{children}
		</FilterBar>
	);
}
