// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { EmptyState } from "../../parts/EmptyState";
import { ScreenHeader } from "../../parts/ScreenHeader";

/** Who did what, and when. */
export default function Activity() {
	return (
		<>
			<ScreenHeader title="Activity" />
			<EmptyState title="Not built yet">Who did what, and when.</EmptyState>
		</>
	);
}
