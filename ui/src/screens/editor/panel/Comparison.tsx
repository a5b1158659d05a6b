// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Modal, VisuallyHidden } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { comparisonQuery } from "../../../api/snapshots";
import { ErrorState } from "../../../parts/ErrorState";
import { Loading } from "../../../parts/Loading";
import css from "./Panel.module.css";

const blocks: Record<string, string> = { paragraph: "Paragraph", heading: "Heading", pullQuote: "Pull quote", image: "Caption", codeBlock: "Code" };

/** What differs between two states, word by word. */
export function Comparison({ article, from, to, title, onClose }: { article: string; from: string; to: string; title: string; onClose: () => void }) {
	const found = useQuery(comparisonQuery(article, from, to));
	const changes = found.data?.changes ?? [];
	return (
		<Modal opened onClose={onClose} size="52rem" title={`${title}: what has changed since`} closeButtonProps={{ "aria-label": "Close" }}>
			{found.isError && <ErrorState error={found.error} retry={() => void found.refetch()} />}
			{found.isPending && <Loading />}
			{found.isSuccess && changes.length === 0 && <p className={css.note}>Nothing: not a word.</p>}
			{changes.map((c, i) => (
				<div key={`${c.where} ${i}`} className={css.change} dir="auto">
					<h4>
						{blocks[c.where] ?? c.where} {c.kind}
					</h4>
					{(c.words ?? []).map((w, j) => {
						const key = `${w.is} ${j}`;
						if (w.is === "same") return <span key={key}>{w.text}</span>;
						const Tag = w.is === "added" ? "ins" : "del";
						return (
							<Tag key={key}>
								<VisuallyHidden> {w.is}: </VisuallyHidden>
								{w.text}
							</Tag>
						);
					})}
				</div>
			))}
		</Modal>
	);
}
