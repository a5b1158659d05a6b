// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Select, Switch } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { correctionRulesQuery, historyRulesQuery, setCorrectionRules, setHistoryRules } from "../../api/corrections";
import { rulesQuery, setRules } from "../../api/mail";
import type { HistoryRules } from "../../api/nouns";
import { FieldGroup } from "../../parts/Field";
import { toast, toastProblem } from "../../parts/toast";

/** What the magazine decides about its roles; a part of the settings screen. */
export default function Rules() {
	const rules = useQuery(rulesQuery);
	const queries = useQueryClient();
	const change = useMutation({
		mutationFn: setRules,
		onSuccess: (now) => {
			queries.setQueryData(rulesQuery.queryKey, now);
			toast("Saved");
		},
		onError: toastProblem,
	});
	return (
		<>
			<FieldGroup title="A second person">
				<Switch
					label="Nobody approves a story that is their own"
					description="A story is also not published before somebody else has approved it. A magazine of one person leaves this off."
					checked={rules.data?.fourEyes ?? false}
					disabled={!rules.data || change.isPending}
					onChange={(e) => change.mutate(e.currentTarget.checked)}
				/>
			</FieldGroup>
			<Retractions />
			<Versions />
		</>
	);
}

/** What becomes of the text of a story that does not stand. */
function Retractions() {
	const rules = useQuery(correctionRulesQuery);
	const queries = useQueryClient();
	const change = useMutation({
		mutationFn: setCorrectionRules,
		onSuccess: (now) => {
			queries.setQueryData(correctionRulesQuery.queryKey, now);
			toast("Saved");
		},
		onError: toastProblem,
	});
	return (
		<FieldGroup title="Retractions">
			<Switch
				label="The text of a retracted story is taken away"
				description="Address, headline and note stay for good. Whoever retracts a story may decide otherwise; what is retracted already stays as it is."
				checked={rules.data?.removeRetracted ?? false}
				disabled={!rules.data || change.isPending}
				onChange={(e) => change.mutate(e.currentTarget.checked)}
			/>
		</FieldGroup>
	);
}

const authors: { value: HistoryRules["author"]; label: string }[] = [
	{ value: "nobody", label: "Nobody" },
	{ value: "byline", label: "The names of its byline" },
	{ value: "staff", label: "The member of staff who published it" },
];

/** What readers see of the versions of a story, beside their text. */
function Versions() {
	const rules = useQuery(historyRulesQuery);
	const queries = useQueryClient();
	const change = useMutation({
		mutationFn: setHistoryRules,
		onSuccess: (now) => {
			queries.setQueryData(historyRulesQuery.queryKey, now);
			toast("Saved");
		},
		onError: toastProblem,
	});
	const now = rules.data;
	return (
		<FieldGroup title="Versions in public" hint="Readers can read every version of a story and compare any two.">
			<Select
				label="Whom a story’s history names beside each version"
				description="It is what the history shows, of past versions too. The versions themselves name no member of staff."
				data={authors}
				allowDeselect={false}
				value={now?.author ?? "nobody"}
				disabled={!now || change.isPending}
				onChange={(author) => now && author && change.mutate({ ...now, author: author as HistoryRules["author"] })}
			/>
			<Switch
				label="Feeds announce updates"
				description="A story is as new in feeds as its last update that has a public note. Mends without a note are not announced."
				checked={now?.announceUpdates ?? false}
				disabled={!now || change.isPending}
				onChange={(e) => now && change.mutate({ ...now, announceUpdates: e.currentTarget.checked })}
			/>
		</FieldGroup>
	);
}
