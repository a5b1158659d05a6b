// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { messageOf } from "../../api/problem";
import { pageURL } from "../../api/settings";
import css from "./Look.module.css";
import { PageFrame } from "./PageFrame";

interface Props {
	/** The style sheet of the look that is being tried. */
	css: string | undefined;
	dark: boolean;
	onDark: (dark: boolean) => void;
	story: string | undefined;
	problem: unknown;
}

/** The magazine's own pages in the look that is being tried, on a desktop and on a phone. */
export function LookPreview({ css: sheet, dark, onDark, story, problem }: Props) {
	const [page, setPage] = useState("/");
	const pages = [{ value: "/", label: "Front page" }];
	if (story) pages.push({ value: story, label: "A story" });
	return (
		<section className={css.preview} aria-label="Preview">
			<header className={css.choices}>
				<SegmentedControl aria-label="Page in the preview" size="xs" data={pages} value={page} onChange={setPage} />
				<SegmentedControl
					aria-label="Look in the preview"
					size="xs"
					data={[
						{ value: "light", label: "By day" },
						{ value: "dark", label: "After dark" },
					]}
					value={dark ? "dark" : "light"}
					onChange={(v) => onDark(v === "dark")}
				/>
			</header>
			{problem ? <p role="alert">{messageOf(problem)}</p> : null}
			<div className={css.frames}>
				<PageFrame key={`desktop ${page}`} title="The page on a desktop" src={pageURL(page)} css={sheet} width={1280} height={1300} />
				<PageFrame key={`phone ${page}`} title="The page on a phone" src={pageURL(page)} css={sheet} width={390} height={844} />
			</div>
		</section>
	);
}
