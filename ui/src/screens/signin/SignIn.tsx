// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Anchor, Button, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useRouter, useSearch } from "@tanstack/react-router";
import { doorsQuery, useSignedIn } from "../../api/session";
import { Door, DoorIntro, Or } from "../../parts/door/Door";
import { sentence } from "../../parts/door/DoorLink";
import type { Search } from "../../search";
import { SignInForm } from "./SignInForm";

/** The door. Leads back to where one wanted to go. */
export default function SignIn() {
	const { back, problem } = useSearch({ strict: false }) as Search;
	const router = useRouter();
	const signedIn = useSignedIn();
	const doors = useQuery(doorsQuery).data;
	return (
		<Door title="The desk" over={doors?.magazine}>
			{doors?.setUp && <DoorIntro>Nobody has an account yet. The link that begins the set-up stands on the console of the program and in its log.</DoorIntro>}
			{problem && (
				<Text size="sm" c="red" role="alert" mb="md">
					{sentence(problem)}
				</Text>
			)}
			<SignInForm
				onSignedIn={async (session) => {
					await signedIn(session);
					router.history.push(`/desk${inside(back)}`);
				}}
			/>
			{doors?.issuer && (
				<>
					<Or />
					<Button component="a" fullWidth size="md" href={`${doors.issuer.url}?back=${encodeURIComponent(inside(back))}`}>
						Sign in by {doors.issuer.name}
					</Button>
				</>
			)}
			<Text size="sm" mt="lg">
				<Anchor component={Link} to="/reset">
					Forgotten the password?
				</Anchor>
			</Text>
		</Door>
	);
}

// Only to a place of the desk: an address from outside must not send people elsewhere.
function inside(back: string | undefined): string {
	return back?.startsWith("/") && !back.startsWith("//") ? back : "/stories";
}
