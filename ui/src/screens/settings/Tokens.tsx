// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { revokeToken, tokensQuery } from "../../api/integrations";
import type { Token } from "../../api/nouns";
import { useCommand } from "../../palette/registry";
import { ErrorState } from "../../parts/ErrorState";
import { When } from "../../parts/When";
import { confirm } from "../../parts/confirm";
import { toast, toastProblem } from "../../parts/toast";
import css from "./Integrations.module.css";
import { MakeToken } from "./MakeToken";

/** The keys that other programs have. */
export function Tokens() {
	const tokens = useQuery(tokensQuery);
	const [making, make] = useDisclosure();
	useCommand({ words: "Make a token", group: "Settings", run: make.open });
	if (tokens.isError) return <ErrorState error={tokens.error} retry={() => void tokens.refetch()} />;
	return (
		<section className={css.part} aria-labelledby="tokens">
			<header>
				<h2 id="tokens">Tokens</h2>
				<Button onClick={make.open}>Make a token</Button>
			</header>
			<p className={css.hint}>A token lets a program act for the account that made it, and do no more than its scopes say. All may read.</p>
			{tokens.data && tokens.data.length > 0 && (
				<ul className={css.rows}>
					{tokens.data.map((t) => (
						<TokenRow key={t.id} token={t} />
					))}
				</ul>
			)}
			{making && <MakeToken onClose={make.close} />}
		</section>
	);
}

const hasRunOut = (t: Token) => !t.revokedAt && t.expiresAt !== undefined && new Date(t.expiresAt) < new Date();

function TokenRow({ token: t }: { token: Token }) {
	const over = hasRunOut(t);
	return (
		<li data-over={t.revokedAt || over ? true : undefined}>
			<div>
				<strong>{t.name}</strong> <span className={css.code}>…{t.hint}</span>
				<div>{t.scopes.length > 0 ? `May ${t.scopes.join(", ")}` : "May read"}; acts for {t.staff}.</div>
				<div className={css.fine}>
					Made <When at={t.createdAt} />
					{t.usedAt ? (
						<>
							, last used <When at={t.usedAt} />
						</>
					) : (
						", never used"
					)}
					{t.expiresAt && (
						<>
							, {over ? "ran out" : "runs out"} <When at={t.expiresAt} />
						</>
					)}
					{t.revokedAt && (
						<>
							, revoked <When at={t.revokedAt} />
						</>
					)}
				</div>
			</div>
			{!t.revokedAt && <Revoke token={t} />}
		</li>
	);
}

function Revoke({ token: t }: { token: Token }) {
	const queries = useQueryClient();
	const revoke = useMutation({
		mutationFn: () => revokeToken(t.id),
		onSuccess: async () => {
			await queries.invalidateQueries({ queryKey: ["tokens"] });
			toast(`${t.name} is revoked`);
		},
		onError: toastProblem,
	});
	const ask = async () => {
		const sure = await confirm({
			title: `Revoke ${t.name}?`,
			children: "The program that has it is refused from now on. This cannot be undone; another token can be made.",
			act: "Revoke",
			keep: "Keep it",
			grave: true,
		});
		if (sure) revoke.mutate();
	};
	return (
		<Button size="compact-sm" onClick={() => void ask()} loading={revoke.isPending} aria-label={`Revoke ${t.name}`}>
			Revoke
		</Button>
	);
}
