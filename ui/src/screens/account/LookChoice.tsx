// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { type MantineColorScheme, SegmentedControl, useMantineColorScheme } from "@mantine/core";
import { Part } from "./Part";

export function LookChoice() {
	const { colorScheme, setColorScheme } = useMantineColorScheme();
	return (
		<Part title="Look" hint="Of the desk, on this device.">
			<SegmentedControl
				aria-label="Look"
				value={colorScheme}
				onChange={(look) => setColorScheme(look as MantineColorScheme)}
				data={[
					{ value: "light", label: "Light" },
					{ value: "dark", label: "Dark" },
					{ value: "auto", label: "As the system" },
				]}
			/>
		</Part>
	);
}
