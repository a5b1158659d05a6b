// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button } from "@mantine/core";
import { useSortable } from "@dnd-kit/sortable";
import { CSS } from "@dnd-kit/utilities";
import { BlockForm } from "./BlockForm";
import css from "./Fronts.module.css";
import { Grip } from "./Grip";
import { Miniature } from "./Miniature";
import { type Held, change } from "./moves";
import { RuleWords } from "./RuleWords";
import { Stories } from "./Stories";
import type { Cargo } from "./useDragging";
import type { Front } from "./useFront";
import { nameOf, roomOf, shapes } from "./words";

interface Props {
	f: Front;
	held: Held;
	number: number;
	open: boolean;
	onOpen: (open: boolean) => void;
}

/** A block as the desk shows it: its shape, its rule, its stories; opened, all that can be set of it. */
export function Block({ f, held, number, open, onOpen }: Props) {
	const { key, block } = held;
	const name = nameOf(block);
	const data: Cargo = { kind: "block", key, words: name };
	const { setNodeRef, listeners, attributes, transform, transition, isDragging } = useSortable({ id: key, data });
	const title = `block-${key}`;
	return (
		<li ref={setNodeRef} className={css.block} data-held={isDragging || undefined} style={{ transform: CSS.Translate.toString(transform), transition }} aria-labelledby={title}>
			<header className={css.blockHead}>
				{f.view.may && <Grip words={`Move block ${number}, ${name}`} listeners={listeners} attributes={attributes} />}
				<Miniature type={block.type} />
				<h2 id={title}>
					{block.title || shapes[block.type].name}
					<span className={css.rule}>
						<RuleWords block={block} />
					</span>
				</h2>
				{f.view.may && (
					<Button variant="subtle" size="compact-sm" aria-expanded={open} aria-label={`${open ? "Close" : "Edit"} ${name}`} onClick={() => onOpen(!open)}>
						{open ? "Close" : "Edit"}
					</Button>
				)}
			</header>
			{open && (
				<BlockForm
					block={block}
					onChange={(next) => f.change((front) => change(front, key, (h) => ({ ...h, block: next })))}
					onRemove={() => f.change((front) => front.filter((h) => h.key !== key))}
				/>
			)}
			{held.filled.gone && <p className={css.warning}>What its rule names does not exist any more: readers do not see this block.</p>}
			{roomOf(block) > 0 ? <Stories f={f} held={held} /> : block.text && <p className={css.words}>{block.text}</p>}
		</li>
	);
}
