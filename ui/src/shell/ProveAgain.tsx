// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, Group, Modal, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { accountQuery } from "../api/account";
import { browserHasPasskeys } from "../api/passkey";
import { Problem } from "../api/problem";
import { proveByPassword, proveByPasskey, proving } from "../api/prove";
import { ErrorState } from "../parts/ErrorState";
import { Loading } from "../parts/Loading";
import { Alert } from "../parts/door/Alert";

/** Asks again who is there before an act that matters; see api/prove. */
export function ProveAgain() {
	const question = proving.use();
	const close = () => {
		question?.given(new Problem("Nothing was changed.", 0));
		proving.set(null);
	};
	const done = () => {
		question?.done();
		proving.set(null);
	};
	return (
		<Modal opened={question !== null} onClose={close} title="Is it you?" closeButtonProps={{ "aria-label": "Close" }} zIndex={400}>
			<Text size="sm" c="dimmed" mb="md">
				You signed in a while ago. Before something that matters this much, please show again that it is you.
			</Text>
			<Proof onDone={done} onClose={close} />
		</Modal>
	);
}

function Proof({ onDone, onClose }: { onDone: () => void; onClose: () => void }) {
	const account = useQuery(accountQuery);
	const [password, setPassword] = useState("");
	const [code, setCode] = useState("");
	const byPassword = useMutation({ mutationFn: () => proveByPassword(password, code || undefined), onSuccess: onDone });
	const byPasskey = useMutation({ mutationFn: proveByPasskey, onSuccess: onDone });
	if (account.isError) return <ErrorState error={account.error} />;
	if (!account.data) return <Loading />;
	const { hasPassword, hasCodes, passkeys } = account.data;
	const hasKeys = (passkeys ?? []).length > 0 && browserHasPasskeys();
	return (
		<Stack gap="md">
			{hasPassword && (
				<form
					id="prove"
					onSubmit={(e) => {
						e.preventDefault();
						byPassword.mutate();
					}}
				>
					<Stack gap="md">
						<PasswordInput
							label="Password"
							autoComplete="current-password"
							required
							withAsterisk={false}
							data-autofocus
							visibilityToggleButtonProps={{ "aria-label": "Show the password" }}
							value={password}
							onChange={(e) => setPassword(e.currentTarget.value)}
						/>
						{hasCodes && (
							<TextInput label="Code" autoComplete="one-time-code" required withAsterisk={false} value={code} onChange={(e) => setCode(e.currentTarget.value)} />
						)}
					</Stack>
				</form>
			)}
			{!hasPassword && !hasKeys && <Text>You sign in elsewhere: sign out and in again, then this is open for a quarter of an hour.</Text>}
			<Alert error={byPassword.error ?? byPasskey.error} />
			<Group justify="flex-end">
				<Button onClick={onClose}>Cancel</Button>
				{hasKeys && (
					<Button loading={byPasskey.isPending} variant={hasPassword ? "default" : "filled"} onClick={() => byPasskey.mutate()}>
						Use a passkey
					</Button>
				)}
				{hasPassword && (
					<Button type="submit" form="prove" variant="filled" loading={byPassword.isPending}>
						Go on
					</Button>
				)}
			</Group>
		</Stack>
	);
}
