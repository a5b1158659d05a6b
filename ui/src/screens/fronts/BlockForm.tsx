// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, NumberInput, Select, TextInput, Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { Counterpoint, FrontBlock } from "../../api/nouns";
import { pairsQuery } from "../../api/fronts";
import { genresQuery, topicsQuery } from "../../api/taxonomy";
import { PickOne } from "../../parts/PickOne";
import { SectionPicker } from "../../parts/SectionPicker";
import css from "./Fronts.module.css";
import { useRuleName } from "./RuleWords";
import { type BlockType, shapes, types } from "./words";

interface Props {
	block: FrontBlock;
	onChange: (block: FrontBlock) => void;
	onRemove: () => void;
}

/** All that can be set of a block. What is changed is saved at once. */
export function BlockForm({ block: b, onChange, onRemove }: Props) {
	const set = (part: Partial<FrontBlock>) => onChange({ ...b, ...part });
	const shows = shapes[b.type].usual > 0;
	return (
		<div className={css.form}>
			<Select
				label="Shape"
				description={shapes[b.type].says}
				data={types.map((t) => ({ value: t, label: shapes[t].name }))}
				value={b.type}
				allowDeselect={false}
				onChange={(t) => t && onChange(reshaped(b, t as BlockType))}
			/>
			{b.type !== "newsletter" && <TextInput label="Title" description="Stands above the block; empty for none." value={b.title ?? ""} onChange={(e) => set({ title: e.currentTarget.value })} />}
			{shows && <Rule block={b} onChange={onChange} />}
			{shows && (
				<NumberInput
					label="Stories"
					description={`Empty is the usual ${shapes[b.type].usual}.`}
					value={b.count || ""}
					min={1}
					max={30}
					allowDecimal={false}
					clampBehavior="strict"
					onChange={(n) => set({ count: Number(n) || undefined })}
				/>
			)}
			{(b.type === "quote" || b.type === "text") && <Words block={b} set={set} />}
			{b.type === "sidebyside" && <Pair block={b} set={set} />}
			<Button variant="subtle" color="red" onClick={onRemove}>
				Remove this block
			</Button>
		</div>
	);
}

// A block of another shape keeps what that shape has as well.
function reshaped(b: FrontBlock, type: BlockType): FrontBlock {
	const text = type === "quote" || type === "text" ? b.text || "…" : undefined;
	if (!shapes[type].usual) return { type, title: b.title, text, speaker: b.speaker, role: b.role, url: b.url, counterpoint: type === "sidebyside" ? b.counterpoint : undefined };
	return { ...b, type, text: undefined, speaker: undefined, role: undefined, counterpoint: undefined, handPicked: type === "latest" ? undefined : b.handPicked };
}

type RuleKind = "newest" | "section" | "topic" | "genre" | "picked";
const rules: { value: RuleKind; label: string }[] = [
	{ value: "newest", label: "The newest" },
	{ value: "section", label: "A section" },
	{ value: "topic", label: "A topic" },
	{ value: "genre", label: "A genre" },
	{ value: "picked", label: "Hand-picked: pins alone" },
];

const kindOf = (b: FrontBlock): RuleKind => {
	if (b.handPicked) return "picked";
	if (b.section !== undefined) return "section";
	if (b.topic !== undefined) return "topic";
	return b.genre !== undefined ? "genre" : "newest";
};

function Rule({ block, onChange }: { block: FrontBlock; onChange: (block: FrontBlock) => void }) {
	const { section, topic, genre, handPicked: _, ...rest } = block;
	const kind = kindOf(block);
	const name = useRuleName(block) ?? "";
	const genres = useQuery({ ...genresQuery, enabled: kind === "genre" });
	const choose = (next: RuleKind) => onChange({ ...rest, ...(next === "picked" ? { handPicked: true } : next === "newest" ? {} : { [next]: "" }) });
	return (
		<>
			<Select
				label="Fills itself with"
				data={block.type === "latest" ? rules.slice(0, -1) : rules}
				value={kind}
				allowDeselect={false}
				onChange={(next) => next && choose(next as RuleKind)}
			/>
			{kind === "section" && <SectionPicker label="Section" value={section ? { id: section, name } : null} onChange={(v) => onChange({ ...rest, section: v?.id ?? "" })} />}
			{kind === "topic" && <PickOne label="Topic" search={topicsQuery} value={topic ? { id: topic, name } : null} onChange={(v) => onChange({ ...rest, topic: v?.id ?? "" })} />}
			{kind === "genre" && (
				<Select
					label="Genre"
					data={(genres.data ?? []).map((g) => ({ value: g.id, label: g.name }))}
					value={genre || null}
					onChange={(id) => onChange({ ...rest, genre: id ?? "" })}
				/>
			)}
		</>
	);
}

function Pair({ block, set }: { block: FrontBlock; set: (part: Partial<FrontBlock>) => void }) {
	const pairs = useQuery(pairsQuery);
	return (
		<Select
			label="Counterpoint"
			description={pairs.data?.length === 0 ? "Nothing has been set side by side yet." : "Empty shows the newest that readers see."}
			placeholder="The newest"
			searchable
			clearable
			data={(pairs.data ?? []).map((c) => ({ value: c.id, label: pairName(c) }))}
			value={block.counterpoint || null}
			onChange={(id) => set({ counterpoint: id ?? undefined })}
		/>
	);
}

const pairName = (c: Counterpoint) => `${c.first.speaker.name}: ${brief(c.first.words)} / ${c.second.speaker.name}: ${brief(c.second.words)}`;
const brief = (words: string) => (words.length > 40 ? `${words.slice(0, 40).trimEnd()} …` : words);

function Words({ block: b, set }: { block: FrontBlock; set: (part: Partial<FrontBlock>) => void }) {
	const quote = b.type === "quote";
	return (
		<>
			<Textarea
				label={quote ? "Quotation" : "Text"}
				description={quote ? "With its quotation marks." : "Markdown: *emphasis*, [a link](/about), paragraphs, lists."}
				autosize
				minRows={3}
				value={b.text ?? ""}
				// A block without words is none: the last ones stay until there are others.
				onChange={(e) => e.currentTarget.value.trim() && set({ text: e.currentTarget.value })}
			/>
			{quote && (
				<>
					<TextInput label="Speaker" value={b.speaker ?? ""} onChange={(e) => set({ speaker: e.currentTarget.value })} />
					<TextInput label="Role, at the time" value={b.role ?? ""} onChange={(e) => set({ role: e.currentTarget.value })} />
					<TextInput label="Where it is quoted" description="The address of the story: /europe/the-story" value={b.url ?? ""} onChange={(e) => set({ url: e.currentTarget.value })} />
				</>
			)}
		</>
	);
}
