// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, Modal, Text } from "@mantine/core";
import { useWindowEvent } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { api, ask } from "../api/client";
import type { Session } from "../api/nouns";
import { signedOut } from "../api/signedOut";
import { doorsQuery, useSession, useSignedIn } from "../api/session";
import { Or } from "../parts/door/Door";
import { SignInForm } from "../screens/signin/SignInForm";

/** Asks for the password on top of the screen when the session has ended meanwhile. */
export function SignInAgain() {
	const signedIn = useSignedIn();
	const { staff } = useSession();
	const ended = signedOut.use();
	const issuer = useQuery({ ...doorsQuery, enabled: ended }).data?.issuer;

	const goOn = async (session: Session) => {
		// Somebody else must not go on with this person's screen.
		if (session.staff.id !== staff.id) return window.location.assign("/desk/");
		await signedIn(session);
	};
	// Whoever has signed in in another window comes back to this one.
	useWindowEvent("focus", () => {
		if (ended)
			ask(api.GET("/api/session")).then(goOn, () => {
				// Not yet: the dialog stays.
			});
	});
	return (
		<Modal opened={ended} onClose={() => {}} withCloseButton={false} closeOnEscape={false} closeOnClickOutside={false} title="Please sign in again">
			<Text size="sm" c="dimmed" mb="md">
				Your session has ended. What is on the screen stays as it is.
			</Text>
			<SignInForm email={staff.email} onSignedIn={goOn} />
			{issuer && (
				<>
					<Or />
					<Button component="a" fullWidth size="md" href={`${issuer.url}?back=/account`} target="_blank" rel="opener">
						Sign in by {issuer.name}, in another window
					</Button>
				</>
			)}
		</Modal>
	);
}
