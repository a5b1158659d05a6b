// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Anchor } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useLocation } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { doorQuery } from "../../api/door";
import type { Door as Opened } from "../../api/nouns";
import { messageOf } from "../../api/problem";
import { Loading } from "../Loading";
import { Door, DoorIntro } from "./Door";

/** The token of a one-time link stands behind the #, which is sent to no server. */
export const useToken = () => useLocation({ select: (l) => l.hash });

interface Props {
	title: string;
	wide?: boolean;
	/** Which links fit here. */
	kind: Opened["kind"];
	/** What to do about a link that is worth nothing. */
	otherwise: ReactNode;
	children: (door: Opened, token: string) => ReactNode;
}

/** A page that a one-time link leads to. */
export function DoorLink({ title, wide, kind, otherwise, children }: Props) {
	const token = useToken();
	const door = useQuery(doorQuery(token));
	if (token !== "" && door.isPending) return <Loading />;
	if (!door.data || door.data.kind !== kind)
		return (
			<Door title={title}>
				<DoorIntro>{door.isError ? sentence(messageOf(door.error)) : "This address is only of use with the whole link."}</DoorIntro>
				{otherwise}
				<p>
					<Anchor component={Link} to="/signin">
						Sign in
					</Anchor>
				</p>
			</Door>
		);
	return (
		<Door title={title} over={door.data.magazine} wide={wide}>
			{children(door.data, token)}
		</Door>
	);
}

/** The program's messages begin small, to fit into a sentence. */
export function sentence(message: string): string {
	const text = message.charAt(0).toUpperCase() + message.slice(1);
	return /[.!?]$/.test(text) ? text : `${text}.`;
}
