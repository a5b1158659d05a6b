// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, Group, TextInput } from "@mantine/core";
import type { Editor } from "@tiptap/core";
import { useState } from "react";
import { getCopy } from "../../../api/copy";
import { toastProblem } from "../../../parts/toast";
import { safe } from "../body/marks";
import { StoryFinder } from "./StoryFinder";

/** Links the selection: to an address, or to one of our stories. */
export function LinkBox({ editor, onDone }: { editor: Editor; onDone: () => void }) {
	const now = String(editor.getAttributes("link").href ?? "");
	const [href, setHref] = useState(now);
	const [note, setNote] = useState("");
	const { from, to } = editor.state.selection;
	const words = editor.state.doc.textBetween(from, to, " ");
	const whole = /^[\w-]+(\.[\w-]+)+(\/|$)/.test(href) ? `https://${href}` : href.trim();
	const link = (to: string, text?: string) => {
		const chain = editor.chain().focus().extendMarkRange("link");
		if (!words && !now) chain.insertContent({ type: "text", text: text || to, marks: [{ type: "link", attrs: { href: to } }] }).run();
		else chain.setMark("link", { href: to }).run();
		onDone();
	};
	// Only what readers can see has an address; another can stand as a related story meanwhile.
	const linkStory = async (id: string, name: string) => {
		try {
			const { path } = await getCopy(id);
			if (path) link(path, name);
			else setNote(`“${name}” has no address before it is published. Put it in as a related story: its link appears by itself.`);
		} catch (error) {
			toastProblem(error);
		}
	};
	return (
		<>
			<form
				onSubmit={(e) => {
					e.preventDefault();
					if (safe(whole)) link(whole);
				}}
			>
				<TextInput
					label="Address"
					placeholder="https://"
					value={href}
					onChange={(e) => setHref(e.currentTarget.value)}
					error={whole && !safe(whole) ? "An address begins with https://, mailto: or /" : undefined}
					data-autofocus
				/>
				<Group justify="flex-end" mt="sm" mb="lg">
					{now && (
						<Button
							onClick={() => {
								editor.chain().focus().extendMarkRange("link").unsetMark("link").run();
								onDone();
							}}
						>
							Take the link away
						</Button>
					)}
					<Button type="submit" variant="filled" disabled={!safe(whole)}>
						Link
					</Button>
				</Group>
			</form>
			<p role="status">{note}</p>
			<StoryFinder onPick={(s) => void linkStory(s.id, s.name)} start={now ? "" : words.slice(0, 60)} />
		</>
	);
}
