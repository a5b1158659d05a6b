// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { DndContext, type DragEndEvent, KeyboardSensor, PointerSensor, closestCenter, useSensor, useSensors } from "@dnd-kit/core";
import { restrictToParentElement, restrictToVerticalAxis } from "@dnd-kit/modifiers";
import { SortableContext, arrayMove, sortableKeyboardCoordinates, verticalListSortingStrategy } from "@dnd-kit/sortable";
import { Button } from "@mantine/core";
import { useId, useState } from "react";
import type { MenuLink } from "../../api/nouns";
import css from "./LinkList.module.css";
import { LinkRow } from "./LinkRow";

interface Props {
	title: string;
	hint: string;
	value: MenuLink[];
	onChange: (value: MenuLink[]) => void;
}

let made = 0;
const newKey = () => `link-${++made}`;

/** A list of links that can be put in order by pointer and by keyboard. */
export function LinkList({ title, hint, value, onChange }: Props) {
	const id = useId();
	// A link has no id of its own; these follow the links about.
	const [kept, setKept] = useState(() => value.map(newKey));
	const keys = value.map((_, i) => kept[i] ?? `${id}-${i}`);
	const set = (links: MenuLink[], ids: string[]) => {
		setKept(ids);
		onChange(links);
	};
	const sensors = useSensors(
		useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
		useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
	);
	const place = (key: unknown) => keys.indexOf(String(key));
	const name = (key: unknown) => value[place(key)]?.label || "the link";
	const drop = ({ active, over }: DragEndEvent) => {
		if (!over || active.id === over.id) return;
		const [from, to] = [place(active.id), place(over.id)];
		set(arrayMove(value, from, to), arrayMove(keys, from, to));
	};
	return (
		<section className={css.list} aria-labelledby={id}>
			<h2 id={id}>{title}</h2>
			<p className={css.hint}>{hint}</p>
			<DndContext
				sensors={sensors}
				collisionDetection={closestCenter}
				modifiers={[restrictToVerticalAxis, restrictToParentElement]}
				onDragEnd={drop}
				accessibility={{
					screenReaderInstructions: { draggable: "Press space to lift, the arrow keys to move, space again to put down, escape to put back." },
					announcements: {
						onDragStart: ({ active }) => `${name(active.id)} is lifted.`,
						onDragOver: ({ active, over }) => over ? `${name(active.id)} is at place ${place(over.id) + 1} of ${value.length}.` : "",
						onDragEnd: ({ active, over }) => over ? `${name(active.id)} was put down at place ${place(over.id) + 1}.` : "It was put back.",
						onDragCancel: () => "It was put back.",
					},
				}}
			>
				<SortableContext items={keys} strategy={verticalListSortingStrategy}>
					<ol className={css.links}>
						{value.map((link, i) => (
							<LinkRow
								key={keys[i]}
								id={keys[i] ?? ""}
								list={title}
								link={link}
								onChange={(changed) => set(value.with(i, changed), keys)}
								onRemove={() => set(value.toSpliced(i, 1), keys.toSpliced(i, 1))}
							/>
						))}
					</ol>
				</SortableContext>
			</DndContext>
			<Button onClick={() => set([...value, { label: "", url: "" }], [...keys, newKey()])}>Add a link</Button>
		</section>
	);
}
