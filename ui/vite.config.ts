// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// The program that `npm run dev` talks to.
const program = process.env.STET ?? "http://localhost:8080";

export default defineConfig({
	base: "/desk/",
	plugins: [react()],
	build: {
		outDir: "../internal/desk/dist",
		// Emptying by hand (see clean in package.json) would lose .gitkeep, which
		// the Go side needs to compile before the app is built; public/ has it.
		emptyOutDir: true,
		assetsInlineLimit: 0, // the desk's policy knows no data: fonts
		modulePreload: { polyfill: false },
		target: "es2023",
		reportCompressedSize: true,
	},
	server: {
		proxy: {
			// Everything but the app itself is the program's: the API, pictures, the public site.
			"^/(?!desk/)": { target: program, changeOrigin: false },
		},
		fs: { allow: [".."] }, // the fonts are the theme's
	},
});
