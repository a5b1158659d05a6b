// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { signInWithPasskey } from "../../api/door";
import type { SecondStep as Wanted, Session, SignInAnswer } from "../../api/nouns";
import { browserHasPasskeys } from "../../api/passkey";
import { doorsQuery, signIn } from "../../api/session";
import { Alert } from "../../parts/door/Alert";
import { Or } from "../../parts/door/Door";
import { SecondStep } from "./SecondStep";

interface Props {
	onSignedIn: (session: Session) => void | Promise<void>;
	/** Whose session has ended: the address stands there already. */
	email?: string;
}

/** E-mail and password, or a passkey; also in the dialog that asks again when a session has ended. */
export function SignInForm({ onSignedIn, email = "" }: Props) {
	const [second, setSecond] = useState<Wanted | null>(null);
	const enter = async (answer: SignInAnswer) => {
		if (answer.session) await onSignedIn(answer.session);
		else setSecond(answer.second ?? null);
	};
	if (second) return <SecondStep wanted={second} onDone={enter} onAgain={() => setSecond(null)} />;
	return <FirstStep email={email} onDone={enter} />;
}

function FirstStep({ email, onDone }: { email: string; onDone: (answer: SignInAnswer) => Promise<void> }) {
	const form = useForm({ initialValues: { email, password: "" } });
	const attempt = useMutation({
		mutationFn: (v: { email: string; password: string }) => signIn(v.email, v.password),
		onSuccess: onDone,
	});
	return (
		<form onSubmit={form.onSubmit((v) => attempt.mutate(v))}>
			<Stack gap="md">
				<TextInput label="E-mail" type="email" autoComplete="username" required withAsterisk={false} data-autofocus={email === "" || undefined} {...form.getInputProps("email")} />
				<PasswordInput
					label="Password"
					autoComplete="current-password"
					required
					withAsterisk={false}
					data-autofocus={email !== "" || undefined}
					visibilityToggleButtonProps={{ "aria-label": "Show the password" }}
					{...form.getInputProps("password")}
				/>
				<Alert error={attempt.error} />
				<Button type="submit" variant="filled" size="md" loading={attempt.isPending}>
					Sign in
				</Button>
			</Stack>
			<PasskeyButton onDone={onDone} />
		</form>
	);
}

function PasskeyButton({ onDone }: { onDone: (answer: SignInAnswer) => Promise<void> }) {
	const doors = useQuery(doorsQuery);
	const attempt = useMutation({ mutationFn: () => signInWithPasskey(), onSuccess: onDone });
	if (!doors.data?.passkeys || !browserHasPasskeys()) return null;
	return (
		<>
			<Or />
			<Stack gap="md">
				<Button fullWidth size="md" loading={attempt.isPending} onClick={() => attempt.mutate()}>
					Sign in with a passkey
				</Button>
				<Alert error={attempt.error} />
			</Stack>
		</>
	);
}
