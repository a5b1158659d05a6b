// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, Group, Modal, Radio, Select, Textarea } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { correctionPreviewQuery, publishedQuery, useCorrect } from "../api/corrections";
import type { Correction, CorrectionBody, CorrectionKind, PublishedText } from "../api/nouns";
import { Problem, messageOf } from "../api/problem";
import { ErrorState } from "../parts/ErrorState";
import { Loading } from "../parts/Loading";
import { toast } from "../parts/toast";
import css from "./Corrections.module.css";
import { Note } from "./Note";
import { PassageFields, type Piece, pieceOf } from "./PassageFields";
import { type Chosen, passageOf } from "./passage";
import { copyWords, kindHints, kinds } from "./words";

interface Props {
	/** Id of the story. */
	article: string;
	/** The passage from which somebody came. */
	chosen?: Chosen;
	/** The note that the new one amends. */
	amends?: Correction;
	onClose: () => void;
}

/** Tells readers of a change in a live story: note and change become public together. */
export function CorrectDialog(props: Props) {
	const { article, amends, onClose } = props;
	const text = useQuery({ ...publishedQuery(article), refetchOnWindowFocus: false, refetchOnReconnect: false });
	// What was written outlives a look at a newer version.
	const [note, setNote] = useState("");
	const [looks, setLooks] = useState(0);
	const lookAgain = () => void text.refetch().then(() => setLooks((n) => n + 1));
	return (
		<Modal opened onClose={onClose} size="xl" title={amends ? "Amend a note" : "Correct this story"} closeButtonProps={{ "aria-label": "Close" }}>
			{text.isError && <ErrorState error={text.error} retry={() => void text.refetch()} />}
			{text.isPending && <Loading />}
			{text.data && <Form key={looks} {...props} text={text.data} note={note} setNote={setNote} lookAgain={lookAgain} />}
		</Modal>
	);
}

interface FormProps extends Props {
	text: PublishedText;
	note: string;
	setNote: (note: string) => void;
	lookAgain: () => void;
}

function Form({ article, chosen, amends, onClose, text, note, setNote, lookAgain }: FormProps) {
	const [piece, setPiece] = useState<Piece | undefined>(() => pieceOf(text, chosen));
	const [kind, setKind] = useState<CorrectionKind>("correction");
	const [weight, setWeight] = useState<"top" | "end">("end");
	const [removes, setRemoves] = useState(text.removesText ?? false);
	const retracts = kind === "retraction" && !amends;
	const block = retracts ? undefined : text.blocks?.find((b) => b.id === piece?.block);
	const body: CorrectionBody = {
		version: text.version,
		note: note.trim(),
		...(amends ? { amends: amends.id } : { kind, weight: retracts ? "top" : weight }),
		...(retracts && { removeText: removes }),
		...(block && piece && { passage: passageOf(block, piece.from, piece.to, piece.after) }),
	};
	const [settled] = useDebouncedValue(JSON.stringify(body), 300);
	const asked = JSON.parse(settled) as CorrectionBody;
	const preview = useQuery(correctionPreviewQuery(article, asked, asked.note !== ""));
	const go = useCorrect(article, (made) => {
		toast(`Version ${made.version} is public, with its note.`);
		onClose();
	});
	const ready = settled === JSON.stringify(body) && preview.isSuccess && !preview.isPlaceholderData;
	const left = chosen && !text.blocks?.some((b) => b.id === chosen.block);
	return (
		<div className={css.form}>
			{left && <p className={css.warn}>The passage that you chose is not public. What readers do not see needs no correction; choose a passage of the published text.</p>}
			{amends && <Note correction={amends} at={amends.at} />}
			{!retracts && <PassageFields text={text} piece={piece} onChange={setPiece} />}
			{!amends && <Kind value={kind} onChange={setKind} retracted={text.retracted ?? false} />}
			<Textarea
				label={amends ? "What has to be said about it" : "Note for readers"}
				description="Public for good: what was wrong, what is right, and since when. [words](address) is a link."
				required
				autosize
				minRows={3}
				value={note}
				onChange={(e) => setNote(e.currentTarget.value)}
			/>
			{retracts && (
				<Radio.Group label="The text of the story" value={removes ? "goes" : "stays"} onChange={(v) => setRemoves(v === "goes")}>
					<Group mt={4}>
						<Radio value="stays" label="Stays, below the note" />
						<Radio value="goes" label="Is taken away" />
					</Group>
				</Radio.Group>
			)}
			{!amends && !retracts && (
				<Radio.Group label="Where the note stands" value={weight} onChange={(v) => setWeight(v as "top" | "end")}>
					<Group mt={4}>
						<Radio value="end" label="Below the text" />
						<Radio value="top" label="Above the text: nobody should read on without it" />
					</Group>
				</Radio.Group>
			)}
			{note.trim() && (
				<section className={css.preview} aria-label="What will be public">
					<h3>What will be public</h3>
					{preview.isError && <p className={css.stop}>{sentence(messageOf(preview.error))}</p>}
					{preview.data && !preview.isError && (
						<>
							<Note correction={preview.data.correction} />
							<p className={preview.data.copy === "other" ? css.warn : css.hint}>
								Version {preview.data.version} at {text.path}, the list of corrections, and its feed. {copyWords[preview.data.copy]}
							</p>
						</>
					)}
				</section>
			)}
			{go.isError && <p className={css.stop}>{sentence(messageOf(go.error))}</p>}
			{[go.error, preview.error].some((e) => e instanceof Problem && e.status === 409) && (
				<Group>
					<Button onClick={lookAgain}>Look at the story as it is now</Button>
				</Group>
			)}
			<Group justify="flex-end">
				<Button onClick={onClose}>Cancel</Button>
				<Button variant="filled" disabled={!ready} loading={go.isPending} onClick={() => go.mutate(body)}>
					{retracts ? "Retract the story" : amends ? "Publish the further note" : "Publish the correction"}
				</Button>
			</Group>
		</div>
	);
}

const sentence = (s: string) => `${s.charAt(0).toUpperCase()}${s.slice(1)}${/[.?]$/.test(s) ? "" : "."}`;

function Kind({ value, onChange, retracted }: { value: CorrectionKind; onChange: (k: CorrectionKind) => void; retracted: boolean }) {
	return (
		<Select
			label="Kind"
			description={kindHints[value]}
			inputWrapperOrder={["label", "input", "description", "error"]}
			data={kinds.filter((k) => !retracted || k.value !== "retraction")}
			value={value}
			allowDeselect={false}
			onChange={(v) => v && onChange(v as CorrectionKind)}
		/>
	);
}
