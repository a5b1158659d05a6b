// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import type { DraggableAttributes, DraggableSyntheticListeners } from "@dnd-kit/core";
import css from "./Fronts.module.css";

/** What one takes hold of to move a thing. */
export function Grip({ words, listeners, attributes }: { words: string; listeners: DraggableSyntheticListeners; attributes: DraggableAttributes }) {
	const { role: _, ...rest } = attributes;
	return <button type="button" className={css.grip} {...rest} {...listeners} aria-label={words} />;
}
