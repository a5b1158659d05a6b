// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { NumberInput, SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import type { CheckName, CheckRule } from "../../api/nouns";
import { type ChecklistPart, checklistSettingsQuery, setChecklist } from "../../api/settings";
import { ErrorState } from "../../parts/ErrorState";
import { Loading } from "../../parts/Loading";
import css from "./Checklist.module.css";
import { SaveBar } from "./SaveBar";
import { checks } from "./checks";
import { usePart } from "./usePart";

/** What is looked at before a story is published; a part of the settings screen. */
export default function Checklist() {
	const checklist = useQuery(checklistSettingsQuery);
	if (checklist.isError) return <ErrorState error={checklist.error} retry={() => void checklist.refetch()} />;
	if (!checklist.data) return <Loading />;
	return <Form stored={checklist.data} />;
}

const words = Object.fromEntries(checks.map((c) => [c.check, `the check “${c.name}”`])) as Record<CheckName, string>;

function Form({ stored }: { stored: ChecklistPart }) {
	const part = usePart(stored, checklistSettingsQuery, setChecklist, words);
	const title = useId();
	return (
		<form
			className={css.checklist}
			aria-labelledby={title}
			onSubmit={(e) => {
				e.preventDefault();
				part.save();
			}}
		>
			<h2 id={title}>Checklist</h2>
			<p className={css.hint}>
				Shown beside every story, and held to when it is published or its hour has come. What is advised is shown and no more; without what is required nothing is published.
			</p>
			<ul className={css.checks}>
				{checks.map((c) => (
					<Row key={c.check} {...c} rule={part.values[c.check]} onChange={(some) => part.change({ [c.check]: { ...part.values[c.check], ...some } })} />
				))}
			</ul>
			<SaveBar part={part} stored="Stories are held to what stands here." />
		</form>
	);
}

type RowProps = (typeof checks)[number] & { rule: CheckRule; onChange: (some: Partial<CheckRule>) => void };

function Row({ check, name, wants, counts, rule, onChange }: RowProps) {
	const { level, min = 0, max = 0 } = rule;
	const none = max !== 0 && min > max;
	return (
		<li data-check={check} data-level={level}>
			<div>
				<b>{name}</b>
				<span className={css.wants}>{wants}</span>
			</div>
			<SegmentedControl
				size="xs"
				aria-label={name}
				value={level}
				onChange={(v) => onChange({ level: v as CheckRule["level"] })}
				data={[
					{ value: "off", label: "Off" },
					{ value: "warn", label: "Advised" },
					{ value: "required", label: "Required" },
				]}
			/>
			{counts && level !== "off" && (
				<div className={css.bounds}>
					<Bound words="from" label={`${name}, at least`} value={min} wrong={none} onChange={(n) => onChange({ min: n })} />
					<Bound words="to" label={`${name}, at most`} value={max} wrong={none} onChange={(n) => onChange({ max: n })} />
					<span>{counts}</span>
				</div>
			)}
		</li>
	);
}

/** An end of what is wanted; empty is none. */
function Bound({ words: before, label, value, wrong, onChange }: { words: string; label: string; value: number; wrong: boolean; onChange: (n?: number) => void }) {
	return (
		<>
			<span>{before}</span>
			<NumberInput
				size="xs"
				w="4.75rem"
				aria-label={label}
				placeholder="any"
				hideControls
				allowDecimal={false}
				allowNegative={false}
				max={1_000_000}
				error={wrong}
				value={value || ""}
				// No bound is left out, as the magazine leaves it out.
				onChange={(n) => onChange(Number(n) || undefined)}
			/>
		</>
	);
}
