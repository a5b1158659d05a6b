// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, TextInput } from "@mantine/core";
import type { PersonRole } from "../../api/nouns";
import css from "./People.module.css";

interface Props {
	roles: PersonRole[];
	onChange: (roles: PersonRole[]) => void;
	disabled: boolean;
}

const dated = (s: string | undefined) => !s || /^\d{4}(-\d{2}(-\d{2})?)?$/.test(s);

/** What somebody is and was. The first without an end is shown beside the name. */
export function RoleRows({ roles, onChange, disabled }: Props) {
	const set = (at: number, some: Partial<PersonRole>) => onChange(roles.map((r, i) => (i === at ? { ...r, ...some } : r)));
	return (
		<fieldset className={css.part}>
			<legend>Roles</legend>
			<p>Dates are 2023, 2023-03 or 2023-03-14. Without an end it lasts still.</p>
			{roles.length > 0 && (
				<ol className={css.rows}>
					{roles.map((r, i) => {
						const name = r.title || `role ${i + 1}`;
						const text = (field: keyof PersonRole, label: string) => ({
							label,
							"aria-label": `${label}, ${name}`,
							size: "xs" as const,
							disabled,
							value: r[field] ?? "",
							onChange: (e: { currentTarget: { value: string } }) => set(i, { [field]: e.currentTarget.value }),
						});
						return (
							// Rows have no names of their own and do not change places.
							// oxlint-disable-next-line react/no-array-index-key
							<li key={i} className={css.row}>
								<TextInput className={css.wide} {...text("title", "Role")} aria-label={`Role ${i + 1}`} />
								<TextInput className={css.wide} {...text("organisation", "Where")} />
								<TextInput {...text("from", "From")} error={!dated(r.from) && "No date yet"} />
								<TextInput {...text("to", "Until")} error={!dated(r.to) && "No date yet"} />
								{!disabled && (
									<Button variant="subtle" size="compact-sm" onClick={() => onChange(roles.filter((_, j) => j !== i))} aria-label={`Remove ${name}`}>
										Remove
									</Button>
								)}
							</li>
						);
					})}
				</ol>
			)}
			{!disabled && <Button onClick={() => onChange([...roles, { title: "" }])}>Add a role</Button>}
		</fieldset>
	);
}
