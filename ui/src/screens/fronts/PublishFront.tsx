// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, Group, Modal, SegmentedControl, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { publishFront, restoreFront, scheduleFront } from "../../api/fronts";
import type { FrontView, StoryRow } from "../../api/nouns";
import { MomentInput } from "../../parts/MomentInput";
import { toastProblem } from "../../parts/toast";
import { useWhen } from "../../parts/When";
import css from "./Fronts.module.css";
import type { Front } from "./useFront";

interface Props {
	f: Front;
	opened: boolean;
	onClose: () => void;
	onDone: (view: FrontView, said: string, undo?: () => Promise<FrontView>) => void;
}

/** The one deliberate act: what will change for readers, and when. */
export function PublishFront({ opened, ...props }: Props) {
	const { place, name } = props.f.view;
	const title = `Publish ${place === "home" ? "the front page" : `the front of ${name}`}`;
	return (
		<Modal opened={opened} onClose={props.onClose} title={title} size="lg" closeButtonProps={{ "aria-label": "Close" }}>
			<Publishing {...props} />
		</Modal>
	);
}

function Publishing({ f, onClose, onDone }: Omit<Props, "opened">) {
	const [when, setWhen] = useState("now");
	const [at, setAt] = useState("");
	const [note, setNote] = useState("");
	const write = useWhen();
	const was = f.view.live;
	const { place } = f.view;
	const publish = useMutation({
		async mutationFn() {
			await f.save();
			// Saving may have brought a new revision, which this render does not know.
			return when === "now" ? publishFront(place, f.revision(), note) : scheduleFront(place, f.revision(), at, note);
		},
		onSuccess(view) {
			onClose();
			if (when !== "now") return onDone(view, `Readers will see it ${write(at, "full")}.`);
			onDone(view, "Published. Readers see it now.", was && (() => restoreFront(place, was.id)));
		},
		onError: toastProblem,
	});
	return (
		<>
			<Difference f={f} />
			<SegmentedControl aria-label="When" data={[{ value: "now", label: "Now" }, { value: "later", label: "At a moment to come" }]} value={when} onChange={setWhen} />
			{when === "later" && <MomentInput label="Readers see it from" value={at} onChange={setAt} mt="md" />}
			<TextInput label="Note" description="For the history: what this change is for. May be empty." value={note} onChange={(e) => setNote(e.currentTarget.value)} mt="md" />
			<Group justify="flex-end" mt="lg">
				<Button onClick={onClose}>Cancel</Button>
				<Button variant="filled" data-autofocus disabled={when === "later" && !at} loading={publish.isPending} onClick={() => publish.mutate()}>
					{when === "now" ? "Publish" : "Schedule"}
				</Button>
			</Group>
		</>
	);
}

/** What leaves the page and what comes onto it. */
function Difference({ f: { preview, view } }: { f: Front }) {
	if (!preview) return null;
	if (!view.live) return <p>This is the first front here. The preview shows what readers will see.</p>;
	return (
		<div className={css.difference}>
			{view.behind && <p className={css.warning}>Readers were given another front since this draft was begun. It is replaced.</p>}
			{!preview.coming.length && !preview.leaving.length && <p>The same stories stay on the page; their places or the blocks change.</p>}
			<Names title="Comes onto the page" stories={preview.coming} />
			<Names title="Leaves the page" stories={preview.leaving} />
		</div>
	);
}

function Names({ title, stories }: { title: string; stories: StoryRow[] }) {
	if (!stories.length) return null;
	return (
		<section>
			<h3>{title}</h3>
			<ul>
				{stories.map((s) => (
					<li key={s.id}>{s.headline}</li>
				))}
			</ul>
		</section>
	);
}
