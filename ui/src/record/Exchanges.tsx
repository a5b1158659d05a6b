// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import type { Exchange } from "../api/assistant";
import css from "./Record.module.css";

/** What went over the wire to an assistant and back, word for word. */
export function Exchanges({ exchanges }: { exchanges: Exchange[] }) {
	return (
		<details className={css.wire}>
			<summary>What was sent</summary>
			{exchanges.map((x, i) => (
				<div key={x.sent}>
					<p className={css.aside}>{exchanges.length > 1 ? `Request ${i + 1} of ${exchanges.length}` : "The request"}, without the key</p>
					<Body label={`Request ${i + 1}`} text={x.sent} />
					<p className={css.aside}>What came back</p>
					<Body label={`Answer ${i + 1}`} text={x.answer} />
				</div>
			))}
		</details>
	);
}

// A field scrolls by keyboard, and is copied whole.
function Body({ label, text }: { label: string; text: string }) {
	return <textarea readOnly rows={Math.min(10, 1 + Math.ceil(text.length / 60))} aria-label={label} value={text} />;
}
