// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { DndContext, type DragEndEvent, KeyboardSensor, PointerSensor, closestCenter, useSensor, useSensors } from "@dnd-kit/core";
import { restrictToParentElement, restrictToVerticalAxis } from "@dnd-kit/modifiers";
import { SortableContext, sortableKeyboardCoordinates, verticalListSortingStrategy } from "@dnd-kit/sortable";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { type TermKind, orderTerms, termsQuery } from "../../api/taxonomy";
import { EmptyState } from "../../parts/EmptyState";
import { ErrorState } from "../../parts/ErrorState";
import { Loading } from "../../parts/Loading";
import { toast, toastProblem } from "../../parts/toast";
import { useFilter } from "../../parts/useFilter";
import css from "./Taxonomy.module.css";
import { TermPanel } from "./TermPanel";
import { TermRow } from "./TermRow";
import { type Move, put } from "./moves";
import { useTermChange } from "./useTermChange";

interface Props {
	kind: TermKind;
	title: string;
	/** What the empty list teaches. */
	children: ReactNode;
}

/** What has an order: the tree of sections, the list of genres. */
export function Tree({ kind, title, children }: Props) {
	const terms = useQuery(termsQuery(kind));
	const [open, setOpen] = useFilter("open");
	const order = useTermChange(kind, (m: Move) => orderTerms(kind, m.parent, m.ids));
	const sensors = useSensors(
		useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
		useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
	);
	if (terms.isError) return <ErrorState error={terms.error} retry={() => void terms.refetch()} />;
	if (!terms.data) return <Loading />;
	const all = terms.data;
	if (all.length === 0) return <EmptyState title={title}>{children}</EmptyState>;
	const name = (id: unknown) => all.find((t) => t.id === id)?.name ?? "it";
	const move = (m: Move | undefined, said: string) => m && order.mutate(m, { onSuccess: () => toast(said), onError: toastProblem });
	const drop = ({ active, over }: DragEndEvent) => {
		if (over && over.id !== active.id) move(put(all, String(active.id), String(over.id)), `${name(active.id)} is moved`);
	};
	const chosen = all.find((t) => t.id === open);
	return (
		<>
			<DndContext
				sensors={sensors}
				collisionDetection={closestCenter}
				modifiers={[restrictToVerticalAxis, restrictToParentElement]}
				onDragEnd={drop}
				accessibility={{
					screenReaderInstructions: { draggable: "Press space to lift, the arrow keys to move, space again to put down, escape to put back." },
					announcements: {
						onDragStart: ({ active }) => `${name(active.id)} is lifted.`,
						onDragOver: ({ over }) => (over ? `It is at the place of ${name(over.id)}.` : ""),
						onDragEnd: ({ over }) => (over ? `It was put down at the place of ${name(over.id)}.` : "It was put back."),
						onDragCancel: () => "It was put back.",
					},
				}}
			>
				<SortableContext items={all.map((t) => t.id)} strategy={verticalListSortingStrategy} disabled={order.isPending}>
					<ol className={css.rows} aria-label={kind === "section" ? "Sections" : "Genres"} aria-busy={order.isPending}>
						{all.map((t) => (
							<TermRow key={t.id} kind={kind} term={t} all={all} onMove={move} />
						))}
					</ol>
				</SortableContext>
			</DndContext>
			{chosen && <TermPanel key={chosen.id + chosen.revision} kind={kind} term={chosen} all={all} onClose={() => setOpen(null)} />}
		</>
	);
}
