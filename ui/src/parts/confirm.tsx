// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Text } from "@mantine/core";
import { modals } from "@mantine/modals";
import type { ReactNode } from "react";

interface Question {
	/** "Withdraw this story?" */
	title: string;
	/** What will happen, and whether it can be undone. */
	children: ReactNode;
	/** The act as a verb: "Withdraw". Never "OK". */
	act: string;
	/** "Keep it" says more than "Cancel". */
	keep?: string;
	/** For acts that cannot be undone. */
	grave?: boolean;
}

/** Asks before an act: `if (await confirm({ title, children, act: "Delete" })) ...` */
export function confirm({ title, children, act, keep = "Cancel", grave = false }: Question): Promise<boolean> {
	return new Promise((resolve) => {
		modals.openConfirmModal({
			title,
			children: <Text size="sm">{children}</Text>,
			labels: { confirm: act, cancel: keep },
			confirmProps: { variant: "filled", color: grave ? "red" : "dark" },
			closeButtonProps: { "aria-label": "Close" },
			onConfirm: () => resolve(true),
			onCancel: () => resolve(false),
			onClose: () => resolve(false),
		});
	});
}
