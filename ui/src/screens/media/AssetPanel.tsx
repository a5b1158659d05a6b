// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { useQuery } from "@tanstack/react-query";
import { assetQuery } from "../../api/assets";
import type { Asset } from "../../api/nouns";
import { useMay } from "../../api/session";
import { RightsNote } from "../../media/RightsNote";
import { bytes, kindWords, length } from "../../media/kinds";
import { ErrorState } from "../../parts/ErrorState";
import { Loading } from "../../parts/Loading";
import { SidePanel } from "../../parts/SidePanel";
import { When } from "../../parts/When";
import { AssetActs } from "./AssetActs";
import css from "./AssetPanel.module.css";
import { AssetWords } from "./AssetWords";
import { Crops } from "./Crops";
import { FocalPoint } from "./FocalPoint";
import { InWriting } from "./InWriting";
import { LooksLike } from "./LooksLike";
import { Poster } from "./Poster";
import { Uses } from "./Uses";
import { useAutosave } from "./useAutosave";

/** Everything about one file, beside the library. */
export function AssetPanel({ id, onClose }: { id: string; onClose: () => void }) {
	const found = useQuery(assetQuery(id));
	return (
		<SidePanel title={found.data ? kindWords[found.data.kind] : "File"} onClose={onClose}>
			{found.isPending && <Loading />}
			{found.isError && <ErrorState error={found.error} retry={() => void found.refetch()} />}
			{found.data && <Inside asset={found.data} />}
		</SidePanel>
	);
}

function Inside({ asset: a }: { asset: Asset }) {
	const save = useAutosave(a);
	const may = useMay()("add pictures") && !a.trashedAt;
	return (
		<div className={css.inside}>
			{a.kind === "image" ? <FocalPoint asset={a} onChange={(focal) => save.now({ focal })} disabled={!may} /> : <Player asset={a} />}
			<p className={css.facts}>
				{a.filename}
				<br />
				{a.width > 0 && `${a.width} × ${a.height} pixels, `}
				{a.duration > 0 && `${length(a.duration)}, `}
				{bytes(a.size)}, added <When at={a.createdAt} />
				<RightsNote asset={a} />
			</p>
			<p className={css.state} role="status" data-problem={save.problem || undefined}>
				{save.problem ?? (save.busy ? "Saving …" : save.saved ? "Saved" : a.createdAt === a.updatedAt && a.uses === 0 && (a.caption || a.credit) ? "Read from the file; please check the words." : "")}
			</p>
			<AssetWords asset={a} save={save} disabled={!may} />
			{(a.kind === "audio" || a.kind === "video") && <InWriting asset={a} save={save} disabled={!may} />}
			{a.kind === "video" && <Poster asset={a} onChange={(poster) => save.now({ poster })} disabled={!may} />}
			{a.kind === "image" && <Crops asset={a} onChange={(crops) => save.now({ crops })} disabled={!may} />}
			<Uses id={a.id} />
			{a.kind === "image" && <LooksLike id={a.id} />}
			<AssetActs asset={a} />
		</div>
	);
}

// Captions are the reader's matter; here somebody checks which file this is.
/* oxlint-disable jsx-a11y/media-has-caption */
function Player({ asset: a }: { asset: Asset }) {
	if (a.kind === "audio") return <audio className={css.player} controls preload="none" src={a.url} aria-label={a.filename} />;
	if (a.kind === "video") return <video className={css.player} controls preload="none" src={a.url} poster={a.src} aria-label={a.filename} />;
	return (
		<p>
			<a href={a.url}>Save the document</a>
		</p>
	);
}
