// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button } from "@mantine/core";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { messagesQuery, sendAgain } from "../../api/integrations";
import type { WebhookMessage } from "../../api/nouns";
import { ErrorState } from "../../parts/ErrorState";
import { Loading } from "../../parts/Loading";
import { When } from "../../parts/When";
import { toastProblem } from "../../parts/toast";
import css from "./Integrations.module.css";
import { eventWords } from "./events";

/** The log of the messages to a webhook, the newest first. */
export function Messages({ hook }: { hook: string }) {
	const list = useInfiniteQuery(messagesQuery(hook));
	if (list.isError) return <ErrorState error={list.error} retry={() => void list.refetch()} />;
	if (list.isPending) return <Loading />;
	const messages = list.data.pages.flatMap((p) => p.items ?? []);
	return (
		<section aria-labelledby="messages" className={css.log}>
			<h3 id="messages">Messages</h3>
			{messages.length === 0 && <p className={css.hint}>None yet. A test message shows whether the address answers.</p>}
			<ul className={css.messages}>
				{messages.map((m) => (
					<Message key={m.id} hook={hook} message={m} />
				))}
			</ul>
			{list.hasNextPage && (
				<Button size="compact-sm" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
					Earlier messages
				</Button>
			)}
		</section>
	);
}

const states = { waiting: "waits for another try", delivered: "delivered", failed: "failed" };

function Message({ hook, message: m }: { hook: string; message: WebhookMessage }) {
	const queries = useQueryClient();
	const again = useMutation({
		mutationFn: () => sendAgain(hook, m.id),
		onSuccess: () => queries.invalidateQueries({ queryKey: ["webhooks", hook, "messages"] }),
		onError: toastProblem,
	});
	const state = m.state === "waiting" && m.attempts === 0 ? "on its way" : states[m.state];
	return (
		<li data-state={m.state}>
			<details>
				<summary>
					<span>{eventWords(m.event)}</span>
					<span className={css.state}>{state}</span>
					<When at={m.createdAt} />
				</summary>
				<p className={css.fine}>
					{m.attempts === 1 ? "1 try" : `${m.attempts} tries`}
					{m.status ? `, the last one was answered ${m.status}` : m.answer ? ", without an answer" : ""}.
				</p>
				{m.answer && <pre className={css.pre}>{m.answer}</pre>}
				<pre className={css.pre}>{JSON.stringify(m.payload, null, 2)}</pre>
				{(m.state !== "waiting" || m.attempts > 0) && (
					<Button size="compact-sm" loading={again.isPending} onClick={() => again.mutate()}>
						Send again
					</Button>
				)}
			</details>
		</li>
	);
}
