// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, Checkbox, Group, Modal, Select, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { makeToken, scopesQuery } from "../../api/integrations";
import { messageOf } from "../../api/problem";
import { Told } from "./Told";
import css from "./Integrations.module.css";

const lives = [
	{ value: "30", label: "After 30 days" },
	{ value: "90", label: "After 90 days" },
	{ value: "365", label: "After a year" },
	{ value: "", label: "Never" },
];

const inDays = (days: string) => (days ? new Date(Date.now() + Number(days) * 86_400_000).toISOString() : undefined);

/** Makes a token, and tells it this once. */
export function MakeToken({ onClose }: { onClose: () => void }) {
	const scopes = useQuery(scopesQuery);
	const queries = useQueryClient();
	const form = useForm({ initialValues: { name: "", scopes: [] as string[], days: "365" } });
	const make = useMutation({
		mutationFn: ({ name, scopes, days }: typeof form.values) => makeToken({ name, scopes, expiresAt: inDays(days) }),
		onSuccess: () => queries.invalidateQueries({ queryKey: ["tokens"] }),
	});
	// A token that was not copied is lost: a slip outside must not close it.
	const told = make.data !== undefined;
	return (
		<Modal opened onClose={onClose} title={told ? "The token" : "Make a token"} closeOnClickOutside={!told} closeButtonProps={{ "aria-label": "Close" }}>
			{make.data ? (
				<Told words="Copy it now: it cannot be read again." secret={make.data.token} label="Token" onDone={onClose} />
			) : (
				<form className={css.form} onSubmit={form.onSubmit((v) => make.mutate(v))}>
					<TextInput label="Name" description="What it is for: a statistic, an app, a partner." required withAsterisk={false} data-autofocus {...form.getInputProps("name")} />
					<Checkbox.Group label="It may" description="Reading is always allowed. Give no more than the program needs." {...form.getInputProps("scopes")}>
						<div className={css.scopes}>
							{scopes.data?.map((s) => <Checkbox key={s} size="xs" value={s} label={s} />)}
						</div>
					</Checkbox.Group>
					<Select label="It runs out" allowDeselect={false} data={lives} {...form.getInputProps("days")} />
					{make.isError && (
						<p role="alert" className={css.problem}>
							{messageOf(make.error)}
						</p>
					)}
					<Group justify="flex-end">
						<Button onClick={onClose}>Cancel</Button>
						<Button type="submit" variant="filled" loading={make.isPending}>
							Make the token
						</Button>
					</Group>
				</form>
			)}
		</Modal>
	);
}
