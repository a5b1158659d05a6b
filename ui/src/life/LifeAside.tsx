// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { articleQuery } from "../api/articles";
import { SidePanel } from "../parts/SidePanel";
import { useFilter } from "../parts/useFilter";
import css from "./Life.module.css";
import { LifePanel } from "./LifePanel";

/** The story named in the address, beside a list or a calendar: review without leaving it. */
export function LifeAside() {
	const [id, set] = useFilter("story");
	if (!id) return null;
	return <Aside key={id} id={id} onClose={() => set(null)} />;
}

function Aside({ id, onClose }: { id: string; onClose: () => void }) {
	const a = useQuery(articleQuery(id)).data;
	return (
		<SidePanel title={a?.headline || "Untitled"} onClose={onClose}>
			<p className={css.sentence}>
				<Link to="/articles/$id" params={{ id }}>
					Open in the editor
				</Link>
			</p>
			<LifePanel article={{ id }} onChanged={() => undefined} />
		</SidePanel>
	);
}
