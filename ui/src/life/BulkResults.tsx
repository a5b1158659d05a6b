// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { modals } from "@mantine/modals";
import type { ActResult, ArticleKind } from "../api/nouns";
import css from "./List.module.css";

export function many(n: number, kind: ArticleKind) {
	const plural = kind === "story" ? "stories" : "pages";
	return n === 1 ? `1 ${kind}` : `${n} ${plural}`;
}

const left = (n: number) => (n === 1 ? "One was left as it was" : `${n} were left as they were`);

// These stand above the screen: the rows that they tell of may fit its filter no
// more, and take the acts on them along.

/** Says what was not done, story by story: never half silent. */
export function tellFailures(failed: ActResult[]) {
	if (failed.length > 0) modals.open({ title: left(failed.length), children: <Refused rows={failed} />, closeButtonProps: { "aria-label": "Close" } });
}

/** Says what became public and what did not, and why; it stays until it is closed, for there is no way back. */
export function tellPublished(results: ActResult[], kind: ArticleKind) {
	const done = results.filter((r) => r.ok);
	const failed = results.filter((r) => !r.ok);
	modals.open({
		title: done.length > 0 ? `${many(done.length, kind)} ${done.length === 1 ? "is" : "are"} public` : "None was published",
		closeButtonProps: { "aria-label": "Close" },
		children: (
			<>
				{done.length > 0 && (
					<ul className={css.failures}>
						{done.map((r) => (
							<li key={r.id}>
								<b>{r.headline || "Untitled"}</b>
								{r.path && (
									<a className={css.at} href={r.path} target="_blank" rel="noreferrer">
										{r.path}
									</a>
								)}
							</li>
						))}
					</ul>
				)}
				{failed.length > 0 && (
					<section>
						<h3 className={css.part}>{left(failed.length)}</h3>
						<Refused rows={failed} />
					</section>
				)}
			</>
		),
	});
}

function Refused({ rows }: { rows: ActResult[] }) {
	return (
		<ul className={css.failures}>
			{rows.map((r) => (
				<li key={r.id}>
					<b>{r.headline || "Untitled"}</b>
					<p className={css.why}>{r.problem}</p>
				</li>
			))}
		</ul>
	);
}
