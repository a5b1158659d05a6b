// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { useSession } from "../api/session";

interface Props {
	/** RFC 3339, as the API gives it. Without one a dash stands here. */
	at?: string | null;
	/** "short" leaves out what is plain today; "full" says day and time. */
	form?: "short" | "full";
}

/** A time in the magazine's zone and language, whatever the reader's computer is set to. */
export function When({ at, form = "short" }: Props) {
	const write = useWhen();
	if (!at) return <span aria-label="no date">–</span>;
	return (
		<time dateTime={at} title={write(at, "full")}>
			{write(at, form)}
		</time>
	);
}

/** The same as a text, for labels and messages. */
export function useWhen(): (at: string, form?: "short" | "full") => string {
	const { language, timeZone } = useSession().magazine;
	const as = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language, { timeZone, ...options });
	return (at, form = "short") => {
		const date = new Date(at);
		if (form === "full") return as({ dateStyle: "long", timeStyle: "short" }).format(date);
		const day = as({ dateStyle: "short" });
		if (day.format(date) === day.format(new Date())) return as({ timeStyle: "short" }).format(date);
		const year = as({ year: "numeric" });
		if (year.format(date) === year.format(new Date())) return as({ day: "numeric", month: "short" }).format(date);
		return as({ dateStyle: "medium" }).format(date);
	};
}
