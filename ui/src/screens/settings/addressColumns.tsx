// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Address } from "../../api/nouns";
import { useSession } from "../../api/session";
import { addRedirect, dropRedirect } from "../../api/settings";
import type { Column } from "../../parts/RecordList";
import { toast, toastProblem } from "../../parts/toast";
import css from "./Addresses.module.css";

type Row = Address & { id: string };

/** What stands at an address, in words. */
export const kinds = [
	{ value: "article", label: "Story or page" },
	{ value: "section", label: "Section" },
	{ value: "topic", label: "Topic" },
	{ value: "genre", label: "Genre" },
	{ value: "person", label: "Person" },
	{ value: "asset", label: "File" },
	{ value: "redirect", label: "Redirect" },
	{ value: "by-hand", label: "Redirect made here" },
];

export const columns: Column<Row>[] = [
	{ head: "Address", cell: (a) => <PublicLink path={a.path} /> },
	{ head: "Kind", width: "8rem", cell: (a) => kinds.find((k) => k.value === a.kind)?.label },
	{ head: "Leads to", width: "42%", cell: (a) => <LeadsTo address={a} /> },
	{ head: "Act", width: "6rem", align: "end", cell: (a) => a.removable && <Remove address={a} /> },
];

function PublicLink({ path }: { path: string }) {
	const { url } = useSession().magazine;
	return (
		<a href={/^https?:/.test(path) ? path : url + path} target="_blank" rel="noreferrer" className={css.path}>
			{path}
		</a>
	);
}

function LeadsTo({ address: a }: { address: Address }) {
	if (a.current) return <>{a.name}</>;
	if (!a.leadsTo) return <span className={css.nowhere}>{a.name ? `${a.name}, not public now` : "Nothing there now"}</span>;
	return (
		<>
			{a.name && <>{a.name}, </>}
			<PublicLink path={a.leadsTo} />
		</>
	);
}

/** Takes a redirect away; undone by adding it again. */
function Remove({ address: a }: { address: Address }) {
	const queries = useQueryClient();
	const again = () => queries.invalidateQueries({ queryKey: ["addresses"] });
	const restore = () =>
		addRedirect({ from: a.path, to: a.leadsTo ?? "/" })
			.then(again)
			.catch(toastProblem);
	const drop = useMutation({
		mutationFn: () => dropRedirect(a.path),
		onSuccess: async () => {
			await again();
			toast(`${a.path} leads nowhere now`, { undo: () => void restore() });
		},
		onError: toastProblem,
	});
	return (
		<Button variant="subtle" size="compact-sm" loading={drop.isPending} onClick={() => drop.mutate()} aria-label={`Remove the redirect ${a.path}`}>
			Remove
		</Button>
	);
}
