// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { endOtherSessions, endOwnSession, ownSessionsQuery } from "../../api/account";
import { Loading } from "../../parts/Loading";
import { SessionList } from "../../parts/SessionList";
import css from "./Account.module.css";
import { Part } from "./Part";
import { useChange } from "./useChange";

export function Sessions() {
	const sessions = useQuery(ownSessionsQuery);
	const end = useChange(endOwnSession, "Signed out there");
	const others = useChange(() => endOtherSessions(), "Signed out everywhere else");
	return (
		<Part title="Where you are signed in" hint="A device that you do not know is reason to sign it out and to change the password.">
			<div className={css.wide}>
				{sessions.data ? <SessionList sessions={sessions.data} onEnd={(s) => end.mutate(s.id)} ending={end.isPending ? end.variables : undefined} /> : <Loading />}
			</div>
			{(sessions.data?.length ?? 0) > 1 && (
				<Button loading={others.isPending} onClick={() => others.mutate(undefined)}>
					Sign out everywhere else
				</Button>
			)}
		</Part>
	);
}
