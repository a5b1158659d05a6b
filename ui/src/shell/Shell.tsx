// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Drawer } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Outlet, useRouterState } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useFreshLists } from "../api/events";
import { useSession } from "../api/session";
import { Palette } from "../palette/Palette";
import { SidePanelPlace } from "../parts/SidePanelPlace";
import { Shortcuts } from "../shortcuts/Shortcuts";
import { useShortcut } from "../shortcuts/useShortcut";
import { ProveAgain } from "./ProveAgain";
import { OfflineBar } from "./OfflineBar";
import { Rail } from "./Rail";
import css from "./Shell.module.css";
import { rememberList } from "./lastList";
import { SignInAgain } from "./SignInAgain";
import { usePlaces } from "./usePlaces";

/** The frame of the desk: the rail, the screen, the panel beside it, and what is reached from everywhere. */
export function Shell() {
	const [palette, find] = useDisclosure();
	const [keys, help] = useDisclosure();
	const [drawer, menu] = useDisclosure();
	const [panel, setPanel] = useState<HTMLElement | null>(null);
	const main = useFocusOnArrival(menu.close);
	const places = usePlaces();
	useRememberedList();
	useFreshLists();
	useShortcut({ keys: "mod+k", words: "Find and do", run: find.toggle });

	const rail = <Rail places={places} onFind={find.open} onKeys={help.open} />;
	return (
		<SidePanelPlace value={panel}>
			<a href="#main" className={css.skip}>
				Skip to the screen
			</a>
			<OfflineBar />
			<div className={css.shell}>
				<header className={css.rail}>{rail}</header>
				<TopBar onMenu={menu.open} onFind={find.open} />
				<main id="main" ref={main} tabIndex={-1} className={css.main}>
					<Outlet />
				</main>
				<div ref={setPanel} />
			</div>
			<Drawer opened={drawer} onClose={menu.close} title="The desk" size="17rem" closeButtonProps={{ "aria-label": "Close" }} classNames={{ body: css.drawer }}>
				{rail}
			</Drawer>
			<Palette opened={palette} onClose={find.close} />
			<Shortcuts opened={keys} onOpen={help.open} onClose={help.close} />
			<SignInAgain />
			<ProveAgain />
		</SidePanelPlace>
	);
}

/** What a phone has instead of the rail. */
function TopBar({ onMenu, onFind }: { onMenu: () => void; onFind: () => void }) {
	const { magazine } = useSession();
	return (
		<header className={css.top}>
			<button type="button" onClick={onMenu}>
				Menu
			</button>
			<span className={css.name}>{magazine.name}</span>
			<button type="button" onClick={onFind}>
				Find
			</button>
		</header>
	);
}

/**
 * Moves the focus to the screen when another one opens, as a browser does with a
 * new page; a changed filter leaves it where it is.
 */
function useFocusOnArrival(onArrival: () => void) {
	const main = useRef<HTMLElement>(null);
	const path = useRouterState({ select: (s) => s.location.pathname });
	const last = useRef(path);
	useEffect(() => {
		if (last.current === path) return;
		last.current = path;
		onArrival();
		main.current?.focus({ preventScroll: true });
	}, [path, onArrival]);
	return main;
}

/** Remembers the list that one looks at, for the way back from a story. */
function useRememberedList() {
	const path = useRouterState({ select: (s) => s.location.pathname });
	const search = useRouterState({ select: (s) => s.location.searchStr });
	useEffect(() => rememberList(path, search), [path, search]);
}
