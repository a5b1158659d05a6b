// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, Stack } from "@mantine/core";
import { useState } from "react";
import type { Secret } from "../../api/door";
import { type KeyResponse, browserHasPasskeys } from "../../api/passkey";
import { Alert } from "./Alert";
import { Or } from "./Door";
import { NewPassword } from "./NewPassword";

interface Props {
	/** What the buttons do: "Begin", "Open my account". */
	act: string;
	/** Passkeys work at the magazine's address. */
	passkeys: boolean;
	makeKey: () => Promise<KeyResponse>;
	onChosen: (secret: Secret) => Promise<void>;
	/** What else has to be filled in, checked before anything happens. */
	ready?: () => boolean;
}

/** The end of every door: choose a password, or make a passkey. Stands within a form. */
export function ChooseSecret({ act, passkeys, makeKey, onChosen, ready = () => true }: Props) {
	const [password, setPassword] = useState("");
	const [busy, setBusy] = useState<"password" | "passkey" | null>(null);
	const [error, setError] = useState<unknown>(null);

	const attempt = async (kind: "password" | "passkey", make: () => Promise<Secret>) => {
		setError(null);
		setBusy(kind);
		try {
			await onChosen(await make());
		} catch (e) {
			setError(e);
			setBusy(null);
		}
	};
	return (
		<Stack gap="md" component="form" onSubmit={(e) => {
			e.preventDefault();
			if (ready()) void attempt("password", async () => ({ password }));
		}}>
			<NewPassword value={password} onChange={(e) => setPassword(e.currentTarget.value)} />
			<Alert error={error} />
			<Button type="submit" variant="filled" size="md" loading={busy === "password"}>
				{act}
			</Button>
			{passkeys && browserHasPasskeys() && (
				<div>
					<Or />
					<Button
						fullWidth
						size="md"
						loading={busy === "passkey"}
						onClick={() => ready() && void attempt("passkey", async () => ({ passkey: { ...(await makeKey()), name: thisDevice() } }))}
					>
						{act} with a passkey
					</Button>
				</div>
			)}
		</Stack>
	);
}

/** A first name for a passkey, which its owner can read in the list. */
export function thisDevice(): string {
	const agent = navigator.userAgent;
	const names = ["iPhone", "iPad", "Android", "Windows", "Mac", "Linux"];
	return `Passkey made on ${names.find((n) => agent.includes(n)) ?? "a device"}`;
}
