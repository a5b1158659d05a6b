// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import {
	type Announcements,
	type CollisionDetection,
	type DndContextProps,
	type DragEndEvent,
	type KeyboardCoordinateGetter,
	KeyboardSensor,
	PointerSensor,
	closestCenter,
	pointerWithin,
	useSensor,
	useSensors,
} from "@dnd-kit/core";
import { arrayMove } from "@dnd-kit/sortable";
import { useState } from "react";
import type { FilledStory } from "../../api/nouns";
import { putStory } from "./moves";
import type { Front } from "./useFront";

/** What hangs on everything that is dragged, or dropped upon. */
export type Cargo =
	| { kind: "block"; key: string; words: string }
	| { kind: "story"; key: string; index: number; story: FilledStory; words: string }
	| { kind: "end"; key: string; index: number; words: string };

// A block is dropped among blocks, a story among stories or at the end of a block.
const fits = (dragged: Cargo, on: Cargo) => (dragged.kind === "block") === (on.kind === "block");

const collide: CollisionDetection = (args) => {
	const dragged = args.active.data.current as Cargo;
	const droppableContainers = args.droppableContainers.filter((c) => fits(dragged, c.data.current as Cargo));
	const within = pointerWithin({ ...args, droppableContainers });
	return within.length ? within : closestCenter({ ...args, droppableContainers });
};

// An arrow key goes to the next place where what is held may be put down, in
// the order of the page.
const coordinates: KeyboardCoordinateGetter = (event, { context }) => {
	const down = event.code === "ArrowDown" || event.code === "ArrowRight";
	const up = event.code === "ArrowUp" || event.code === "ArrowLeft";
	if ((!down && !up) || !context.active || !context.collisionRect) return;
	event.preventDefault();
	const dragged = context.active.data.current as Cargo;
	const rects = context.droppableContainers
		.getEnabled()
		.filter((c) => fits(dragged, c.data.current as Cargo))
		.flatMap((c) => context.droppableRects.get(c.id) ?? [])
		.toSorted((a, b) => a.top - b.top);
	const here = context.collisionRect.top;
	const next = down ? rects.find((r) => r.top > here + 1) : rects.findLast((r) => r.top < here - 1);
	return next && { x: next.left, y: next.top };
};

const cargoOf = (thing: { data: { current?: unknown } } | null) => thing?.data.current as Cargo | undefined;

const where = (on: Cargo | undefined) => {
	if (!on) return "nowhere";
	return on.kind === "block" ? `at the place of ${on.words}` : `in ${on.words}, place ${on.index + 1}`;
};

const announcements: Announcements = {
	onDragStart: ({ active }) => `${cargoOf(active)?.kind === "block" ? "The block" : "The story"} is lifted.`,
	onDragOver: ({ over }) => `It is ${where(cargoOf(over))}.`,
	onDragEnd: ({ over }) => (over ? `It was put down ${where(cargoOf(over))}.` : "It was put back."),
	onDragCancel: () => "It was put back.",
};

/** Lets blocks and stories of a front be moved, by pointer and by keyboard. */
export function useDragging(f: Front): { context: DndContextProps; words: string | undefined } {
	const [held, setHeld] = useState<Cargo>();
	const sensors = useSensors(
		useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
		useSensor(KeyboardSensor, { coordinateGetter: coordinates }),
	);
	const drop = ({ active, over }: DragEndEvent) => {
		setHeld(undefined);
		const from = cargoOf(active);
		const to = cargoOf(over);
		if (!from || !to || active.id === over?.id) return;
		if (from.kind === "block") {
			const index = (key: string) => f.front.findIndex((h) => h.key === key);
			return f.change((front) => arrayMove(front, index(from.key), index(to.key)));
		}
		if (from.kind === "story" && to.kind !== "block") f.change((front) => putStory(front, from.story, to.key, to.index));
	};
	return {
		words: held && (held.kind === "story" ? held.story.headline : held.words),
		context: {
			sensors,
			collisionDetection: collide,
			onDragStart: ({ active }) => setHeld(cargoOf(active)),
			onDragEnd: drop,
			onDragCancel: () => setHeld(undefined),
			accessibility: {
				announcements,
				screenReaderInstructions: { draggable: "Press space to lift, the arrow keys to move, space again to put down, escape to put back." },
			},
		},
	};
}
