// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import { restoreAsset, trashAsset } from "../../api/assets";
import type { Asset, AssetRow } from "../../api/nouns";
import { useMay } from "../../api/session";
import { toast, toastProblem } from "../../parts/toast";
import { BulkWords } from "./BulkWords";

interface Props {
	rows: AssetRow[];
	clear: () => void;
	trash: boolean;
}

/** What can be done with many at once. */
export function BulkActs({ rows, clear, trash }: Props) {
	const [words, dialog] = useDisclosure();
	const may = useMay();
	const queries = useQueryClient();

	// One after the other: what is used is refused, the others go.
	const each = async (act: (id: string) => Promise<Asset>, done: string) => {
		let moved = 0;
		for (const row of rows) {
			try {
				await act(row.id);
				moved++;
			} catch (error) {
				toastProblem(error);
			}
		}
		void queries.invalidateQueries({ queryKey: ["assets"] });
		if (moved > 0) toast(`${moved} ${done}`);
		clear();
	};
	return (
		<>
			<Button onClick={dialog.open}>Credit, licence and rights</Button>
			{may("replace and delete pictures") &&
				(trash ? (
					<Button onClick={() => void each(restoreAsset, "taken back")}>Take back</Button>
				) : (
					<Button onClick={() => void each(trashAsset, "moved to the trash")}>Move to the trash</Button>
				))}
			{words && <BulkWords rows={rows} onClose={dialog.close} onDone={clear} />}
		</>
	);
}
