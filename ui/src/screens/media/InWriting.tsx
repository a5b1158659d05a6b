// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, FileButton, Group, TextInput, Textarea } from "@mantine/core";
import { useState } from "react";
import type { Asset } from "../../api/nouns";
import { useSession } from "../../api/session";
import type { Autosave } from "./useAutosave";

interface Props {
	asset: Asset;
	save: Autosave;
	disabled: boolean;
}

/** What is heard, for those who do not hear it: a transcript, and captions of a video. */
export function InWriting({ asset: a, save, disabled }: Props) {
	const [transcript, setTranscript] = useState(a.transcript);
	return (
		<section aria-label="In writing">
			<h3>In writing</h3>
			<Textarea
				label="Transcript"
				description="Readers open it below the player. An empty line begins a paragraph."
				autosize
				minRows={3}
				maxRows={14}
				disabled={disabled}
				value={transcript}
				onChange={(e) => {
					setTranscript(e.currentTarget.value);
					save.later({ transcript: e.currentTarget.value });
				}}
			/>
			{a.kind === "video" && <CaptionsField asset={a} save={save} disabled={disabled} />}
		</section>
	);
}

function CaptionsField({ asset: a, save, disabled }: Props) {
	const { magazine } = useSession();
	const [language, setLanguage] = useState(a.captions?.language ?? magazine.language);
	const have = a.captions;
	const change = (text: string) => save.now({ captions: { language, label: nameOf(language), text } });
	return (
		<>
			<TextInput
				mt="sm"
				label="Language of the captions"
				description="A tag such as en, de or pt-BR."
				disabled={disabled}
				value={language}
				onChange={(e) => {
					setLanguage(e.currentTarget.value);
					if (have && e.currentTarget.value.trim()) save.later({ captions: { language: e.currentTarget.value, label: nameOf(e.currentTarget.value), text: have.text } });
				}}
			/>
			<p>{have ? `There are captions: ${have.label}.` : "No captions yet: a WebVTT file, whose name ends in .vtt."}</p>
			{!disabled && (
				<Group gap="xs">
					<FileButton accept=".vtt,text/vtt" onChange={(file) => void file?.text().then(change)}>
						{(p) => <Button {...p}>{have ? "Replace the captions" : "Add captions"}</Button>}
					</FileButton>
					{have && <Button onClick={() => change("")}>Take them away</Button>}
				</Group>
			)}
		</>
	);
}

/** How speakers of a language call it, as players list captions. */
function nameOf(tag: string): string {
	try {
		return new Intl.DisplayNames([tag], { type: "language" }).of(tag) ?? tag;
	} catch {
		return tag;
	}
}
