// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { useSortable } from "@dnd-kit/sortable";
import { CSS } from "@dnd-kit/utilities";
import { Button, Group, Menu, Modal } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import type { FilledStory } from "../../api/nouns";
import { MomentInput } from "../../parts/MomentInput";
import { useWhen } from "../../parts/When";
import css from "./Fronts.module.css";
import { Grip } from "./Grip";
import { type Held, holdUntil, letGo, putStory } from "./moves";
import type { Cargo } from "./useDragging";
import type { Front } from "./useFront";
import { nameOf } from "./words";

interface Props {
	f: Front;
	held: Held;
	story: FilledStory;
	index: number;
	/** Nothing can be put into this block. */
	closed: boolean;
}

/** A story in its place, and why it stands there. */
export function Story({ f, held: h, story: s, index, closed }: Props) {
	const data: Cargo = { kind: "story", key: h.key, index, story: s, words: nameOf(h.block) };
	const disabled = { draggable: !f.view.may, droppable: closed };
	const { setNodeRef, listeners, attributes, transform, transition, isDragging, isOver } = useSortable({ id: `${h.key}:${s.id}`, data, disabled });
	const style = { transform: CSS.Translate.toString(transform), transition };
	return (
		<li ref={setNodeRef} className={css.story} style={style} data-held={isDragging || undefined} data-over={(isOver && !isDragging) || undefined}>
			{f.view.may && <Grip words={`Move ${s.headline}`} listeners={listeners} attributes={attributes} />}
			<span className={css.headline}>{s.headline}</span>
			{closed ? <span className={css.why}>{h.block.type === "latest" ? "by date" : whyOf(s)}</span> : <Why f={f} held={h} story={s} index={index} />}
		</li>
	);
}

const whyOf = (s: FilledStory) => (s.why === "pin" ? "pinned" : "by rule");

/** Why the story stands there, and what can be done about it. */
function Why({ f, held: h, story: s, index }: Omit<Props, "closed">) {
	const write = useWhen();
	const [ending, end] = useDisclosure();
	const why = s.why === "pin" && s.until ? `pinned until ${write(s.until)}` : whyOf(s);
	const put = (at: number) => f.change((front) => putStory(front, s, h.key, at));
	return (
		<>
			<Menu position="bottom-end">
				<Menu.Target>
					<button type="button" className={css.why} data-pinned={s.why === "pin" || undefined} aria-label={`${s.headline}: ${why}`}>
						{why}
					</button>
				</Menu.Target>
				<Menu.Dropdown>
					{index > 0 && <Menu.Item onClick={() => put(0)}>{h.block.type === "lead" ? "Make it the lead" : "Make it the first"}</Menu.Item>}
					{s.why === "rule" && <Menu.Item onClick={() => put(index)}>Pin it here</Menu.Item>}
					{s.why === "pin" && <Menu.Item onClick={end.open}>Pin it until …</Menu.Item>}
					{s.why === "pin" && <Menu.Item onClick={() => f.change((front) => letGo(front, h.key, s.id))}>Unpin</Menu.Item>}
				</Menu.Dropdown>
			</Menu>
			<Modal opened={ending} onClose={end.close} title="Pinned until" closeButtonProps={{ "aria-label": "Close" }}>
				<Until story={s} onClose={end.close} onSet={(until) => f.change((front) => holdUntil(front, h.key, s.id, until))} />
			</Modal>
		</>
	);
}

function Until({ story, onClose, onSet }: { story: FilledStory; onClose: () => void; onSet: (until: string) => void }) {
	const [until, setUntil] = useState(story.until ?? "");
	const set = (moment: string) => {
		onSet(moment);
		onClose();
	};
	return (
		<>
			<MomentInput label="Until" value={until} onChange={setUntil} data-autofocus />
			<p className={css.hint}>From then on the rule of the block fills the place of “{story.headline}”.</p>
			<Group justify="flex-end" mt="lg">
				{story.until && <Button onClick={() => set("")}>Pin it for good</Button>}
				<Button variant="filled" disabled={!until} onClick={() => set(until)}>
					Pin until then
				</Button>
			</Group>
		</>
	);
}
