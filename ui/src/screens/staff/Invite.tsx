// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { isEmail, isNotEmpty, useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Role } from "../../api/nouns";
import { inviteStaff } from "../../api/staff";
import { Alert } from "../../parts/door/Alert";
import { toast } from "../../parts/toast";
import { RoleFields } from "./RoleFields";

interface Props {
	opened: boolean;
	onClose: () => void;
	/** No mail is set up: the link has to be handed over. */
	onLink: (name: string, link: string) => void;
}

/** Makes an account and sends its invitation. */
export function Invite({ opened, onClose, onLink }: Props) {
	const queries = useQueryClient();
	const form = useForm({
		initialValues: { name: "", email: "", role: "writer" as Role, sections: [] as string[] },
		validate: { name: isNotEmpty("A name, please."), email: isEmail("This is not an e-mail address.") },
	});
	const invite = useMutation({
		mutationFn: inviteStaff,
		onSuccess: ({ staff, link }) => {
			void queries.invalidateQueries({ queryKey: ["staff"] });
			form.reset();
			onClose();
			if (link) onLink(staff.name, link);
			else toast(`The invitation for ${staff.name} is on its way`);
		},
	});
	return (
		<Modal opened={opened} onClose={onClose} title="Invite somebody" closeButtonProps={{ "aria-label": "Close" }}>
			<form onSubmit={form.onSubmit((v) => invite.mutate({ ...v, sections: v.role === "owner" || v.role === "administrator" ? [] : v.sections }))}>
				<Stack gap="md">
					<TextInput label="Name" data-autofocus {...form.getInputProps("name")} />
					<TextInput label="E-mail" type="email" {...form.getInputProps("email")} />
					<RoleFields
						role={form.values.role}
						sections={form.values.sections}
						onRole={(role) => form.setFieldValue("role", role)}
						onSections={(ids) => form.setFieldValue("sections", ids)}
					/>
					<Alert error={invite.error} />
				</Stack>
				<Group justify="flex-end" mt="lg">
					<Button onClick={onClose}>Cancel</Button>
					<Button type="submit" variant="filled" loading={invite.isPending}>
						Invite
					</Button>
				</Group>
			</form>
		</Modal>
	);
}
