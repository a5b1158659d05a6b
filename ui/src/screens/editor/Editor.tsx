// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { EmptyState } from "../../parts/EmptyState";
import { ScreenHeader } from "../../parts/ScreenHeader";

/** Headline, dek and body in one column as readers will see them, saved as one writes. */
export default function Editor() {
	return (
		<>
			<ScreenHeader title="Editor" />
			<EmptyState title="Not built yet">Headline, dek and body in one column as readers will see them, saved as one writes.</EmptyState>
		</>
	);
}
