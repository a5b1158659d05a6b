// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { askReset, makePasskeyAtDoor, takeUp } from "../../api/door";
import { doorsQuery } from "../../api/session";
import { Alert } from "../../parts/door/Alert";
import { ChooseSecret } from "../../parts/door/ChooseSecret";
import { Door, DoorIntro } from "../../parts/door/Door";
import { DoorLink, useToken } from "../../parts/door/DoorLink";
import { useEnter } from "../../parts/door/useEnter";

/** A new password: with a link to choose it, without one to ask for the link. */
export default function Reset() {
	if (useToken() === "") return <Ask />;
	return (
		<DoorLink title="A new password" kind="reset" otherwise={<AskForm />}>
			{(door, token) => <Choose email={door.email ?? ""} passkeys={door.passkeys} token={token} />}
		</DoorLink>
	);
}

function Choose({ email, passkeys, token }: { email: string; passkeys: boolean; token: string }) {
	const { second, enter } = useEnter();
	// The new password is stored; the code is asked for where everybody gives it.
	if (second) return <DoorIntro>The new password is set. Please sign in with it; the code is asked for as always.</DoorIntro>;
	return (
		<>
			<DoorIntro>For the account {email}. Everybody who is signed in with it is signed out.</DoorIntro>
			<ChooseSecret act="Set it" passkeys={passkeys} makeKey={() => makePasskeyAtDoor(token)} onChosen={async (secret) => enter(await takeUp(token, secret))} />
		</>
	);
}

function Ask() {
	const doors = useQuery(doorsQuery).data;
	return (
		<Door title="A new password" over={doors?.magazine}>
			<DoorIntro>
				{doors && !doors.mail
					? "This magazine sends no mail yet. An administrator can make you a link; what you ask for here stands in the program's log."
					: "Give the address of your account. If there is one, a link comes by mail within a minute."}
			</DoorIntro>
			<AskForm />
		</Door>
	);
}

function AskForm() {
	const [email, setEmail] = useState("");
	const ask = useMutation({ mutationFn: () => askReset(email) });
	if (ask.isSuccess)
		return (
			<Text role="status">
				Thank you. If {email} has an account here, the link is on its way. It works once, within two hours.
			</Text>
		);
	return (
		<form
			onSubmit={(e) => {
				e.preventDefault();
				ask.mutate();
			}}
		>
			<Stack gap="md">
				<TextInput label="E-mail" type="email" autoComplete="username" required withAsterisk={false} value={email} onChange={(e) => setEmail(e.currentTarget.value)} />
				<Alert error={ask.error} />
				<Button type="submit" variant="filled" size="md" loading={ask.isPending}>
					Send the link
				</Button>
			</Stack>
		</form>
	);
}
