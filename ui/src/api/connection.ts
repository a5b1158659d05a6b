// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { onlineManager } from "@tanstack/react-query";
import { value } from "./value";

// The browser knows only whether there is some network; whether the magazine's
// server is reached, only a request can tell. So a request that gets no answer
// means "offline", and until one is answered we knock every few seconds.
const knockEvery = 4000;

const online = value(navigator.onLine);
let knocking: number | undefined;

async function knock() {
	try {
		await fetch("/api/session", { method: "GET", cache: "no-store" });
		isUp();
	} catch {
		knocking = window.setTimeout(knock, knockEvery);
	}
}

function isUp() {
	window.clearTimeout(knocking);
	knocking = undefined;
	online.set(true);
	onlineManager.setOnline(true);
}

function isDown() {
	online.set(false);
	// Pauses queries, and asks again for what is on screen once we are back.
	onlineManager.setOnline(false);
	knocking ??= window.setTimeout(knock, knockEvery);
}

window.addEventListener("offline", isDown);
window.addEventListener("online", () => void knock());

/** Whether the magazine's server is reached. */
export const connection = { isUp, isDown, useOnline: online.use };
