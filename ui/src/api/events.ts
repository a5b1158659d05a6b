// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";

// A browser opens six connections to a server at most, and a stream keeps one:
// a window that nobody looks at gives its own back after a while.
const rest = 30_000;

/**
 * Listens to what changes, as long as somebody looks; `onTags` gets the tags
 * ("*" is everything). Ends when the answer is called.
 */
export function listen(onTags: (tags: string[]) => void, story?: { article: string; client: string }): () => void {
	let source: EventSource | undefined;
	let resting: number | undefined;
	const open = () => {
		if (source && source.readyState !== EventSource.CLOSED) return;
		const query = story ? `?${new URLSearchParams(story)}` : "";
		source = new EventSource(`/api/events${query}`);
		source.addEventListener("changed", (e) => onTags((JSON.parse(e.data as string) as { tags: string[] }).tags ?? []));
	};
	const close = () => {
		source?.close();
		source = undefined;
	};
	const onLook = () => {
		window.clearTimeout(resting);
		if (document.visibilityState === "visible") open();
		else resting = window.setTimeout(close, rest);
	};
	// After an answer that is no stream (the session has ended) a browser does not try again.
	const knock = window.setInterval(() => document.visibilityState === "visible" && open(), 5000);
	document.addEventListener("visibilitychange", onLook);
	open();
	return () => {
		window.clearInterval(knock);
		window.clearTimeout(resting);
		document.removeEventListener("visibilitychange", onLook);
		close();
	};
}

// Which of our queries show what a tag names.
const shows: [RegExp, string[]][] = [
	[/^desk:articles|^article:|^pages$/, ["articles", "activity", "calendar"]],
	[/^taxonomy$/, ["taxonomy", "sections", "genres", "topics"]],
	[/^person:/, ["people"]],
	[/^snapshots:/, ["snapshots"]],
	[/^asset:/, ["assets"]],
	[/^record\b|^statement:|^counterpoint:/, ["record"]],
	[/^\*$/, ["articles", "snapshots", "presence", "record"]],
];

/** Has lists asked again when something that they show has changed. */
export function useFreshLists(story?: { article: string; client: string }, onTags?: (tags: string[]) => void) {
	const queries = useQueryClient();
	const { article, client } = story ?? {};
	useEffect(() => {
		const waiting = new Set<string>();
		let timer: number | undefined;
		const flush = () => {
			timer = undefined;
			for (const key of waiting) void queries.invalidateQueries({ queryKey: [key] });
			waiting.clear();
		};
		const stop = listen(
			(tags) => {
				onTags?.(tags);
				for (const t of tags) for (const [pattern, keys] of shows) if (pattern.test(t)) keys.forEach((k) => waiting.add(k));
				timer ??= window.setTimeout(flush, 300);
			},
			article && client ? { article, client } : undefined,
		);
		return () => {
			window.clearTimeout(timer);
			stop();
		};
	}, [queries, article, client, onTags]);
}
