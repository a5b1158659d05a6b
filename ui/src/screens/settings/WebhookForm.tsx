// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, Checkbox, Group, Modal, Switch, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import { webhookEventsQuery } from "../../api/integrations";
import type { Webhook, WebhookChange } from "../../api/nouns";
import { messageOf } from "../../api/problem";
import css from "./Integrations.module.css";
import { eventWords } from "./events";

interface Props {
	title: string;
	/** What the button says. */
	act: string;
	hook?: Webhook;
	save: (change: WebhookChange) => void;
	saving: boolean;
	problem: unknown;
	onClose: () => void;
}

/** What may be said of a webhook. */
export function WebhookForm({ title, act, hook, save, saving, problem, onClose }: Props) {
	const events = useQuery(webhookEventsQuery);
	const form = useForm<WebhookChange>({
		initialValues: { name: hook?.name ?? "", url: hook?.url ?? "", events: hook?.events ?? [], disabled: hook?.disabled ?? false },
	});
	return (
		<Modal opened onClose={onClose} title={title} closeButtonProps={{ "aria-label": "Close" }}>
			<form className={css.form} onSubmit={form.onSubmit(save)}>
				<TextInput label="Name" required withAsterisk={false} data-autofocus {...form.getInputProps("name")} />
				<TextInput label="Address" description="Messages are sent there by POST." placeholder="https://" required withAsterisk={false} {...form.getInputProps("url")} />
				<Checkbox.Group label="It is told when a story is" description="Choose none to tell it of everything." {...form.getInputProps("events")}>
					<div className={css.scopes}>
						{events.data?.map((e) => <Checkbox key={e} size="xs" value={e} label={eventWords(e)} />)}
					</div>
				</Checkbox.Group>
				{hook && <Switch label="Switched off" description="Nothing is sent while it is; what happens meanwhile is not told later." {...form.getInputProps("disabled", { type: "checkbox" })} />}
				{problem ? (
					<p role="alert" className={css.problem}>
						{messageOf(problem)}
					</p>
				) : null}
				<Group justify="flex-end">
					<Button onClick={onClose}>Cancel</Button>
					<Button type="submit" variant="filled" loading={saving}>
						{act}
					</Button>
				</Group>
			</form>
		</Modal>
	);
}
