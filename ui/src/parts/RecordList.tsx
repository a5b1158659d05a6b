// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, Checkbox } from "@mantine/core";
import { useIntersection } from "@mantine/hooks";
import type { UseInfiniteQueryResult } from "@tanstack/react-query";
import { type ReactNode, useEffect, useRef } from "react";
import type { Pages } from "../api/list";
import { useShortcut } from "../shortcuts/useShortcut";
import { ErrorState } from "./ErrorState";
import { Loading } from "./Loading";
import css from "./RecordList.module.css";
import { type Selection, useSelection } from "./useSelection";

export interface Column<T> {
	/** Also the key. An empty head needs none on screen but is still read out. */
	head: string;
	cell: (row: T) => ReactNode;
	/** CSS width, such as "8rem"; one column, the main one, has none and takes the rest. */
	width?: string;
	align?: "end";
	/** What a phone can do without. */
	desktopOnly?: boolean;
}

interface Props<T extends { id: string }> {
	/** What the list is, for those who do not see it: "Stories". */
	label: string;
	/** useInfiniteQuery(listQuery(...)) */
	list: UseInfiniteQueryResult<Pages<T>>;
	/** The first link in a row is what opens it: Enter, j and k go there. */
	columns: Column<T>[];
	/** How a row is called where only its name helps: "Select Ghosts of the grid". */
	name: (row: T) => string;
	/** What stands here while there is nothing. */
	empty: ReactNode;
	/** Acts on the chosen rows; with it rows can be chosen. Call clear when done. */
	bulk?: (rows: T[], clear: () => void) => ReactNode;
}

/** Dense rows from a list of the API: a table at the desk, stacked on a phone. */
export function RecordList<T extends { id: string }>(props: Props<T>) {
	const { list, label, empty, bulk } = props;
	const rows = list.data?.pages.flatMap((page) => page.items ?? []) ?? [];
	const selection = useSelection(rows);
	const table = useRef<HTMLTableElement>(null);
	useRowKeys(table, bulk !== undefined);

	if (list.isError && rows.length === 0) return <ErrorState error={list.error} retry={() => void list.refetch()} />;
	if (list.isPending) return <Loading />;
	if (rows.length === 0) return empty;
	return (
		<>
			<table ref={table} className={css.table} aria-label={label} aria-busy={list.isPlaceholderData}>
				<Head {...props} rows={rows} selection={selection} />
				<tbody>
					{rows.map((row) => (
						<Row key={row.id} row={row} {...props} selection={selection} />
					))}
				</tbody>
			</table>
			<More list={list} label={label} />
			{bulk && selection.rows.length > 0 && (
				<div className={css.bulk} role="region" aria-label="Chosen rows">
					<span role="status">{selection.rows.length} chosen</span>
					{bulk(selection.rows, selection.clear)}
					<Button variant="subtle" onClick={selection.clear}>
						Choose none
					</Button>
				</div>
			)}
		</>
	);
}

function Head<T extends { id: string }>({ columns, bulk, rows, selection }: Props<T> & { rows: T[]; selection: Selection<T> }) {
	const all = selection.rows.length === rows.length;
	return (
		<thead>
			<tr>
				{bulk && (
					<th className={css.choose}>
						<Checkbox
							size="xs"
							aria-label="Choose all rows"
							checked={all}
							indeterminate={!all && selection.rows.length > 0}
							onChange={() => (all ? selection.clear() : selection.all())}
						/>
					</th>
				)}
				{columns.map((c) => (
					<th key={c.head} scope="col" style={{ width: c.width }} data-align={c.align} data-desktop={c.desktopOnly}>
						{c.head}
					</th>
				))}
			</tr>
		</thead>
	);
}

function Row<T extends { id: string }>({ row, columns, name, bulk, selection }: Props<T> & { row: T; selection: Selection<T> }) {
	const chosen = selection.has(row);
	return (
		<tr data-chosen={chosen || undefined}>
			{bulk && (
				<td className={css.choose}>
					<Checkbox size="xs" aria-label={`Choose ${name(row)}`} checked={chosen} onChange={() => selection.toggle(row)} />
				</td>
			)}
			{columns.map((c) => (
				<td key={c.head} data-align={c.align} data-main={c.width === undefined || undefined} data-desktop={c.desktopOnly}>
					{c.cell(row)}
				</td>
			))}
		</tr>
	);
}

/** Fetches the next rows when the end comes into view, and on a button for those who do not scroll. */
function More<T>({ list, label }: { list: UseInfiniteQueryResult<Pages<T>>; label: string }) {
	const { ref, entry } = useIntersection({ rootMargin: "600px" });
	const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = list;
	const near = entry?.isIntersecting ?? false;
	useEffect(() => {
		if (near && hasNextPage && !isFetchingNextPage && !isFetchNextPageError) void fetchNextPage();
	}, [near, hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage]);
	if (!hasNextPage) return null;
	return (
		<div ref={ref} className={css.more}>
			<Button loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
				{isFetchNextPageError ? "Try again" : `More ${label.toLowerCase()}`}
			</Button>
		</div>
	);
}

/** j and k move between rows, x chooses; Enter is the link's own. */
function useRowKeys(table: React.RefObject<HTMLTableElement | null>, canChoose: boolean) {
	const move = (by: number) => {
		const rows = [...(table.current?.tBodies[0]?.rows ?? [])];
		const now = rows.findIndex((r) => r.contains(document.activeElement));
		const next = rows[Math.min(Math.max(now + by, 0), rows.length - 1)];
		next?.querySelector("a")?.focus();
		next?.scrollIntoView({ block: "nearest" });
	};
	const choose = () => {
		const row = document.activeElement?.closest("tr");
		if (row && table.current?.contains(row)) row.querySelector<HTMLInputElement>("input[type=checkbox]")?.click();
	};
	useShortcut({ keys: "j", words: "Next row", run: () => move(1) });
	useShortcut({ keys: "k", words: "Previous row", run: () => move(-1) });
	useShortcut({ keys: "x", words: "Choose the row", run: choose }, canChoose);
}
