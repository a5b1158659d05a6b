// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, Group, Modal, TextInput, Textarea } from "@mantine/core";
import type { Editor } from "@tiptap/core";
import { useRef, useState } from "react";
import { MediaPicker } from "../../../media/MediaPicker";
import { insertMedia } from "../paste/files";
import { imageAttrs, insertPicture } from "../paste/pictures";
import { CounterpointFinder } from "./CounterpointFinder";
import { LinkBox } from "./LinkBox";
import { StoryFinder } from "./StoryFinder";
import type { Ask } from "./blocks";

interface Props {
	editor: Editor;
	article: string;
	what: Ask | undefined;
	onClose: () => void;
}

/** Asks what a block needs before it can stand in the text. */
export function Asking({ editor, article, what, onClose }: Props) {
	const close = () => {
		onClose();
		editor.commands.focus();
	};
	const put = (content: object) => {
		editor.chain().focus().insertContent(content).run();
		onClose();
	};
	/** What nothing follows gets a paragraph below, so that writing goes on. */
	const putAndGoOn = (content: object) => {
		put(content);
		const { to } = editor.state.selection;
		if (!editor.state.doc.resolve(to).nodeAfter) editor.chain().insertContentAt(to, { type: "paragraph" }).run();
	};
	return (
		<>
			<MediaPicker opened={what === "picture"} onClose={onClose} kinds={["image"]} onPick={(a) => insertPicture(editor.view, a, editor.state.selection.from)} />
			{(["audio", "video", "document"] as const).map((kind) => (
				<MediaPicker key={kind} opened={what === kind} onClose={onClose} kinds={[kind]} onPick={(a) => insertMedia(editor.view, a, editor.state.selection.from)} />
			))}
			<GalleryPicker opened={what === "gallery"} onClose={onClose} onDone={(images) => put({ type: "gallery", content: images })} />
			<Modal opened={what === "embed"} onClose={close} title="Embed" closeButtonProps={{ "aria-label": "Close" }}>
				<OneLine label="Address of the video, post or chart" act="Embed" start="https://" onDone={(url) => put({ type: "embed", attrs: { url } })} />
			</Modal>
			<Modal opened={what === "story"} onClose={close} title="Related story" closeButtonProps={{ "aria-label": "Close" }}>
				<StoryFinder onPick={(s) => put({ type: "relatedStory", attrs: { story: s.id, title: s.name } })} />
			</Modal>
			<Modal opened={what === "sides"} onClose={close} size="52rem" title="Set side by side" closeButtonProps={{ "aria-label": "Close" }}>
				<CounterpointFinder article={article} onPick={(c) => putAndGoOn({ type: "counterpoint", attrs: c.block })} />
			</Modal>
			<Modal opened={what === "html"} onClose={close} title="Raw HTML" closeButtonProps={{ "aria-label": "Close" }}>
				<OneLine label="HTML, shown in a frame that cannot reach the page" act="Insert" long onDone={(html) => put({ type: "rawHTML", attrs: { html } })} />
			</Modal>
			<Modal opened={what === "link"} onClose={close} title="Link" closeButtonProps={{ "aria-label": "Close" }}>
				<LinkBox editor={editor} onDone={close} />
			</Modal>
		</>
	);
}

function OneLine({ label, act, start = "", long, onDone }: { label: string; act: string; start?: string; long?: boolean; onDone: (v: string) => void }) {
	const [v, setV] = useState(start);
	const Input = long ? Textarea : TextInput;
	return (
		<form
			onSubmit={(e) => {
				e.preventDefault();
				if (v.trim() && v !== start) onDone(v.trim());
			}}
		>
			<Input label={label} value={v} onChange={(e: { currentTarget: { value: string } }) => setV(e.currentTarget.value)} data-autofocus {...(long ? { autosize: true, minRows: 5 } : {})} />
			<Group justify="flex-end" mt="md">
				<Button type="submit" variant="filled">
					{act}
				</Button>
			</Group>
		</form>
	);
}

/** Several pictures, one picked after another. */
function GalleryPicker({ opened, onClose, onDone }: { opened: boolean; onClose: () => void; onDone: (images: object[]) => void }) {
	const images = useRef<object[]>([]);
	const end = () => {
		const all = images.current;
		images.current = [];
		if (all.length > 0) onDone(all);
		else onClose();
	};
	return (
		<MediaPicker
			opened={opened}
			many
			kinds={["image"]}
			onPick={(a) => void images.current.push({ type: "image", attrs: imageAttrs(a), content: a.caption ? [{ type: "text", text: a.caption }] : [] })}
			onClose={end}
		/>
	);
}
