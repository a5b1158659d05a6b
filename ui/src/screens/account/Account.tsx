// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { EmptyState } from "../../parts/EmptyState";
import { ScreenHeader } from "../../parts/ScreenHeader";

/** Name, password, passkeys, and where one is signed in. */
export default function Account() {
	return (
		<>
			<ScreenHeader title="My account" />
			<EmptyState title="Not built yet">Name, password, passkeys, and where one is signed in.</EmptyState>
		</>
	);
}
