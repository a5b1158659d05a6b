// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Link } from "@tanstack/react-router";
import type { AssetRow } from "../../api/nouns";
import { Thumbnail } from "../../media/AssetGrid";
import { RightsNote } from "../../media/RightsNote";
import { bytes, kindWords, length, nameOf } from "../../media/kinds";
import type { Column } from "../../parts/RecordList";
import { When } from "../../parts/When";
import type { Search } from "../../search";
import css from "./Media.module.css";

/** What a row of the library tells. */
export const columns: Column<AssetRow>[] = [
	{
		head: "What it shows",
		cell: (a) => (
			<Link to="." search={(before: Search) => ({ ...before, asset: a.id })} className={css.row}>
				<Thumbnail asset={a} />
				<span>
					<b>{nameOf(a)}</b>
					<small>{a.kind === "image" && !a.alt ? "No alt text" : a.filename}</small>
				</span>
			</Link>
		),
	},
	{
		head: "Credit",
		width: "11rem",
		cell: (a) => (
			<>
				{a.credit || "None"}
				<RightsNote asset={a} />
			</>
		),
	},
	{ head: "Kind", width: "6rem", desktopOnly: true, cell: (a) => kindWords[a.kind] },
	{ head: "Size", width: "8rem", align: "end", desktopOnly: true, cell: (a) => (a.width ? `${a.width} × ${a.height}` : a.duration ? length(a.duration) : bytes(a.size)) },
	{ head: "Uses", width: "4rem", align: "end", cell: (a) => a.uses || "–" },
	{ head: "Added", width: "6.5rem", align: "end", cell: (a) => <When at={a.createdAt} /> },
];
