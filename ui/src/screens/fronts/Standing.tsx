// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button } from "@mantine/core";
import { cancelChange } from "../../api/fronts";
import type { FrontStamp } from "../../api/nouns";
import { toast, toastProblem } from "../../parts/toast";
import { When, useWhen } from "../../parts/When";
import css from "./Fronts.module.css";
import type { Front } from "./useFront";

interface Props {
	f: Front;
	onDiscard: () => void;
	onClear: () => void;
	onLook: (stamp: FrontStamp) => void;
}

/** Where the front stands: what readers see, what is drafted, what is to come. */
export function Standing({ f, onDiscard, onClear, onLook }: Props) {
	const { view } = f;
	return (
		<div className={css.standing}>
			<p>
				<Live f={f} /> <Draft f={f} />
				{view.may && view.revision > 0 && f.saving === "saved" && (
					<Button variant="subtle" size="compact-sm" onClick={onDiscard}>
						Discard the draft
					</Button>
				)}
				{view.may && view.live && view.place !== "home" && (
					<Button variant="subtle" size="compact-sm" onClick={onClear}>
						Take the front away
					</Button>
				)}
			</p>
			<Behind f={f} />
			{view.coming.map((c) => (
				<Coming key={c.id} f={f} change={c} onLook={onLook} />
			))}
		</div>
	);
}

function Live({ f: { view } }: { f: Front }) {
	const write = useWhen();
	if (view.live)
		return (
			<>
				Readers see no. {view.live.number}, published {write(view.live.at)} by {view.live.staff}.
			</>
		);
	return view.place === "home" ? <>Nobody has arranged the front page yet: readers see everything by date.</> : <>This section has no front: readers see the list of its stories.</>;
}

function Draft({ f: { view, saving } }: { f: Front }) {
	const words = { saving: "Saving …", failed: "Not saved.", behind: "Not saved.", saved: view.draft ? `The draft, saved by ${view.draft.staff}, is not seen by readers.` : "" };
	if (!view.may) return <>You may look at it; arranging it is for others.</>;
	return (
		<span role="status" data-saving={saving}>
			{words[saving]}
		</span>
	);
}

function Behind({ f }: { f: Front }) {
	if (f.saving === "behind")
		return (
			<p className={css.warning} role="alert">
				Somebody else has changed this front in the meantime.
				<Button size="compact-sm" onClick={() => void f.resolve("theirs")}>
					Take their arrangement
				</Button>
				<Button size="compact-sm" onClick={() => void f.resolve("ours").catch(toastProblem)}>
					Keep mine
				</Button>
			</p>
		);
	if (f.saving === "failed")
		return (
			<p className={css.warning} role="alert">
				The last change could not be saved.
				<Button size="compact-sm" onClick={() => void f.save().catch(() => undefined)}>
					Try again
				</Button>
			</p>
		);
	if (!f.view.behind) return null;
	return <p className={css.warning}>Readers were given another front since this draft was begun. Publishing the draft replaces it.</p>;
}

function Coming({ f, change, onLook }: { f: Front; change: FrontStamp; onLook: (stamp: FrontStamp) => void }) {
	const cancel = () =>
		cancelChange(f.view.place, change.id).then((next) => {
			f.reset(next);
			toast("The change is called off.");
		}, toastProblem);
	return (
		<p className={css.coming}>
			To come: <When at={change.at} form="full" />, by {change.staff}
			{change.note && `: ${change.note}`}
			<Button size="compact-sm" variant="subtle" onClick={() => onLook(change)}>
				Look at it
			</Button>
			{f.view.may && (
				<Button size="compact-sm" variant="subtle" onClick={() => void cancel()}>
					Call it off
				</Button>
			)}
		</p>
	);
}
