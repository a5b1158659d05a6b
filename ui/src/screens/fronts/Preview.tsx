// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, SegmentedControl } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { useState } from "react";
import { previewURL } from "../../api/fronts";
import type { FrontStamp } from "../../api/nouns";
import { useWhen } from "../../parts/When";
import css from "./Fronts.module.css";
import type { Front } from "./useFront";

const widths = [
	{ value: "390", label: "Phone, 390" },
	{ value: "768", label: "Tablet, 768" },
	{ value: "1440", label: "Desktop, 1440" },
];

interface Props {
	f: Front;
	/** An arrangement of the history, or one to come, in place of the draft. */
	looking: FrontStamp | undefined;
	onBack: () => void;
	onRestore: (stamp: FrontStamp) => void;
}

/** The page as readers would see it, at the width of their screen. */
export function Preview({ f, looking, onBack, onRestore }: Props) {
	const [width, setWidth] = useState("1440");
	const src = previewURL(f.view.place, looking ? looking.id : `${f.state}.${f.told}`, looking?.id);
	return (
		<section className={css.preview} aria-label="Preview">
			<header className={css.previewHead}>
				<SegmentedControl aria-label="Width of the preview" size="xs" data={widths} value={width} onChange={setWidth} />
				<a href={src} target="_blank" rel="noopener">
					Open in a tab
				</a>
			</header>
			{looking && <Looking stamp={looking} may={f.view.may} onBack={onBack} onRestore={onRestore} />}
			<Page src={src} width={Number(width)} />
		</section>
	);
}

function Looking({ stamp, may, onBack, onRestore }: { stamp: FrontStamp; may: boolean; onBack: () => void; onRestore: (stamp: FrontStamp) => void }) {
	const write = useWhen();
	return (
		<p className={css.warning} role="status">
			You look at {stamp.state === "scheduled" ? `the change of ${write(stamp.at, "full")}` : `no. ${stamp.number}, of ${write(stamp.at, "full")}`}.
			<Button size="compact-sm" onClick={onBack}>
				Back to the draft
			</Button>
			{may && stamp.state !== "live" && (
				<Button size="compact-sm" onClick={() => onRestore(stamp)}>
					{stamp.state === "scheduled" ? "Show it to readers now" : "Restore it"}
				</Button>
			)}
		</p>
	);
}

/** A frame as wide as a reader's screen, drawn as small as there is room. It runs no script, and nothing in it can be followed. */
function Page({ src, width }: { src: string; width: number }) {
	const { ref, width: room } = useElementSize();
	const [height, setHeight] = useState(2000);
	const scale = Math.min(1, (room || width) / width);
	return (
		// What scrolls must be reached by keyboard; the frame in it cannot be.
		// oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
		<div ref={ref} className={css.scroll} tabIndex={0} role="region" aria-label="The page">
			<div style={{ height: height * scale, width: width * scale, marginInline: "auto", overflow: "hidden" }}>
				<iframe
					key={width}
					title={`The page, ${width} pixels wide`}
					src={src}
					sandbox="allow-same-origin"
					inert
					className={css.frame}
					style={{ width, height, transform: `scale(${scale})` }}
					onLoad={(e) => setHeight(e.currentTarget.contentDocument?.documentElement.scrollHeight ?? 2000)}
				/>
			</div>
		</div>
	);
}
