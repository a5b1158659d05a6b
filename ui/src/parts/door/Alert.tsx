// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Text } from "@mantine/core";
import { messageOf } from "../../api/problem";

/** Why something in a form could not be done. */
export function Alert({ error }: { error: unknown }) {
	if (!error) return null;
	return (
		<Text size="sm" c="red" role="alert">
			{messageOf(error)}
		</Text>
	);
}
