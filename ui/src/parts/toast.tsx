// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, Group } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { messageOf } from "../api/problem";

/** Says what was done, in passing: `toast("Moved to the trash", { undo })`. */
export function toast(message: string, { undo }: { undo?: () => void } = {}) {
	const id = notifications.show({
		message: undo ? (
			<Group justify="space-between" wrap="nowrap">
				{message}
				<Button
					variant="subtle"
					size="compact-sm"
					onClick={() => {
						notifications.hide(id);
						undo();
					}}
				>
					Undo
				</Button>
			</Group>
		) : (
			message
		),
		color: "dark",
		autoClose: undo ? 10_000 : 4000,
		closeButtonProps: { "aria-label": "Dismiss" },
	});
}

/** Says why something could not be done; stays until dismissed. For useMutation's onError. */
export function toastProblem(error: unknown) {
	notifications.show({ message: messageOf(error), color: "red", autoClose: false, role: "alert", closeButtonProps: { "aria-label": "Dismiss" } });
}
