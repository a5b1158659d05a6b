// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Button, Group, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { assetQuery } from "../../api/assets";
import { MediaPicker } from "../../media/MediaPicker";
import css from "./Settings.module.css";

/** The picture that stands for the magazine where machines ask for one. */
export function LogoField({ value, onChange }: { value: string; onChange: (id: string) => void }) {
	const id = useId();
	const [picking, pick] = useDisclosure();
	const logo = useQuery({ ...assetQuery(value), enabled: value !== "" });
	return (
		<div role="group" aria-labelledby={id}>
			<Text id={id} size="sm" fw={500}>
				Logo
			</Text>
			<Text size="xs" c="dimmed" mb={5}>
				Search engines show it beside the publisher. The name at the head of the pages is set in type.
			</Text>
			{value && logo.data?.src && <img className={css.logo} src={logo.data.src} alt={logo.data.alt || "The logo"} />}
			<Group gap="xs">
				<Button onClick={pick.open}>{value ? "Choose another" : "Choose a picture"}</Button>
				{value && <Button onClick={() => onChange("")}>Take it away</Button>}
			</Group>
			<MediaPicker
				opened={picking}
				onClose={pick.close}
				kinds={["image"]}
				onPick={(asset) => {
					onChange(asset.id);
					pick.close();
				}}
			/>
		</div>
	);
}
