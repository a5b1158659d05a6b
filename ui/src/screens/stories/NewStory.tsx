// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, Group, Modal, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { newArticle } from "../../api/articles";
import { toastProblem } from "../../parts/toast";

/** Asks for a working headline and opens the editor. */
export function NewStory({ opened, onClose }: { opened: boolean; onClose: () => void }) {
	const form = useForm({ initialValues: { headline: "" } });
	const navigate = useNavigate();
	const queries = useQueryClient();
	const create = useMutation({
		mutationFn: (headline: string) => newArticle("story", headline),
		onSuccess: async ({ id }) => {
			void queries.invalidateQueries({ queryKey: ["articles"] });
			await navigate({ to: "/articles/$id", params: { id } });
		},
		onError: toastProblem,
	});
	return (
		<Modal opened={opened} onClose={onClose} title="New story" closeButtonProps={{ "aria-label": "Close" }}>
			<form onSubmit={form.onSubmit((v) => create.mutate(v.headline))}>
				<TextInput
					label="Working headline"
					description="It can change until the story is published, and after."
					required
					withAsterisk={false}
					data-autofocus
					{...form.getInputProps("headline")}
				/>
				<Group justify="flex-end" mt="lg">
					<Button onClick={onClose}>Cancel</Button>
					<Button type="submit" variant="filled" loading={create.isPending}>
						Begin writing
					</Button>
				</Group>
			</form>
		</Modal>
	);
}
