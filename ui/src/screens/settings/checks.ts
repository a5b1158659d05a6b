// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import type { CheckName } from "../../api/nouns";

/** What a check wants, and what its bounds count where it has any. */
interface Check {
	check: CheckName;
	name: string;
	wants: string;
	counts?: "characters" | "words" | "topics";
}

/** The checks in words, in the order in which a story is held against them. */
export const checks: Check[] = [
	{ check: "headline", name: "Headline", wants: "Is neither too short nor too long.", counts: "characters" },
	{ check: "dek", name: "Dek", wants: "There is one, neither too short nor too long.", counts: "characters" },
	{ check: "section", name: "Section", wants: "The story has one." },
	{ check: "genre", name: "Genre", wants: "The story has one." },
	{ check: "topics", name: "Topics", wants: "There are enough, and not too many.", counts: "topics" },
	{ check: "byline", name: "Byline", wants: "There is a person, a free line, or a partner's author." },
	{ check: "lead", name: "Lead picture", wants: "There is one." },
	{ check: "alt", name: "Alternative text", wants: "Every picture is described for those who do not see it." },
	{ check: "credit", name: "Credits", wants: "Every picture, recording, video and document names whose it is." },
	{ check: "transcript", name: "Captions or transcript", wants: "What is heard can be read, by those who do not hear it." },
	{ check: "sides", name: "Side by side", wants: "What is set side by side in the text says what the record says." },
	{ check: "tk", name: "No TK left", wants: "TK, the mark for what is still to come, stands nowhere." },
	{ check: "links", name: "Links", wants: "Links lead to something. Those to other sites are asked." },
	{ check: "slug", name: "Slug", wants: "Is not too long. From 1, somebody has to have chosen it.", counts: "characters" },
	{ check: "description", name: "Description for search engines", wants: "Is neither too short nor too long.", counts: "characters" },
	{ check: "length", name: "Length", wants: "The body is neither too short nor too long.", counts: "words" },
];
