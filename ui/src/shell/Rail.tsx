// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Link, useNavigate } from "@tanstack/react-router";
import { useSession } from "../api/session";
import { useCommand } from "../palette/registry";
import { Keys } from "../shortcuts/Shortcuts";
import { useShortcut } from "../shortcuts/useShortcut";
import { Person } from "./Person";
import css from "./Rail.module.css";
import type { Place } from "./places";

interface Props {
	places: Place[];
	onFind: () => void;
	onKeys: () => void;
}

/** The places of the desk, in words. */
export function Rail({ places, onFind, onKeys }: Props) {
	const { magazine } = useSession();
	return (
		<div className={css.rail}>
			<a className={css.name} href={magazine.url} target="_blank" rel="noreferrer" title="Open the magazine">
				{magazine.name}
			</a>
			<button type="button" className={css.find} onClick={onFind}>
				Find or do <Keys keys="mod+k" />
			</button>
			<nav aria-label="The desk">
				<ul className={css.places}>
					{places.map((p) => (
						<PlaceLink key={p.to} place={p} />
					))}
				</ul>
			</nav>
			<Person onKeys={onKeys} />
		</div>
	);
}

function PlaceLink({ place }: { place: Place }) {
	const navigate = useNavigate();
	const go = () => void navigate({ to: place.to });
	useShortcut({ keys: `g ${place.key}`, words: `Go to ${place.words.toLowerCase()}`, run: go });
	useCommand({ words: place.words, group: "Go to", keys: `g ${place.key}`, run: go });
	return (
		<li data-first={place.first}>
			<Link to={place.to} className={css.place}>
				{place.words}
			</Link>
		</li>
	);
}
