// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Link } from "@tanstack/react-router";
import type { ArticleRow } from "../../api/nouns";
import css from "./Headline.module.css";

/** A story in a list: its headline as readers know it, its dek in one line. */
export function Headline({ article: a }: { article: ArticleRow }) {
	return (
		<>
			<Link to="/articles/$id" params={{ id: a.id }} className={css.headline}>
				{a.headline || "Untitled"}
			</Link>
			{a.dek && <span className={css.dek}>{a.dek}</span>}
		</>
	);
}
