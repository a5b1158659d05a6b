// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { type DragEvent, useRef, useState } from "react";

const hasFiles = (e: DragEvent) => e.dataTransfer.types.includes("Files");

/** Takes files that are dragged onto an element: spread `props` on it; `over` says that some hang above it. */
export function useFileDrop(onFiles: (files: File[]) => void, allowed = true) {
	const [over, setOver] = useState(false);
	// Each child that is entered is left too; only the balance tells.
	const depth = useRef(0);
	if (!allowed) return { over: false, props: {} };
	return {
		over,
		props: {
			onDragEnter(e: DragEvent) {
				if (!hasFiles(e)) return;
				depth.current++;
				setOver(true);
			},
			onDragLeave(e: DragEvent) {
				if (!hasFiles(e)) return;
				depth.current--;
				if (depth.current <= 0) setOver(false);
			},
			onDragOver(e: DragEvent) {
				if (hasFiles(e)) e.preventDefault();
			},
			onDrop(e: DragEvent) {
				if (!hasFiles(e)) return;
				e.preventDefault();
				depth.current = 0;
				setOver(false);
				onFiles([...e.dataTransfer.files]);
			},
		},
	};
}
