// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { type ReactNode, useState } from "react";
import { clearFront, discardFront, restoreFront } from "../../api/fronts";
import type { FrontStamp, FrontView } from "../../api/nouns";
import { useCommand } from "../../palette/registry";
import { confirm } from "../../parts/confirm";
import { ScreenHeader } from "../../parts/ScreenHeader";
import { toast, toastProblem } from "../../parts/toast";
import { useUnsaved } from "../../parts/useUnsaved";
import { useShortcut } from "../../shortcuts/useShortcut";
import { Blocks } from "./Blocks";
import css from "./Fronts.module.css";
import { HistoryPanel } from "./HistoryPanel";
import { Preview } from "./Preview";
import { PublishFront } from "./PublishFront";
import { Standing } from "./Standing";
import { useFront } from "./useFront";

/** One front being arranged: its blocks on one side, the page on the other. */
export function Arranging({ loaded, picker }: { loaded: FrontView; picker: ReactNode }) {
	const f = useFront(loaded);
	const { view } = f;
	const [publishing, publish] = useDisclosure();
	const [history, panel] = useDisclosure();
	const [looking, look] = useState<FrontStamp>();
	const drafted = view.revision > 0;
	useUnsaved(f.saving === "failed" || f.saving === "behind");
	useCommand({ words: "Publish this front", group: "Front pages", run: publish.open }, drafted && view.may);
	useCommand({ words: "History of this front", group: "Front pages", run: panel.open });
	useCommand({ words: "Undo the last change", group: "Front pages", keys: "mod+z", run: f.undo }, f.canUndo);
	useShortcut({ keys: "mod+z", words: "Undo the last change to the front", run: f.undo }, f.canUndo);

	const act = (doing: Promise<FrontView>, said: string, undo?: () => void) =>
		doing.then((next) => {
			f.reset(next);
			toast(said, undo ? { undo } : {});
		}, toastProblem);
	const restore = (stamp: FrontStamp) => {
		const was = view.live?.id;
		const back = was ? () => void act(restoreFront(view.place, was), "Readers see the front as it was.") : undefined;
		look(undefined);
		return act(restoreFront(view.place, stamp.id, stamp.number ? `As no. ${stamp.number}` : ""), "Readers see this front now.", back);
	};
	const discard = async () => {
		if (await confirm({ title: "Discard the draft?", children: "The blocks go back to what readers see. This cannot be undone.", act: "Discard", grave: true }))
			await act(f.save().then(() => discardFront(view.place, f.revision())), "The draft is discarded.");
	};
	const clear = async () => {
		const question = "Its page becomes the list of its stories again. The front stays in the history and can be restored.";
		if (await confirm({ title: `Take the front of ${view.name} away?`, children: question, act: "Take it away" })) await act(clearFront(view.place), "The section has no front any more.");
	};

	return (
		<>
			<ScreenHeader title="Front pages">
				{picker}
				<Button onClick={panel.toggle} aria-expanded={history}>
					History
				</Button>
				{view.may && (
					// It stays where the focus can come back to when there is nothing more to publish.
					<Button variant="filled" aria-disabled={!drafted} data-disabled={!drafted || undefined} onClick={() => drafted && publish.open()}>
						Publish …
					</Button>
				)}
			</ScreenHeader>
			<Standing f={f} onDiscard={() => void discard()} onClear={() => void clear()} onLook={look} />
			<div className={css.room}>
				<Blocks f={f} />
				<Preview f={f} looking={looking} onBack={() => look(undefined)} onRestore={restore} />
			</div>
			<PublishFront
				f={f}
				opened={publishing}
				onClose={publish.close}
				onDone={(next, said, undo) => void act(Promise.resolve(next), said, undo && (() => void act(undo(), "Readers see the front as it was.")))}
			/>
			{history && <HistoryPanel view={view} onClose={panel.close} onLook={look} onRestore={restore} />}
		</>
	);
}
