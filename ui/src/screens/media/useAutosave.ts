// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { assetChanged, changeAsset } from "../../api/assets";
import type { Asset, AssetChange } from "../../api/nouns";
import { messageOf } from "../../api/problem";

/** How long after the last key a text is saved. */
const pause = 700;

export interface Autosave {
	/** Saves soon, together with what else changes meanwhile. */
	later: (change: AssetChange) => void;
	/** Saves at once. */
	now: (change: AssetChange) => void;
	busy: boolean;
	saved: boolean;
	/** Why the last change could not be saved; it is tried again with the next. */
	problem?: string;
}

/** Saves what changes about an asset by itself, also when the panel is closed on the way. */
export function useAutosave({ id }: Asset): Autosave {
	const queries = useQueryClient();
	const waiting = useRef<AssetChange>({});
	const timer = useRef<number | undefined>(undefined);
	const [state, setState] = useState<{ busy: boolean; saved: boolean; problem?: string }>({ busy: false, saved: false });

	const flush = useCallback(async () => {
		window.clearTimeout(timer.current);
		const change = waiting.current;
		if (Object.keys(change).length === 0) return;
		waiting.current = {};
		setState({ busy: true, saved: false });
		try {
			assetChanged(queries, await changeAsset(id, change));
			setState({ busy: false, saved: true });
		} catch (error) {
			// Kept, so that nothing typed is lost: it goes with the next attempt.
			waiting.current = { ...change, ...waiting.current };
			setState({ busy: false, saved: false, problem: `Not saved: ${messageOf(error)}` });
		}
	}, [id, queries]);

	useEffect(() => {
		const online = () => void flush();
		window.addEventListener("online", online);
		return () => {
			window.removeEventListener("online", online);
			void flush();
		};
	}, [flush]);

	const later = useCallback(
		(change: AssetChange) => {
			waiting.current = { ...waiting.current, ...change };
			window.clearTimeout(timer.current);
			timer.current = window.setTimeout(() => void flush(), pause);
		},
		[flush],
	);
	const now = useCallback(
		(change: AssetChange) => {
			waiting.current = { ...waiting.current, ...change };
			void flush();
		},
		[flush],
	);
	return { later, now, ...state };
}
