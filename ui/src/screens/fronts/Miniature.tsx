// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import css from "./Miniature.module.css";
import type { BlockType } from "./words";

// How many parts each shape is drawn of; the style places them.
const parts: Record<BlockType, number> = { lead: 3, latest: 5, grid: 3, list: 4, strip: 4, rail: 3, quote: 2, sidebyside: 2, newsletter: 2, text: 3 };

/** The shape of a block, drawn small. */
export function Miniature({ type }: { type: BlockType }) {
	return (
		<span className={css.miniature} data-type={type} aria-hidden>
			{Array.from({ length: parts[type] }, (_, i) => (
				<i key={i} />
			))}
		</span>
	);
}
