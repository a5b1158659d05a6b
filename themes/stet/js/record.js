// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

// The card of a quotation, opened beside its words. Without this script, and in
// browsers without popovers, the words lead to the same card below the text.

const cards = document.querySelector(".story-record");
if (cards && "popover" in HTMLElement.prototype) {
	const card = document.createElement("div");
	card.className = "said-card";
	card.popover = "auto"; // Escape and a touch elsewhere close it
	card.tabIndex = -1;
	document.body.append(card);
	let opener = null;
	for (const link of document.querySelectorAll("a:is(.said, .said-sign)[href^='#said-']")) {
		const item = document.getElementById(link.getAttribute("href").slice(1));
		if (!item) continue;
		link.setAttribute("aria-haspopup", "dialog");
		link.addEventListener("click", (e) => {
			if (e.metaKey || e.ctrlKey || e.shiftKey) return;
			e.preventDefault();
			opener = link;
			card.replaceChildren(...[...item.childNodes].map((n) => n.cloneNode(true)));
			card.querySelector(".said-back")?.remove();
			const close = document.createElement("button");
			close.type = "button";
			close.textContent = cards.dataset.close;
			close.addEventListener("click", () => card.hidePopover());
			card.append(close);
			card.setAttribute("role", "dialog");
			card.setAttribute("aria-label", item.querySelector(".said-speaker").textContent);
			card.showPopover();
			place(link, e);
			card.focus({ preventScroll: true });
		});
	}
	card.addEventListener("toggle", (e) => {
		if (e.newState !== "closed") return;
		if (card.contains(document.activeElement) || document.activeElement === document.body) opener?.focus({ preventScroll: true });
	});

	// place puts the card into the margin where it has room, else below the line
	// that was touched; on a phone the style sheet has it at the foot of the screen.
	function place(link, e) {
		const lines = [...link.getClientRects()];
		const line = lines.find((r) => e.clientY >= r.top && e.clientY <= r.bottom) ?? lines[0];
		const text = link.closest(".prose").getBoundingClientRect();
		const room = document.documentElement.clientWidth;
		const width = card.offsetWidth;
		const rtl = getComputedStyle(link).direction === "rtl";
		const beside = rtl ? text.left - width - 24 : text.right + 24;
		const fits = rtl ? beside > 8 : beside + width < room - 8;
		const left = fits ? beside : Math.min(Math.max(8, line.left), room - width - 8);
		card.style.setProperty("--x", `${Math.round(left)}px`);
		card.style.setProperty("--y", `${Math.round((fits ? line.top - 16 : line.bottom + 8) + scrollY)}px`);
	}
}
