// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, TextInput } from "@mantine/core";
import type { PersonLink } from "../../api/nouns";
import css from "./People.module.css";

interface Props {
	links: PersonLink[];
	onChange: (links: PersonLink[]) => void;
	disabled: boolean;
}

/** Where else somebody is found. */
export function LinkRows({ links, onChange, disabled }: Props) {
	const set = (at: number, some: Partial<PersonLink>) => onChange(links.map((l, i) => (i === at ? { ...l, ...some } : l)));
	return (
		<fieldset className={css.part}>
			<legend>Links</legend>
			{links.length > 0 && (
				<ol className={css.rows}>
					{links.map((l, i) => (
						// Rows have no names of their own and do not change places.
						// oxlint-disable-next-line react/no-array-index-key
						<li key={i} className={css.row}>
							<TextInput label="Words" aria-label={`Words of link ${i + 1}`} size="xs" disabled={disabled} value={l.label} onChange={(e) => set(i, { label: e.currentTarget.value })} />
							<TextInput
								label="Address"
								aria-label={`Address of link ${i + 1}`}
								placeholder="https://"
								size="xs"
								disabled={disabled}
								value={l.url}
								onChange={(e) => set(i, { url: e.currentTarget.value })}
							/>
							{!disabled && (
								<Button variant="subtle" size="compact-sm" onClick={() => onChange(links.filter((_, j) => j !== i))} aria-label={`Remove link ${l.label || i + 1}`}>
									Remove
								</Button>
							)}
						</li>
					))}
				</ol>
			)}
			{!disabled && <Button onClick={() => onChange([...links, { label: "", url: "" }])}>Add a link</Button>}
		</fieldset>
	);
}
