// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Tree } from "./Tree";

/** The tree of sections, as readers see it in the bar and in addresses. */
export default function Sections() {
	return (
		<Tree kind="section" title="No sections yet">
			Sections are the departments of the magazine. They stand in the bar on top of every page and in the address of every story. Add one, then others below it.
		</Tree>
	);
}
