// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { PasswordInput, type PasswordInputProps } from "@mantine/core";

/** The least that the program takes. */
export const shortestPassword = 10;

/** A field for a new password; what makes a good one is said, not forced. */
export function NewPassword({ label = "Password", ...props }: PasswordInputProps) {
	return (
		<PasswordInput
			label={label}
			description={`${shortestPassword} characters at least; three or four unrelated words are easy to keep and hard to guess.`}
			autoComplete="new-password"
			required
			withAsterisk={false}
			minLength={shortestPassword}
			visibilityToggleButtonProps={{ "aria-label": "Show the password" }}
			{...props}
		/>
	);
}
