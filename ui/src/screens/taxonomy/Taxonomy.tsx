// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { EmptyState } from "../../parts/EmptyState";
import { ScreenHeader } from "../../parts/ScreenHeader";

/** The tree of sections, the genres, and the topics that run across them. */
export default function Taxonomy() {
	return (
		<>
			<ScreenHeader title="Sections, genres, topics" />
			<EmptyState title="Not built yet">The tree of sections, the genres, and the topics that run across them.</EmptyState>
		</>
	);
}
