// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { VisuallyHidden } from "@mantine/core";
import type { Change } from "../api/snapshots";
import css from "./Differences.module.css";

const blocks: Record<string, string> = {
	paragraph: "Paragraph",
	heading: "Heading",
	pullQuote: "Pull quote",
	attribution: "Pull quote",
	image: "Picture",
	picture: "Lead picture",
	alt: "Alternative text",
	credit: "Credit",
	media: "File",
	rawHTML: "HTML",
	relatedStory: "Related story",
	counterpoint: "Side by side",
	codeBlock: "Code",
	footnote: "Footnote",
};

/** What differs, block by block and word by word, as the server has compared it. */
export function Differences({ changes }: { changes: readonly Change[] }) {
	return changes.map((c, i) => (
		<div key={`${c.where} ${i}`} className={css.change} dir="auto">
			<h4>
				{blocks[c.where] ?? c.where} {c.kind}
			</h4>
			{(c.words ?? []).map((w, j) => {
				const key = `${w.is} ${j}`;
				if (w.is === "same") return <span key={key}>{w.text}</span>;
				const Tag = w.is === "added" ? "ins" : "del";
				return (
					<Tag key={key}>
						<VisuallyHidden> {w.is}: </VisuallyHidden>
						{w.text}
					</Tag>
				);
			})}
		</div>
	));
}
