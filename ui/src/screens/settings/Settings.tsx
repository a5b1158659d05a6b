// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { EmptyState } from "../../parts/EmptyState";
import { ScreenHeader } from "../../parts/ScreenHeader";

/** The magazine's identity, navigation, look, addresses, mail and integrations. */
export default function Settings() {
	return (
		<>
			<ScreenHeader title="Settings" />
			<EmptyState title="Not built yet">The magazine's identity, navigation, look, addresses, mail and integrations.</EmptyState>
		</>
	);
}
