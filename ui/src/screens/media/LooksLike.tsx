// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Link } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import { alikeQuery } from "../../api/assets";
import { Thumbnail } from "../../media/AssetGrid";
import { bytes } from "../../media/kinds";
import type { Search } from "../../search";
import css from "./AssetPanel.module.css";

/** Others that look the same, so that the better one is used and not both. */
export function LooksLike({ id }: { id: string }) {
	const rows = useQuery(alikeQuery(id)).data ?? [];
	if (rows.length === 0) return null;
	return (
		<section aria-label="Looks like">
			<h3>Looks like</h3>
			{rows.map((a) => (
				<div key={a.id} className={css.alike}>
					<Thumbnail asset={a} />
					<span>
						<Link to="." search={(before: Search) => ({ ...before, asset: a.id })}>
							{a.filename || "Another file"}
						</Link>
						<br />
						{a.width} × {a.height}, {bytes(a.size)}
					</span>
				</div>
			))}
		</section>
	);
}
