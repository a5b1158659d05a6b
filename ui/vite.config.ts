// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { readFileSync } from "node:fs";
import react from "@vitejs/plugin-react";
import { type Plugin, defineConfig } from "vite";

// The program that `npm run dev` talks to.
const program = process.env.STET ?? "http://localhost:8080";

/** Puts look/early.js into the head as a plain script that is run before the page is painted. */
function earlyLook(): Plugin {
	const file = "src/look/early.js";
	let built = "";
	return {
		name: "early-look",
		buildStart() {
			if (this.meta.watchMode) return;
			built = this.emitFile({ type: "asset", name: "early.js", source: readFileSync(file, "utf8") });
		},
		transformIndexHtml: {
			order: "post",
			handler(_, { bundle }) {
				const src = bundle ? `/desk/${this.getFileName(built)}` : `/desk/${file}`;
				return [{ tag: "script", attrs: { src }, injectTo: "head" }];
			},
		},
	};
}

export default defineConfig({
	base: "/desk/",
	plugins: [react(), earlyLook()],
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
