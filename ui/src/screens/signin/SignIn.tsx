// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { useRouter, useSearch } from "@tanstack/react-router";
import { useSignedIn } from "../../api/session";
import type { Search } from "../../search";
import css from "./SignIn.module.css";
import { SignInForm } from "./SignInForm";

/** The door. Leads back to where one wanted to go. */
export default function SignIn() {
	const { back } = useSearch({ strict: false }) as Search;
	const router = useRouter();
	const signedIn = useSignedIn();
	return (
		<main className={css.page}>
			<title>Sign in · The desk</title>
			<div className={css.door}>
				<h1>The desk</h1>
				<SignInForm
					onSignedIn={async (session) => {
						await signedIn(session);
						router.history.push(`/desk${inside(back)}`);
					}}
				/>
				{/* Passkey, one-time code and OpenID Connect stand here. */}
			</div>
		</main>
	);
}

// Only to a place of the desk: an address from outside must not send people elsewhere.
function inside(back: string | undefined): string {
	return back?.startsWith("/") && !back.startsWith("//") ? back : "/stories";
}
