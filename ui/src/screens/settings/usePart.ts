// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { type UseQueryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Problem, messageOf } from "../../api/problem";
import { toast } from "../../parts/toast";
import { useUnsaved } from "../../parts/useUnsaved";
import { useShortcut } from "../../shortcuts/useShortcut";

interface Revised {
	revision: string;
}

export interface Part<T> {
	values: T;
	change: (some: Partial<T>) => void;
	dirty: boolean;
	save: () => void;
	saving: boolean;
	/** Back to what is stored. */
	undo: () => void;
	/** Why it was not saved. */
	problem?: string;
}

/**
 * One part of the settings being changed. When somebody else saved it meanwhile,
 * what they changed is taken over where nothing was changed here; what both
 * changed stays as it is here and is named, and nothing is saved until the
 * person has looked at it.
 */
export function usePart<T extends Revised>(
	stored: T,
	query: UseQueryOptions<T, Error, T, string[]>,
	store: (values: T) => Promise<T>,
	words: { [K in keyof T]?: string },
): Part<T> {
	const queries = useQueryClient();
	const [base, setBase] = useState(stored);
	const [values, setValues] = useState(stored);
	const [problem, setProblem] = useState<string>();
	const dirty = !same(base, values);
	useUnsaved(dirty);

	const adopt = (now: T) => {
		setBase(now);
		setValues(now);
		setProblem(undefined);
	};
	// What was fetched anew is shown, unless something is being changed.
	if (!dirty && !same(stored, base)) adopt(stored);

	const meet = async () => {
		const theirs = await queries.fetchQuery({ ...query, staleTime: 0 });
		const { merged, clashes } = merge(base, values, theirs);
		setBase(theirs);
		setValues(merged);
		const named = clashes.map((name) => words[name] ?? String(name));
		setProblem(
			named.length > 0
				? `Somebody else has changed ${named.join(", ")} meanwhile. Yours stands here and is not saved yet: look at it, then save again, or undo to see theirs.`
				: "Somebody else has saved other changes meanwhile. They have been taken over here: look at it, then save again.",
		);
	};
	const saving = useMutation({
		mutationFn: store,
		onSuccess: (now) => {
			queries.setQueryData(query.queryKey, now);
			adopt(now);
			// The desk shows the magazine's name and writes times in its zone.
			void queries.invalidateQueries({ queryKey: ["session"] });
			toast("Saved");
		},
		onError: (error) => (error instanceof Problem && error.status === 409 ? meet() : setProblem(messageOf(error))),
	});
	const save = () => dirty && !saving.isPending && saving.mutate(values);
	useShortcut({ keys: "mod+s", words: "Save", run: save });

	return {
		values,
		change: (some) => setValues((before) => ({ ...before, ...some })),
		dirty,
		save,
		saving: saving.isPending,
		undo: () => adopt(base),
		problem,
	};
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** Three-way, field by field. */
function merge<T extends Revised>(base: T, mine: T, theirs: T): { merged: T; clashes: (keyof T)[] } {
	const merged = { ...theirs };
	const clashes: (keyof T)[] = [];
	for (const name of Object.keys(mine) as (keyof T)[]) {
		if (name === "revision" || same(mine[name], base[name])) continue;
		merged[name] = mine[name];
		if (!same(theirs[name], base[name]) && !same(theirs[name], mine[name])) clashes.push(name);
	}
	return { merged, clashes };
}
