// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import type { Named } from "../api/nouns";

/** Options of a picker: what was found, and what is chosen even when it was not found. */
export function choices(found: Named[] | undefined, chosen: Named[]): { value: string; label: string }[] {
	const all = new Map<string, string>();
	for (const n of [...chosen, ...(found ?? [])]) all.set(n.id, n.name);
	return [...all].map(([value, label]) => ({ value, label }));
}
