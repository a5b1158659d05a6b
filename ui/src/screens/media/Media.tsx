// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { EmptyState } from "../../parts/EmptyState";
import { ScreenHeader } from "../../parts/ScreenHeader";

/** Pictures, sound, video and documents with their credits, rights and uses. */
export default function Media() {
	return (
		<>
			<ScreenHeader title="Media" />
			<EmptyState title="Not built yet">Pictures, sound, video and documents with their credits, rights and uses.</EmptyState>
		</>
	);
}
