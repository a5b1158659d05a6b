// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

/** Where what was written is. */
export type SaveState =
	| { is: "saved" }
	| { is: "saving" }
	| { is: "offline" }
	| { is: "signed out" }
	| { is: "refused"; why: string };

/** The state as people read it. */
export function words(s: SaveState): string {
	switch (s.is) {
		case "saved":
			return "Saved";
		case "saving":
			return "Saving…";
		case "offline":
			return "Offline: kept here";
		case "signed out":
			return "Kept here until you sign in again";
		case "refused":
			return `Not saved: ${s.why}`;
	}
}

/** The worse of two states: what a writer must know first. */
export function worse(a: SaveState, b: SaveState): SaveState {
	const rank = { saved: 0, saving: 1, offline: 2, "signed out": 3, refused: 4 };
	return rank[a.is] >= rank[b.is] ? a : b;
}
