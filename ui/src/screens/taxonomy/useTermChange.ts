// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { TermKind } from "../../api/taxonomy";

/** A change of sections, genres or topics, after which all that shows their names is asked for anew. */
export function useTermChange<V, T>(kind: TermKind, act: (v: V) => Promise<T>) {
	const queries = useQueryClient();
	return useMutation({
		mutationFn: act,
		// Also after a refusal: somebody else has changed what is on screen.
		onSettled: () => Promise.all([`${kind}s`, "articles", "fronts"].map((key) => queries.invalidateQueries({ queryKey: [key] }))),
	});
}
