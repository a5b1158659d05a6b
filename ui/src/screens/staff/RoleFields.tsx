// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { MultiSelect, Select, Text } from "@mantine/core";
import type { Role } from "../../api/nouns";
import { useSession } from "../../api/session";
import { roles } from "../../api/staff";
import { useSectionChoices } from "../../parts/SectionPicker";

interface Props {
	role: Role;
	sections: string[];
	onRole: (role: Role) => void;
	onSections: (ids: string[]) => void;
	disabled?: boolean;
}

/** Role, and the sections to which it is limited where it can be. */
export function RoleFields({ role, sections, onRole, onSections, disabled }: Props) {
	const { staff } = useSession();
	const choices = useSectionChoices();
	// Only owners make owners; the program refuses the others anyway.
	const open = roles.filter((r) => r.value !== "owner" || staff.role === "owner" || role === "owner");
	return (
		<>
			<Select
				label="Role"
				allowDeselect={false}
				disabled={disabled}
				data={open.map(({ value, label }) => ({ value, label }))}
				value={role}
				onChange={(v) => v && onRole(v as Role)}
				description={roles.find((r) => r.value === role)?.about}
				inputWrapperOrder={["label", "input", "description", "error"]}
			/>
			{role !== "owner" && role !== "administrator" ? (
				<MultiSelect
					label="Sections"
					placeholder={sections.length === 0 ? "All" : undefined}
					description="With what is below them. None means all."
					inputWrapperOrder={["label", "input", "description", "error"]}
					searchable
					clearable
					clearButtonProps={{ "aria-label": "All sections" }}
					disabled={disabled}
					data={choices}
					value={sections}
					onChange={onSections}
				/>
			) : (
				<Text size="sm" c="dimmed">
					This role has all sections.
				</Text>
			)}
		</>
	);
}
