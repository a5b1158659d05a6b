// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, Group, Modal, Slider, Text } from "@mantine/core";
import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";
import type { Asset, Shape } from "../../api/nouns";
import css from "./AssetPanel.module.css";
import { type Window, clamp, largest, windowOf } from "./cut";

interface Props {
	asset: Asset;
	shape: Shape;
	onClose: () => void;
	/** Called with the crop, or with null to follow the focal point again. */
	onChange: (crop: { x: number; y: number; w: number } | null) => void;
}

const step = 0.01;
/** The smallest part of a picture that the program cuts. */
const smallest = 0.05;
const arrows: Record<string, [number, number]> = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
const thousandth = (v: number) => Math.round(v * 1000) / 1000;

/** Cuts a picture by hand for one shape: drag the frame or move it with the arrow keys, size it with the slider or + and −. */
export function CropEditor({ asset: a, shape, onClose, onChange }: Props) {
	const full = largest(a, shape);
	const [w, setW] = useState<Window>(() => windowOf(a, shape));
	const box = useRef<HTMLDivElement>(null);
	const grip = useRef({ x: 0, y: 0 });

	const move = (x: number, y: number) => setW((old) => ({ ...old, x: clamp(x, 1 - old.w), y: clamp(y, 1 - old.h) }));
	// It grows and shrinks about its middle.
	const size = (width: number) =>
		setW((old) => {
			const nw = Math.min(Math.max(width, smallest), full.w);
			const nh = (nw / full.w) * full.h;
			return { w: nw, h: nh, x: clamp(old.x + (old.w - nw) / 2, 1 - nw), y: clamp(old.y + (old.h - nh) / 2, 1 - nh) };
		});
	const point = (e: PointerEvent) => {
		const r = box.current?.getBoundingClientRect();
		return r ? { x: (e.clientX - r.left) / r.width, y: (e.clientY - r.top) / r.height } : { x: 0, y: 0 };
	};
	const onKey = (e: KeyboardEvent) => {
		const by = arrows[e.key];
		if (by) move(w.x + by[0], w.y + by[1]);
		else if (e.key === "+") size(w.w * 1.05);
		else if (e.key === "-") size(w.w / 1.05);
		else return;
		e.preventDefault();
	};
	const width = a.width / a.height;
	return (
		<Modal opened onClose={onClose} title={`Crop: ${shape.name.toLowerCase()}`} size="48rem" closeButtonProps={{ "aria-label": "Close" }}>
			<div ref={box} className={css.editor} style={{ aspectRatio: width, maxWidth: `${60 * width}vh`, marginInline: "auto" }}>
				<img src={a.src} srcSet={a.srcset} sizes="46rem" alt="" draggable={false} />
				<button
					type="button"
					className={css.box}
					data-autofocus
					aria-label={`Frame, ${Math.round(w.x * 100)} % from the left, ${Math.round(w.y * 100)} % from the top, ${Math.round(w.w * 100)} % wide`}
					style={{ left: `${w.x * 100}%`, top: `${w.y * 100}%`, width: `${w.w * 100}%`, height: `${w.h * 100}%` }}
					onKeyDown={onKey}
					onPointerDown={(e) => {
						e.currentTarget.setPointerCapture(e.pointerId);
						const p = point(e);
						grip.current = { x: p.x - w.x, y: p.y - w.y };
					}}
					onPointerMove={(e) => {
						if (!e.currentTarget.hasPointerCapture(e.pointerId)) return;
						const p = point(e);
						move(p.x - grip.current.x, p.y - grip.current.y);
					}}
				/>
			</div>
			<Text size="sm" c="dimmed" mt="sm">
				Drag the frame, or move it with the arrow keys; plus and minus change its size.
			</Text>
			<Slider mt="xs" label={null} thumbLabel="Size of the frame" min={smallest} max={full.w} step={0.01} value={w.w} onChange={size} />
			<Group justify="space-between" mt="lg">
				<Button onClick={() => onChange(null)}>Follow the focal point</Button>
				<Group>
					<Button onClick={onClose}>Cancel</Button>
					<Button variant="filled" onClick={() => onChange({ x: thousandth(w.x), y: thousandth(w.y), w: thousandth(w.w) })}>
						Use this crop
					</Button>
				</Group>
			</Group>
		</Modal>
	);
}
