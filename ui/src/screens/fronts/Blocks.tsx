// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, Menu } from "@mantine/core";
import { DndContext, DragOverlay } from "@dnd-kit/core";
import { SortableContext, verticalListSortingStrategy } from "@dnd-kit/sortable";
import { useState } from "react";
import { EmptyState } from "../../parts/EmptyState";
import { Block } from "./Block";
import css from "./Fronts.module.css";
import { Miniature } from "./Miniature";
import { type Held, nothing } from "./moves";
import { type Front, newKey } from "./useFront";
import { useDragging } from "./useDragging";
import { type BlockType, shapes, types } from "./words";

/** The blocks from the top of the page to its end; blocks and stories are moved by drag or keyboard. */
export function Blocks({ f }: { f: Front }) {
	const [open, setOpen] = useState<string>();
	const dragging = useDragging(f);
	const add = (type: BlockType) => {
		const block: Held = { key: newKey(), block: { type, ...(type === "quote" || type === "text" ? { text: "…" } : {}) }, filled: nothing };
		f.change((front) => [...front, block]);
		setOpen(block.key);
	};
	if (!f.front.length)
		return (
			<EmptyState title="No blocks yet" action={f.view.may && <AddBlock onAdd={add} />}>
				A front is made of blocks, from top to bottom: a lead, a grid of three, a list, a quotation. Each fills itself by a rule, the newest of a
				section for instance, and you pin into it what should stand there.
			</EmptyState>
		);
	return (
		<section className={css.blocks} aria-label="Blocks">
			<DndContext {...dragging.context}>
				<SortableContext items={f.front.map((h) => h.key)} strategy={verticalListSortingStrategy} disabled={!f.view.may}>
					<ol className={css.list}>
						{f.front.map((h, i) => (
							<Block key={h.key} f={f} held={h} number={i + 1} open={open === h.key} onOpen={(o) => setOpen(o ? h.key : undefined)} />
						))}
					</ol>
				</SortableContext>
				<DragOverlay dropAnimation={null}>{dragging.words && <div className={css.overlay}>{dragging.words}</div>}</DragOverlay>
			</DndContext>
			{f.view.may && <AddBlock onAdd={add} />}
		</section>
	);
}

function AddBlock({ onAdd }: { onAdd: (type: BlockType) => void }) {
	return (
		<Menu position="top-start">
			<Menu.Target>
				<Button>Add a block</Button>
			</Menu.Target>
			<Menu.Dropdown>
				{types.map((type) => (
					<Menu.Item key={type} leftSection={<Miniature type={type} />} onClick={() => onAdd(type)}>
						{shapes[type].name}
						<span className={css.says}>{shapes[type].says}</span>
					</Menu.Item>
				))}
			</Menu.Dropdown>
		</Menu>
	);
}
