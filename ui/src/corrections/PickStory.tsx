// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Modal, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { articlesQuery } from "../api/articles";
import { When } from "../parts/When";
import css from "./Corrections.module.css";

/** Asks which live story is to be corrected. */
export function PickStory({ onPick, onClose }: { onPick: (id: string) => void; onClose: () => void }) {
	const [typed, setTyped] = useState("");
	const [q] = useDebouncedValue(typed.trim(), 150);
	const found = useInfiniteQuery(articlesQuery({ kind: "story", status: ["published"], sort: "published", q: q || undefined }));
	const rows = (found.data?.pages[0]?.items ?? []).slice(0, 10);
	return (
		<Modal opened onClose={onClose} title="Which story?" closeButtonProps={{ "aria-label": "Close" }}>
			<TextInput label="Search among the stories that readers see" value={typed} onChange={(e) => setTyped(e.currentTarget.value)} data-autofocus />
			<ul className={css.list}>
				{rows.map((a) => (
					<li key={a.id}>
						<button type="button" onClick={() => onPick(a.id)}>
							{a.headline}
							<When at={a.publishedAt} />
						</button>
					</li>
				))}
			</ul>
			<p role="status" className={css.hint}>
				{found.isSuccess && rows.length === 0 ? "Readers see no story of that name." : ""}
			</p>
		</Modal>
	);
}
