// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, Checkbox, TextInput } from "@mantine/core";
import type { Editor } from "@tiptap/core";
import { useEffect, useState } from "react";
import { goTo, replaceAll, replaceOne, search, setSearch } from "../typing/find";
import { useEditorPart } from "../useEditorState";
import css from "./BlockBar.module.css";

/** Finds in the text, and replaces. */
export function FindBar({ editor, onClose }: { editor: Editor; onClose: () => void }) {
	const { query, hits, at, exact } = useEditorPart(editor, (e) => search(e.state));
	const [by, setBy] = useState("");
	useEffect(() => () => setSearch(editor, { query: "" }), [editor]);
	return (
		// Escape closes it from any of its fields.
		// oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
		<div
			className={css.bar}
			role="search"
			aria-label="Find in the text"
			onKeyDown={(e) => {
				if (e.key === "Escape") onClose();
			}}
		>
			<TextInput
				size="xs"
				aria-label="Find"
				placeholder="Find"
				className={css.field}
				data-autofocus
				ref={(e) => {
					if (e && !e.dataset.met) {
						e.dataset.met = "yes";
						e.focus();
					}
				}}
				value={query}
				onChange={(e) => setSearch(editor, { query: e.currentTarget.value, at: 0 })}
				onKeyDown={(e) => e.key === "Enter" && goTo(editor, e.shiftKey ? -1 : 1)}
			/>
			<span role="status">{query ? (hits.length === 0 ? "Not found" : `${at + 1} of ${hits.length}`) : ""}</span>
			<Button variant="subtle" size="compact-sm" onClick={() => goTo(editor, -1)}>
				Before
			</Button>
			<Button variant="subtle" size="compact-sm" onClick={() => goTo(editor, 1)}>
				Next
			</Button>
			<Checkbox size="xs" label="Capitals count" checked={exact} onChange={(e) => setSearch(editor, { exact: e.currentTarget.checked })} />
			<TextInput size="xs" aria-label="Replace by" placeholder="Replace by" className={css.field} value={by} onChange={(e) => setBy(e.currentTarget.value)} />
			<Button size="compact-sm" onClick={() => replaceOne(editor, by)} disabled={hits.length === 0}>
				Replace
			</Button>
			<Button size="compact-sm" onClick={() => replaceAll(editor, by)} disabled={hits.length === 0}>
				Replace all
			</Button>
			<Button variant="subtle" size="compact-sm" onClick={onClose}>
				Close
			</Button>
		</div>
	);
}
