// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Switch } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
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
		<FieldGroup title="A second person">
			<Switch
				label="Nobody approves a story that is their own"
				description="A story is also not published before somebody else has approved it. A magazine of one person leaves this off."
				checked={rules.data?.fourEyes ?? false}
				disabled={!rules.data || change.isPending}
				onChange={(e) => change.mutate(e.currentTarget.checked)}
			/>
		</FieldGroup>
	);
}
