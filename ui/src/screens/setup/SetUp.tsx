// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Group, Select, Stack, Text, TextInput } from "@mantine/core";
import { isEmail, isNotEmpty, useForm } from "@mantine/form";
import { makePasskeyAtDoor, type NewMagazine, setUp } from "../../api/door";
import type { Door } from "../../api/nouns";
import { ChooseSecret } from "../../parts/door/ChooseSecret";
import { DoorIntro } from "../../parts/door/Door";
import { DoorLink } from "../../parts/door/DoorLink";
import { focusAtOnce } from "../../parts/door/focusAtOnce";
import { useEnter } from "../../parts/door/useEnter";
import { languages, timeZones, zoneHere } from "./choices";

/** The first start: the magazine gets its name, and its first owner. */
export default function SetUp() {
	return (
		<DoorLink
			title="A new magazine"
			kind="setup"
			wide
			otherwise={<Text mb="md">Start the program again: while nobody has an account it shows a new link on its console and in its log.</Text>}
		>
			{(door, token) => <Begin door={door} token={token} />}
		</DoorLink>
	);
}

function Begin({ door, token }: { door: Door; token: string }) {
	const { enter } = useEnter();
	const form = useForm<NewMagazine>({
		initialValues: {
			magazine: door.magazine ?? "",
			language: door.language || "en",
			timeZone: door.timeZone || zoneHere,
			name: "",
			email: "",
		},
		validate: { magazine: isNotEmpty("The magazine needs a name."), name: isNotEmpty("Your name, please."), email: isEmail("This is not an e-mail address.") },
	});
	const field = (name: keyof NewMagazine) => ({ key: form.key(name), ...form.getInputProps(name) });
	return (
		<>
			<DoorIntro>Two minutes, and the desk is open. All of this can be changed later.</DoorIntro>
			<Stack gap="md">
				<TextInput label="Name of the magazine" ref={focusAtOnce} {...field("magazine")} />
				<Group grow align="start">
					<Select label="Language" searchable allowDeselect={false} data={languages} {...field("language")} />
					<Select label="Time zone" searchable allowDeselect={false} data={timeZones(form.values.timeZone)} {...field("timeZone")} />
				</Group>
			</Stack>
			<h2>You, its first owner</h2>
			<Stack gap="md">
				<TextInput label="Your name" autoComplete="name" {...field("name")} />
				<TextInput label="E-mail" type="email" autoComplete="username" {...field("email")} />
				<ChooseSecret
					act="Open the desk"
					passkeys={door.passkeys}
					ready={() => !form.validate().hasErrors}
					makeKey={() => makePasskeyAtDoor(token, { name: form.values.name, email: form.values.email })}
					onChosen={async (secret) => enter(await setUp(token, form.values, secret))}
				/>
			</Stack>
		</>
	);
}
