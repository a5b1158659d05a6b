// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { useQuery } from "@tanstack/react-query";
import { genresQuery, sectionsQuery, topicsQuery } from "../../api/taxonomy";
import type { FrontBlock, Named } from "../../api/nouns";
import { roomOf, shapes } from "./words";

/** In words what a block fills itself with: "5 of Europe, newest first". */
export function RuleWords({ block: b }: { block: FrontBlock }) {
	const name = useRuleName(b);
	// Without a title of its own the block is headed by its shape already.
	const shape = b.title ? `${shapes[b.type].name}: ` : "";
	if (!roomOf(b)) return shape + (b.speaker ?? shapes[b.type].says);
	if (b.handPicked) return `${shape}hand-picked`;
	return `${shape}${roomOf(b)} ${name ? `of ${name}` : "newest"}`;
}

/** The name of the section, topic or genre that the rule names. */
export function useRuleName(b: FrontBlock): string | undefined {
	const sections = useQuery({ ...sectionsQuery, enabled: Boolean(b.section) });
	const genres = useQuery({ ...genresQuery, enabled: Boolean(b.genre) });
	const topics = useQuery({ ...topicsQuery(""), enabled: Boolean(b.topic) });
	return find(sections.data, b.section) || find(genres.data, b.genre) || find(topics.data, b.topic) || undefined;
}

const find = (all: Named[] | undefined, id: string | undefined) => id && (all?.find((n) => n.id === id)?.name ?? id);
