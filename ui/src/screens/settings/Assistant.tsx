// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, Checkbox, Group, PasswordInput, Radio, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type Assistant as Settings, type TriedAssistant, assistantQuery, setAssistant, tryAssistant } from "../../api/assistant";
import { ErrorState } from "../../parts/ErrorState";
import { FieldGroup } from "../../parts/Field";
import { Loading } from "../../parts/Loading";
import { Alert } from "../../parts/door/Alert";
import { toast } from "../../parts/toast";
import { useUnsaved } from "../../parts/useUnsaved";
import { Exchanges } from "../../record/Exchanges";
import css from "../../record/Record.module.css";
import { labelWords } from "../../record/words";

/** Whom the desk may ask about statements that do not seem to agree; a part of the settings screen. */
export default function Assistant() {
	const settings = useQuery(assistantQuery);
	if (settings.isError) return <ErrorState error={settings.error} retry={() => void settings.refetch()} />;
	if (!settings.data) return <Loading />;
	return <Form settings={settings.data} />;
}

const kinds: { value: Settings["kind"]; label: string; description: string }[] = [
	{ value: "off", label: "Off", description: "Nothing is sent anywhere." },
	{ value: "chat", label: "A language model", description: "A chat endpoint that is compatible with OpenAI's: a service, or a program such as Ollama, llama.cpp or vLLM on a machine of your own." },
	{ value: "nli", label: "A service of inference", description: "It is sent a premise and a hypothesis, and says whether they contradict each other (NLI)." },
];

function Form({ settings: s }: { settings: Settings }) {
	const queries = useQueryClient();
	const form = useForm({ initialValues: { kind: s.kind, address: s.address, model: s.model, inside: s.inside, key: "" } });
	const attempt = useMutation({ mutationFn: tryAssistant });
	const save = useMutation({
		mutationFn: (v: typeof form.values) => setAssistant({ ...v, key: v.key === "" ? undefined : v.key }),
		onSuccess: (now) => {
			queries.setQueryData(assistantQuery.queryKey, now);
			void queries.invalidateQueries({ queryKey: ["record", "advice"] });
			const values = { kind: now.kind, address: now.address, model: now.model, inside: now.inside, key: "" };
			form.setValues(values);
			form.resetDirty(values);
			attempt.reset();
			toast("The assistant's settings are saved");
		},
	});
	useUnsaved(form.isDirty());
	const { kind } = form.values;
	return (
		<form onSubmit={form.onSubmit((v) => save.mutate(v))}>
			<FieldGroup
				title="Assistant"
				hint="When an editor asks, it reads the at most five pairs of statements that are proposed beside a story, and suggests an order and labels. It decides nothing. It is sent the words of the two statements, the names of the speakers and the dates; nothing else of a story."
			>
				<Radio.Group aria-label="Which assistant" {...form.getInputProps("kind")}>
					<Stack gap="sm">
						{kinds.map((k) => (
							<Radio key={k.value} {...k} />
						))}
					</Stack>
				</Radio.Group>
			</FieldGroup>
			{kind !== "off" && (
				<FieldGroup title="Where it is">
					<TextInput
						label="Address"
						type="url"
						placeholder={kind === "chat" ? "https://api.example.org/v1" : "https://inference.example.org/"}
						description={kind === "chat" ? "/chat/completions is added where it is missing." : undefined}
						required
						{...form.getInputProps("address")}
					/>
					<Checkbox
						label="This address is within our own network"
						description="It may then be this machine or a private address, on any port, and without https. Every administrator can have the program speak to such an address: say so only of one that you know."
						{...form.getInputProps("inside", { type: "checkbox" })}
					/>
					{kind === "chat" && <TextInput label="Model" placeholder="As the endpoint calls it" required {...form.getInputProps("model")} />}
					<PasswordInput
						label="Key"
						description={s.hasKey ? "One is kept, and never shown. It is asked for again when the address changes." : "When it wants one."}
						autoComplete="new-password"
						visibilityToggleButtonProps={{ "aria-label": "Show the key" }}
						{...form.getInputProps("key")}
					/>
				</FieldGroup>
			)}
			<Alert error={save.error} />
			<Group mt="sm">
				<Button type="submit" variant="filled" loading={save.isPending} disabled={!form.isDirty()}>
					Save
				</Button>
				{kind !== "off" && (
					<Button loading={attempt.isPending} disabled={s.kind === "off" || form.isDirty()} onClick={() => attempt.mutate()}>
						Try it
					</Button>
				)}
			</Group>
			{kind !== "off" && (
				<Text size="sm" c="dimmed" mt="xs" maw="34rem">
					{form.isDirty() ? "What is changed here is tried once it is saved." : "Trying it sends one pair that was made up: a bridge that is open, and one that is closed."}
				</Text>
			)}
			<div role="status">
				<Alert error={attempt.error} />
				{attempt.data && <Answer tried={attempt.data} />}
			</div>
		</form>
	);
}

function Answer({ tried: t }: { tried: TriedAssistant }) {
	return (
		<section className={css.reading} style={{ marginBlockStart: "1rem" }} aria-label="What it says">
			<p>
				<strong>
					{t.host} answered within {(t.took / 1000).toFixed(1)} seconds
				</strong>
			</p>
			<p>
				{t.label ? labelWords(t.label) : "It sees no conflict"}
				{t.reason && `: ${t.reason}`}
			</p>
			<Exchanges exchanges={[{ sent: t.sent, answer: t.answer }]} />
		</section>
	);
}
