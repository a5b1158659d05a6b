// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { EmptyState } from "../../parts/EmptyState";
import { ScreenHeader } from "../../parts/ScreenHeader";

/** Every public note on what the magazine has corrected, with the version that made it. */
export default function Corrections() {
	return (
		<>
			<ScreenHeader title="Corrections" />
			<EmptyState title="Not built yet">Every public note on what the magazine has corrected, with the version that made it.</EmptyState>
		</>
	);
}
