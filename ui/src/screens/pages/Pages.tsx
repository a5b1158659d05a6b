// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { EmptyState } from "../../parts/EmptyState";
import { ScreenHeader } from "../../parts/ScreenHeader";

/** Pages with an address but no place in lists: About, Contact, Imprint. */
export default function Pages() {
	return (
		<>
			<ScreenHeader title="Pages" />
			<EmptyState title="Not built yet">Pages with an address but no place in lists: About, Contact, Imprint.</EmptyState>
		</>
	);
}
