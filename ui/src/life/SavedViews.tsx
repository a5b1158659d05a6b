// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, Checkbox, Group, Modal, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { deleteView, saveView, viewsQuery } from "../api/life";
import type { SavedView } from "../api/nouns";
import { confirm } from "../parts/confirm";
import { toast, toastProblem } from "../parts/toast";
import { useFilters } from "../parts/useFilter";
import { parseSearch, type Search, stringifySearch } from "../search";
import css from "./List.module.css";

// What everybody needs needs no saving.
const given: { name: string; search: Search }[] = [
	{ name: "All", search: {} },
	{ name: "Mine", search: { mine: "1" } },
	{ name: "To review", search: { status: "in_review" } },
	{ name: "Due next", search: { sort: "due", status: "draft,in_review,approved" } },
	{ name: "Trash", search: { trash: "1" } },
];

const plain = ({ story: _story, ...search }: Search) => stringifySearch(search).replace(/^\?/, "");
const same = (a: string, b: string) => new URLSearchParams(a).toString() === new URLSearchParams(b).toString();

/** Filters with a name: those that everybody has, one's own, and those that are shared. */
export function SavedViews() {
	const now = plain(useFilters());
	const views = useQuery(viewsQuery).data ?? [];
	const [saving, save] = useState(false);
	const known = [...given.map((g) => plain(g.search)), ...views.map((v) => v.query)];
	const current = views.find((v) => v.own && same(v.query, now));
	return (
		<nav className={css.views} aria-label="Views">
			{given.map((g) => (
				<View key={g.name} name={g.name} query={plain(g.search)} now={now} />
			))}
			{views.map((v) => (
				<View key={v.id} name={v.name} query={v.query} now={now} shared={v.shared} />
			))}
			{!known.some((k) => same(k, now)) && (
				<button type="button" className={css.save} onClick={() => save(true)}>
					Save this view …
				</button>
			)}
			{current && <Forget view={current} />}
			{saving && <SaveView query={now} onClose={() => save(false)} />}
		</nav>
	);
}

function View({ name, query, now, shared }: { name: string; query: string; now: string; shared?: boolean }) {
	return (
		<Link to="." search={parseSearch(query)} aria-current={same(query, now) ? "true" : undefined} title={shared ? "Shared with everybody" : undefined}>
			{name}
		</Link>
	);
}

function Forget({ view }: { view: SavedView }) {
	const queries = useQueryClient();
	const drop = useMutation({ mutationFn: () => deleteView(view.id), onSuccess: () => queries.invalidateQueries({ queryKey: ["views"] }), onError: toastProblem });
	const sure = async () => {
		if (await confirm({ title: `Forget the view “${view.name}”?`, children: view.shared ? "It is shared: the others lose it too." : "The stories stay as they are.", act: "Forget" })) drop.mutate();
	};
	return (
		<button type="button" className={css.save} onClick={() => void sure()}>
			Forget this view
		</button>
	);
}

function SaveView({ query, onClose }: { query: string; onClose: () => void }) {
	const queries = useQueryClient();
	const [name, setName] = useState("");
	const [shared, setShared] = useState(false);
	const save = useMutation({
		mutationFn: () => saveView({ name: name.trim(), query, shared }),
		async onSuccess() {
			await queries.invalidateQueries({ queryKey: ["views"] });
			toast("Saved. Its address can be sent to anybody at the desk.");
			onClose();
		},
		onError: toastProblem,
	});
	return (
		<Modal opened onClose={onClose} title="Save this view" closeButtonProps={{ "aria-label": "Close" }}>
			<form
				onSubmit={(e) => {
					e.preventDefault();
					save.mutate();
				}}
			>
				<TextInput label="Name" data-autofocus value={name} onChange={(e) => setName(e.currentTarget.value)} />
				<Checkbox mt="md" label="Share it with everybody at the desk" checked={shared} onChange={(e) => setShared(e.currentTarget.checked)} />
				<Group justify="flex-end" mt="lg">
					<Button onClick={onClose}>Cancel</Button>
					<Button type="submit" variant="filled" disabled={!name.trim()} loading={save.isPending}>
						Save
					</Button>
				</Group>
			</form>
		</Modal>
	);
}
