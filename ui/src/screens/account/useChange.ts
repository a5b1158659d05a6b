// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { accountQuery } from "../../api/account";
import { toast, toastProblem } from "../../parts/toast";

/** A change of one's account: what was done is said, and the screen shows it. */
export function useChange<V, T>(act: (v: V) => Promise<T>, said: string, then?: (result: T) => void) {
	const queries = useQueryClient();
	return useMutation({
		mutationFn: act,
		onSuccess: async (result: T) => {
			then?.(result);
			if (said) toast(said);
			await queries.invalidateQueries({ queryKey: accountQuery.queryKey });
		},
		onError: toastProblem,
	});
}
