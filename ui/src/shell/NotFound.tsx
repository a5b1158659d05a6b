// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Link } from "@tanstack/react-router";
import { EmptyState } from "../parts/EmptyState";
import { ScreenHeader } from "../parts/ScreenHeader";

export default function NotFound() {
	return (
		<>
			<ScreenHeader title="Nothing here" />
			<EmptyState title="There is no such place at the desk" action={<Link to="/stories">To the stories</Link>}>
				The address may have been cut off on its way, or what stood here has been removed.
			</EmptyState>
		</>
	);
}
