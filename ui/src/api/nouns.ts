// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import type { components } from "./schema";

// Short names for the shapes of the API. Screens import nouns from here, never
// from schema.d.ts, so that a renamed schema is one line's change.
type Schemas = components["schemas"];

export type Session = Schemas["SignedIn"];
export type ArticleRow = Schemas["ArticleRow"];
export type ArticleStatus = ArticleRow["status"];
export type ArticleKind = ArticleRow["kind"];
export type Person = Schemas["PersonRow"];
export type Section = Schemas["SectionRow"];

/** Anything that is referred to by id and shown by name. */
export interface Named {
	id: string;
	name: string;
}

/** One answer of a list; `next` is missing at the end. */
export interface Page<T> {
	items: T[] | null;
	next?: string;
}
