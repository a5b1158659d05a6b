// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { act, useStoryChange } from "../api/life";
import type { Article } from "../api/nouns";
import { confirm } from "../parts/confirm";
import { toast } from "../parts/toast";
import { useWhen } from "../parts/When";

/** Takes a story back that was approved, after saying what that undoes. */
export function useTakeBack(a: Article, onChanged: () => void) {
	const when = useWhen();
	const go = useStoryChange(
		() => act(a.id, "take-back"),
		() => {
			toast(a.status === "published" ? "The update is taken back: change it, and ask for it to be scheduled again." : "Taken back: it is a draft again.");
			onChanged();
		},
	);
	return async () => {
		const live = a.status === "published";
		const moment = a.scheduledAt && when(a.scheduledAt, "full");
		const undone = moment ? `It will not become public on ${moment}.` : "Its approval is gone with that.";
		const yes = await confirm({
			title: live ? "Take this update back?" : "Take this story back?",
			children: `${undone} ${live ? "What readers see stays as it is." : "It is a draft again, and an editor has to approve it anew."} Everybody at the desk sees that you did.`,
			act: "Take it back",
			keep: "Leave it",
		});
		if (yes) go.mutate(undefined);
	};
}
