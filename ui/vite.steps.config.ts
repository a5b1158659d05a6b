// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { defineConfig } from "vite";

// Builds the step machine that the server runs: one file, no browser in it,
// and no syntax that is younger than what goja knows.
export default defineConfig({
	publicDir: false,
	build: {
		outDir: "../internal/steps",
		emptyOutDir: false,
		target: "es2017",
		minify: true,
		lib: { entry: "src/prose/machine.ts", formats: ["iife"], name: "machine", fileName: () => "machine.js" },
	},
});
