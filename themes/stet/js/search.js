// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

// Suggestions below a search field: the server writes them, this script makes
// the field a combobox with a list (arrow keys, Enter, Escape).

let count = 0;
for (const input of document.querySelectorAll("input[data-suggest]")) combobox(input);

function combobox(input) {
	const id = `suggestions-${++count}`;
	const box = document.createElement("div");
	box.className = "combo";
	input.before(box);
	box.append(input);
	for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id })) {
		input.setAttribute(name, value);
	}
	const label = input.dataset.count;
	let list = null;
	let options = [];
	let chosen = -1;
	let timer = 0;
	let asking = null;

	const close = () => {
		clearTimeout(timer);
		asking?.abort();
		list?.remove();
		list = null;
		options = [];
		choose(-1);
		input.setAttribute("aria-expanded", "false");
	};

	const choose = (i) => {
		chosen = i;
		options.forEach((o, k) => o.setAttribute("aria-selected", String(k === i)));
		if (i < 0) input.removeAttribute("aria-activedescendant");
		else {
			input.setAttribute("aria-activedescendant", options[i].id);
			options[i].scrollIntoView({ block: "nearest" });
		}
	};

	const show = (found) => {
		close();
		if (!found) return;
		list = found;
		list.id = id;
		list.setAttribute("role", "listbox");
		list.setAttribute("aria-label", label);
		options = [...list.querySelectorAll("a")];
		options.forEach((o, i) => {
			o.parentElement.setAttribute("role", "presentation");
			o.setAttribute("role", "option");
			o.id = `${id}-${i}`;
			o.tabIndex = -1;
		});
		box.append(list);
		choose(-1);
		input.setAttribute("aria-expanded", "true");
	};

	const ask = async () => {
		const q = input.value.trim();
		if (q.length < 2) return close();
		asking?.abort();
		asking = new AbortController();
		try {
			const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(q)}`, { signal: asking.signal });
			if (!answer.ok) return close();
			const page = new DOMParser().parseFromString(await answer.text(), "text/html");
			if (document.activeElement === input) show(page.querySelector("ul.suggestions"));
		} catch {
			// A newer question took over, or the net is away: the form still works.
		}
	};

	input.addEventListener("input", () => {
		clearTimeout(timer);
		timer = setTimeout(ask, 160);
	});
	input.addEventListener("keydown", (e) => {
		if (e.key === "Escape" && list) {
			e.preventDefault();
			close();
		} else if (e.key === "ArrowDown" || e.key === "ArrowUp") {
			if (!list) return ask();
			e.preventDefault();
			const step = e.key === "ArrowDown" ? 1 : -1;
			// One place more than there are options: the field itself.
			choose(((chosen + 1 + step + options.length + 1) % (options.length + 1)) - 1);
		} else if (e.key === "Enter" && chosen >= 0) {
			e.preventDefault();
			options[chosen].click();
		}
	});
	// Leaving the field closes the list, but not before a press on it was heard.
	input.addEventListener("blur", () => setTimeout(() => { if (!box.contains(document.activeElement)) close(); }, 150));
}
