// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { NumberInput, Select, TextInput, Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { Identity as IdentityPart } from "../../api/nouns";
import { identityQuery, setIdentity } from "../../api/settings";
import { ErrorState } from "../../parts/ErrorState";
import { FieldGroup } from "../../parts/Field";
import { Loading } from "../../parts/Loading";
import { SaveBar } from "./SaveBar";
import { languageChoices, timeZoneChoices } from "./places";
import { usePart } from "./usePart";

/** Who the magazine is, in words and numbers. */
export default function Identity() {
	const identity = useQuery(identityQuery);
	if (identity.isError) return <ErrorState error={identity.error} retry={() => void identity.refetch()} />;
	if (!identity.data) return <Loading />;
	return <Form stored={identity.data} />;
}

const words = {
	name: "the name", tagline: "the tagline", description: "the description", publisher: "the publisher", founded: "the year of founding",
	language: "the language", timeZone: "the time zone", mark: "the mark", logo: "the logo", newsletter: "the newsletter's sentence",
	copyright: "the copyright line", storiesPaged: "the stories a page",
};

function Form({ stored }: { stored: IdentityPart }) {
	const part = usePart(stored, identityQuery, setIdentity, words);
	const { values: v, change } = part;
	const text = (name: "name" | "tagline" | "description" | "publisher" | "founded" | "mark" | "newsletter" | "copyright") => ({
		value: v[name],
		onChange: (e: { currentTarget: { value: string } }) => change({ [name]: e.currentTarget.value }),
	});
	return (
		<form
			onSubmit={(e) => {
				e.preventDefault();
				part.save();
			}}
		>
			<FieldGroup title="The name">
				<TextInput label="Name" required withAsterisk={false} {...text("name")} />
				<TextInput label="Tagline" description="Stands beside the name on every page." {...text("tagline")} />
				<Textarea label="Description" description="One or two sentences for search engines and for links to the front page." autosize minRows={2} {...text("description")} />
				<TextInput label="Mark" description="A letter or a short word for the icon in a browser's tab." maxLength={40} {...text("mark")} />
			</FieldGroup>
			<FieldGroup title="The house behind it">
				<TextInput label="Publisher" description="The organisation that answers for the magazine." {...text("publisher")} />
				<TextInput label="Founded" description="A year." maxLength={20} {...text("founded")} />
				<TextInput label="Copyright" description="A line at the foot of every page and in feeds." {...text("copyright")} />
			</FieldGroup>
			<FieldGroup title="Language and time" hint="Dates, months and schedules follow them, at the desk and for readers.">
				<Select label="Language" description="The site's own words exist in English, French, German, Spanish and Arabic; in others they are English." searchable allowDeselect={false} data={languageChoices(v.language)} value={v.language} onChange={(language) => change({ language: language ?? "" })} nothingFoundMessage="No language of that name" />
				<Select label="Time zone" description="Search for a city." searchable allowDeselect={false} limit={60} data={timeZoneChoices(v.timeZone)} value={v.timeZone} onChange={(timeZone) => change({ timeZone: timeZone ?? "" })} nothingFoundMessage="No time zone of that name" />
			</FieldGroup>
			<FieldGroup title="For readers">
				<Textarea label="Newsletter" description="The one sentence about what a subscriber gets. Without it no sign-up is shown." autosize minRows={2} {...text("newsletter")} />
				<NumberInput label="Stories a page" description="In lists of sections, topics and people, between 6 and 96." min={6} max={96} allowDecimal={false} placeholder="24" value={v.storiesPaged || ""} onChange={(n) => change({ storiesPaged: Number(n) || 0 })} />
			</FieldGroup>
			<SaveBar part={part} />
		</form>
	);
}
