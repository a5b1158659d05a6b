// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, Stack, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { signInWithPasskey } from "../../api/door";
import type { SecondStep as Wanted, SignInAnswer } from "../../api/nouns";
import { browserHasPasskeys } from "../../api/passkey";
import { takeSecondStep } from "../../api/session";
import { Alert } from "../../parts/door/Alert";
import { focusAtOnce } from "../../parts/door/focusAtOnce";

interface Props {
	wanted: Wanted;
	onDone: (answer: SignInAnswer) => Promise<void>;
	onAgain: () => void;
}

/** The code after the password. One field takes a recovery code as well. */
export function SecondStep({ wanted, onDone, onAgain }: Props) {
	const [code, setCode] = useState("");
	const byCode = useMutation({ mutationFn: () => takeSecondStep(wanted.token, code), onSuccess: onDone });
	const byPasskey = useMutation({ mutationFn: () => signInWithPasskey(wanted.token), onSuccess: onDone });
	return (
		<form
			onSubmit={(e) => {
				e.preventDefault();
				byCode.mutate();
			}}
		>
			<Stack gap="md">
				<Text size="sm" c="dimmed">
					The password is right. Now the six digits that the app on your phone shows, or one of your recovery codes.
				</Text>
				<TextInput
					label="Code"
					autoComplete="one-time-code"
					autoCapitalize="characters"
					spellCheck={false}
					required
					withAsterisk={false}
					ref={focusAtOnce}
					value={code}
					onChange={(e) => setCode(e.currentTarget.value)}
				/>
				<Alert error={byCode.error ?? byPasskey.error} />
				<Button type="submit" variant="filled" size="md" loading={byCode.isPending}>
					Sign in
				</Button>
				{wanted.ways?.includes("passkey") && browserHasPasskeys() && (
					<Button size="md" loading={byPasskey.isPending} onClick={() => byPasskey.mutate()}>
						Use a passkey instead
					</Button>
				)}
				<Button variant="subtle" onClick={onAgain}>
					Begin again
				</Button>
			</Stack>
		</form>
	);
}
