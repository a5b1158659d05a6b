// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button } from "@mantine/core";
import { useEffect } from "react";
import css from "./Desk.module.css";
import { brought } from "./paste/incoming";

/** What became of the pictures of a page that was pasted; stays until somebody has seen it. */
export function Brought() {
	const b = brought.use();
	// What another story brought is no news here.
	useEffect(() => () => brought.set(undefined), []);
	return (
		<div role="status">
			{b && (
				<div className={css.reading}>
					<div className={css.brought}>
						{b.taken > 0 && <p>{b.taken === 1 ? "One picture came" : `${b.taken} pictures came`} with what you pasted, and is in the library now. See that it may be used, and give it its credit.</p>}
						{b.left.length > 0 && (
							<>
								<p>{b.left.length === 1 ? "One picture was left out:" : `${b.left.length} pictures were left out:`}</p>
								<ul>
									{b.left.map((l, i) => (
										<li key={`${l.what} ${i}`}>
											{/^https?:/.test(l.what) ? (
												<a href={l.what} target="_blank" rel="noreferrer">
													{l.what}
												</a>
											) : (
												l.what
											)}
											: {l.why}
										</li>
									))}
								</ul>
							</>
						)}
					</div>
					<Button size="compact-sm" onClick={() => brought.set(undefined)}>
						Dismiss
					</Button>
				</div>
			)}
		</div>
	);
}
