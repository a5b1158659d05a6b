// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, Checkbox, Group, Select, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { Problem, messageOf } from "../api/problem";
import type { Source } from "../api/record";
import { TopicPicker } from "../parts/TopicPicker";
import css from "./Record.module.css";
import { SpeakerPicker } from "./SpeakerPicker";
import type { Draft } from "./words";

interface Props {
	draft: Draft;
	/** "Record it", "Save". */
	act: string;
	/** The address that the passage links to. */
	link?: string;
	/** All links of the story. */
	sources?: Source[];
	onSave: (d: Draft) => Promise<unknown>;
	onCancel: () => void;
}

/** What was said: the words, by whom, when, to whom, where, and what tells us so. */
export function SayingForm({ draft, act, link, sources = [], onSave, onCancel }: Props) {
	const [d, set] = useState(draft);
	const [busy, setBusy] = useState(false);
	const [problem, setProblem] = useState("");
	const change = (some: Partial<Draft>) => set((before) => ({ ...before, ...some }));
	const text = (name: "role" | "addressee" | "venue" | "sourceUrl" | "source" | "date") => ({
		value: d[name],
		onChange: (e: { currentTarget: { value: string } }) => change({ [name]: e.currentTarget.value }),
	});
	const save = async (e?: FormEvent) => {
		e?.preventDefault();
		if (busy) return;
		if (!d.speaker) return setProblem("Who said it? Choose a person, or write a new name.");
		setBusy(true);
		setProblem("");
		try {
			await onSave(d);
		} catch (error) {
			setProblem(error instanceof Problem ? error.message : messageOf(error));
			setBusy(false);
		}
	};
	return (
		// Escape leaves the form and not the panel; Ctrl Enter saves from any field.
		// oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
		<form
			className={css.form}
			aria-label="What was said"
			onSubmit={(e) => void save(e)}
			onKeyDown={(e) => {
				e.stopPropagation();
				if (e.key === "Enter" && (e.ctrlKey || e.metaKey)) void save();
				if (e.key === "Escape" && !e.defaultPrevented) onCancel();
			}}
		>
			<Textarea label="Words" autosize minRows={2} maxRows={8} value={d.words} onChange={(e) => change({ words: e.currentTarget.value })} />
			<SpeakerPicker value={d.speaker} role={d.role} atOnce onChange={(speaker) => change({ speaker })} />
			<TextInput label="Role at the time" {...text("role")} />
			<div className={css.two}>
				<TextInput label="Date" placeholder="2022-04-26, 2022-04 or 2022" {...text("date")} />
				<Checkbox label="On that day or before" checked={d.before} disabled={d.date.trim().length !== 10} onChange={(e) => change({ before: e.currentTarget.checked })} />
			</div>
			<div className={css.two}>
				<TextInput label="To whom" {...text("addressee")} />
				<TextInput label="Where, or in which medium" {...text("venue")} />
			</div>
			<TextInput label="Address of the source" type="url" {...text("sourceUrl")} />
			{link && link !== d.sourceUrl && (
				<Button size="compact-xs" variant="subtle" className={css.link} onClick={() => change({ sourceUrl: link })}>
					{bare(link)}
				</Button>
			)}
			{sources.length > 0 && (
				<Select
					label="Or a link of the story"
					placeholder="Its words or its address"
					searchable
					data={sources.map((s) => ({ value: s.url, label: s.text ? `${s.text} · ${bare(s.url)}` : bare(s.url) }))}
					value={sources.some((s) => s.url === d.sourceUrl) ? d.sourceUrl : null}
					onChange={(url) => url && change({ sourceUrl: url })}
				/>
			)}
			<TextInput label="Name of the source" {...text("source")} />
			{d.topics ? (
				<TopicPicker label="Topics" value={d.topics} onChange={(topics) => change({ topics })} />
			) : (
				<p className={css.aside}>
					Topics: the story’s.{" "}
					<Button size="compact-xs" variant="subtle" onClick={() => change({ topics: [] })}>
						Choose others
					</Button>
				</p>
			)}
			<Checkbox label="A denial: it was denied, or nothing was said" checked={d.denial} onChange={(e) => change({ denial: e.currentTarget.checked })} />
			{problem && (
				<p role="alert" className={css.problem}>
					{problem}
				</p>
			)}
			<Group gap="xs">
				<Button type="submit" variant="filled" size="compact-md" loading={busy}>
					{act}
				</Button>
				<Button size="compact-md" onClick={onCancel}>
					Cancel
				</Button>
			</Group>
		</form>
	);
}

const bare = (url: string) => url.replace(/^https?:\/\/(www\.)?/, "");
