// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { useQuery } from "@tanstack/react-query";
import { accountQuery } from "../../api/account";
import { ErrorState } from "../../parts/ErrorState";
import { Loading } from "../../parts/Loading";
import { ScreenHeader } from "../../parts/ScreenHeader";
import css from "./Account.module.css";
import { Codes } from "./Codes";
import { Name } from "./Name";
import { Passkeys } from "./Passkeys";
import { Password } from "./Password";
import { Sessions } from "./Sessions";
import { LookChoice } from "./LookChoice";

/** One's own account: name, with what one signs in, and where one is signed in. */
export default function Account() {
	const account = useQuery(accountQuery);
	return (
		<>
			<ScreenHeader title="My account" />
			{account.isError && <ErrorState error={account.error} retry={() => void account.refetch()} />}
			{account.isPending && <Loading />}
			{account.data && (
				<div className={css.screen}>
					<Name account={account.data} />
					<Password account={account.data} />
					<Passkeys account={account.data} />
					<Codes account={account.data} />
					<Sessions />
					<LookChoice />
				</div>
			)}
		</>
	);
}
