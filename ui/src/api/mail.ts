// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { queryOptions } from "@tanstack/react-query";
import { api, ask } from "./client";
import type { components } from "./schema";

export type MailChange = components["schemas"]["MailChangeBody"];

export const mailQuery = queryOptions({ queryKey: ["settings", "mail"], queryFn: () => ask(api.GET("/api/settings/mail")) });

export const setMail = (body: MailChange) => ask(api.PUT("/api/settings/mail", { body }));

export const sendTestMail = () => ask(api.POST("/api/settings/mail/test"));

export const rulesQuery = queryOptions({ queryKey: ["settings", "rules"], queryFn: () => ask(api.GET("/api/settings/rules")) });

export const setRules = (fourEyes: boolean) => ask(api.PUT("/api/settings/rules", { body: { fourEyes } }));
