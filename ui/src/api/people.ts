// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { queryOptions } from "@tanstack/react-query";
import { api, ask } from "./client";

export const peopleQuery = (q: string) =>
	queryOptions({
		queryKey: ["people", "search", q],
		queryFn: () => ask(api.GET("/api/people", { params: { query: { q, limit: 20 } } })),
		select: (page) => page.items ?? [],
	});

/** Adds somebody who may have bylines, by name and a few words. */
export const addPerson = (name: string, role: string) => ask(api.POST("/api/people", { body: { name, role } }));
