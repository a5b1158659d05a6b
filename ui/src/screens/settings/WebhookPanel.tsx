// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, Group, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { changeWebhook, dropWebhook, renewSecret, testWebhook } from "../../api/integrations";
import type { Webhook, WebhookChange } from "../../api/nouns";
import { SidePanel } from "../../parts/SidePanel";
import { confirm } from "../../parts/confirm";
import { toast, toastProblem } from "../../parts/toast";
import css from "./Integrations.module.css";
import { Messages } from "./Messages";
import { WebhookForm } from "./WebhookForm";

/** One webhook: its secret, what can be done with it, and the log of its messages. */
export function WebhookPanel({ hook, onClose }: { hook: Webhook; onClose: () => void }) {
	const queries = useQueryClient();
	const [editing, edit] = useDisclosure();
	const [shown, secret] = useDisclosure();
	const again = () => queries.invalidateQueries({ queryKey: ["webhooks"] });
	const done = (words: string) => ({
		onSuccess: async () => {
			await again();
			toast(words);
		},
		onError: toastProblem,
	});
	const change = useMutation({
		mutationFn: (c: WebhookChange) => changeWebhook(hook.id, c),
		onSuccess: async () => {
			await again();
			edit.close();
			toast("Saved");
		},
	});
	const test = useMutation({ mutationFn: () => testWebhook(hook.id), ...done("A test message is on its way") });
	const renew = useMutation({ mutationFn: () => renewSecret(hook.id), ...done("It has a new secret") });
	const drop = useMutation({ mutationFn: () => dropWebhook(hook.id), ...done(`${hook.name} is removed`) });

	const askRenew = async () => {
		if (await confirm({ title: "Renew the secret?", children: "The program that receives the messages must be given the new one; until then it will refuse them.", act: "Renew", grave: true })) renew.mutate();
	};
	const askDrop = async () => {
		if (await confirm({ title: `Remove ${hook.name}?`, children: "It is told of nothing more, and the log of its messages is forgotten.", act: "Remove", keep: "Keep it", grave: true })) {
			onClose();
			drop.mutate();
		}
	};
	return (
		<SidePanel title={hook.name} onClose={onClose}>
			<Group gap="xs" mb="md">
				<Button size="compact-sm" variant="filled" onClick={() => test.mutate()} loading={test.isPending}>
					Send a test message
				</Button>
				<Button size="compact-sm" onClick={edit.open}>
					Change
				</Button>
				<Button size="compact-sm" onClick={() => void askDrop()}>
					Remove
				</Button>
			</Group>
			<div className={css.secret}>
				<TextInput label="Secret" description="Messages are signed with it." readOnly type={shown ? "text" : "password"} value={hook.secret} classNames={{ input: css.code }} autoComplete="off" />
				<Group gap="xs" mt={6}>
					<Button size="compact-sm" onClick={secret.toggle}>
						{shown ? "Hide" : "Show"}
					</Button>
					<Button size="compact-sm" onClick={() => void askRenew()} loading={renew.isPending}>
						Renew
					</Button>
				</Group>
			</div>
			<Messages hook={hook.id} />
			{editing && <WebhookForm title={`Change ${hook.name}`} act="Save" hook={hook} save={change.mutate} saving={change.isPending} problem={change.error} onClose={edit.close} />}
		</SidePanel>
	);
}
