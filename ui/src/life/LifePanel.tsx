// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { StatusMark } from "../parts/StatusMark";
import type { ArticleStatus } from "../api/nouns";

/** Where a story stands. */
export function LifePanel({ article }: { article: { id: string; status?: ArticleStatus }; onChanged: () => void }) {
	return article.status ? <StatusMark status={article.status} /> : null;
}
