// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import type { Editor } from "@tiptap/core";
import { useEditorState as follow } from "@tiptap/react";

/** Something of the editor's state, asked again after each change; equal answers draw nothing anew. */
export function useEditorPart<T>(editor: Editor, ask: (editor: Editor) => T): T {
	return follow({ editor, selector: ({ editor }) => ask(editor) });
}
