// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button } from "@mantine/core";
import { useState } from "react";
import type { Asset, Shape } from "../../api/nouns";
import css from "./AssetPanel.module.css";
import { CropEditor } from "./CropEditor";
import { windowOf } from "./cut";

interface Props {
	asset: Asset;
	onChange: (crops: Asset["crops"]) => void;
	disabled: boolean;
}

/** How the picture looks in each shape that the theme asks for, and a way to cut it by hand. */
export function Crops({ asset: a, onChange, disabled }: Props) {
	const [editing, setEditing] = useState<Shape | null>(null);
	return (
		<section aria-label="Crops">
			<h3>In each shape</h3>
			<div className={css.crops}>
				{a.shapes.map((s) => (
					<div key={s.shape} className={css.crop}>
						<Preview asset={a} shape={s} />
						<div>{s.name}</div>
						{!disabled && (
							<Button size="compact-xs" variant="subtle" aria-label={`${a.crops[s.shape] ? "Crop by hand" : "Crop"}: ${s.name}`} onClick={() => setEditing(s)}>
								{a.crops[s.shape] ? "Crop by hand" : "Crop"}
							</Button>
						)}
					</div>
				))}
			</div>
			{editing && (
				<CropEditor
					asset={a}
					shape={editing}
					onClose={() => setEditing(null)}
					onChange={(crop) => {
						const { [editing.shape]: _, ...others } = a.crops;
						onChange(crop ? { ...others, [editing.shape]: crop } : others);
						setEditing(null);
					}}
				/>
			)}
		</section>
	);
}

function Preview({ asset: a, shape: s }: { asset: Asset; shape: Shape }) {
	const w = windowOf(a, s);
	return (
		<div className={css.frame} style={{ aspectRatio: `${s.width} / ${s.height}` }}>
			<img
				src={a.src}
				alt=""
				style={{ width: `${100 / w.w}%`, height: `${100 / w.h}%`, left: `${(-100 * w.x) / w.w}%`, top: `${(-100 * w.y) / w.h}%` }}
			/>
		</div>
	);
}
