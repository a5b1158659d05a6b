// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { type MantineColorScheme, Menu, useMantineColorScheme } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { signOut, useSession } from "../api/session";
import { toastProblem } from "../parts/toast";
import css from "./Person.module.css";

const looks = [
	{ value: "light", words: "Light" },
	{ value: "dark", words: "Dark" },
	{ value: "auto", words: "As the system" },
] as const;

/** Who is signed in, and what belongs to that person alone. */
export function Person({ onKeys }: { onKeys: () => void }) {
	const { staff } = useSession();
	const { colorScheme, setColorScheme } = useMantineColorScheme();
	return (
		<Menu position="top-start" width="13rem" withinPortal={false} withInitialFocusPlaceholder={false}>
			<Menu.Target>
				<button type="button" className={css.person}>
					<span className={css.name}>{staff.name}</span>
					<span className={css.role}>{staff.role}</span>
				</button>
			</Menu.Target>
			<Menu.Dropdown>
				<Menu.Item component={Link} to="/account">
					My account
				</Menu.Item>
				<Menu.Item onClick={onKeys}>Keyboard shortcuts</Menu.Item>
				<Menu.Divider />
				<Menu.Label>Look</Menu.Label>
				<Menu.RadioGroup value={colorScheme} onChange={(look) => setColorScheme(look as MantineColorScheme)}>
					{looks.map(({ value, words }) => (
						<Menu.RadioItem key={value} value={value}>
							{words}
						</Menu.RadioItem>
					))}
				</Menu.RadioGroup>
				<Menu.Divider />
				<Menu.Item onClick={() => signOut().catch(toastProblem)}>Sign out</Menu.Item>
			</Menu.Dropdown>
		</Menu>
	);
}
