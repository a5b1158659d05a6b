// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { connection } from "../api/connection";
import css from "./OfflineBar.module.css";

/** Says calmly that the server is not reached, and goes when it is. */
export function OfflineBar() {
	const online = connection.useOnline();
	return (
		<div role="status" className={css.place} data-offline={!online || undefined}>
			{!online && <p className={css.bar}>Offline: what you write is kept here.</p>}
		</div>
	);
}
