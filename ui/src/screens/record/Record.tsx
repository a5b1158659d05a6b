// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Link, Outlet } from "@tanstack/react-router";
import { scanArchive } from "../../api/record";
import { useMay } from "../../api/session";
import { useCommand } from "../../palette/registry";
import { ScreenHeader } from "../../parts/ScreenHeader";
import { toast, toastProblem } from "../../parts/toast";
import css from "../../record/Record.module.css";

const tabs = [
	{ to: "/record/queue", words: "Queue" },
	{ to: "/record/statements", words: "Statements" },
	{ to: "/record/pairs", words: "Side by side" },
] as const;

/** Who said what, when and to whom, in all stories; and what does not agree. */
export default function RecordScreen() {
	const may = useMay();
	// The queue is everybody's stories.
	const mayScan = may("keep the record") && may("change the stories of others");
	const scan = useMutation({
		mutationFn: scanArchive,
		onSuccess: () => toast("The archive is being read in the background; what is found comes into the queue"),
		onError: toastProblem,
	});
	useCommand({ words: "Scan the archive for statements", group: "The record", run: () => scan.mutate() }, mayScan);
	return (
		<>
			<ScreenHeader title="The record">
				{mayScan && (
					<Button loading={scan.isPending} onClick={() => scan.mutate()}>
						Scan the archive
					</Button>
				)}
			</ScreenHeader>
			<nav className={css.tabs} aria-label="The record">
				{tabs.map((t) => (
					<Link key={t.to} to={t.to} className={css.tab}>
						{t.words}
					</Link>
				))}
			</nav>
			<Outlet />
		</>
	);
}
