// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { AddressKind } from "../../api/nouns";
import { useSession } from "../../api/session";
import { addressesQuery } from "../../api/settings";
import { useCommand } from "../../palette/registry";
import { EmptyState } from "../../parts/EmptyState";
import { FilterBar, FilterSelect } from "../../parts/FilterBar";
import { RecordList } from "../../parts/RecordList";
import { useFilters } from "../../parts/useFilter";
import { AddRedirect } from "./AddRedirect";
import css from "./Addresses.module.css";
import { ImportRedirects } from "./ImportRedirects";
import { columns, kinds } from "./addressColumns";

/** Every address that is or was public, and where it leads. */
export default function Addresses() {
	const { q, kind } = useFilters();
	const byHand = kind === "by-hand";
	const list = useInfiniteQuery(addressesQuery({ q, byHand, kind: byHand ? undefined : (kind as AddressKind | undefined) }));
	const { url } = useSession().magazine;
	const [adding, add] = useDisclosure();
	const [importing, bring] = useDisclosure();
	useCommand({ words: "Add a redirect", group: "Settings", run: add.open });
	return (
		<>
			<p className={css.base}>
				The magazine stands at <a href={url}>{url}</a>. An address that was once public works for ever: when a story moves, the old one leads to the new.
			</p>
			<div className={css.acts}>
				<Button variant="filled" onClick={add.open}>
					Add a redirect
				</Button>
				<Button onClick={bring.open}>Import a list</Button>
			</div>
			<FilterBar search="Search addresses">
				<FilterSelect name="kind" label="Kind" data={kinds} />
			</FilterBar>
			<RecordList
				label="Addresses"
				list={list}
				columns={columns}
				name={(a) => a.path}
				empty={
					<EmptyState title="Nothing stands there">
						{q || kind
							? "No address fits. Whoever asks for one that does not exist is shown a search; a redirect can lead them on."
							: "Every section, story, topic and person gets its address here by itself."}
					</EmptyState>
				}
			/>
			{adding && <AddRedirect from={q?.startsWith("/") ? q : ""} onClose={add.close} />}
			{importing && <ImportRedirects onClose={bring.close} />}
		</>
	);
}
