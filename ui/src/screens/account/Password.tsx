// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, Stack } from "@mantine/core";
import { useState } from "react";
import { changePassword } from "../../api/account";
import type { Account } from "../../api/nouns";
import { focusAtOnce } from "../../parts/door/focusAtOnce";
import { NewPassword } from "../../parts/door/NewPassword";
import { Part } from "./Part";
import { useChange } from "./useChange";

export function Password({ account }: { account: Account }) {
	const [open, setOpen] = useState(false);
	const [password, setPassword] = useState("");
	const change = useChange(changePassword, "The password is changed; all other devices are signed out", () => {
		setOpen(false);
		setPassword("");
	});
	const words = account.hasPassword ? "Change the password" : "Choose a password";
	return (
		<Part title="Password" hint={account.hasPassword ? "A new one signs you out on all other devices." : "There is none: you sign in with a passkey, or elsewhere."}>
			{!open && <Button onClick={() => setOpen(true)}>{words}</Button>}
			{open && (
				<form
					onSubmit={(e) => {
						e.preventDefault();
						change.mutate(password);
					}}
				>
					<Stack gap="sm" align="start">
						<NewPassword label="New password" w="22rem" maw="100%" ref={focusAtOnce} value={password} onChange={(e) => setPassword(e.currentTarget.value)} />
						<Button type="submit" variant="filled" loading={change.isPending}>
							{words}
						</Button>
					</Stack>
				</form>
			)}
		</Part>
	);
}
