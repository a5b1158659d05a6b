// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import css from "./Integrations.module.css";
import { Tokens } from "./Tokens";
import { Webhooks } from "./Webhooks";

/** What other programs may do here, and what they are told. */
export default function Integrations() {
	return (
		<>
			<p className={css.lead}>
				Other programs work with the magazine through the same API as this desk. Its <a href="/api/">reference</a> names every call.
			</p>
			<Tokens />
			<Webhooks />
		</>
	);
}
