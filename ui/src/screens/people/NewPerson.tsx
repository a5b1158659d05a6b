// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, Group, Modal, Select, Stack, Switch, TextInput } from "@mantine/core";
import { isNotEmpty, useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Person } from "../../api/nouns";
import { addPerson, personChanged } from "../../api/people";
import { Alert } from "../../parts/door/Alert";
import { toast } from "../../parts/toast";
import { kinds } from "./columns";

interface Props {
	opened: boolean;
	onClose: () => void;
	onAdded: (id: string) => void;
}

/** Asks for a name, and opens the person for all the rest. */
export function NewPerson({ opened, onClose, onAdded }: Props) {
	const queries = useQueryClient();
	const form = useForm({
		initialValues: { name: "", kind: "person" as Person["kind"], author: true },
		validate: { name: isNotEmpty("A name, please.") },
	});
	const add = useMutation({
		mutationFn: addPerson,
		onSuccess: (made) => {
			personChanged(queries, made);
			form.reset();
			onClose();
			onAdded(made.id);
			toast(`${made.name} has been added`);
		},
	});
	return (
		<Modal opened={opened} onClose={onClose} title="New person" closeButtonProps={{ "aria-label": "Close" }}>
			<form onSubmit={form.onSubmit((v) => add.mutate(v))}>
				<Stack gap="md">
					<TextInput label="Name" description="As it stands in a byline." data-autofocus {...form.getInputProps("name")} />
					<Select label="Kind" allowDeselect={false} data={kinds} {...form.getInputProps("kind")} />
					<Switch label="Writes for the magazine" description="May have bylines. No account is needed." {...form.getInputProps("author", { type: "checkbox" })} />
					<Alert error={add.error} />
				</Stack>
				<Group justify="flex-end" mt="lg">
					<Button onClick={onClose}>Cancel</Button>
					<Button type="submit" variant="filled" loading={add.isPending}>
						Add
					</Button>
				</Group>
			</form>
		</Modal>
	);
}
