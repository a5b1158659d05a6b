// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { useQuery } from "@tanstack/react-query";
import type { Menus } from "../../api/nouns";
import { menusQuery, setMenus } from "../../api/settings";
import { ErrorState } from "../../parts/ErrorState";
import { Loading } from "../../parts/Loading";
import { LinkList } from "./LinkList";
import { SaveBar } from "./SaveBar";
import { usePart } from "./usePart";

/** The links around every page. */
export default function Navigation() {
	const menus = useQuery(menusQuery);
	if (menus.isError) return <ErrorState error={menus.error} retry={() => void menus.refetch()} />;
	if (!menus.data) return <Loading />;
	return <Form stored={menus.data} />;
}

const words = { navigation: "the main links", footer: "the links at the foot", follow: "the links to follow" };

function Form({ stored }: { stored: Menus }) {
	const part = usePart(stored, menusQuery, setMenus, words);
	const { values, change } = part;
	return (
		<form
			onSubmit={(e) => {
				e.preventDefault();
				part.save();
			}}
		>
			<LinkList title="Main" hint="Beside the sections, which stand in the bar by themselves." value={values.navigation} onChange={(navigation) => change({ navigation })} />
			<LinkList title="Foot" hint="At the foot of every page: imprint, privacy, contact." value={values.footer} onChange={(footer) => change({ footer })} />
			<LinkList title="Follow us" hint="Where the magazine is elsewhere. Search engines take these for the magazine's own." value={values.follow} onChange={(follow) => change({ follow })} />
			<SaveBar part={part} />
		</form>
	);
}
