// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { act, type PlainAct, submit, useStoryChange } from "../api/life";
import type { Article } from "../api/nouns";
import { useMay } from "../api/session";
import { confirm } from "../parts/confirm";
import { toast } from "../parts/toast";
import { useTakeBack } from "./useTakeBack";

export type Dialog = "publish" | "schedule" | "return" | "correct";

/** One thing that can be done with a story where it stands. */
export interface Offer {
	words: string;
	run: () => void;
	/** The next step of its life. */
	main?: boolean;
}

const done: Record<PlainAct, string> = {
	"take-back": "Taken back.",
	approve: "Approved.",
	unschedule: "Taken off the schedule.",
	withdraw: "Withdrawn: readers no longer see it.",
	"put-back": "Readers see it again.",
	trash: "Moved to the trash.",
	restore: "Taken out of the trash.",
};

// What takes an act back; where nothing does, none is offered.
const undoes: Partial<Record<PlainAct, PlainAct>> = { approve: "take-back", withdraw: "put-back", trash: "restore", restore: "trash", "put-back": "withdraw" };

/** What somebody may do with the story now, the next step first. */
export function useActs(a: Article, open: (d: Dialog) => void, onChanged: () => void): Offer[] {
	const may = useMay();
	const undo = useStoryChange((name: PlainAct) => act(a.id, name), onChanged);
	const plain = useStoryChange(
		(name: PlainAct) => act(a.id, name),
		(_, name) => {
			const back = undoes[name];
			// What was approved from a draft would be in review after an undo.
			const can = back && (name !== "approve" || a.status === "in_review");
			toast(done[name], { undo: can ? () => undo.mutate(back) : undefined });
			onChanged();
		},
	);
	const hand = useStoryChange(
		() => submit(a.id, ""),
		() => {
			toast("Submitted for review.", { undo: () => undo.mutate("take-back") });
			onChanged();
		},
	);
	const withdraw = async () => {
		const yes = await confirm({
			title: "Withdraw this story?",
			children: "Readers no longer find it: its address says that it is gone. All versions are kept, and it can be put back.",
			act: "Withdraw",
			keep: "Leave it public",
			grave: true,
		});
		if (yes) plain.mutate("withdraw");
	};

	const takeBack = useTakeBack(a, onChanged);

	const write = may("change the stories of others") || (may("write stories") && a.own === true);
	const review = may("approve stories");
	const pub = may("publish stories");
	const away = may("withdraw stories");
	const offers: (Offer | false | undefined)[] = [];
	if (a.trashed) return write ? [{ words: "Take out of the trash", run: () => plain.mutate("restore"), main: true }] : [];
	const { status } = a;
	if (status === "draft") offers.push(write && { words: "Submit for review", run: () => hand.mutate(undefined), main: !pub });
	if (status === "in_review" || (status === "draft" && review)) offers.push(review && { words: "Approve", run: () => plain.mutate("approve"), main: status === "in_review" });
	if (status === "published") {
		offers.push(pub && { words: "Publish update …", run: () => open("publish"), main: a.changed === true });
		offers.push(pub && { words: a.scheduledAt ? "Move the update …" : "Schedule update …", run: () => open("schedule") });
		offers.push(pub && a.kind === "story" && { words: "Correct …", run: () => open("correct") });
	} else {
		offers.push(pub && { words: "Publish …", run: () => open("publish"), main: status === "approved" || status === "draft" });
		offers.push(pub && { words: status === "scheduled" ? "Move …" : "Schedule …", run: () => open("schedule") });
	}
	offers.push(pub && Boolean(a.scheduledAt) && { words: "Take off the schedule", run: () => plain.mutate("unschedule") });
	offers.push(review && (status === "in_review" || status === "approved") && { words: "Return …", run: () => open("return") });
	offers.push(status === "in_review" && write && { words: "Take back", run: () => plain.mutate("take-back") });
	offers.push(status === "approved" && review && { words: "Reopen the review", run: () => plain.mutate("take-back") });
	offers.push(a.mayOpen && { words: status === "published" ? "Take the update back …" : "Take back …", run: () => void takeBack() });
	offers.push(status === "withdrawn" && away && { words: "Put back", run: () => plain.mutate("put-back"), main: true });
	offers.push(status === "published" && away && { words: "Withdraw …", run: () => void withdraw() });
	const sweep = status === "withdrawn" ? away : write && status !== "published" && status !== "scheduled";
	offers.push(sweep && { words: "Move to the trash", run: () => plain.mutate("trash") });
	return offers.filter((o): o is Offer => Boolean(o));
}
