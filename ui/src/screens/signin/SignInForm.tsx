// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import type { Session } from "../../api/nouns";
import { messageOf } from "../../api/problem";
import { signIn } from "../../api/session";

interface Props {
	onSignedIn: (session: Session) => void | Promise<void>;
}

/** E-mail and password; also in the dialog that asks again when a session has ended. */
export function SignInForm({ onSignedIn }: Props) {
	const form = useForm({ initialValues: { email: "", password: "" } });
	const attempt = useMutation({
		mutationFn: (v: { email: string; password: string }) => signIn(v.email, v.password),
		onSuccess: onSignedIn,
	});
	return (
		<form onSubmit={form.onSubmit((v) => attempt.mutate(v))}>
			<Stack gap="md">
				<TextInput label="E-mail" type="email" autoComplete="username" required withAsterisk={false} data-autofocus {...form.getInputProps("email")} />
				<PasswordInput
					label="Password"
					autoComplete="current-password"
					required
					withAsterisk={false}
					visibilityToggleButtonProps={{ "aria-label": "Show the password" }}
					{...form.getInputProps("password")}
				/>
				{attempt.isError && (
					<Text size="sm" c="red" role="alert">
						{messageOf(attempt.error)}
					</Text>
				)}
				<Button type="submit" variant="filled" size="md" loading={attempt.isPending}>
					Sign in
				</Button>
			</Stack>
		</form>
	);
}
