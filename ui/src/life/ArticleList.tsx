// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { useInfiniteQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { articleFilter, articlesQuery } from "../api/articles";
import type { ArticleKind, ArticleRow } from "../api/nouns";
import { useMay } from "../api/session";
import { EmptyState } from "../parts/EmptyState";
import { type Column, RecordList } from "../parts/RecordList";
import { useFilters } from "../parts/useFilter";
import { BulkActs } from "./BulkActs";
import { LifeAside } from "./LifeAside";
import { useZone } from "./Zone";

interface Props {
	kind: ArticleKind;
	label: string;
	/** `beside` marks those for which there is room beside the side panel. */
	columns: (Column<ArticleRow> & { beside?: true })[];
	/** What stands here before there is any. */
	empty: ReactNode;
}

/** The list of stories or pages that the address asks for, with acts on many. */
export function ArticleList({ kind, label, columns, empty }: Props) {
	const zone = useZone();
	const may = useMay();
	const { story, ...filters } = useFilters();
	const list = useInfiniteQuery(articlesQuery(articleFilter(kind, filters, zone)));
	const filtered = Object.keys(filters).some((name) => name !== "sort" && filters[name]);
	const bulk = (rows: ArticleRow[], clear: () => void) => <BulkActs rows={rows} clear={clear} trash={Boolean(filters.trash)} kind={kind} />;
	return (
		<>
			<RecordList
				label={label}
				list={list}
				columns={story ? columns.filter((c) => c.beside) : columns}
				name={(a) => a.headline || "Untitled"}
				bulk={may("write stories") ? bulk : undefined}
				empty={
					filters.trash ? (
						<EmptyState title="The trash is empty">What is put into the trash lies here and can be taken out again. What was never public is removed after 30 days; what was public stays.</EmptyState>
					) : filtered ? (
						<EmptyState title={`No ${kind} fits`}>Take out a filter or a word. Headlines, deks, people, topics and addresses are searched; of published stories the text too.</EmptyState>
					) : (
						empty
					)
				}
			/>
			<LifeAside />
		</>
	);
}
