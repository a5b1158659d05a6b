// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, Group, Modal, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { newArticle } from "../../api/articles";
import type { ArticleRow } from "../../api/nouns";
import { useMay } from "../../api/session";
import { ArticleList } from "../../life/ArticleList";
import { LifeMark } from "../../life/LifeMark";
import { StatusTabs } from "../../life/StatusTabs";
import { EmptyState } from "../../parts/EmptyState";
import { FilterBar } from "../../parts/FilterBar";
import type { Column } from "../../parts/RecordList";
import { ScreenHeader } from "../../parts/ScreenHeader";
import { toastProblem } from "../../parts/toast";
import { When } from "../../parts/When";

const columns: (Column<ArticleRow> & { beside?: true })[] = [
	{
		head: "Title",
		beside: true,
		cell: (a) => (
			<Link to="/articles/$id" params={{ id: a.id }}>
				{a.headline || "Untitled"}
			</Link>
		),
	},
	{ head: "Status", width: "8rem", beside: true, cell: (a) => <LifeMark article={a} /> },
	{ head: "Address", width: "12rem", cell: (a) => (a.slug ? `/${a.slug}` : null) },
	{ head: "Public", width: "7rem", align: "end", desktopOnly: true, cell: (a) => <When at={a.publishedAt} /> },
	{ head: "Changed", width: "7rem", align: "end", cell: (a) => <When at={a.updatedAt} /> },
];

/** Pages with an address but no place in lists: About, Contact, Imprint. */
export default function Pages() {
	const [creating, create] = useDisclosure();
	const begin = useMay()("write stories") && (
		<Button variant="filled" onClick={create.open}>
			New page
		</Button>
	);
	return (
		<>
			<ScreenHeader title="Pages">{begin}</ScreenHeader>
			<FilterBar search="Search pages" keep={["story"]} />
			<StatusTabs kind="page" />
			<ArticleList
				kind="page"
				label="Pages"
				columns={columns}
				empty={
					<EmptyState title="No pages yet" action={begin}>
						A page has an address and versions like a story, and stands in no list and no feed: About, Contact, Imprint. Readers reach it
						from the menus, which are in the settings.
					</EmptyState>
				}
			/>
			{creating && <NewPage onClose={create.close} />}
		</>
	);
}

function NewPage({ onClose }: { onClose: () => void }) {
	const navigate = useNavigate();
	const [title, setTitle] = useState("");
	const create = useMutation({
		mutationFn: () => newArticle("page", title.trim()),
		onSuccess: ({ id }) => navigate({ to: "/articles/$id", params: { id } }),
		onError: toastProblem,
	});
	return (
		<Modal opened onClose={onClose} title="New page" closeButtonProps={{ "aria-label": "Close" }}>
			<form
				onSubmit={(e) => {
					e.preventDefault();
					create.mutate();
				}}
			>
				<TextInput label="Title" data-autofocus value={title} onChange={(e) => setTitle(e.currentTarget.value)} />
				<Group justify="flex-end" mt="lg">
					<Button onClick={onClose}>Cancel</Button>
					<Button type="submit" variant="filled" disabled={!title.trim()} loading={create.isPending}>
						Begin writing
					</Button>
				</Group>
			</form>
		</Modal>
	);
}
