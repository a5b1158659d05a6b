// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { useSyncExternalStore } from "react";

/** One value outside of React that components can follow with `use`. */
export function value<T>(initial: T) {
	let now = initial;
	const followers = new Set<() => void>();
	const follow = (f: () => void) => {
		followers.add(f);
		return () => followers.delete(f);
	};
	const get = () => now;
	return {
		get,
		set(next: T) {
			if (Object.is(next, now)) return;
			now = next;
			for (const f of followers) f();
		},
		use: () => useSyncExternalStore(follow, get),
	};
}
