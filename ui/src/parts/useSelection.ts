// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { useState } from "react";

/** Which rows of a list are chosen. Rows that left the list are not. */
export function useSelection<T extends { id: string }>(rows: T[]) {
	const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
	return {
		rows: rows.filter((r) => ids.has(r.id)),
		has: (row: T) => ids.has(row.id),
		all: () => setIds(new Set(rows.map((r) => r.id))),
		clear: () => setIds(new Set()),
		toggle: (row: T) => {
			const next = new Set(ids);
			if (!next.delete(row.id)) next.add(row.id);
			setIds(next);
		},
	};
}

export type Selection<T extends { id: string }> = ReturnType<typeof useSelection<T>>;
