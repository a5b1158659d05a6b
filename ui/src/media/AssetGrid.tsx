// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { type KeyboardEvent, useRef } from "react";
import type { AssetRow } from "../api/nouns";
import css from "./AssetGrid.module.css";
import { RightsNote } from "./RightsNote";
import { kindWords, length, nameOf } from "./kinds";

interface Props {
	/** For those who do not see it. */
	label: string;
	rows: AssetRow[];
	chosen: AssetRow[];
	onChoose: (asset: AssetRow) => void;
	/** Enter, or a double click. */
	onOpen: (asset: AssetRow) => void;
	/** A click opens; one with Ctrl, Cmd or Shift chooses. */
	clickOpens?: boolean;
}

/**
 * Pictures side by side. One stop for the tab key; arrows move, space chooses,
 * Enter opens.
 */
export function AssetGrid({ label, rows, chosen, onChoose, onOpen, clickOpens = false }: Props) {
	const grid = useRef<HTMLDivElement>(null);
	const onKey = (e: KeyboardEvent, a: AssetRow) => {
		if (e.key === "Enter") onOpen(a);
		else if (e.key === " ") onChoose(a);
		else if (!move(grid.current, e.key)) return;
		e.preventDefault();
	};
	if (rows.length === 0) return null;
	const first = rows.find((a) => chosen.some((c) => c.id === a.id)) ?? rows[0];
	return (
		<div ref={grid} className={css.grid} role="listbox" aria-label={label} aria-multiselectable>
			{rows.map((a) => (
				<div
					key={a.id}
					role="option"
					className={css.cell}
					aria-selected={chosen.some((c) => c.id === a.id)}
					tabIndex={a === first ? 0 : -1}
					onClick={(e) => (clickOpens && !(e.ctrlKey || e.metaKey || e.shiftKey) ? onOpen(a) : onChoose(a))}
					onDoubleClick={() => onOpen(a)}
					onKeyDown={(e) => onKey(e, a)}
				>
					<Thumbnail asset={a} />
					<span className={css.name}>{nameOf(a)}</span>
					<span className={css.aside}>
						{a.credit || "No credit"}
						{a.kind === "image" && !a.alt && " · no alt text"}
						{a.duration > 0 && ` · ${length(a.duration)}`}
						<RightsNote asset={a} />
					</span>
				</div>
			))}
		</div>
	);
}

/** The picture, or the word for what has none. */
export function Thumbnail({ asset: a }: { asset: AssetRow }) {
	return (
		<span className={css.picture}>
			{a.src ? <img src={a.src} srcSet={a.srcset} sizes="12rem" alt="" loading="lazy" draggable={false} /> : <span>{kindWords[a.kind]}</span>}
		</span>
	);
}

/** Moves the focus as the arrow says; false for any other key. */
function move(grid: HTMLElement | null, key: string): boolean {
	const cells = [...(grid?.children ?? [])] as HTMLElement[];
	const now = cells.findIndex((c) => c === document.activeElement);
	const top = cells[0]?.offsetTop;
	const across = Math.max(1, cells.filter((c) => c.offsetTop === top).length);
	const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -across, ArrowDown: across, Home: -now, End: cells.length - 1 - now };
	const by = steps[key];
	if (now < 0 || by === undefined) return false;
	const next = cells[Math.min(Math.max(now + by, 0), cells.length - 1)];
	next?.focus();
	next?.scrollIntoView({ block: "nearest" });
	return true;
}
