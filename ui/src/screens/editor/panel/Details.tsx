// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Select, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useSession } from "../../../api/session";
import { genresQuery, sectionsQuery } from "../../../api/taxonomy";
import { CountedInput, CountedTextarea } from "../../../parts/Field";
import { SectionPicker } from "../../../parts/SectionPicker";
import { TopicPicker } from "../../../parts/TopicPicker";
import type { FieldName } from "../save/FieldsSync";
import type { Writing } from "../save/Writing";
import { Group } from "./Group";
import css from "./Panel.module.css";

const languages = ["en", "fr", "de", "es", "ar", "nb", "sv", "da", "nl", "it", "pt", "pl", "uk", "ru", "tr"];

/** Where the story belongs, what it is, where it will stand, and how it is found. */
export function Details({ writing, children }: { writing: Writing; children: ReactNode }) {
	const f = writing.fields.fields.use();
	const { magazine } = useSession();
	const genres = useQuery(genresQuery);
	const off = !writing.may.use();
	const text = (name: FieldName) => ({ value: String(f[name] ?? ""), onChange: (e: { currentTarget: { value: string } }) => writing.fields.change(name, e.currentTarget.value as never), disabled: off });
	const names = new Intl.DisplayNames([magazine.language], { type: "language" });
	return (
		<>
			<Group title="Where it belongs">
				<SectionPicker label="Section" value={f.section ?? null} onChange={(v) => writing.fields.change("section", v)} disabled={off} />
				<Select
					label="Genre"
					data={(genres.data ?? []).map((g) => ({ value: g.id, label: g.name }))}
					value={f.genre?.id ?? null}
					onChange={(id, o) => writing.fields.change("genre", id ? { id, name: o?.label ?? "" } : null)}
					clearable
					clearButtonProps={{ "aria-label": "Clear genre" }}
					disabled={off}
				/>
				<TopicPicker label="Topics" value={f.topics ?? []} onChange={(v) => writing.fields.change("topics", v)} disabled={off} />
				<Select
					label="Language"
					data={[...new Set([f.language || magazine.language, ...languages])].map((l) => ({ value: l, label: names.of(l) ?? l }))}
					value={f.language || magazine.language}
					onChange={(l) => writing.fields.change("language", l ?? "")}
					allowDeselect={false}
					disabled={off}
				/>
			</Group>
			{children}
			<Group title="Address">
				<TextInput label="Slug" placeholder="made from the headline" {...text("slug")} onChange={(e) => writing.fields.change("slug", slugify(e.currentTarget.value))} />
				<Address section={f.section?.id} slug={f.slug} />
			</Group>
			<Group title="For search engines and sharing">
				<CountedInput label="Title instead of the headline" most={60} {...text("title")} value={f.title} />
				<CountedTextarea label="Description instead of the dek" most={155} {...text("description")} value={f.description} />
				<TextInput label="Canonical address" placeholder="only when the original stands elsewhere" {...text("canonical")} />
			</Group>
		</>
	);
}

/** What an address may hold; a space that is typed becomes a hyphen. */
function slugify(s: string): string {
	return s.toLowerCase().replace(/\s+/g, "-").replace(/[^\p{L}\p{N}\p{M}\-_.~]/gu, "");
}

function Address({ section, slug }: { section: string | undefined; slug: string }) {
	const { magazine } = useSession();
	const sections = useQuery(sectionsQuery);
	const all = (sections.data ?? []) as { id: string; path?: string; slug?: string }[];
	const at = all.find((s) => s.id === section);
	const folder = at?.path ?? (at?.slug ? `/${at.slug}` : "");
	return (
		<p className={css.address}>
			{magazine.url}
			{folder}/{slug || "…"}
		</p>
	);
}
