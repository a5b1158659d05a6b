// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect } from "react";
import { useOpenStory, useTags } from "../../../api/events";
import { presenceQuery, setPlace } from "../../../api/presence";
import type { Writing } from "../save/Writing";
import css from "./SaveMark.module.css";

/** Who else has the story open, and where in it they are. */
export function Others({ writing }: { writing: Writing }) {
	const { article, client } = writing;
	const queries = useQueryClient();
	const found = useQuery(presenceQuery(article));
	const onTags = useCallback(
		(tags: string[]) => {
			const all = tags.includes("*");
			if (all || tags.includes(`copy:${article}`)) writing.body.look();
			if (all || tags.includes(`fields:${article}`)) void writing.fields.look();
			if (all || tags.includes(`presence:${article}`)) void queries.invalidateQueries({ queryKey: ["presence", article] });
		},
		[article, queries, writing],
	);
	useTags(onTags);
	useOpenStory(writing);
	usePlace(writing);
	const others = new Map<string, { name: string; place: string }>();
	for (const p of found.data ?? []) if (p.client !== client) others.set(p.staff.id, { name: p.staff.name, place: p.place });
	const words = [...others.values()].map((o) => (o.place ? `${o.name} (${o.place})` : o.name)).join(", ");
	return (
		<span role="status" className={css.others}>
			{words && `Also here: ${words}`}
		</span>
	);
}

/** Tells the others where we are: by the heading above, not by every move. */
function usePlace({ article, client, editor }: Writing) {
	useEffect(() => {
		let told = "";
		let timer: number | undefined;
		const tell = () => {
			const now = place();
			if (now === told || document.visibilityState !== "visible") return;
			told = now;
			// Whoever is not reached sees us where we were.
			setPlace(article, client, now).catch(() => undefined);
		};
		const place = () => {
			const at = document.activeElement;
			if (at?.matches("textarea")) return (at.getAttribute("aria-label") ?? "").toLowerCase();
			if (!editor.isFocused) return "";
			let heading = "";
			editor.state.doc.nodesBetween(0, editor.state.selection.from, (n) => {
				if (n.type.name === "heading") heading = n.textContent;
				return false;
			});
			return heading ? `at “${heading.slice(0, 60)}”` : "in the text";
		};
		const soon = () => {
			window.clearTimeout(timer);
			timer = window.setTimeout(tell, 1500);
		};
		document.addEventListener("focusin", soon);
		editor.on("selectionUpdate", soon);
		return () => {
			window.clearTimeout(timer);
			document.removeEventListener("focusin", soon);
			editor.off("selectionUpdate", soon);
		};
	}, [article, client, editor]);
}
