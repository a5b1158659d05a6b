// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import type { Correction, NoteSpan, Passage } from "../api/nouns";
import { useSession } from "../api/session";
import { When } from "../parts/When";
import css from "./Corrections.module.css";
import { kindWords } from "./words";

/** A note with its links, as readers see it. */
export function Spans({ spans }: { spans: NoteSpan[] | null }) {
	const { url } = useSession().magazine;
	return (spans ?? []).map((s, i) => {
		const key = `${i} ${s.text}`;
		if (!s.url) return <span key={key}>{s.text}</span>;
		return (
			<a key={key} href={s.url.startsWith("/") ? url + s.url : s.url} target="_blank" rel="noreferrer">
				{s.text}
			</a>
		);
	});
}

/** A correction as it stands on its story. */
export function Note({ correction: c, at }: { correction: Correction; at?: string }) {
	return (
		<div className={css.note} data-kind={c.kind}>
			<p>
				<b>{kindWords[c.kind]}</b>, {at ? <When at={at} form="full" /> : "now"}. <Spans spans={c.spans} />
				{c.textRemoved && " The text has been taken away."}
			</p>
			{c.passage && c.passage.exact !== c.passage.after && <Change passage={c.passage} />}
		</div>
	);
}

/** What stood there, and what stands there since. */
export function Change({ passage: p }: { passage: Passage }) {
	return (
		<dl className={css.change}>
			<dt>Before</dt>
			<dd>
				{p.prefix}
				<del>{p.exact}</del>
				{p.suffix}
			</dd>
			<dt>Since</dt>
			<dd>
				{p.prefix}
				<ins>{p.after}</ins>
				{p.suffix}
			</dd>
		</dl>
	);
}
