// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { EmptyState } from "../../parts/EmptyState";
import { ScreenHeader } from "../../parts/ScreenHeader";

/** Accounts, roles, and invitations. */
export default function Staff() {
	return (
		<>
			<ScreenHeader title="Staff" />
			<EmptyState title="Not built yet">Accounts, roles, and invitations.</EmptyState>
		</>
	);
}
