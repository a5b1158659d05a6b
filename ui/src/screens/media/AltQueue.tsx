// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, Group, Modal, Text, Textarea } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { changeAsset } from "../../api/assets";
import { api, ask } from "../../api/client";
import type { AssetRow } from "../../api/nouns";
import { EmptyState } from "../../parts/EmptyState";
import { Loading } from "../../parts/Loading";
import { toastProblem } from "../../parts/toast";
import css from "./AltQueue.module.css";

/** Goes through the pictures without an alternative text, one after the other. */
export function AltQueue({ opened, onClose }: { opened: boolean; onClose: () => void }) {
	return (
		<Modal opened={opened} onClose={onClose} title="Missing alternative texts" size="44rem" closeButtonProps={{ "aria-label": "Close" }}>
			<Queue onClose={onClose} />
		</Modal>
	);
}

function Queue({ onClose }: { onClose: () => void }) {
	const [skipped, setSkipped] = useState<readonly string[]>([]);
	const queries = useQueryClient();
	const list = useQuery({
		queryKey: ["assets", "without alt"],
		queryFn: () => ask(api.GET("/api/assets", { params: { query: { wants: "alt", limit: 200 } } })),
	});
	if (list.isPending) return <Loading />;
	const left = (list.data?.items ?? []).filter((a) => !skipped.includes(a.id));
	const next = left[0];
	if (!next)
		return (
			<EmptyState title={skipped.length > 0 ? "That was the last one" : "Every picture has one"} action={<Button onClick={onClose}>Close</Button>}>
				{skipped.length > 0
					? "Those that were passed over can be found again with the filter Missing."
					: "Each picture of the library says in words what it shows, for those who do not see it."}
			</EmptyState>
		);
	const past = (id: string) => {
		setSkipped([...skipped, id]);
		void queries.invalidateQueries({ queryKey: ["assets"], predicate: (q) => q.queryKey[1] !== "without alt" });
	};
	return <One key={next.id} asset={next} left={left.length} more={Boolean(list.data?.next)} onNext={() => past(next.id)} />;
}

interface OneProps {
	asset: AssetRow;
	left: number;
	more: boolean;
	onNext: () => void;
}

function One({ asset: a, left, more, onNext }: OneProps) {
	const [alt, setAlt] = useState("");
	const [busy, setBusy] = useState(false);
	// The dialog is open before the first picture has come.
	const field = useRef<HTMLTextAreaElement>(null);
	useEffect(() => field.current?.focus(), []);
	const save = async () => {
		if (!alt.trim() || busy) return;
		setBusy(true);
		try {
			await changeAsset(a.id, { alt });
			onNext();
		} catch (error) {
			setBusy(false);
			toastProblem(error);
		}
	};
	return (
		<form
			onSubmit={(e) => {
				e.preventDefault();
				void save();
			}}
		>
			<div className={css.picture}>
				<img src={a.src} srcSet={a.srcset} sizes="40rem" alt="What is to be described" />
			</div>
			<Text size="sm" c="dimmed" mt="xs">
				{[a.caption, a.credit, a.filename].filter(Boolean).join(" · ")}
			</Text>
			<Textarea
				mt="md"
				label="What does it show?"
				description="One sentence for those who do not see it: who, where, doing what. The caption need not be repeated."
				autosize
				minRows={2}
				ref={field}
				value={alt}
				onChange={(e) => setAlt(e.currentTarget.value)}
				onKeyDown={(e) => {
					if (e.key === "Enter" && (e.ctrlKey || e.metaKey)) void save();
				}}
			/>
			<Group justify="space-between" mt="md">
				<Text size="sm" role="status">
					{left}
					{more && " or more"} left
				</Text>
				<Group>
					<Button onClick={onNext}>Pass over</Button>
					<Button type="submit" variant="filled" loading={busy} disabled={!alt.trim()}>
						Save and next
					</Button>
				</Group>
			</Group>
		</form>
	);
}
