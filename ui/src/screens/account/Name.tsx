// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, Group, Text, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { changeName } from "../../api/account";
import type { Account } from "../../api/nouns";
import { sessionQuery } from "../../api/session";
import { Part } from "./Part";
import { useChange } from "./useChange";

export function Name({ account }: { account: Account }) {
	const [name, setName] = useState(account.staff.name);
	const queries = useQueryClient();
	const change = useChange(changeName, "Your name is changed", () => void queries.invalidateQueries({ queryKey: sessionQuery.queryKey }));
	return (
		<Part title="Name" hint="As colleagues see it. What stands in bylines is the name of a person, which is kept under People.">
			<form
				onSubmit={(e) => {
					e.preventDefault();
					change.mutate(name);
				}}
			>
				<Group align="end">
					<TextInput aria-label="Name" w="18rem" required value={name} onChange={(e) => setName(e.currentTarget.value)} />
					<Button type="submit" loading={change.isPending} disabled={name.trim() === "" || name === account.staff.name}>
						Change the name
					</Button>
				</Group>
			</form>
			<Text size="sm" c="dimmed">
				{account.staff.email}, {account.staff.role}
			</Text>
		</Part>
	);
}
