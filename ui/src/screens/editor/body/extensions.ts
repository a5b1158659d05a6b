// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { type AnyExtension, Extension } from "@tiptap/core";
import { Dropcursor, Gapcursor, Placeholder, UndoRedo } from "@tiptap/extensions";
import type { Plugin } from "@tiptap/pm/state";
import { BlockIDs } from "./BlockIDs";
import { Beside } from "./beside";
import { blocks } from "./blocks";
import { marks } from "./marks";
import { media } from "./media";
import { TableRoles } from "./rules";
import { tables } from "./tables";

/** All that the body is made of. */
export const bodyExtensions: AnyExtension[] = [...blocks, ...marks, ...media, Beside, ...tables, TableRoles];

/** Puts a plugin of ProseMirror's among TipTap's. */
export const withPlugin = (name: string, plugin: () => Plugin) => Extension.create({ name, addProseMirrorPlugins: () => [plugin()] });

export const workingExtensions: AnyExtension[] = [
	BlockIDs,
	UndoRedo.configure({ depth: 500, newGroupDelay: 600 }),
	Dropcursor.configure({ color: "var(--accent)", width: 2 }),
	Gapcursor,
	Placeholder.configure({ placeholder: ({ node, pos }) => (node.type.name === "paragraph" && pos === 0 ? "Write, or press / for blocks" : ""), showOnlyCurrent: false }),
];
