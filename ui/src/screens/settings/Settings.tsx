// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Link, Outlet } from "@tanstack/react-router";
import { useMay } from "../../api/session";
import { ScreenHeader } from "../../parts/ScreenHeader";
import css from "./Settings.module.css";
import { tabs } from "./tabs";

/** What the magazine is made of besides its stories; each part is a tab with an address of its own. */
export default function Settings() {
	const may = useMay();
	return (
		<>
			<ScreenHeader title="Settings" />
			<nav className={css.tabs} aria-label="Settings">
				{tabs
					.filter((t) => may(t.needs))
					.map((t) => (
						<Link key={t.to} to={t.to} className={css.tab}>
							{t.words}
						</Link>
					))}
			</nav>
			<Outlet />
		</>
	);
}
