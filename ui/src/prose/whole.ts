// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import type { Node } from "prosemirror-model";

/** A stored document may be empty; to write in it is to write in its one empty paragraph. */
export function whole(doc: Node): Node {
	if (doc.childCount > 0) return doc;
	return doc.type.create(null, doc.type.schema.nodes.paragraph?.create());
}
