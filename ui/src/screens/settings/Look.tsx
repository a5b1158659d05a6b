// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, NumberInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Look as LookPart } from "../../api/nouns";
import { lookQuery, setLook, triedLookQuery } from "../../api/settings";
import { ErrorState } from "../../parts/ErrorState";
import { Loading } from "../../parts/Loading";
import { Colours } from "./Colours";
import { Contrasts } from "./Contrasts";
import { Fonts } from "./Fonts";
import css from "./Look.module.css";
import { LookPreview } from "./LookPreview";
import { SaveBar } from "./SaveBar";
import { usePart } from "./usePart";

/** The choices within the theme, with the real pages beside them. */
export default function Look() {
	const look = useQuery(lookQuery);
	if (look.isError) return <ErrorState error={look.error} retry={() => void look.refetch()} />;
	if (!look.data) return <Loading />;
	return <Form stored={look.data} />;
}

const words = { tokens: "the colours and fonts" };
const store = ({ revision, tokens }: LookPart) => setLook({ revision, tokens });

function Form({ stored }: { stored: LookPart }) {
	const part = usePart(stored, lookQuery, store, words);
	const { tokens } = part.values;
	const [dark, setDark] = useState(false);
	const [settled] = useDebouncedValue(tokens, 120);
	const tried = useQuery(triedLookQuery(settled, dark));

	// What is the design's own is left out, so that it follows the design.
	const choose = (name: string, value: string) => {
		const { [name]: _, ...others } = tokens;
		part.change({ tokens: value === stored.defaults[name] || !value ? others : { ...others, [name]: value } });
	};
	const value = (name: string) => tokens[name] ?? stored.defaults[name] ?? "";
	return (
		<form
			className={css.look}
			onSubmit={(e) => {
				e.preventDefault();
				part.save();
			}}
		>
			<div className={css.controls}>
				<Colours value={value} choose={choose} />
				<Contrasts rows={tried.data?.contrasts ?? stored.contrasts} />
				<Fonts value={value} choose={choose} />
				<NumberInput
					label="Width of the text"
					description="In characters, from 50 to 85. Most people read best at 60 to 70."
					min={50}
					max={85}
					allowDecimal={false}
					value={Number(value("measure"))}
					onChange={(n) => choose("measure", String(n))}
				/>
				<Button mt="lg" onClick={() => part.change({ tokens: {} })} disabled={Object.keys(tokens).length === 0}>
					Back to the design's own
				</Button>
			</div>
			<LookPreview css={tried.data?.css} dark={dark} onDark={setDark} story={stored.story} problem={tried.error} />
			<div className={css.bar}>
				<SaveBar part={part} />
			</div>
		</form>
	);
}
