// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Modal } from "@mantine/core";
import { type KeyboardEvent, useEffect, useId, useState } from "react";
import { Keys } from "../shortcuts/Shortcuts";
import css from "./Palette.module.css";
import { type Item, usePaletteItems } from "./usePaletteItems";

/** Finds any act, story and person from the keyboard. An ARIA combobox with a list below it. */
export function Palette({ opened, onClose }: { opened: boolean; onClose: () => void }) {
	return (
		<Modal opened={opened} onClose={onClose} withCloseButton={false} centered={false} yOffset="12vh" size="lg" padding={0} attributes={{ content: { "aria-label": "Find and do" } }}>
			<Finder onClose={onClose} />
		</Modal>
	);
}

function Finder({ onClose }: { onClose: () => void }) {
	const [typed, setTyped] = useState("");
	const [at, setAt] = useState(0);
	const { items, searching } = usePaletteItems(typed);
	const id = useId();
	const current = items[Math.min(at, items.length - 1)];
	const optionID = (item: Item) => `${id}-${items.indexOf(item)}`;

	const choose = (item: Item | undefined) => {
		if (!item) return;
		onClose();
		item.run();
	};
	const onKey = (e: KeyboardEvent) => {
		const step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
		if (step && items.length > 0) setAt((Math.min(at, items.length - 1) + step + items.length) % items.length);
		else if (e.key === "Enter" && !e.nativeEvent.isComposing) choose(current);
		else return;
		e.preventDefault();
	};
	const currentID = current && optionID(current);
	useEffect(() => {
		if (currentID) document.getElementById(currentID)?.scrollIntoView({ block: "nearest" });
	}, [currentID]);

	return (
		<>
			<input
				className={css.input}
				role="combobox"
				aria-label="Find a story or a person, or do something"
				placeholder="Find a story or a person, or do something"
				aria-expanded={items.length > 0}
				aria-controls={id}
				aria-activedescendant={currentID}
				aria-autocomplete="list"
				autoComplete="off"
				spellCheck={false}
				data-autofocus
				value={typed}
				onChange={(e) => {
					setTyped(e.currentTarget.value);
					setAt(0);
				}}
				onKeyDown={onKey}
			/>
			<div id={id} role="listbox" aria-label="Found" className={css.list}>
				{[...new Set(items.map((i) => i.group))].map((group) => (
					<div key={group} role="group" aria-label={group}>
						<div className={css.group} aria-hidden>
							{group}
						</div>
						{items
							.filter((i) => i.group === group)
							.map((item) => (
								<Option key={item.id} id={optionID(item)} item={item} current={item === current} choose={choose} />
							))}
					</div>
				))}
			</div>
			<p className={css.note} role="status">
				{items.length === 0 && typed && (searching ? "Searching …" : "Nothing of that name.")}
			</p>
		</>
	);
}

interface OptionProps {
	id: string;
	item: Item;
	current: boolean;
	choose: (item: Item) => void;
}

function Option({ id, item, current, choose }: OptionProps) {
	return (
		// The keyboard is the combobox's: focus never leaves the input.
		// oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
		<div id={id} role="option" aria-selected={current} className={css.option} onClick={() => choose(item)}>
			<span>{item.words}</span>
			<span className={css.aside}>{item.keys ? <Keys keys={item.keys} /> : item.aside}</span>
		</div>
	);
}
