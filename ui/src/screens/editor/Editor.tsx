// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { useParams } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { ErrorState } from "../../parts/ErrorState";
import { ScreenLoading } from "../../parts/Loading";
import { Desk } from "./Desk";
import { type Writing, openStory } from "./save/Writing";

/** Opens a story for writing. */
export default function EditorScreen() {
	const { id } = useParams({ strict: false }) as { id: string };
	const [tries, setTries] = useState(0);
	return <Open key={`${id} ${tries}`} id={id} retry={() => setTries(tries + 1)} />;
}

function Open({ id, retry }: { id: string; retry: () => void }) {
	const [opened, setOpened] = useState<{ writing: Writing; returned: boolean }>();
	const [error, setError] = useState<unknown>();
	useEffect(() => {
		let gone = false;
		let mine: Writing | undefined;
		openStory(id).then(
			(o) => {
				mine = o.writing;
				if (gone) void mine.end();
				else setOpened(o);
			},
			(e: unknown) => !gone && setError(e),
		);
		return () => {
			gone = true;
			void mine?.end();
		};
	}, [id]);
	if (error) return <ErrorState error={error} retry={retry} />;
	if (!opened) return <ScreenLoading />;
	return <Desk writing={opened.writing} returned={opened.returned} />;
}
