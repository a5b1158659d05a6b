// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { value } from "./value";

// A browser opens six connections to a server at most, and a stream keeps one:
// a window that nobody looks at gives its own back after a while.
const rest = 30_000;

/**
 * Listens to what changes, as long as somebody looks; `onTags` gets the tags
 * ("*" is everything). Ends when the answer is called.
 */
function listen(onTags: (tags: string[]) => void, story?: { article: string; client: string }): () => void {
	let source: EventSource | undefined;
	let resting: number | undefined;
	const connect = () => {
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
		if (document.visibilityState === "visible") connect();
		else resting = window.setTimeout(close, rest);
	};
	// After an answer that is no stream (the session has ended) a browser does not try again.
	const knock = window.setInterval(() => document.visibilityState === "visible" && connect(), 5000);
	document.addEventListener("visibilitychange", onLook);
	connect();
	return () => {
		window.clearInterval(knock);
		window.clearTimeout(resting);
		document.removeEventListener("visibilitychange", onLook);
		close();
	};
}

// Which of our queries show what a tag names.
const shows: [RegExp, string[]][] = [
	[/^desk:articles$|^article:|^pages$/, ["articles", "stories", "activity", "calendar"]],
	[/^desk:fronts$|^front/, ["fronts"]],
	[/^corrections$/, ["corrections"]],
	[/^taxonomy$/, ["sections", "genres", "topics"]],
	[/^person:/, ["people"]],
	[/^snapshots:/, ["snapshots"]],
	[/^asset:/, ["assets"]],
	[/^record\b|^statement:|^counterpoint:/, ["record"]],
	[/^\*$/, ["articles", "stories", "fronts", "sections", "genres", "topics", "people", "snapshots", "assets", "presence", "record"]],
];

/** The story that is open, so that the stream tells of it too and others are told who is in it. */
const open = value<{ article: string; client: string } | undefined>(undefined);
const ears = new Set<(tags: string[]) => void>();

// What a screen has only just asked for need not be asked again because the
// stream begins; what came before that may have changed since.
const fresh = 1000;

// What a screen holds while it is being changed: the screen meets it itself.
const held = ([noun, , part]: readonly unknown[]) => noun === "fronts" && (part === "front" || part === "preview");

/** Has what is on screen asked again when somebody has changed what it shows. The shell does, for all screens. */
export function useFreshLists() {
	const queries = useQueryClient();
	const { article, client } = open.use() ?? {};
	useEffect(() => {
		const waiting = new Map<string, boolean>();
		let timer: number | undefined;
		let begun = false;
		const flush = () => {
			timer = undefined;
			const before = Date.now() - fresh;
			for (const [key, all] of waiting) void queries.invalidateQueries({ queryKey: [key], predicate: (q) => (all || q.state.dataUpdatedAt < before) && !held(q.queryKey) });
			waiting.clear();
		};
		const stop = listen(
			(tags) => {
				for (const hear of ears) hear(tags);
				const all = begun || !tags.includes("*");
				begun = true;
				for (const t of tags) for (const [pattern, keys] of shows) if (pattern.test(t)) for (const k of keys) waiting.set(k, all || waiting.get(k) === true);
				timer ??= window.setTimeout(flush, 300);
			},
			article && client ? { article, client } : undefined,
		);
		return () => {
			window.clearTimeout(timer);
			stop();
		};
	}, [queries, article, client]);
}

/** Hears the tags of all that changes, as long as the component lives. */
export function useTags(hear: (tags: string[]) => void) {
	useEffect(() => {
		ears.add(hear);
		return () => void ears.delete(hear);
	}, [hear]);
}

/** Opens the stream for a story, as long as the component lives. */
export function useOpenStory({ article, client }: { article: string; client: string }) {
	useEffect(() => {
		open.set({ article, client });
		return () => open.set(undefined);
	}, [article, client]);
}
