// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, FileButton, Group, Modal, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { assetsQuery } from "../api/assets";
import type { AssetKind, AssetRow } from "../api/nouns";
import { useMay } from "../api/session";
import { EmptyState } from "../parts/EmptyState";
import { ErrorState } from "../parts/ErrorState";
import { Loading } from "../parts/Loading";
import { AssetGrid } from "./AssetGrid";
import css from "./MediaPicker.module.css";
import { UploadList } from "./UploadList";
import { accepts } from "./kinds";
import { uploads } from "./uploads";
import { useFileDrop } from "./useFileDrop";

interface Props {
	opened: boolean;
	onClose: () => void;
	/** Called with what was picked; with `many` once for each, in the order of picking. */
	onPick: (asset: AssetRow) => void;
	/** What may be picked; everything when left out. */
	kinds?: AssetKind[];
	many?: boolean;
	title?: string;
}

const titles: Record<AssetKind, string> = { image: "Choose a picture", audio: "Choose a recording", video: "Choose a video", document: "Choose a document" };

/** Picks from the library, or adds to it and picks that. */
export function MediaPicker(props: Props) {
	const { opened, onClose, kinds, title = kinds?.length === 1 && kinds[0] ? titles[kinds[0]] : "Choose from the library" } = props;
	return (
		<Modal opened={opened} onClose={onClose} title={title} size="64rem" closeButtonProps={{ "aria-label": "Close" }}>
			<Inside {...props} />
		</Modal>
	);
}

function Inside({ onClose, onPick, kinds, many }: Props) {
	const [typed, setTyped] = useState("");
	const [q] = useDebouncedValue(typed, 200);
	const kind = kinds?.length === 1 ? kinds[0] : undefined;
	const list = useInfiniteQuery(assetsQuery({ q: q || undefined, kind }, 40));
	const rows = (list.data?.pages.flatMap((p) => p.items ?? []) ?? []).filter((a) => !kinds || kinds.includes(a.kind));
	const [chosen, setChosen] = useState<AssetRow[]>([]);
	const mayAdd = useMay()("add pictures");

	const choose = (a: AssetRow) => {
		const have = chosen.some((c) => c.id === a.id);
		if (!many) setChosen([a]);
		else setChosen(have ? chosen.filter((c) => c.id !== a.id) : [...chosen, a]);
	};
	const take = (picked: AssetRow[]) => {
		for (const a of picked) onPick(a);
		onClose();
	};
	// What arrives is chosen at once: nobody uploads here to pick another.
	const arrived = (a: AssetRow) => {
		if (!kinds || kinds.includes(a.kind)) setChosen((before) => (many ? [...before.filter((b) => b.id !== a.id), a] : [a]));
	};
	const send = (files: File[]) => uploads.add(files, arrived);
	const drop = useFileDrop(send, mayAdd);
	useEffect(() => () => uploads.clear(), []);

	return (
		<div {...drop.props} className={css.inside} data-over={drop.over || undefined}>
			<Group wrap="nowrap" mb="md">
				<TextInput
					className={css.search}
					type="search"
					aria-label="Search the library"
					placeholder="Search by caption, credit, who is shown, date"
					value={typed}
					onChange={(e) => setTyped(e.currentTarget.value)}
					data-autofocus
				/>
				{mayAdd && (
					<FileButton inputProps={{ "aria-label": "Files to add" }} onChange={send} multiple accept={accepts(kinds)}>
						{(p) => <Button {...p}>Add from this computer</Button>}
					</FileButton>
				)}
			</Group>
			<UploadList />
			<div className={css.results}>
				{list.isPending && <Loading />}
				{list.isError && <ErrorState error={list.error} retry={() => void list.refetch()} />}
				{list.isSuccess && rows.length === 0 && (
					<EmptyState title={q ? "Nothing fits" : "The library is empty"}>
						{q ? "The search looks into captions, credits, alternative texts, file names and the names of those shown." : "Drop files here, or add them from this computer."}
					</EmptyState>
				)}
				<AssetGrid label="Library" rows={rows} chosen={chosen} onChoose={choose} onOpen={(a) => take([a])} />
				{list.hasNextPage && (
					<Button mt="md" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
						More
					</Button>
				)}
			</div>
			<Group justify="space-between" className={css.foot}>
				<span role="status">{chosen.length === 0 ? "Nothing chosen" : chosen.length === 1 ? (chosen[0]?.alt || chosen[0]?.filename) : `${chosen.length} chosen`}</span>
				<Group>
					<Button onClick={onClose}>Cancel</Button>
					<Button variant="filled" disabled={chosen.length === 0} onClick={() => take(chosen)}>
						{many && chosen.length > 1 ? `Use these ${chosen.length}` : "Use this"}
					</Button>
				</Group>
			</Group>
		</div>
	);
}
