// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button } from "@mantine/core";
import type { UseInfiniteQueryResult } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import type { Pages } from "../../api/list";
import type { AssetRow } from "../../api/nouns";
import { AssetGrid } from "../../media/AssetGrid";
import { nameOf } from "../../media/kinds";
import { ErrorState } from "../../parts/ErrorState";
import { Loading } from "../../parts/Loading";
import { RecordList } from "../../parts/RecordList";
import { useSelection } from "../../parts/useSelection";
import { BulkActs } from "./BulkActs";
import css from "./Media.module.css";
import { columns } from "./columns";

interface Props {
	list: UseInfiniteQueryResult<Pages<AssetRow>>;
	asList: boolean;
	trash: boolean;
	onOpen: (asset: AssetRow) => void;
	empty: ReactNode;
}

const inLibrary = (rows: AssetRow[], clear: () => void) => <BulkActs rows={rows} clear={clear} trash={false} />;
const inTrash = (rows: AssetRow[], clear: () => void) => <BulkActs rows={rows} clear={clear} trash />;

/** The library as pictures or as a list, with acts on many. */
export function Library(props: Props) {
	const { list, asList, trash, empty } = props;
	if (!asList) return <AsPictures {...props} />;
	return (
		<RecordList
			label="Files"
			list={list}
			columns={columns}
			name={nameOf}
			empty={empty}
			bulk={trash ? inTrash : inLibrary}
		/>
	);
}

function AsPictures({ list, trash, onOpen, empty }: Props) {
	const rows = list.data?.pages.flatMap((p) => p.items ?? []) ?? [];
	const selection = useSelection(rows);
	const [choosing, setChoosing] = useState(false);
	if (list.isError && rows.length === 0) return <ErrorState error={list.error} retry={() => void list.refetch()} />;
	if (list.isPending) return <Loading />;
	if (rows.length === 0) return empty;
	return (
		<>
			<div className={css.choosing}>
				<Button size="compact-sm" variant="subtle" aria-pressed={choosing} onClick={() => setChoosing(!choosing)}>
					{choosing ? "Open with a click" : "Choose several"}
				</Button>
			</div>
			<AssetGrid label="Library" rows={rows} chosen={selection.rows} clickOpens={!choosing} onChoose={selection.toggle} onOpen={onOpen} />
			{list.hasNextPage && (
				<div className={css.more}>
					<Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
						More
					</Button>
				</div>
			)}
			{selection.rows.length > 0 && (
				<div className={css.bulk} role="region" aria-label="Chosen files">
					<span role="status">{selection.rows.length} chosen</span>
					<BulkActs rows={selection.rows} clear={selection.clear} trash={trash} />
					<Button variant="subtle" onClick={selection.clear}>
						Choose none
					</Button>
				</div>
			)}
		</>
	);
}
