// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Select, Textarea } from "@mantine/core";
import type { PublishedText } from "../api/nouns";
import css from "./Corrections.module.css";
import { type Chosen, begin } from "./passage";

/** A piece of a block of the published text, and what it shall become. */
export interface Piece {
	block: string;
	from: number;
	to: number;
	after: string;
}

/** The piece with which the dialog begins: the one from which somebody came. */
export function pieceOf(text: PublishedText, chosen?: Chosen): Piece | undefined {
	const block = text.blocks?.find((b) => b.id === chosen?.block);
	return block && { block: block.id, ...begin(block, chosen) };
}

const whole = "whole";

const shorten = (s: string) => (s.length > 90 ? `${s.slice(0, 90).trimEnd()} …` : s);

interface Props {
	text: PublishedText;
	piece: Piece | undefined;
	onChange: (p: Piece | undefined) => void;
}

/** Which passage, as it is published, and as it should read. */
export function PassageFields({ text, piece, onChange }: Props) {
	const blocks = text.blocks ?? [];
	const block = blocks.find((b) => b.id === piece?.block);
	const choose = (id: string | null) => {
		const b = blocks.find((x) => x.id === id);
		onChange(b && { block: b.id, ...begin(b, undefined) });
	};
	return (
		<>
			<Select
				label="Passage"
				searchable
				nothingFoundMessage="No paragraph says that"
				data={[{ value: whole, label: "The story as a whole: a note alone" }, ...blocks.map((b) => ({ value: b.id, label: shorten(b.text) }))]}
				value={block?.id ?? whole}
				allowDeselect={false}
				onChange={choose}
			/>
			{block && piece && (
				<>
					<div>
						<p className={css.label} id="as-published">
							As published, in version {text.version}
						</p>
						<blockquote className={css.published} aria-labelledby="as-published">
							{block.text.slice(0, piece.from)}
							<mark>{block.text.slice(piece.from, piece.to)}</mark>
							{block.text.slice(piece.to)}
						</blockquote>
					</div>
					<Textarea
						className={css.text}
						label="As it should read"
						description="Leave it as it is for a note that explains the passage and changes nothing."
						autosize
						minRows={1}
						maxRows={12}
						value={piece.after}
						onChange={(e) => onChange({ ...piece, after: e.currentTarget.value })}
					/>
				</>
			)}
		</>
	);
}
