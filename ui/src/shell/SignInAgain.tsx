// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Modal, Text } from "@mantine/core";
import { signedOut } from "../api/signedOut";
import { useSignedIn } from "../api/session";
import { SignInForm } from "../screens/signin/SignInForm";

/** Asks for the password on top of the screen when the session has ended meanwhile. */
export function SignInAgain() {
	const signedIn = useSignedIn();
	return (
		<Modal opened={signedOut.use()} onClose={() => {}} withCloseButton={false} closeOnEscape={false} closeOnClickOutside={false} title="Please sign in again">
			<Text size="sm" c="dimmed" mb="md">
				Your session has ended. What is on the screen stays as it is.
			</Text>
			<SignInForm onSignedIn={signedIn} />
		</Modal>
	);
}
