// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import Checklist from "./Checklist";
import Rules from "./Rules";

/** What the magazine wants of a story before readers see it. */
export default function Publishing() {
	return (
		<>
			<Rules />
			<Checklist />
		</>
	);
}
