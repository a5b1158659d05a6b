// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { EmptyState } from "../../parts/EmptyState";
import { ScreenHeader } from "../../parts/ScreenHeader";

/** What appears when: scheduled and published stories by day, moved by dragging. */
export default function Calendar() {
	return (
		<>
			<ScreenHeader title="Calendar" />
			<EmptyState title="Not built yet">What appears when: scheduled and published stories by day, moved by dragging.</EmptyState>
		</>
	);
}
