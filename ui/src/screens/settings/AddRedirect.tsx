// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, Group, Modal, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { messageOf } from "../../api/problem";
import { addRedirect } from "../../api/settings";
import { toast } from "../../parts/toast";
import { AddressInput } from "./AddressInput";
import css from "./Addresses.module.css";

/** Asks for one address and where it shall lead. */
export function AddRedirect({ from, onClose }: { from: string; onClose: () => void }) {
	const form = useForm({ initialValues: { from, to: "" } });
	const queries = useQueryClient();
	const add = useMutation({
		mutationFn: addRedirect,
		onSuccess: async (a) => {
			await queries.invalidateQueries({ queryKey: ["addresses"] });
			toast(`${a.path} leads to ${a.leadsTo ?? ""}`);
			onClose();
		},
	});
	return (
		<Modal opened onClose={onClose} title="Add a redirect" closeButtonProps={{ "aria-label": "Close" }}>
			<form onSubmit={form.onSubmit((v) => add.mutate(v))} className={css.form}>
				<TextInput label="From" description="An address of the magazine at which nothing stands." placeholder="/2019/05/old-name" required withAsterisk={false} data-autofocus {...form.getInputProps("from")} />
				<div>
					<Text size="sm" fw={500}>
						To
					</Text>
					<Text size="xs" c="dimmed" mb={5}>
						Where readers shall find what they look for: here, or anywhere on the web.
					</Text>
					<AddressInput label="To" value={form.values.to} onChange={(to) => form.setFieldValue("to", to)} />
				</div>
				{add.isError && (
					<p role="alert" className={css.problem}>
						{messageOf(add.error)}
					</p>
				)}
				<Group justify="flex-end">
					<Button onClick={onClose}>Cancel</Button>
					<Button type="submit" variant="filled" loading={add.isPending}>
						Add the redirect
					</Button>
				</Group>
			</form>
		</Modal>
	);
}
