// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { FilterBar, FilterSelect } from "../../parts/FilterBar";
import { useSectionChoices } from "../../parts/SectionPicker";
import { statuses } from "../../parts/StatusMark";

export function StoryFilters() {
	return (
		<FilterBar search="Search stories">
			<FilterSelect name="status" label="Status" data={statuses} />
			<FilterSelect name="section" label="Section" data={useSectionChoices()} searchable />
		</FilterBar>
	);
}
