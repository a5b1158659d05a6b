// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { makePasskeyAtDoor, takeUp } from "../../api/door";
import type { Door } from "../../api/nouns";
import { ChooseSecret } from "../../parts/door/ChooseSecret";
import { DoorIntro } from "../../parts/door/Door";
import { DoorLink } from "../../parts/door/DoorLink";
import { useEnter } from "../../parts/door/useEnter";

/** Takes up an invitation. */
export default function Invite() {
	return (
		<DoorLink
			title="Welcome to the desk"
			kind="invite"
			wide
			otherwise={<Text mb="md">An invitation works once, within seven days. Whoever invited you can send another.</Text>}
		>
			{(door, token) => <Accept door={door} token={token} />}
		</DoorLink>
	);
}

function Accept({ door, token }: { door: Door; token: string }) {
	const [name, setName] = useState(door.name ?? "");
	const { enter } = useEnter();
	return (
		<>
			<DoorIntro>
				{door.magazine || "The magazine"} has opened an account for {door.email}. Choose with what you want to sign in.
			</DoorIntro>
			<Stack gap="md">
				<TextInput label="Your name, as colleagues see it" autoComplete="name" value={name} onChange={(e) => setName(e.currentTarget.value)} />
				<ChooseSecret
					act="Open my account"
					passkeys={door.passkeys}
					makeKey={() => makePasskeyAtDoor(token)}
					onChosen={async (secret) => enter(await takeUp(token, secret, name.trim() || undefined))}
				/>
			</Stack>
		</>
	);
}
