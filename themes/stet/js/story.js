// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

// What a story gains from a script: a button that copies the link or hands it
// to the device, and footnotes beside the text where there is room.

for (const share of document.querySelectorAll("[data-share]")) {
	const list = share.querySelector("ul");
	const url = share.dataset.url || location.href;
	if (navigator.clipboard) {
		const copy = add(list, share.dataset.copy);
		copy.addEventListener("click", async () => {
			await navigator.clipboard.writeText(url).catch(() => {});
			copy.textContent = share.dataset.copied;
			setTimeout(() => { copy.textContent = share.dataset.copy; }, 2500);
		});
		copy.setAttribute("aria-live", "polite");
	}
	if (navigator.share) {
		add(list, share.dataset.device).addEventListener("click", () => {
			navigator.share({ title: share.dataset.title, url }).catch(() => {});
		});
	}
}

function add(list, text) {
	const item = document.createElement("li");
	const button = document.createElement("button");
	button.type = "button";
	button.textContent = text;
	item.append(button);
	list.prepend(item);
	return button;
}

for (const prose of document.querySelectorAll(".story-body > .prose")) {
	const refs = [...prose.querySelectorAll(".footnote-ref a[href^='#']")];
	// A note can stand beside a paragraph only; one in a table keeps all at the end.
	if (!refs.length || !refs.every((ref) => ref.closest(".prose > p"))) continue;
	for (const ref of refs) {
		const note = document.getElementById(ref.getAttribute("href").slice(1));
		if (!note) continue;
		const side = document.createElement("span");
		side.className = "sidenote";
		side.setAttribute("role", "note");
		side.tabIndex = -1;
		const number = document.createElement("b");
		number.textContent = ref.textContent + " ";
		side.append(number);
		for (const child of note.childNodes) {
			if (child.nodeType !== 1 || !child.matches(".footnote-back")) side.append(child.cloneNode(true));
		}
		ref.closest(".footnote-ref").after(side);
		ref.addEventListener("click", (e) => {
			if (!side.offsetParent) return; // hidden: the note at the end is meant
			e.preventDefault();
			side.focus({ preventScroll: true });
		});
	}
	prose.classList.add("has-sidenotes");
}
