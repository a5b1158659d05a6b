// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Modal, Text } from "@mantine/core";
import { signedOut } from "../api/signedOut";
import { useSession, useSignedIn } from "../api/session";
import { SignInForm } from "../screens/signin/SignInForm";

/** Asks for the password on top of the screen when the session has ended meanwhile. */
export function SignInAgain() {
	const signedIn = useSignedIn();
	const { staff } = useSession();
	return (
		<Modal opened={signedOut.use()} onClose={() => {}} withCloseButton={false} closeOnEscape={false} closeOnClickOutside={false} title="Please sign in again">
			<Text size="sm" c="dimmed" mb="md">
				Your session has ended. What is on the screen stays as it is.
			</Text>
			<SignInForm
				email={staff.email}
				onSignedIn={async (session) => {
					// Somebody else must not go on with this person's screen.
					if (session.staff.id !== staff.id) return window.location.assign("/desk/");
					await signedIn(session);
				}}
			/>
		</Modal>
	);
}
