// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";
import type { Asset } from "../../api/nouns";
import css from "./AssetPanel.module.css";

interface Props {
	asset: Asset;
	onChange: (focal: { x: number; y: number }) => void;
	disabled: boolean;
}

const step = 0.02;
const arrows: Record<string, [number, number]> = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
const within = (v: number) => Math.round(100 * Math.min(Math.max(v, 0), 1)) / 100;

/** The picture with the point that crops keep: set by a click, a drag, or the arrow keys. */
export function FocalPoint({ asset: a, onChange, disabled }: Props) {
	const [moved, setMoved] = useState<{ x: number; y: number } | null>(null);
	const box = useRef<HTMLDivElement>(null);
	const at = moved ?? a.focal;
	const place = (e: PointerEvent) => {
		const r = box.current?.getBoundingClientRect();
		if (r) setMoved({ x: within((e.clientX - r.left) / r.width), y: within((e.clientY - r.top) / r.height) });
	};
	const onKey = (e: KeyboardEvent) => {
		const by = arrows[e.key];
		if (!by || disabled) return;
		e.preventDefault();
		const next = { x: within(at.x + by[0]), y: within(at.y + by[1]) };
		setMoved(next);
		onChange(next);
	};
	return (
		<>
			<div
				ref={box}
				className={css.focal}
				onPointerDown={(e) => {
					if (disabled) return;
					e.currentTarget.setPointerCapture(e.pointerId);
					place(e);
				}}
				onPointerMove={(e) => e.currentTarget.hasPointerCapture(e.pointerId) && place(e)}
				onPointerUp={(e) => {
					if (!e.currentTarget.hasPointerCapture(e.pointerId)) return;
					e.currentTarget.releasePointerCapture(e.pointerId);
					if (moved) onChange(moved);
				}}
			>
				<img src={a.src} srcSet={a.srcset} sizes="22rem" alt={a.alt || a.filename} draggable={false} />
				<button
					type="button"
					disabled={disabled}
					style={{ left: `${at.x * 100}%`, top: `${at.y * 100}%` }}
					aria-label={`Focal point, ${Math.round(at.x * 100)} % from the left, ${Math.round(at.y * 100)} % from the top`}
					aria-describedby="focal-hint"
					onKeyDown={onKey}
				/>
			</div>
			<p id="focal-hint" className={css.hint}>
				The circle stays in view however the picture is cut. Click, drag, or move it with the arrow keys.
			</p>
		</>
	);
}
