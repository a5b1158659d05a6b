// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { useSortable } from "@dnd-kit/sortable";
import { CSS } from "@dnd-kit/utilities";
import { Button, Menu } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { Term } from "../../api/nouns";
import type { TermKind } from "../../api/taxonomy";
import css from "./Taxonomy.module.css";
import { type Move, depth, inward, outward, shift } from "./moves";

interface Props {
	kind: TermKind;
	term: Term;
	all: Term[];
	onMove: (m: Move | undefined, said: string) => void;
}

/** One section or genre in its place. */
export function TermRow({ kind, term, all, onMove }: Props) {
	const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } = useSortable({ id: term.id });
	const { role: _, ...rest } = attributes;
	const deep = depth(all, term);
	return (
		<li
			ref={setNodeRef}
			className={css.row}
			style={{ transform: CSS.Translate.toString(transform), transition, paddingInlineStart: `${deep * 1.5}rem` }}
			data-held={isDragging || undefined}
		>
			<button ref={setActivatorNodeRef} type="button" className={css.grip} {...rest} {...listeners} aria-label={`Move ${term.name}`} />
			<span className={css.words}>
				<Link to="." search={(before: Record<string, string | undefined>) => ({ ...before, open: term.id })} className={css.name}>
					{term.name}
				</Link>
				<span className={css.path}>{term.path}</span>
			</span>
			<span className={css.count}>
				{(term.stories ?? 0).toLocaleString("en")} {term.stories === 1 ? "story" : "stories"}
			</span>
			<Moves kind={kind} term={term} all={all} onMove={onMove} />
		</li>
	);
}

/** The moves once more in words, for those who do not drag. */
function Moves({ kind, term, all, onMove }: Props) {
	const acts: { words: string; move?: Move; said: string }[] = [
		{ words: "Move up", move: shift(all, term, -1), said: `${term.name} is moved up` },
		{ words: "Move down", move: shift(all, term, 1), said: `${term.name} is moved down` },
	];
	if (kind === "section") {
		const into = inward(all, term);
		const name = all.find((t) => t.id === into?.parent)?.name;
		const up = all.find((t) => t.id === term.parent)?.name;
		acts.push({ words: name ? `Move below ${name}` : "Move below", move: into, said: `${term.name} stands below ${name ?? ""}` });
		acts.push({ words: up ? `Move out of ${up}` : "Move out", move: outward(all, term), said: `${term.name} stands beside ${up ?? ""}` });
	}
	return (
		<Menu position="bottom-end">
			<Menu.Target>
				<Button variant="subtle" size="compact-sm" aria-label={`Ways to move ${term.name}`}>
					Move
				</Button>
			</Menu.Target>
			<Menu.Dropdown>
				{acts.map((a) => (
					<Menu.Item key={a.words} disabled={!a.move} onClick={() => onMove(a.move, a.said)}>
						{a.words}
					</Menu.Item>
				))}
			</Menu.Dropdown>
		</Menu>
	);
}
