// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, Group } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { correctionQuery } from "../../api/corrections";
import type { Correction } from "../../api/nouns";
import { useMay, useSession } from "../../api/session";
import { CorrectDialog } from "../../corrections/CorrectDialog";
import css from "../../corrections/Corrections.module.css";
import { Note } from "../../corrections/Note";
import { kindWords } from "../../corrections/words";
import { ErrorState } from "../../parts/ErrorState";
import { Loading } from "../../parts/Loading";
import { SidePanel } from "../../parts/SidePanel";
import { useFilter } from "../../parts/useFilter";
import { When } from "../../parts/When";

/** One correction. It can be read and amended; nothing changes it or takes it away. */
export function CorrectionPanel({ id, onClose }: { id: string; onClose: () => void }) {
	const found = useQuery(correctionQuery(id));
	return (
		<SidePanel title={found.data ? kindWords[found.data.kind] : "Correction"} onClose={onClose}>
			{found.isError && <ErrorState error={found.error} retry={() => void found.refetch()} />}
			{found.isPending && <Loading />}
			{found.data && <Whole correction={found.data} />}
		</SidePanel>
	);
}

function Whole({ correction: c }: { correction: Correction }) {
	const may = useMay();
	const { url } = useSession().magazine;
	const [amending, amend] = useState(false);
	const [, setArticle] = useFilter("article");
	return (
		<>
			<Note correction={c} at={c.at} />
			<dl className={css.facts}>
				<dt>Story</dt>
				<dd>
					<Link to="/articles/$id" params={{ id: c.article.id }}>
						{c.article.headline}
					</Link>
					{!c.article.path && " (withdrawn)"}
				</dd>
				<dt>Section</dt>
				<dd>{c.article.section?.name ?? "–"}</dd>
				<dt>Version</dt>
				<dd>{c.version}</dd>
				<dt>Stands</dt>
				<dd>{c.weight === "top" ? "above the text" : "below the text"}</dd>
				<dt>Public since</dt>
				<dd>
					<When at={c.at} form="full" />
				</dd>
				<dt>Made by</dt>
				<dd>{c.by || "–"}</dd>
				{c.amends && (
					<>
						<dt>Amends</dt>
						<dd>
							<Link to="." search={(before: Record<string, string | undefined>) => ({ ...before, correction: c.amends })}>
								an earlier note
							</Link>
						</dd>
					</>
				)}
			</dl>
			<Group gap="xs">
				{c.article.path && may("publish stories") && <Button onClick={() => amend(true)}>Amend …</Button>}
				{c.article.path && (
					<Button component="a" href={`${url}${c.article.path}#correction-${c.id}`} target="_blank" rel="noreferrer" variant="subtle">
						As readers see it
					</Button>
				)}
				<Button variant="subtle" onClick={() => setArticle(c.article.id)}>
					All of this story
				</Button>
			</Group>
			<p className={css.hint} style={{ marginBlockStart: "1rem" }}>
				A note stays as it was made. What has to be said about it is said by a further one.
			</p>
			{amending && <CorrectDialog article={c.article.id} amends={c} onClose={() => amend(false)} />}
		</>
	);
}
