// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, Text } from "@mantine/core";
import type { SessionRow } from "../api/nouns";
import css from "./SessionList.module.css";
import { When } from "./When";

interface Props {
	sessions: SessionRow[];
	onEnd: (session: SessionRow) => void;
	/** The one that is being ended. */
	ending?: string;
}

/** Where an account is signed in: device, place, last use. */
export function SessionList({ sessions, onEnd, ending }: Props) {
	if (sessions.length === 0) return <Text c="dimmed">Signed in nowhere.</Text>;
	return (
		<ul className={css.list}>
			{sessions.map((s) => (
				<li key={s.id}>
					<div>
						<strong>{s.device}</strong>
						{s.current && <span className={css.here}> · this one</span>}
						<div className={css.about}>
							{s.address}, last used <When at={s.seenAt} />, since <When at={s.createdAt} />
						</div>
					</div>
					{!s.current && (
						<Button size="compact-sm" loading={ending === s.id} aria-label={`Sign out ${s.device}, ${s.address}`} onClick={() => onEnd(s)}>
							Sign out
						</Button>
					)}
				</li>
			))}
		</ul>
	);
}
