// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { beginCodes, renewRecoveryCodes, switchCodesOff, switchCodesOn } from "../../api/account";
import type { Account } from "../../api/nouns";
import { confirm } from "../../parts/confirm";
import css from "./Account.module.css";
import { Part } from "./Part";
import { RecoveryCodes } from "./RecoveryCodes";
import { useChange } from "./useChange";

type Begun = Awaited<ReturnType<typeof beginCodes>>;

/** The second step: one-time codes of an app, and the codes for the day on which the phone is gone. */
export function Codes({ account }: { account: Account }) {
	const [begun, setBegun] = useState<Begun | null>(null);
	const [codes, setCodes] = useState<string[] | null>(null);
	const begin = useChange(() => beginCodes(), "", setBegun);
	const off = useChange(() => switchCodesOff(), "No code is asked for any more", () => setCodes(null));
	const renew = useChange(() => renewRecoveryCodes(), "", (r) => setCodes(r.codes ?? []));
	const askOff = async () => {
		if (await confirm({ title: "Switch one-time codes off?", children: "The password alone opens your account then.", act: "Switch off", grave: true })) off.mutate(undefined);
	};

	return (
		<Part title="One-time codes" hint="After the password, six digits from an app on your phone. A stolen password alone opens nothing then.">
			{codes && <RecoveryCodes codes={codes} onKept={() => setCodes(null)} />}
			{begun && !account.hasCodes && (
				<FirstCode
					begun={begun}
					onDone={(made) => {
						setBegun(null);
						setCodes(made);
					}}
				/>
			)}
			{!account.hasCodes && !begun && (
				<Button loading={begin.isPending} onClick={() => begin.mutate(undefined)}>
					Switch on
				</Button>
			)}
			{account.hasCodes && !codes && (
				<>
					<Text size="sm">
						They are on. {account.recoveryCodes} of 10 recovery codes are left.
					</Text>
					<Group>
						<Button loading={renew.isPending} onClick={() => renew.mutate(undefined)}>
							New recovery codes
						</Button>
						<Button loading={off.isPending} onClick={() => void askOff()}>
							Switch off
						</Button>
					</Group>
				</>
			)}
		</Part>
	);
}

function FirstCode({ begun, onDone }: { begun: Begun; onDone: (codes: string[]) => void }) {
	const [code, setCode] = useState("");
	const on = useChange(() => switchCodesOn(begun.token, code), "One-time codes are on", (r) => onDone(r.codes ?? []));
	return (
		<form
			onSubmit={(e) => {
				e.preventDefault();
				on.mutate(undefined);
			}}
		>
			<Stack gap="sm" align="start">
				<Text size="sm">Scan this with an app for one-time codes, or type the secret into it.</Text>
				<img className={css.qr} src={begun.picture} width={200} height={200} alt="QR code with the secret that stands below it" />
				<code className={css.secret}>{begun.secret}</code>
				<TextInput
					label="The code that the app shows now"
					inputMode="numeric"
					autoComplete="one-time-code"
					required
					withAsterisk={false}
					w="14rem"
					value={code}
					onChange={(e) => setCode(e.currentTarget.value)}
				/>
				<Button type="submit" variant="filled" loading={on.isPending}>
					Switch on
				</Button>
			</Stack>
		</form>
	);
}
