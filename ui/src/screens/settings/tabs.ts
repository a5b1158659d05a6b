// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import type { Act } from "../../api/session";

/** The parts of the settings, in the order in which a new magazine comes upon them. */
export const tabs = [
	{ to: "/settings/identity", words: "Identity", needs: "change the settings" },
	{ to: "/settings/navigation", words: "Navigation", needs: "change the settings" },
	{ to: "/settings/look", words: "Look", needs: "change the settings" },
	{ to: "/settings/addresses", words: "Addresses", needs: "change the settings" },
	{ to: "/settings/publishing", words: "Publishing", needs: "change the settings" },
	{ to: "/settings/mail", words: "Mail", needs: "change the settings" },
	{ to: "/settings/assistant", words: "Assistant", needs: "change the settings" },
	{ to: "/settings/integrations", words: "Integrations", needs: "keep integrations" },
] as const satisfies { to: string; words: string; needs: Act }[];
