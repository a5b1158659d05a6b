// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

// Runs before anything is painted, so that nobody who has chosen the dark look
// is shown a light page first. The policy allows no inline script, and a module
// comes too late: vite.config.ts puts this file into the page as it is.
(() => {
	let chosen = null;
	try {
		chosen = localStorage.getItem("mantine-color-scheme-value");
	} catch {
		// Storage is blocked: the system's look it is.
	}
	const dark = chosen === "dark" || (chosen !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
	document.documentElement.dataset.mantineColorScheme = dark ? "dark" : "light";
})();
