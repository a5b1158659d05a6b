// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { EmptyState } from "../../parts/EmptyState";
import { ScreenHeader } from "../../parts/ScreenHeader";

/** The front page and the section fronts, arranged from blocks and previewed at three widths. */
export default function Fronts() {
	return (
		<>
			<ScreenHeader title="Front pages" />
			<EmptyState title="Not built yet">The front page and the section fronts, arranged from blocks and previewed at three widths.</EmptyState>
		</>
	);
}
