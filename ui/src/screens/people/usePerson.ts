// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { AssetRow, PersonChange, WholePerson } from "../../api/nouns";
import { changePerson, personChanged, personQuery } from "../../api/people";
import { Problem, messageOf } from "../../api/problem";
import { toast } from "../../parts/toast";
import { useUnsaved } from "../../parts/useUnsaved";
import { useShortcut } from "../../shortcuts/useShortcut";

/** What can be changed of a person, with the words for it. */
const fields = {
	name: "the name",
	kind: "the kind",
	sortName: "the sort name",
	variants: "the other spellings",
	author: "whether they write",
	bio: "the biography",
	portrait: "the portrait",
	roles: "the roles",
	links: "the links",
	slug: "the slug",
} as const;

type Field = keyof typeof fields;
type Values = Pick<WholePerson, Field> & { portrait?: AssetRow };
const names = Object.keys(fields) as Field[];

// Of a portrait only which one it is counts: the rest is the picture's own.
const same = (name: Field, a: Values, b: Values) =>
	name === "portrait" ? a.portrait?.id === b.portrait?.id : JSON.stringify(a[name]) === JSON.stringify(b[name]);

function changesOf(base: Values, now: Values): Omit<PersonChange, "updatedAt"> {
	const changed = names.filter((name) => !same(name, base, now));
	return Object.fromEntries(changed.map((name) => [name, name === "portrait" ? (now.portrait?.id ?? "") : now[name]]));
}

/**
 * A person being changed. Only what was changed here is sent; when somebody else
 * has changed the person meanwhile, theirs is taken over beside it, what both
 * changed is named, and nothing is saved until one has looked.
 */
export function usePerson(stored: WholePerson) {
	const queries = useQueryClient();
	const [base, setBase] = useState(stored);
	const [values, setValues] = useState<Values>(stored);
	const [problem, setProblem] = useState<string>();
	const dirty = names.some((name) => !same(name, base, values));
	useUnsaved(dirty, "person");

	const adopt = (now: WholePerson) => {
		setBase(now);
		setValues(now);
		setProblem(undefined);
	};
	if (!dirty && stored.updatedAt !== base.updatedAt) adopt(stored);

	const meet = async () => {
		const theirs = await queries.fetchQuery({ ...personQuery(stored.id), staleTime: 0 });
		const mine = names.filter((name) => !same(name, base, values));
		const both = mine.filter((name) => !same(name, base, theirs) && !same(name, theirs, values));
		setBase(theirs);
		setValues({ ...theirs, ...Object.fromEntries(mine.map((name) => [name, values[name]])) });
		setProblem(
			both.length > 0
				? `Somebody else has changed ${both.map((name) => fields[name]).join(", ")} meanwhile. Yours stands here and is not saved yet: save again, or undo to see theirs.`
				: "Somebody else has saved other changes meanwhile. They have been taken over here: look, then save again.",
		);
	};
	const saving = useMutation({
		mutationFn: () => changePerson(stored.id, { ...changesOf(base, values), updatedAt: base.updatedAt }),
		onSuccess: (now) => {
			personChanged(queries, now);
			adopt(now);
			toast("Saved");
		},
		// A slug that is taken is a conflict too, but nobody has changed anything.
		onError: async (error) => {
			const theirs = error instanceof Problem && error.status === 409 ? await queries.fetchQuery({ ...personQuery(stored.id), staleTime: 0 }) : base;
			if (theirs.updatedAt === base.updatedAt) setProblem(messageOf(error));
			else await meet();
		},
	});
	const save = () => dirty && !saving.isPending && saving.mutate();
	useShortcut({ keys: "mod+s", words: "Save the person", run: save });
	return {
		values,
		change: (some: Partial<Values>) => setValues((before) => ({ ...before, ...some })),
		dirty,
		save,
		saving: saving.isPending,
		undo: () => adopt(base),
		problem,
	};
}

export type Changing = ReturnType<typeof usePerson>;
