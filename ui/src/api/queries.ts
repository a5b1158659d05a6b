// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { QueryClient } from "@tanstack/react-query";
import { Problem } from "./problem";

/** The cache of what the API answered. */
export const queries = new QueryClient({
	defaultOptions: {
		queries: {
			staleTime: 10_000,
			retry: (tries, error) => error instanceof Problem && error.passing && error.status !== 429 && tries < 2,
		},
		// A change that cannot be sent fails at once and says so, rather than
		// happening later when nobody looks.
		mutations: { networkMode: "always" },
	},
});
