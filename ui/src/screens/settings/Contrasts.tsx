// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import type { Contrast } from "../../api/nouns";
import css from "./Look.module.css";

const inks = { ink: "Text", muted: "Credits and dates", accent: "Accent" };
const modes = { light: "by day", dark: "after dark" };

const grade = (ratio: number) => (ratio >= 7 ? "AAA" : ratio >= 4.5 ? "AA" : "too weak");

/** How well each ink can be read on its paper; what is weak is said in words before anybody saves it. */
export function Contrasts({ rows }: { rows: Contrast[] }) {
	const weak = rows.filter((c) => c.ratio < c.least);
	return (
		<section className={css.contrasts} aria-labelledby="contrasts">
			<h2 id="contrasts">Contrast with the paper</h2>
			<table>
				<thead>
					<tr>
						<th scope="col">Ink</th>
						<th scope="col">By day</th>
						<th scope="col">After dark</th>
					</tr>
				</thead>
				<tbody>
					{Object.entries(inks).map(([ink, words]) => (
						<tr key={ink}>
							<th scope="row">{words}</th>
							{Object.keys(modes).map((mode) => (
								<td key={mode}>
									<Ratio contrast={rows.find((c) => c.ink === ink && c.mode === mode)} />
								</td>
							))}
						</tr>
					))}
				</tbody>
			</table>
			<div role="status">
				{weak.map((c) => (
					<p key={c.mode + c.ink} className={css.warning}>
						{inks[c.ink]} {modes[c.mode]} is hard to read: {c.ratio.toFixed(1)} to 1, where {c.least === 7 ? "text needs 7" : "4.5 is the least"}.
					</p>
				))}
			</div>
		</section>
	);
}

function Ratio({ contrast: c }: { contrast: Contrast | undefined }) {
	if (!c) return null;
	return (
		<span data-weak={c.ratio < c.least || undefined}>
			{c.ratio.toFixed(1)} <span>{grade(c.ratio)}</span>
		</span>
	);
}
