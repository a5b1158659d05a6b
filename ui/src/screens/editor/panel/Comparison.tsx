// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Modal } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { comparisonQuery } from "../../../api/snapshots";
import { Differences } from "../../../life/Differences";
import { ErrorState } from "../../../parts/ErrorState";
import { Loading } from "../../../parts/Loading";
import css from "./Panel.module.css";

/** What differs between two states, word by word. */
export function Comparison({ article, from, to, title, onClose }: { article: string; from: string; to: string; title: string; onClose: () => void }) {
	const found = useQuery(comparisonQuery(article, from, to));
	const changes = found.data?.changes ?? [];
	return (
		<Modal opened onClose={onClose} size="52rem" title={`${title}: what has changed since`} closeButtonProps={{ "aria-label": "Close" }}>
			{found.isError && <ErrorState error={found.error} retry={() => void found.refetch()} />}
			{found.isPending && <Loading />}
			{found.isSuccess && changes.length === 0 && <p className={css.note}>Nothing: not a word.</p>}
			<Differences changes={changes} />
		</Modal>
	);
}
