// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, Group, NumberInput, PasswordInput, Select, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { mailQuery, sendTestMail, setMail } from "../../api/mail";
import type { MailSettings } from "../../api/nouns";
import { useSession } from "../../api/session";
import { ErrorState } from "../../parts/ErrorState";
import { FieldGroup } from "../../parts/Field";
import { Loading } from "../../parts/Loading";
import { Alert } from "../../parts/door/Alert";
import { toast } from "../../parts/toast";
import { useUnsaved } from "../../parts/useUnsaved";

/** Which mail server the magazine has; a part of the settings screen. */
export default function Mail() {
	const mail = useQuery(mailQuery);
	if (mail.isError) return <ErrorState error={mail.error} retry={() => void mail.refetch()} />;
	if (!mail.data) return <Loading />;
	return <Form settings={mail.data} />;
}

function Form({ settings: s }: { settings: MailSettings }) {
	const { staff } = useSession();
	const queries = useQueryClient();
	const form = useForm({
		initialValues: {
			host: s.host,
			port: (s.port || "") as number | "",
			encryption: s.encryption as string,
			user: s.user ?? "",
			password: "",
			sender: s.sender,
			senderName: s.senderName ?? "",
			replyTo: s.replyTo ?? "",
		},
	});
	const save = useMutation({
		mutationFn: (v: typeof form.values) =>
			setMail({ ...v, port: v.port || undefined, encryption: v.encryption as MailSettings["encryption"], password: v.password === "" ? undefined : v.password }),
		onSuccess: (now) => {
			queries.setQueryData(mailQuery.queryKey, now);
			void queries.invalidateQueries({ queryKey: ["doors"] });
			form.setValues((v) => ({ ...v, password: "" }));
			form.resetDirty({ ...form.getValues(), password: "" });
			toast("The mail settings are saved");
		},
	});
	const test = useMutation({ mutationFn: sendTestMail, onSuccess: () => toast(`A mail is on its way to ${staff.email ?? "you"}`) });
	useUnsaved(form.isDirty());
	const server = { disabled: s.fixedServer };
	const sender = { disabled: s.fixedSender };
	return (
		<form onSubmit={form.onSubmit((v) => save.mutate(v))}>
			<FieldGroup
				title="Mail server"
				hint={s.fixedServer ? "The operator of the program says which (--smtp-host); it cannot be changed here." : "Invitations and links for new passwords go out through it. Without one, whoever makes a link is shown it."}
			>
				<TextInput label="Host" placeholder="mail.example.org" {...server} {...form.getInputProps("host")} />
				<Group grow align="start">
					<Select
						label="Encryption"
						allowDeselect={false}
						data={[
							{ value: "starttls", label: "STARTTLS" },
							{ value: "tls", label: "TLS from the start" },
							{ value: "none", label: "None, on this machine" },
						]}
						{...server}
						{...form.getInputProps("encryption")}
					/>
					<NumberInput label="Port" placeholder={form.values.encryption === "tls" ? "465" : "587"} min={1} max={65535} hideControls {...server} {...form.getInputProps("port")} />
				</Group>
				<TextInput label="User" autoComplete="off" {...server} {...form.getInputProps("user")} />
				<PasswordInput
					label="Password"
					description={s.hasPassword ? "One is kept. It is asked for again when host or user change." : undefined}
					autoComplete="new-password"
					visibilityToggleButtonProps={{ "aria-label": "Show the password" }}
					{...server}
					{...form.getInputProps("password")}
				/>
			</FieldGroup>
			<FieldGroup title="Sender" hint="Who the mails are from.">
				<TextInput label="Address" type="email" {...sender} {...form.getInputProps("sender")} />
				<TextInput label="Name" placeholder="The magazine's" {...form.getInputProps("senderName")} />
				<TextInput label="Answers go to" type="email" placeholder="The same address" {...form.getInputProps("replyTo")} />
			</FieldGroup>
			<Alert error={save.error ?? test.error} />
			<Group mt="sm">
				<Button type="submit" variant="filled" loading={save.isPending}>
					Save
				</Button>
				<Button loading={test.isPending} disabled={s.host === "" || form.isDirty()} onClick={() => test.mutate()}>
					Send me a test mail
				</Button>
			</Group>
			{form.isDirty() && (
				<Text size="sm" c="dimmed" mt="xs">
					What is changed here is tested once it is saved.
				</Text>
			)}
		</form>
	);
}
