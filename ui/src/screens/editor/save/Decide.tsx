// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, Group, Modal } from "@mantine/core";
import { Fragment } from "@tiptap/pm/model";
import type { Conflict } from "../../../api/copy";
import css from "./Decide.module.css";
import type { Clash } from "./BodySync";
import type { Writing } from "./Writing";

/** Asks about what could not be merged, with both texts side by side. Nothing is thrown away before an answer. */
export function Decide({ writing }: { writing: Writing }) {
	const clash = writing.clashes.use()[0];
	const conflict = writing.conflicts.use()[0];
	if (clash) return <AboutText writing={writing} clash={clash} />;
	if (conflict) return <AboutField writing={writing} conflict={conflict} />;
	return null;
}

function Side({ head, text }: { head: string; text: string }) {
	return (
		<section className={css.side}>
			<h3>{head}</h3>
			{/* Whoever has no wheel scrolls it by keyboard. */}
			{/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
			<div className={css.text} tabIndex={0} role="region" aria-label={head}>
				{text}
			</div>
		</section>
	);
}

function AboutText({ writing, clash }: { writing: Writing; clash: Clash }) {
	const done = () => writing.clashes.set(writing.clashes.get().slice(1));
	const putBack = () => {
		const { state, view } = writing.editor;
		// As new blocks below where the cursor is: what stands there stays as it is.
		const at = state.selection.$from.depth > 0 ? state.selection.$from.after(1) : state.doc.content.size;
		view.dispatch(state.tr.insert(at, Fragment.fromArray(clash.blocks)).scrollIntoView());
		done();
	};
	return (
		<Modal opened onClose={() => {}} withCloseButton={false} closeOnEscape={false} closeOnClickOutside={false} size="60rem" title="The passage in which you wrote has changed">
			<p className={css.why}>A colleague has rewritten or removed it at the same time. Your words are kept; say what becomes of them.</p>
			<div className={css.both}>
				<Side head="What you wrote" text={clash.mine} />
				<Side head="What is there now" text={clash.theirs} />
			</div>
			<Group justify="flex-end" mt="lg">
				<Button onClick={() => void navigator.clipboard?.writeText(clash.mine)}>Copy mine</Button>
				<Button onClick={done}>Leave it as it is now</Button>
				<Button variant="filled" onClick={putBack} data-autofocus>
					Put mine back as well
				</Button>
			</Group>
		</Modal>
	);
}

function AboutField({ writing, conflict }: { writing: Writing; conflict: Conflict }) {
	const done = (mine: boolean) => {
		writing.conflicts.set(writing.conflicts.get().slice(1));
		writing.fields.settle(conflict, mine);
	};
	return (
		<Modal opened onClose={() => {}} withCloseButton={false} closeOnEscape={false} closeOnClickOutside={false} size="44rem" title={`Two of you have changed the ${names[conflict.field] ?? conflict.field}`}>
			<div className={css.both}>
				<Side head="Yours" text={say(conflict.yours)} />
				<Side head="Theirs" text={say(conflict.theirs)} />
			</div>
			<Group justify="flex-end" mt="lg">
				<Button onClick={() => done(false)}>Take theirs</Button>
				<Button variant="filled" onClick={() => done(true)} data-autofocus>
					Take mine
				</Button>
			</Group>
		</Modal>
	);
}

const names: Record<string, string> = { bylineText: "byline", lead: "lead picture", title: "title for search", description: "description for search", canonical: "canonical address", sections: "further sections" };

/** A field as people read it: texts as they are, references by name. */
function say(v: unknown): string {
	if (v === null || v === undefined || v === "") return "(empty)";
	if (typeof v === "string") return v;
	if (Array.isArray(v)) return v.length === 0 ? "(none)" : v.map(say).join(", ");
	const o = v as { name?: string; person?: unknown; caption?: string; asset?: string };
	if (o.person) return say(o.person);
	return o.name ?? o.caption ?? o.asset ?? JSON.stringify(v);
}
