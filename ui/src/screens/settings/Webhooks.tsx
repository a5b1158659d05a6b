// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { addWebhook, webhooksQuery } from "../../api/integrations";
import type { Webhook } from "../../api/nouns";
import { useCommand } from "../../palette/registry";
import { ErrorState } from "../../parts/ErrorState";
import { toast } from "../../parts/toast";
import { useFilter } from "../../parts/useFilter";
import css from "./Integrations.module.css";
import { WebhookForm } from "./WebhookForm";
import { WebhookPanel } from "./WebhookPanel";
import { eventWords } from "./events";

/** The addresses that are told of what happens to stories. */
export function Webhooks() {
	const hooks = useQuery(webhooksQuery);
	const [adding, add] = useDisclosure();
	const [open, setOpen] = useFilter("webhook");
	const queries = useQueryClient();
	const make = useMutation({
		mutationFn: addWebhook,
		onSuccess: async ({ id, name }) => {
			await queries.invalidateQueries({ queryKey: ["webhooks"] });
			toast(`${name} is added`);
			add.close();
			setOpen(id);
		},
	});
	useCommand({ words: "Add a webhook", group: "Settings", run: add.open });
	if (hooks.isError) return <ErrorState error={hooks.error} retry={() => void hooks.refetch()} />;
	const shown = hooks.data?.find((h) => h.id === open);
	return (
		<section className={css.part} aria-labelledby="webhooks">
			<header>
				<h2 id="webhooks">Webhooks</h2>
				<Button onClick={add.open}>Add a webhook</Button>
			</header>
			<p className={css.hint}>A program elsewhere is told when a story is published, changed or withdrawn. Messages are signed, tried again for 16 hours, and logged for 90 days.</p>
			{hooks.data && hooks.data.length > 0 && (
				<ul className={css.rows}>
					{hooks.data.map((h) => (
						<WebhookRow key={h.id} hook={h} onOpen={() => setOpen(h.id)} />
					))}
				</ul>
			)}
			{adding && <WebhookForm title="Add a webhook" act="Add the webhook" save={make.mutate} saving={make.isPending} problem={make.error} onClose={add.close} />}
			{shown && <WebhookPanel key={shown.id} hook={shown} onClose={() => setOpen(null)} />}
		</section>
	);
}

function WebhookRow({ hook: h, onOpen }: { hook: Webhook; onOpen: () => void }) {
	return (
		<li data-over={h.disabled || undefined}>
			<div>
				<strong>{h.name}</strong>
				{h.disabled && " – switched off"}
				<div className={css.code}>{h.url}</div>
				<div className={css.fine}>{h.events.length > 0 ? h.events.map(eventWords).join(", ") : "Told of everything"}</div>
			</div>
			<Button size="compact-sm" onClick={onOpen} aria-label={`Open ${h.name}`}>
				Open
			</Button>
		</li>
	);
}
