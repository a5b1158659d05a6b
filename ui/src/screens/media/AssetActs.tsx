// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, Group } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { assetChanged, replaceAsset, restoreAsset, trashAsset, usesQuery } from "../../api/assets";
import type { Asset, AssetRow } from "../../api/nouns";
import { useMay } from "../../api/session";
import { MediaPicker } from "../../media/MediaPicker";
import { nameOf } from "../../media/kinds";
import { confirm } from "../../parts/confirm";
import { toast, toastProblem } from "../../parts/toast";

/** Replace everywhere, trash and take back, save the original. */
export function AssetActs({ asset: a }: { asset: Asset }) {
	const may = useMay()("replace and delete pictures");
	const queries = useQueryClient();
	const [picking, setPicking] = useState(false);
	const done = (changed: Asset) => {
		assetChanged(queries, changed);
		void queries.invalidateQueries({ queryKey: usesQuery(a.id).queryKey });
	};
	const restore = useMutation({ mutationFn: () => restoreAsset(a.id), onSuccess: done, onError: toastProblem });
	const trash = useMutation({
		mutationFn: () => trashAsset(a.id),
		onSuccess: (changed) => {
			done(changed);
			toast("Moved to the trash", { undo: () => restore.mutate() });
		},
		onError: toastProblem,
	});
	const replace = useMutation({ mutationFn: (by: AssetRow) => replaceAsset(a.id, by.id), onSuccess: done, onError: toastProblem });
	const ask = async (by: AssetRow) => {
		const sure = await confirm({
			title: "Replace it everywhere?",
			children: `“${nameOf(by)}” takes its place wherever it stands, for readers too, with its own credit and alternative text. The old one goes to the trash.`,
			act: "Replace",
		});
		if (sure) replace.mutate(by);
	};
	return (
		<section aria-label="Acts">
			<Group gap="xs">
				<Button component="a" href={`/api/assets/${a.id}/original`}>
					Save the original
				</Button>
				{may && !a.trashedAt && <Button onClick={() => setPicking(true)}>Replace everywhere</Button>}
				{may && !a.trashedAt && (
					<Button loading={trash.isPending} onClick={() => trash.mutate()}>
						Move to the trash
					</Button>
				)}
				{may && a.trashedAt && (
					<Button loading={restore.isPending} onClick={() => restore.mutate()}>
						Take back
					</Button>
				)}
			</Group>
			<MediaPicker opened={picking} onClose={() => setPicking(false)} kinds={[a.kind]} title="What takes its place?" onPick={(by) => void ask(by)} />
		</section>
	);
}
