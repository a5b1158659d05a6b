// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Switch } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { correctionRulesQuery, setCorrectionRules } from "../../api/corrections";
import { rulesQuery, setRules } from "../../api/mail";
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
