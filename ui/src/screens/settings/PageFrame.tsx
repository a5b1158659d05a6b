// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { useElementSize } from "@mantine/hooks";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import css from "./Look.module.css";

interface Props {
	title: string;
	src: string;
	/** Laid over the page's own style sheet; changing it does not load the page anew. */
	css: string | undefined;
	/** Of the reader's screen. */
	width: number;
	height: number;
}

/** A page of the magazine as wide as a reader's screen, drawn as small as there is room. It runs no script. */
export function PageFrame({ title, src, css: sheet, width, height }: Props) {
	const { ref, width: room } = useElementSize();
	const frame = useRef<HTMLIFrameElement>(null);
	const [loaded, setLoaded] = useState(false);
	const scale = Math.min(1, (room || width) / width);
	// Before it is painted: nobody sees the page in the look it had.
	useLayoutEffect(() => {
		if (loaded && sheet !== undefined) dress(frame.current, sheet);
	}, [loaded, sheet]);
	// "load" waits for every picture, which may yet have to be made; the page runs
	// no script that could tell when its text is there.
	useEffect(() => {
		if (loaded) return;
		const look = window.setInterval(() => setLoaded(isThere(frame.current)), 50);
		return () => window.clearInterval(look);
	}, [loaded]);
	return (
		<div ref={ref} className={css.frame} style={{ height: height * scale }}>
			<iframe
				ref={frame}
				title={title}
				src={src}
				sandbox="allow-same-origin"
				style={{ width, height, transform: `scale(${scale})`, visibility: loaded && sheet !== undefined ? undefined : "hidden" }}
			/>
		</div>
	);
}

function isThere(frame: HTMLIFrameElement | null): boolean {
	const page = frame?.contentDocument;
	return page != null && page.URL !== "about:blank" && page.readyState !== "loading";
}

// A constructed style sheet is not subject to the page's policy, which allows
// no style from elsewhere; it belongs to the frame's own window.
function dress(frame: HTMLIFrameElement | null, text: string) {
	const view = frame?.contentWindow as (Window & typeof globalThis) | null | undefined;
	if (!view) return;
	const sheet = view.document.adoptedStyleSheets[0] ?? new view.CSSStyleSheet();
	sheet.replaceSync(text);
	view.document.adoptedStyleSheets = [sheet];
}
