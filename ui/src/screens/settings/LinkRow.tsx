// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { useSortable } from "@dnd-kit/sortable";
import { CSS } from "@dnd-kit/utilities";
import { Button, TextInput } from "@mantine/core";
import type { MenuLink } from "../../api/nouns";
import { AddressInput } from "./AddressInput";
import css from "./LinkList.module.css";

interface Props {
	id: string;
	/** The name of the list, so that "Words" in one is told from "Words" in another. */
	list: string;
	link: MenuLink;
	onChange: (link: MenuLink) => void;
	onRemove: () => void;
}

/** One link of a menu: its words, and where it leads. */
export function LinkRow({ id, list, link, onChange, onRemove }: Props) {
	const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } = useSortable({ id });
	const { role: _, ...rest } = attributes;
	const name = link.label || "the new link";
	const odd = link.url !== "" && !/^(\/|https?:\/\/|mailto:|tel:)/.test(link.url);
	return (
		<li ref={setNodeRef} className={css.link} style={{ transform: CSS.Translate.toString(transform), transition }} data-held={isDragging || undefined}>
			<button ref={setActivatorNodeRef} type="button" className={css.grip} {...rest} {...listeners} aria-label={`Move ${name}`} />
			<TextInput className={css.words} aria-label={`Words, ${list}`} placeholder="Words" value={link.label} onChange={(e) => onChange({ ...link, label: e.currentTarget.value })} />
			<AddressInput
				className={css.address}
				label={`Address, ${list}`}
				value={link.url}
				error={odd ? "It begins with a slash, or with https://" : undefined}
				// Whoever picks a section first need not type its name.
				onChange={(url, picked) => onChange({ url, label: link.label || picked || "" })}
			/>
			<Button variant="subtle" size="compact-sm" onClick={onRemove} aria-label={`Remove ${name}`}>
				Remove
			</Button>
		</li>
	);
}
