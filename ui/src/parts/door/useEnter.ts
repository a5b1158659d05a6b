// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { useNavigate, useRouter } from "@tanstack/react-router";
import { useState } from "react";
import type { SecondStep, SignInAnswer } from "../../api/nouns";
import { useSignedIn } from "../../api/session";

/**
 * What a door does with the answer of a sign-in: into the desk, or on to the
 * second step, which is then returned.
 */
export function useEnter(to = "/stories"): { second: SecondStep | null; enter: (a: SignInAnswer) => Promise<void>; again: () => void } {
	const signedIn = useSignedIn();
	const navigate = useNavigate();
	const router = useRouter();
	const [second, setSecond] = useState<SecondStep | null>(null);
	return {
		second,
		again: () => setSecond(null),
		async enter({ session, second: wanted }) {
			if (!session) return setSecond(wanted ?? null);
			await signedIn(session);
			// A path with its search, which navigate would not take apart.
			if (to.includes("?")) router.history.push(`/desk${to}`);
			else await navigate({ to });
		},
	};
}
