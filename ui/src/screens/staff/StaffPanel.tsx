// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, Group, Stack, Switch, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { StaffRow } from "../../api/nouns";
import { useSession } from "../../api/session";
import { type StaffChange, changeStaff, endStaffSession, sendLink, staffSessionsQuery, switchStaffCodesOff } from "../../api/staff";
import { Loading } from "../../parts/Loading";
import { SessionList } from "../../parts/SessionList";
import { SidePanel } from "../../parts/SidePanel";
import { confirm } from "../../parts/confirm";
import { Alert } from "../../parts/door/Alert";
import { toast, toastProblem } from "../../parts/toast";
import { RoleFields } from "./RoleFields";
import css from "./Staff.module.css";

const code = "put code into pages";

interface Props {
	account: StaffRow;
	onClose: () => void;
	onLink: (link: string) => void;
}

/** One account beside the list: who it is, what it may, where it is signed in. */
export function StaffPanel({ account, onClose, onLink }: Props) {
	const { staff } = useSession();
	// Owners are left to owners.
	const closed = account.role === "owner" && staff.role !== "owner";
	return (
		<SidePanel title={account.name} onClose={onClose}>
			<Details account={account} closed={closed} />
			{closed ? (
				<Text size="sm" c="dimmed">
					Only an owner may change the account of an owner.
				</Text>
			) : (
				<>
					<SignIn account={account} onLink={onLink} />
					<Where account={account} />
					{account.id !== staff.id && <Shut account={account} />}
				</>
			)}
		</SidePanel>
	);
}

/** A change of the account, after which the list is asked for anew. */
function useStaffChange<V, T>(act: (v: V) => Promise<T>, said: string, then?: (result: T) => void) {
	const queries = useQueryClient();
	return useMutation({
		mutationFn: act,
		onSuccess: (result: T) => {
			void queries.invalidateQueries({ queryKey: ["staff"] });
			if (said) toast(said);
			then?.(result);
		},
	});
}

function Details({ account, closed }: { account: StaffRow; closed: boolean }) {
	const [name, setName] = useState(account.name);
	const [email, setEmail] = useState(account.email ?? "");
	const [role, setRole] = useState(account.role);
	const [sections, setSections] = useState(account.sections ?? []);
	const [mayCode, setMayCode] = useState(account.grants?.includes(code) ?? false);
	const save = useStaffChange((change: StaffChange) => changeStaff(account.id, change), "Saved");
	const whole = role === "owner" || role === "administrator";
	return (
		<div className={css.part}>
			<form
				onSubmit={(e) => {
					e.preventDefault();
					save.mutate({ name, email, role, sections: whole ? [] : sections, grants: mayCode ? [code] : [] });
				}}
			>
				<Stack gap="md">
					<TextInput label="Name" required withAsterisk={false} disabled={closed} value={name} onChange={(e) => setName(e.currentTarget.value)} />
					<TextInput label="E-mail" type="email" required withAsterisk={false} disabled={closed} value={email} onChange={(e) => setEmail(e.currentTarget.value)} />
					<RoleFields role={role} sections={sections} onRole={setRole} onSections={setSections} disabled={closed} />
					<Switch
						label="May put code into pages"
						description="Raw HTML in stories. Whoever may do this can do to readers what they like: only for those who need it."
						checked={mayCode}
						disabled={closed}
						onChange={(e) => setMayCode(e.currentTarget.checked)}
					/>
					<Alert error={save.error} />
					<Group>
						<Button type="submit" variant="filled" disabled={closed} loading={save.isPending}>
							Save
						</Button>
					</Group>
				</Stack>
			</form>
		</div>
	);
}

function SignIn({ account, onLink }: { account: StaffRow; onLink: (link: string) => void }) {
	const invited = account.state === "invited";
	const link = useStaffChange(() => sendLink(account.id), "", (made) => (made.link ? onLink(made.link) : toast("The link is on its way")));
	const off = useStaffChange(() => switchStaffCodesOff(account.id), "No code is asked for any more");
	const askOff = async () => {
		const sure = await confirm({
			title: `Switch the codes of ${account.name} off?`,
			children: "For somebody who has lost their phone and the recovery codes. Be sure that it is they who ask.",
			act: "Switch off",
			grave: true,
		});
		if (sure) off.mutate(undefined);
	};
	return (
		<div className={css.part}>
			<h3>Signing in</h3>
			<Text size="sm" c="dimmed">
				{invited ? "The invitation has not been taken up yet. A new one makes the one before worth nothing." : "A link lets them choose a new password; it works once."}
			</Text>
			<Group>
				<Button loading={link.isPending} disabled={account.state === "disabled"} onClick={() => link.mutate(undefined)}>
					{invited ? "Send the invitation again" : "Send a link for a new password"}
				</Button>
				{account.secondStep && (
					<Button loading={off.isPending} onClick={() => void askOff()}>
						Switch the codes off
					</Button>
				)}
			</Group>
			<Alert error={link.error ?? off.error} />
		</div>
	);
}

function Where({ account }: { account: StaffRow }) {
	const sessions = useQuery(staffSessionsQuery(account.id));
	const end = useStaffChange((session: string) => endStaffSession(account.id, session), "Signed out there");
	return (
		<div className={css.part}>
			<h3>Signed in</h3>
			{sessions.data ? <SessionList sessions={sessions.data} onEnd={(s) => end.mutate(s.id)} ending={end.isPending ? end.variables : undefined} /> : <Loading />}
			<Alert error={end.error} />
		</div>
	);
}

function Shut({ account }: { account: StaffRow }) {
	const shut = account.state === "disabled";
	const change = useStaffChange((disabled: boolean) => changeStaff(account.id, { disabled }), shut ? "The account is open again" : "The account is shut");
	const ask = async () => {
		const sure = await confirm({
			title: `Shut the account of ${account.name}?`,
			children: "They are signed out at once and cannot come in again. Their stories and what they did stay. You can open it again.",
			act: "Shut the account",
			grave: true,
		});
		if (sure) change.mutate(true, { onError: toastProblem });
	};
	return (
		<div className={css.part}>
			<h3>{shut ? "Shut" : "Leaving"}</h3>
			<Button loading={change.isPending} onClick={() => (shut ? change.mutate(false, { onError: toastProblem }) : void ask())}>
				{shut ? "Open the account again" : "Shut the account"}
			</Button>
		</div>
	);
}
