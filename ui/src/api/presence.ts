// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { queryOptions } from "@tanstack/react-query";
import { api, ask } from "./client";

export const presenceQuery = (id: string) =>
	queryOptions({ queryKey: ["presence", id], queryFn: () => ask(api.GET("/api/articles/{id}/presence", { params: { path: { id } } })) });

export const setPlace = (id: string, client: string, place: string) => ask(api.PUT("/api/articles/{id}/presence", { params: { path: { id } }, body: { client, place } }));
