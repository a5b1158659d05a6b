// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { createTheme, type CSSVariablesResolver, defaultVariantColorsResolver, Input, type MantineColorsTuple, type VariantColorsResolver } from "@mantine/core";

// Mantine counts shades from light to dark; these are one ink each, at the
// strengths that its parts ask for. The colours that people see most come from
// tokens.css through cssVariables below.
const red: MantineColorsTuple = ["#fbeeec", "#f3d6d3", "#f4b5ad", "#f08d80", "#d9564f", "#bf3236", "#9c1b1f", "#8a171b", "#751216", "#5c0d10"];
const gray: MantineColorsTuple = ["#faf7f0", "#f7f3ea", "#efe9dc", "#d9d3c6", "#b9b1a2", "#8d8577", "#5a534a", "#3e3932", "#292621", "#16130f"];
const dark: MantineColorsTuple = ["#e9e4da", "#cfc8bb", "#aaa294", "#7d766a", "#37332d", "#292621", "#1c1a17", "#141311", "#100f0d", "#0b0a09"];

// What is filled has paper for its text, in both looks: white on the pale red of
// the dark look could not be read.
const variants: VariantColorsResolver = (input) => {
	const colors = defaultVariantColorsResolver(input);
	if (input.variant !== "filled") return colors;
	const fill = input.color === "dark" ? "var(--ink)" : "var(--accent)";
	return { ...colors, background: fill, hover: `color-mix(in srgb, ${fill} 88%, var(--paper))`, color: "var(--paper)" };
};

// The head of a dialog is a <header>, which the page has already.
const plainHeader = { header: { role: "presentation" } };

// Without shadows, a hairline says where a dialog ends.
const dialog = { content: { border: "1px solid var(--rule)" }, title: { fontWeight: 600 } };

/** Paper, ink, one accent; square corners, hairlines, no shadows. */
export const theme = createTheme({
	colors: { red, gray, dark },
	primaryColor: "red",
	primaryShade: { light: 6, dark: 3 },
	variantColorResolver: variants,
	white: "#fffdf8",
	black: "#16130f",
	defaultRadius: 0,
	radius: { xs: "0", sm: "0", md: "0", lg: "0", xl: "0" },
	shadows: { xs: "none", sm: "none", md: "none", lg: "none", xl: "none" },
	fontFamily: "var(--sans-font)",
	fontSizes: { xs: "0.8125rem", sm: "0.875rem", md: "0.9375rem", lg: "1.0625rem", xl: "1.25rem" },
	lineHeights: { xs: "1.4", sm: "1.45", md: "1.5", lg: "1.5", xl: "1.4" },
	headings: {
		fontFamily: "var(--head-font)",
		fontWeight: "600",
		sizes: {
			h1: { fontSize: "1.75rem", lineHeight: "1.15" },
			h2: { fontSize: "1.25rem", lineHeight: "1.2" },
			h3: { fontSize: "1.0625rem", lineHeight: "1.3" },
		},
	},
	cursorType: "pointer",
	respectReducedMotion: true,
	components: {
		// The edge of what can be typed into must be seen (3:1).
		Input: Input.extend({ vars: () => ({ wrapper: { "--input-bd": "var(--edge)" } as Record<string, string> }) }),
		Button: { defaultProps: { size: "sm", variant: "default" } },
		Modal: { defaultProps: { attributes: plainHeader, styles: dialog, centered: true, transitionProps: { duration: 100 }, overlayProps: { backgroundOpacity: 0.35 } } },
		Drawer: { defaultProps: { attributes: plainHeader, styles: dialog, transitionProps: { duration: 120 } } },
		Menu: { defaultProps: { transitionProps: { duration: 80 }, position: "bottom-start" } },
		Tooltip: { defaultProps: { openDelay: 400 } },
		TextInput: { defaultProps: { size: "sm" } },
		Select: { defaultProps: { size: "sm", withCheckIcon: false } },
		MultiSelect: { defaultProps: { size: "sm", withCheckIcon: false } },
	},
});

const inks = {
	"--mantine-color-body": "var(--paper)",
	"--mantine-color-text": "var(--ink)",
	"--mantine-color-bright": "var(--ink)",
	"--mantine-color-dimmed": "var(--muted)",
	"--mantine-color-placeholder": "var(--muted)",
	"--mantine-color-anchor": "var(--accent)",
	"--mantine-color-error": "var(--accent)",
	"--mantine-color-default": "var(--paper)",
	"--mantine-color-default-hover": "var(--tint)",
	"--mantine-color-default-color": "var(--ink)",
	"--mantine-color-default-border": "var(--edge)",
	"--mantine-color-disabled": "var(--tint)",
	"--mantine-color-disabled-color": "var(--muted)",
};

/** Lets Mantine's parts take our tokens, in both looks. */
export const cssVariables: CSSVariablesResolver = () => ({ variables: {}, light: inks, dark: inks });
