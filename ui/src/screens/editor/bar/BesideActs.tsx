// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { Editor } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";
import { counterpointQuery } from "../../../api/record";
import { standing, takeNow, takeWords } from "../body/beside";

/** What the keyboard reaches of a side-by-side block: its notice stands within the text. */
export function BesideActs({ editor, pos, node }: { editor: Editor; pos: number; node: Node }) {
	const { data, error } = useQuery(counterpointQuery(String(node.attrs.counterpoint)));
	if (!data || standing(node.attrs, data, error) !== "changed") return null;
	return (
		<Button variant="subtle" size="compact-sm" onClick={() => takeNow(editor.view, pos, data)}>
			{takeWords}
		</Button>
	);
}
