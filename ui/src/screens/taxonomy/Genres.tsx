// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Tree } from "./Tree";

/** The genres, in the order in which writers choose among them. */
export default function Genres() {
	return (
		<Tree kind="genre" title="No genres yet">
			A genre tells readers what kind of journalism a story is: reporting, analysis, opinion, interview. It stands above the headline.
		</Tree>
	);
}
