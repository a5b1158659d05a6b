// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { type InfiniteData, type QueryKey, infiniteQueryOptions } from "@tanstack/react-query";
import type { Page } from "./nouns";

/** What a list on screen needs: see parts/RecordList. */
export type Pages<T> = InfiniteData<Page<T>, unknown>;

/** Options for useInfiniteQuery over any list of the API that answers with a cursor. */
export function listQuery<T>(key: QueryKey, page: (cursor: string | undefined) => Promise<Page<T>>) {
	return infiniteQueryOptions({
		queryKey: key,
		queryFn: ({ pageParam }) => page(pageParam),
		initialPageParam: undefined as string | undefined,
		getNextPageParam: (last: Page<T>) => last.next || undefined,
		// While a filter changes, the old rows stay: nothing jumps.
		placeholderData: (before: InfiniteData<Page<T>, string | undefined> | undefined) => before,
	});
}
