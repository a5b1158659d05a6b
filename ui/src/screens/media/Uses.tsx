// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Link } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { usesQuery } from "../../api/assets";
import type { AssetUse } from "../../api/nouns";
import { ErrorState } from "../../parts/ErrorState";
import css from "./AssetPanel.module.css";

const places: Record<AssetUse["place"], string> = { lead: "lead picture", body: "in the text", portrait: "portrait", logo: "logo", poster: "poster" };

/** Where a file stands. */
export function Uses({ id }: { id: string }) {
	const uses = useQuery(usesQuery(id));
	return (
		<section aria-label="Where it is used">
			<h3>Where it is used</h3>
			{uses.isError && <ErrorState error={uses.error} retry={() => void uses.refetch()} />}
			{uses.data?.length === 0 && <p className={css.hint}>Nowhere yet.</p>}
			<ul className={css.uses}>
				{uses.data?.map((u) => (
					<li key={`${u.what} ${u.id} ${u.place}`}>
						<To use={u}>{u.name || "Untitled"}</To>
						<small>{[places[u.place], state(u)].filter(Boolean).join(", ")}</small>
					</li>
				))}
			</ul>
		</section>
	);
}

function state(u: AssetUse): string {
	if (u.past) return "in an earlier version only";
	if (u.what !== "article") return "";
	return u.live ? "readers see it" : "not public yet";
}

function To({ use: u, children }: { use: AssetUse; children: ReactNode }) {
	if (u.what === "article" && u.id)
		return (
			<Link to="/articles/$id" params={{ id: u.id }}>
				{children}
			</Link>
		);
	if (u.what === "person")
		return (
			<Link to="/people" search={{ person: u.id }}>
				{children}
			</Link>
		);
	if (u.what === "asset")
		return (
			<Link to="/media" search={{ asset: u.id }}>
				{children}
			</Link>
		);
	return <Link to="/settings">{children}</Link>;
}
