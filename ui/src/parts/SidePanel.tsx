// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, Drawer } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { type ReactNode, useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import css from "./SidePanel.module.css";
import { useSidePanelPlace } from "./SidePanelPlace";

interface Props {
	title: string;
	onClose: () => void;
	children: ReactNode;
}

/**
 * The one panel beside a screen: details of what is chosen, comments, history.
 * Rendered from anywhere in the screen; it stands to the right of it, and covers
 * it where there is no room for both.
 */
export function SidePanel(props: Props) {
	const room = useMediaQuery("(min-width: 64em)", undefined, { getInitialValueInEffect: false });
	// What is inside moves from one form to the other as it is: a tablet that is
	// turned must not lose what was typed.
	const [inside] = useState(holder);
	const Form = room ? Beside : Over;
	return (
		<>
			{createPortal(props.children, inside)}
			<Form title={props.title} onClose={props.onClose}>
				<Place holder={inside} />
			</Form>
		</>
	);
}

function holder() {
	const element = document.createElement("div");
	element.className = css.holder ?? "";
	return element;
}

function Place({ holder: inside }: { holder: HTMLElement }) {
	const place = useRef<HTMLDivElement>(null);
	useLayoutEffect(() => place.current?.append(inside), [inside]);
	return <div ref={place} className={css.holder} />;
}

function Beside({ title, onClose, children }: Props) {
	const place = useSidePanelPlace();
	const id = useId();
	return (
		place &&
		createPortal(
			<aside className={css.panel} aria-labelledby={id}>
				<Inside id={id} title={title} onClose={onClose}>
					{children}
				</Inside>
			</aside>,
			place,
		)
	);
}

function Inside({ id, title, onClose, children }: Props & { id: string }) {
	const heading = useRef<HTMLHeadingElement>(null);
	const close = useRef(onClose);
	useEffect(() => {
		close.current = onClose;
	});
	// Focus goes to the panel when it opens and back to where it was when it
	// closes. Escape closes it only from within: elsewhere it means other things.
	useEffect(() => {
		const before = document.activeElement;
		const panel = heading.current?.closest("aside");
		const onKey = (e: KeyboardEvent) => e.key === "Escape" && close.current();
		heading.current?.focus();
		panel?.addEventListener("keydown", onKey);
		return () => {
			panel?.removeEventListener("keydown", onKey);
			if (before instanceof HTMLElement) before.focus();
		};
	}, []);
	return (
		<>
			<header className={css.head}>
				<h2 id={id} ref={heading} tabIndex={-1}>
					{title}
				</h2>
				<Button variant="subtle" size="compact-sm" onClick={onClose}>
					Close
				</Button>
			</header>
			{children}
		</>
	);
}

function Over({ title, onClose, children }: Props) {
	return (
		<Drawer opened onClose={onClose} title={title} position="right" size="md" closeButtonProps={{ "aria-label": "Close" }}>
			{children}
		</Drawer>
	);
}
