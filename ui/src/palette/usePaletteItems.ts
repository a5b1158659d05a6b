// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { useDebouncedValue } from "@mantine/hooks";
import { useQueries } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { finders } from "./finders";
import { commands } from "./registry";

export interface Item {
	id: string;
	group: string;
	words: string;
	aside?: string;
	keys?: string;
	run: () => void;
}

/** What the palette offers for what was typed: acts first, then what the finders found. */
export function usePaletteItems(typed: string): { items: Item[]; searching: boolean } {
	const router = useRouter();
	const [q] = useDebouncedValue(typed.trim(), 120);
	const acts = commands.use().filter((c) => matches(c.words, typed));
	const answers = useQueries({
		queries: finders.map((f) => ({ queryKey: ["palette", f.group, q], queryFn: () => f.find(q), enabled: q.length > 1, staleTime: 30_000 })),
	});

	const items: Item[] = acts.map((c) => ({ ...c, id: `act:${c.group}:${c.words}` }));
	answers.forEach((answer, i) => {
		const group = finders[i]?.group ?? "";
		for (const f of (typed.trim() && answer.data) || []) {
			items.push({ id: `${group}:${f.id}`, group, words: f.words, aside: f.aside, run: () => router.history.push(router.basepath + f.to) });
		}
	});
	return { items: grouped(items), searching: answers.some((a) => a.isFetching) };
}

// Every typed word begins a word of the command: "ne st" finds "New story".
function matches(words: string, typed: string): boolean {
	const have = words.toLowerCase().split(/\s+/);
	return typed.toLowerCase().split(/\s+/).every((t) => have.some((w) => w.startsWith(t)));
}

// Groups in the order in which they first come, each together.
function grouped(items: Item[]): Item[] {
	const order = [...new Set(items.map((i) => i.group))];
	return order.flatMap((g) => items.filter((i) => i.group === g));
}
