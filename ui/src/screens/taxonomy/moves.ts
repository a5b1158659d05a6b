// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import type { Term } from "../../api/nouns";

/** What stands below a section after a move, in order: what the API wants to hear. */
export interface Move {
	parent: string;
	ids: string[];
}

const above = (t: Term) => t.parent ?? "";
const siblings = (all: Term[], parent: string) => all.filter((t) => above(t) === parent).map((t) => t.id);

/** How deep a row stands. */
export function depth(all: Term[], t: Term): number {
	const up = all.find((o) => o.id === t.parent);
	return up ? depth(all, up) + 1 : 0;
}

/** Whether a section stands below another, or is it. */
export function within(all: Term[], id: string, top: string): boolean {
	if (id === top) return true;
	const up = all.find((t) => t.id === id)?.parent;
	return up ? within(all, up, top) : false;
}

/** Puts one where another stands, among its siblings. */
export function put(all: Term[], id: string, at: string): Move | undefined {
	const place = all.find((t) => t.id === at);
	if (!place || within(all, at, id)) return;
	const was = siblings(all, above(place));
	const [from, to] = [was.indexOf(id), was.indexOf(at)];
	const ids = was.filter((s) => s !== id);
	// Moving down among its own, it takes the place behind the other.
	ids.splice(from >= 0 ? to : ids.indexOf(at), 0, id);
	return { parent: above(place), ids };
}

/** Moves one up or down among its siblings. */
export function shift(all: Term[], t: Term, by: 1 | -1): Move | undefined {
	const ids = siblings(all, above(t));
	const other = ids[ids.indexOf(t.id) + by];
	return other ? put(all, t.id, other) : undefined;
}

/** Puts one below the sibling above it. */
export function inward(all: Term[], t: Term): Move | undefined {
	const ids = siblings(all, above(t));
	const parent = ids[ids.indexOf(t.id) - 1];
	return parent ? { parent, ids: [...siblings(all, parent), t.id] } : undefined;
}

/** Puts one behind the section that it stands below. */
export function outward(all: Term[], t: Term): Move | undefined {
	const parent = all.find((o) => o.id === t.parent);
	if (!parent) return;
	const ids = siblings(all, above(parent));
	ids.splice(ids.indexOf(parent.id) + 1, 0, t.id);
	return { parent: above(parent), ids };
}
