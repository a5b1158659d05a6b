// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import type { Editor } from "@tiptap/core";
import { useEffect, useRef, useState } from "react";
import { useMay } from "../../../api/session";
import { type Slash, slash, slashKeys } from "../typing/slash";
import { type Ask, type BlockChoice, matching } from "./blocks";
import css from "./SlashMenu.module.css";

interface Props {
	editor: Editor;
	onAsk: (what: Ask) => void;
}

/** What can be put where the stroke was typed; the keys go on being the text's. */
export function SlashMenu(props: Props) {
	const open = slash.use();
	return open ? <Menu key={open.from} open={open} {...props} /> : null;
}

function Menu({ open, editor, onAsk }: Props & { open: Slash }) {
	const may = useMay();
	const found = matching(open.query, may);
	const [chosen, choose] = useState(0);
	const at = Math.min(chosen, found.length - 1);
	const list = useRef<HTMLDivElement>(null);

	const take = (b: BlockChoice | undefined) => {
		if (!b) return false;
		editor.chain().focus().deleteRange({ from: open.from, to: open.to }).run();
		slash.set(undefined);
		if (b.ask) onAsk(b.ask);
		b.run?.(editor);
		return true;
	};
	const onKey = (key: string) => {
		if (key === "ArrowDown") choose((at + 1) % found.length);
		else if (key === "ArrowUp") choose((at - 1 + found.length) % found.length);
		else if (key === "Enter" || key === "Tab") return take(found[at]);
		else return false;
		return found.length > 0;
	};
	useEffect(() => {
		slashKeys.on = onKey;
		return () => {
			slashKeys.on = () => false;
		};
	});
	useEffect(() => {
		// Who cannot see the menu hears which entry is chosen.
		const { dom } = editor.view;
		dom.setAttribute("aria-controls", "slash-menu");
		dom.setAttribute("aria-activedescendant", `slash-${at}`);
		list.current?.children[at]?.scrollIntoView({ block: "nearest" });
		return () => {
			dom.removeAttribute("aria-controls");
			dom.removeAttribute("aria-activedescendant");
		};
	}, [at, editor]);
	if (found.length === 0) return null;
	const place = editor.view.coordsAtPos(open.from);
	const below = place.bottom + 340 < window.innerHeight;
	return (
		<div
			id="slash-menu"
			ref={list}
			role="listbox"
			aria-label="Blocks"
			className={css.menu}
			style={{ insetInlineStart: Math.min(place.left, window.innerWidth - 280), ...(below ? { top: place.bottom + 6 } : { bottom: window.innerHeight - place.top + 6 }) }}
		>
			{found.map((b, i) => (
				<div
					key={b.name}
					id={`slash-${i}`}
					role="option"
					tabIndex={-1}
					aria-selected={i === at}
					className={css.choice}
					onPointerMove={() => choose(i)}
					onMouseDown={(e) => {
						e.preventDefault();
						take(b);
					}}
				>
					<span>{b.name}</span>
					<span className={css.hint}>{b.hint}</span>
				</div>
			))}
		</div>
	);
}
