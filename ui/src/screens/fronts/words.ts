// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import type { FrontBlock } from "../../api/nouns";

export type BlockType = FrontBlock["type"];

/** What the desk says of each shape of a block, and how many stories it usually shows. */
export const shapes: Record<BlockType, { name: string; says: string; usual: number }> = {
	lead: { name: "Lead", says: "One story large, the next beside it", usual: 3 },
	latest: { name: "Latest", says: "Headlines by date; they may stand elsewhere too", usual: 10 },
	grid: { name: "Grid", says: "Three across", usual: 3 },
	list: { name: "List", says: "One large, the others as a list", usual: 5 },
	strip: { name: "Strip", says: "A row of pictures", usual: 4 },
	rail: { name: "Rail", says: "Headlines under a topic", usual: 5 },
	quote: { name: "Quote of the week", says: "A quotation set large", usual: 0 },
	sidebyside: { name: "Side by side", says: "Two statements of the record, of equal weight", usual: 0 },
	newsletter: { name: "Newsletter", says: "The sign-up with its sentence", usual: 0 },
	text: { name: "Text", says: "A few words of the editors", usual: 0 },
};

export const types = Object.keys(shapes) as BlockType[];

/** What a block is called in lists and announcements. */
export const nameOf = (b: FrontBlock) => (b.title ? `${shapes[b.type].name}, ${b.title}` : shapes[b.type].name);

/** How many stories a block shows at most. */
export const roomOf = (b: FrontBlock) => (shapes[b.type].usual && b.count) || shapes[b.type].usual;

export const faults = {
	over: "its time has passed",
	away: "the story is not public",
	repeated: "it stands higher up",
	beyond: "the block has no room for it",
};
