// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { EditorContent } from "@tiptap/react";
import { useEffect } from "react";
import { Headline } from "./Headline";
import css from "./Desk.module.css";
import "./body.css";
import { SaveMark } from "./bar/SaveMark";
import type { Writing } from "./save/Writing";

/** The story as readers will see it, to be written in. */
export function Desk({ writing, returned }: { writing: Writing; returned: boolean }) {
	useEffect(() => writing.start(), [writing]);
	return (
		<div className={css.desk}>
			<SaveMark writing={writing} returned={returned} />
			<article className={css.story}>
				<Headline writing={writing} />
				<EditorContent editor={writing.editor} className={css.body} />
			</article>
		</div>
	);
}
