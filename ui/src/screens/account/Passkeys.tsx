// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, Text } from "@mantine/core";
import { addPasskey, dropPasskey } from "../../api/account";
import type { Account, Passkey } from "../../api/nouns";
import { browserHasPasskeys } from "../../api/passkey";
import { When } from "../../parts/When";
import { confirm } from "../../parts/confirm";
import { thisDevice } from "../../parts/door/ChooseSecret";
import css from "./Account.module.css";
import { Part } from "./Part";
import { useChange } from "./useChange";

export function Passkeys({ account }: { account: Account }) {
	const keys = account.passkeys ?? [];
	const add = useChange(() => addPasskey(thisDevice()), "The passkey is kept");
	const drop = useChange(dropPasskey, "The passkey is taken away");
	const ask = async (k: Passkey) => {
		const sure = await confirm({ title: `Take away “${k.name}”?`, children: "It opens your account no more. The device keeps it until you delete it there.", act: "Take away", grave: true });
		if (sure) drop.mutate(k.id);
	};
	return (
		<Part
			title="Passkeys"
			hint="A passkey lives in your phone, computer or security key and opens with its lock: nothing to remember, and nothing that can be given away on a false page."
		>
			{keys.length > 0 && (
				<ul className={css.rows}>
					{keys.map((k) => (
						<li key={k.id}>
							<div>
								{k.name}
								<div className={css.about}>
									since <When at={k.createdAt} />
									{k.usedAt && (
										<>
											, last used <When at={k.usedAt} />
										</>
									)}
								</div>
							</div>
							<Button size="compact-sm" aria-label={`Take away ${k.name}`} onClick={() => void ask(k)}>
								Take away
							</Button>
						</li>
					))}
				</ul>
			)}
			{account.passkeysWork && browserHasPasskeys() ? (
				<Button loading={add.isPending} onClick={() => add.mutate(undefined)}>
					Add a passkey
				</Button>
			) : (
				<Text size="sm">
					{account.passkeysWork ? "This browser knows no passkeys." : "Passkeys need the magazine to have an address with a name; its operator can see to that."}
				</Text>
			)}
		</Part>
	);
}
