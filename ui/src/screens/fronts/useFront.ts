// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { useTags } from "../../api/events";
import { frontPreviewQuery, frontQuery, saveFront } from "../../api/fronts";
import type { FrontPreview, FrontView } from "../../api/nouns";
import { Problem } from "../../api/problem";
import { toastProblem } from "../../parts/toast";
import { type Held, nothing } from "./moves";

/** How long the screen waits for a further change before it saves. */
const pause = 350;

let keys = 0;
export const newKey = () => `b${++keys}`;

// A block that stays where it was keeps its key, and what it shows until the
// program has said it anew: nothing on screen comes and goes.
const hold = (view: FrontView, before: Held[] = []): Held[] =>
	view.blocks.map((block, i) => {
		const was = before[i];
		return was?.block.type === block.type ? { ...was, block } : { key: newKey(), block, filled: nothing };
	});

export type Saving = "saved" | "saving" | "failed" | "behind";

/**
 * The front of one place while it is being arranged: what is on screen, its
 * saving, and what the program says that each block shows.
 */
export function useFront(loaded: FrontView) {
	const place = loaded.place;
	const queries = useQueryClient();
	const [view, setView] = useState(loaded);
	const [front, setFront] = useState(() => hold(loaded));
	const [before, setBefore] = useState<Held[][]>([]);
	const [saving, setSaving] = useState<Saving>("saved");
	const [preview, setPreview] = useState<FrontPreview>();
	// What the savers below read, which outlive a render.
	const now = useRef({ front, view, dirty: false, busy: undefined as Promise<void> | undefined, timer: 0, told: 0, theirs: false, stories: false });

	const take = useCallback((next: FrontView) => {
		now.current.view = next;
		setView(next);
	}, []);

	const look = useCallback(async () => {
		const { view: v, front: shown } = now.current;
		const found = await queries.fetchQuery({ ...frontPreviewQuery(place, stateOf(v)), staleTime: 0 }).catch(() => undefined);
		// What was changed meanwhile is on screen as we expect it; its own answer follows.
		if (!found || now.current.front !== shown) return;
		setPreview(found);
		const filled = shown.map((h, i) => ({ ...h, filled: found.blocks[i] ?? nothing }));
		now.current.front = filled;
		setFront(filled);
	}, [place, queries]);

	const save = useCallback(async (): Promise<void> => {
		const n = now.current;
		window.clearTimeout(n.timer);
		if (n.busy) await n.busy;
		if (!n.dirty) return;
		n.dirty = false;
		setSaving("saving");
		n.busy = saveFront(place, n.view.revision, n.front.map((h) => h.block))
			.then((next) => {
				take(next);
				setSaving(n.dirty ? "saving" : "saved");
				void look();
			})
			.catch((error: unknown) => {
				n.dirty = true;
				const stale = error instanceof Problem && error.status === 409;
				setSaving(stale ? "behind" : "failed");
				if (!stale) toastProblem(error);
				throw error;
			})
			.finally(() => {
				n.busy = undefined;
			});
		await n.busy;
	}, [place, look, take]);

	const show = useCallback((next: Held[]) => {
		now.current.front = next;
		setFront(next);
	}, []);

	const later = useCallback(() => {
		const n = now.current;
		n.dirty = true;
		setSaving("saving");
		window.clearTimeout(n.timer);
		n.timer = window.setTimeout(() => void save().catch(() => undefined), pause);
	}, [save]);

	const change = useCallback(
		(next: (front: Held[]) => Held[]) => {
			setBefore((b) => [...b.slice(-49), now.current.front]);
			show(next(now.current.front));
			later();
		},
		[show, later],
	);

	const undo = () => {
		const last = before.at(-1);
		if (!last) return;
		setBefore(before.slice(0, -1));
		show(last);
		later();
	};

	/** Begins again from what the program has. */
	const reset = useCallback(
		(next: FrontView) => {
			now.current.dirty = false;
			take(next);
			show(hold(next, now.current.front));
			setBefore([]);
			setSaving("saved");
			void look();
			void queries.invalidateQueries({ queryKey: ["fronts"], exact: true });
			void queries.invalidateQueries({ queryKey: ["fronts", place, "history"] });
		},
		[take, show, look, queries, place],
	);

	/** After a stale save: theirs is taken, or ours is saved over it, knowing that. */
	const resolve = async (keep: "ours" | "theirs") => {
		const theirs = await queries.fetchQuery({ ...frontQuery(place), staleTime: 0 });
		if (keep === "theirs") return reset(theirs);
		take(theirs);
		await save();
	};

	// Somebody else has saved or published this front, or a story that it may
	// show has changed. What is being changed here is never touched: it is met
	// when it is saved.
	const [told, tell] = useState(0);
	const hear = useCallback(
		(tags: string[]) => {
			const n = now.current;
			n.theirs ||= tags.some((t) => t === "*" || t === "desk:fronts" || t.startsWith("front"));
			n.stories ||= tags.some((t) => t === "*" || t === "desk:articles");
			if (!n.theirs && !n.stories) return;
			window.clearTimeout(n.told);
			n.told = window.setTimeout(async () => {
				const { theirs, stories } = n;
				n.theirs = n.stories = false;
				const calm = () => !n.dirty && !n.busy;
				const next = theirs && calm() ? await queries.fetchQuery({ ...frontQuery(place), staleTime: 0 }).catch(() => undefined) : undefined;
				const other = next !== undefined && calm() && stateOf(next) !== stateOf(n.view);
				if (other) {
					take(next);
					show(hold(next, n.front));
					setBefore([]);
				}
				if (stories) tell((t) => t + 1);
				if (other || stories) await look();
			}, 300);
		},
		[place, queries, take, show, look],
	);
	useTags(hear);
	useEffect(() => () => window.clearTimeout(now.current.told), []);
	useEffect(() => void look(), [look]);
	// What was not saved yet is saved on the way out.
	useEffect(() => () => void save().catch(() => undefined), [save]);

	return { view, front, preview, saving, change, undo, canUndo: before.length > 0, revision: () => now.current.view.revision, save, reset, resolve, state: stateOf(view), told };
}

export type Front = ReturnType<typeof useFront>;

const stateOf = (v: FrontView) => `${v.draft?.id ?? v.live?.id ?? ""}.${v.revision}`;
