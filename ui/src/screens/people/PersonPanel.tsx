// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Link } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import type { WholePerson } from "../../api/nouns";
import { personQuery } from "../../api/people";
import { useMay, useSession } from "../../api/session";
import { ErrorState } from "../../parts/ErrorState";
import { Loading } from "../../parts/Loading";
import { SidePanel } from "../../parts/SidePanel";
import { LooksLike } from "./LooksLike";
import css from "./People.module.css";
import { PersonForm } from "./PersonForm";
import { stories } from "./columns";
import { usePerson } from "./usePerson";

interface Props {
	id: string;
	onClose: () => void;
	/** The person has gone into another one. */
	onMerged: (into: string) => void;
}

/** One person beside the list. */
export function PersonPanel({ id, onClose, onMerged }: Props) {
	const found = useQuery(personQuery(id));
	if (found.data) return <Open person={found.data} onClose={onClose} onMerged={onMerged} />;
	return (
		<SidePanel title="Person" onClose={onClose}>
			{found.isPending && <Loading />}
			{found.isError && <ErrorState error={found.error} retry={() => void found.refetch()} />}
		</SidePanel>
	);
}

// What is being typed is held out here: the panel is made anew when the window
// becomes narrow, and nothing may be lost with it.
function Open({ person, onClose, onMerged }: Omit<Props, "id"> & { person: WholePerson }) {
	const changing = usePerson(person);
	const may = useMay()("change people");
	return (
		<SidePanel title={person.name} onClose={onClose}>
			<Facts person={person} />
			<PersonForm stored={person} changing={changing} disabled={!may} />
			{may && <LooksLike person={person} onMerged={onMerged} />}
		</SidePanel>
	);
}

function Facts({ person: p }: { person: WholePerson }) {
	const { url } = useSession().magazine;
	return (
		<p className={css.facts}>
			<a href={url + p.path} target="_blank" rel="noreferrer">
				{p.path}
			</a>
			<br />
			{stories(p.stories)} public,{" "}
			<Link to="/stories" search={{ writer: p.id, by: p.name }}>
				{p.bylines === 1 ? "1 byline at the desk" : `${p.bylines} bylines at the desk`}
			</Link>
		</p>
	);
}
