// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { Text, TextInput, Textarea, type TextInputProps, type TextareaProps } from "@mantine/core";
import type { ReactNode } from "react";

/** Splits form fields into named groups: a heading, a sentence, the fields. */
export function FieldGroup({ title, hint, children }: { title: string; hint?: ReactNode; children: ReactNode }) {
	return (
		<fieldset style={{ border: 0, margin: 0, padding: "0 0 2rem", display: "grid", gap: "1rem", maxWidth: "34rem" }}>
			<legend style={{ font: "600 1.0625rem/1.3 var(--sans-font)", paddingInline: 0, paddingBlockEnd: hint ? 0 : "0.75rem" }}>{title}</legend>
			{hint && (
				<Text size="sm" c="dimmed">
					{hint}
				</Text>
			)}
			{children}
		</fieldset>
	);
}

/** How long a text is and how long it should be: "72 of 90". Red beyond, but never cut off. */
function Length({ value, most }: { value: string; most: number }) {
	const long = [...value].length;
	return (
		<Text span size="xs" c={long > most ? "red" : "dimmed"}>
			{long} of {most}
		</Text>
	);
}

type Counted<P> = P & { value: string; most: number };

/** A line of text with an advised length. */
export function CountedInput({ most, ...props }: Counted<TextInputProps>) {
	return <TextInput {...props} description={<Length value={props.value} most={most} />} inputWrapperOrder={["label", "input", "description", "error"]} />;
}

/** Several lines of text with an advised length. */
export function CountedTextarea({ most, ...props }: Counted<TextareaProps>) {
	return <Textarea autosize minRows={2} {...props} description={<Length value={props.value} most={most} />} inputWrapperOrder={["label", "input", "description", "error"]} />;
}
