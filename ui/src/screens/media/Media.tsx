// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, FileButton, SegmentedControl } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { type AssetFilter, assetsQuery } from "../../api/assets";
import type { AssetRow } from "../../api/nouns";
import { useMay } from "../../api/session";
import { UploadList } from "../../media/UploadList";
import { accepts } from "../../media/kinds";
import { uploads } from "../../media/uploads";
import { useFileDrop } from "../../media/useFileDrop";
import { useCommand } from "../../palette/registry";
import { EmptyState } from "../../parts/EmptyState";
import { ScreenHeader } from "../../parts/ScreenHeader";
import { useFilter, useFilters } from "../../parts/useFilter";
import { useShortcut } from "../../shortcuts/useShortcut";
import { AltQueue } from "./AltQueue";
import { AssetPanel } from "./AssetPanel";
import { Library } from "./Library";
import css from "./Media.module.css";
import { MediaFilters } from "./MediaFilters";

const send = (files: File[]) => uploads.add(files);

/** Pictures, sound, video and documents with their credits, rights and uses. */
export default function Media() {
	const { asset, view, use, q, kind, wants, rights, person } = useFilters();
	const filter = { q, kind, wants, rights, person, unused: use === "unused" || undefined, trashed: use === "trash" || undefined } as AssetFilter;
	const list = useInfiniteQuery(assetsQuery(filter));
	const [, setAsset] = useFilter("asset");
	const [, setView] = useFilter("view");
	const [queue, setQueue] = useState(false);
	const mayAdd = useMay()("add pictures");
	const drop = useFileDrop(send, mayAdd);
	const dialog = useRef<HTMLButtonElement>(null);
	useEffect(() => void uploads.recover(), []);
	useCommand({ words: "Add pictures, sound, video or documents", group: "Media", keys: "n", run: () => dialog.current?.click() }, mayAdd);
	useCommand({ words: "Write missing alternative texts", group: "Media", run: () => setQueue(true) }, mayAdd);
	useShortcut({ keys: "n", words: "Add files", run: () => dialog.current?.click() }, mayAdd);

	const filtered = Boolean(q || kind || wants || rights || use || person);
	const open = (a: AssetRow) => setAsset(a.id);
	return (
		<div {...drop.props} className={css.screen} data-over={drop.over || undefined}>
			<ScreenHeader title="Media">
				{mayAdd && <Button onClick={() => setQueue(true)}>Missing alt texts</Button>}
				{mayAdd && (
					<FileButton inputProps={{ "aria-label": "Files to add" }} onChange={send} multiple accept={accepts()}>
						{(p) => (
							<Button variant="filled" {...p} ref={dialog}>
								Add files
							</Button>
						)}
					</FileButton>
				)}
			</ScreenHeader>
			<MediaFilters>
				<SegmentedControl
					size="xs"
					aria-label="How the library is shown"
					data={[
						{ value: "", label: "Pictures" },
						{ value: "list", label: "List" },
					]}
					value={view ?? ""}
					onChange={setView}
				/>
			</MediaFilters>
			<UploadList onOpen={setAsset} />
			<Library list={list} asList={view === "list"} trash={use === "trash"} onOpen={open} empty={<Nothing filtered={filtered} trash={use === "trash"} />} />
			{asset && <AssetPanel key={asset} id={asset} onClose={() => setAsset(null)} />}
			<AltQueue opened={queue} onClose={() => setQueue(false)} />
		</div>
	);
}

function Nothing({ filtered, trash }: { filtered: boolean; trash: boolean }) {
	if (trash) return <EmptyState title="The trash is empty">What is taken out of the library lies here for thirty days and can be taken back.</EmptyState>;
	if (filtered)
		return (
			<EmptyState title="Nothing fits">
				Take out a filter or a word: the search looks into captions, credits, alternative texts, file names, dates and the names of those shown.
			</EmptyState>
		);
	return (
		<EmptyState title="The library is empty">
			Drop files anywhere on this page, or add them with the button above. What a file says about itself, its caption, credit and date, is read and shown for you to check.
		</EmptyState>
	);
}
