// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { FileButton, Button, Modal } from "@mantine/core";
import { toastProblem } from "../parts/toast";

interface AssetRow {
	id: string;
	alt: string;
	caption: string;
	credit: string;
}

interface Props {
	opened: boolean;
	onClose: () => void;
	onPick: (asset: AssetRow) => void;
	kinds?: string[];
	many?: boolean;
}

/** Adds a file to the library and picks that. */
export function MediaPicker({ opened, onClose, onPick }: Props) {
	const add = async (file: File | null) => {
		if (!file) return;
		const form = new FormData();
		form.append("file", file);
		try {
			const answer = await fetch("/api/assets", { method: "POST", body: form });
			if (!answer.ok) throw new Error(answer.statusText);
			onPick((await answer.json()) as AssetRow);
			onClose();
		} catch (error) {
			toastProblem(error);
		}
	};
	return (
		<Modal opened={opened} onClose={onClose} title="Choose a picture" closeButtonProps={{ "aria-label": "Close" }}>
			<FileButton onChange={(f) => void add(f)} accept="image/*">
				{(props) => <Button {...props}>Upload a picture</Button>}
			</FileButton>
		</Modal>
	);
}
