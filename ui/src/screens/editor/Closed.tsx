// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button } from "@mantine/core";
import type { Article } from "../../api/nouns";
import { useSession } from "../../api/session";
import { useTakeBack } from "../../life/useTakeBack";
import { useWhen } from "../../parts/When";
import css from "./Desk.module.css";

/** Why a story is closed to whoever reads it here, and what opens it. */
export function Closed({ article: a }: { article: Article }) {
	const { staff } = useSession();
	const when = useWhen();
	const takeBack = useTakeBack(a, () => undefined);
	let why = "You can read this story, but not change it.";
	if (a.mayOpen && a.scheduledAt) why = `This ${a.status === "published" ? "update" : a.kind} becomes public on ${when(a.scheduledAt, "full")}, as it was approved. To change it, take it back first.`;
	else if (a.mayOpen) why = `This ${a.kind} is approved: what becomes public is what an editor has read. To change it, take it back first.`;
	else if (a.own && staff.role === "contributor" && a.status !== "draft") why = "You have handed this story in. Ask an editor to return it when you want to change it.";
	return (
		<div className={css.reading} role="status">
			<span>{why}</span>
			{a.mayOpen && (
				<Button size="compact-sm" onClick={() => void takeBack()}>
					Take it back …
				</Button>
			)}
		</div>
	);
}
