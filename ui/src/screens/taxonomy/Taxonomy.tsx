// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button } from "@mantine/core";
import { Link, Outlet, useLocation, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { TermKind } from "../../api/taxonomy";
import { useCommand } from "../../palette/registry";
import { ScreenHeader } from "../../parts/ScreenHeader";
import { useShortcut } from "../../shortcuts/useShortcut";
import { AddTerm } from "./AddTerm";
import css from "./Taxonomy.module.css";

const tabs = [
	{ to: "/taxonomy/sections", words: "Sections", kind: "section" },
	{ to: "/taxonomy/genres", words: "Genres", kind: "genre" },
	{ to: "/taxonomy/topics", words: "Topics", kind: "topic" },
] as const satisfies { to: string; words: string; kind: TermKind }[];

/** What stories are filed under: the tree of sections, the genres, and the topics that run across them. */
export default function Taxonomy() {
	const { pathname } = useLocation();
	const navigate = useNavigate();
	const here = tabs.find((t) => pathname.endsWith(t.to)) ?? tabs[0];
	const [adding, add] = useState<TermKind>();
	useCommand({ words: "New section", group: "Sections, genres, topics", run: () => add("section") });
	useCommand({ words: "New genre", group: "Sections, genres, topics", run: () => add("genre") });
	useCommand({ words: "New topic", group: "Sections, genres, topics", run: () => add("topic") });
	useShortcut({ keys: "n", words: `New ${here.kind}`, run: () => add(here.kind) });
	const added = (kind: TermKind, id: string) => {
		const to = tabs.find((t) => t.kind === kind)?.to ?? here.to;
		void navigate({ to, search: { open: id } });
	};
	return (
		<>
			<ScreenHeader title="Sections, genres, topics">
				<Button variant="filled" onClick={() => add(here.kind)}>
					New {here.kind}
				</Button>
			</ScreenHeader>
			<nav className={css.tabs} aria-label="Sections, genres, topics">
				{tabs.map((t) => (
					<Link key={t.to} to={t.to} className={css.tab}>
						{t.words}
					</Link>
				))}
			</nav>
			<Outlet />
			{adding && <AddTerm kind={adding} onAdded={(id) => added(adding, id)} onClose={() => add(undefined)} />}
		</>
	);
}
