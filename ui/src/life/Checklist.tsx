// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import type { CheckResult } from "../api/nouns";
import css from "./Life.module.css";

const order = (c: CheckResult) => (c.passed ? 2 : c.level === "required" ? 0 : 1);

/** What the checklist found: failures first, by how much they matter. */
export function Checklist({ checks, brief }: { checks: CheckResult[]; brief?: boolean }) {
	const failed = checks.filter((c) => !c.passed);
	const shown = brief ? failed : [...failed, ...checks.filter((c) => c.passed)];
	return (
		<>
			{brief && failed.length === 0 && <p className={css.quiet}>All {checks.length} checks pass.</p>}
			<ul className={css.checks}>
				{shown
					.toSorted((a, b) => order(a) - order(b))
					.map((c) => (
						<li key={c.check} data-state={c.passed ? "passed" : c.pending ? "pending" : c.level}>
							<b>{c.passed ? "Passed" : c.pending ? "Looking" : c.level === "required" ? "Required" : "Advised"}</b> {c.message}
							{c.where && c.where.length > 0 && (
								<ul>
									{c.where.slice(0, 5).map((w) => (
										<li key={w}>{w}</li>
									))}
									{c.where.length > 5 && <li>and {c.where.length - 5} more</li>}
								</ul>
							)}
						</li>
					))}
			</ul>
		</>
	);
}

/** Whether something that is required fails. */
export const blocked = (checks: CheckResult[]) => checks.some((c) => !c.passed && c.level === "required");
