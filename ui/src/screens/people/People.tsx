// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { EmptyState } from "../../parts/EmptyState";
import { ScreenHeader } from "../../parts/ScreenHeader";

/** Everybody who writes for the magazine or is quoted in it, with their roles over time. */
export default function People() {
	return (
		<>
			<ScreenHeader title="People" />
			<EmptyState title="Not built yet">Everybody who writes for the magazine or is quoted in it, with their roles over time.</EmptyState>
		</>
	);
}
