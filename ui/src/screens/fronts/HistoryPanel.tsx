// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { frontHistoryQuery } from "../../api/fronts";
import type { FrontStamp, FrontView } from "../../api/nouns";
import { SidePanel } from "../../parts/SidePanel";
import { When } from "../../parts/When";
import css from "./Fronts.module.css";

interface Props {
	view: FrontView;
	onClose: () => void;
	onLook: (stamp: FrontStamp) => void;
	onRestore: (stamp: FrontStamp) => void;
}

/** What readers saw at this place. Each can be looked at, and restored. */
export function HistoryPanel({ view, onClose, onLook, onRestore }: Props) {
	const list = useInfiniteQuery(frontHistoryQuery(view.place));
	const all = list.data?.pages.flatMap((p) => p.items ?? []) ?? [];
	return (
		<SidePanel title="History" onClose={onClose}>
			{list.isSuccess && !all.length && <p>Every front that readers see is kept here from the first publication on, and can be restored.</p>}
			<ol className={css.history}>
				{all.map((s) => (
					<li key={s.id}>
						<strong>
							No. {s.number}
							{s.state === "live" && ", what readers see"}
						</strong>
						<span>
							<When at={s.at} form="full" />, {s.staff}
						</span>
						{s.note && <span>{s.note}</span>}
						<span className={css.acts}>
							<Button size="compact-sm" aria-label={`Look at no. ${s.number}`} onClick={() => onLook(s)}>
								Look
							</Button>
							{view.may && s.state !== "live" && (
								<Button size="compact-sm" aria-label={`Restore no. ${s.number}`} onClick={() => onRestore(s)}>
									Restore
								</Button>
							)}
						</span>
					</li>
				))}
			</ol>
			{list.hasNextPage && <Button onClick={() => void list.fetchNextPage()}>Earlier ones</Button>}
		</SidePanel>
	);
}
