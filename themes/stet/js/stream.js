// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

// The stream: next stories below the one being read. The server writes them;
// this script fetches and places them, lets them open and close, keeps the
// address and title of the story in view, and brings readers back to where
// they were. Without it the next stories stand there as links.

const stream = document.querySelector(".stream[data-src]");
const first = document.querySelector("article.story[data-id]");

// As many loads come by themselves; then the reader asks, and the footer can be reached.
const automatic = 3;
const stillness = matchMedia("(prefers-reduced-motion: reduce)");

if (stream && first) start();

function start() {
	const text = stream.dataset;
	const entry = location.pathname + location.search;
	const magazine = document.title.replace(first.dataset.title, "");
	const saved = restorable();
	let next = text.src;
	let loads = 0;
	let busy = null;
	let inView = first;

	const status = element("p", "stream-status");
	status.setAttribute("role", "status");
	const more = element("p", "stream-more");
	const button = element("button");
	button.type = "button";
	button.textContent = text.more;
	more.append(button);
	stream.append(status, more);
	first.dataset.url = entry;

	// --- fetching ---------------------------------------------------------

	const shown = () => [...document.querySelectorAll("article.story[data-id]")];

	async function fetchMore() {
		const url = new URL(next, location.href);
		url.searchParams.set("seen", shown().map((s) => s.dataset.id).join(","));
		const answer = await fetch(url, { headers: { Accept: "text/html" } });
		if (!answer.ok) throw new Error(`the stream answered ${answer.status}`);
		const page = new DOMParser().parseFromString(await answer.text(), "text/html");
		const known = new Set(shown().map((s) => s.dataset.id));
		const stories = [...page.querySelectorAll("article.stream-story")].filter((s) => !known.has(s.dataset.id));
		const on = page.querySelector(".stream-more a");
		next = on && stories.length ? on.getAttribute("href") : null;
		for (const story of stories) {
			status.before(story);
			dress(story);
			track.observe(story);
		}
		if (stories.length) stream.classList.add("is-live");
		return stories;
	}

	// load runs once at a time and returns the stories that came.
	function load() {
		if (busy) return busy;
		status.textContent = text.loading;
		button.disabled = true;
		busy = fetchMore().then(
			(stories) => {
				button.textContent = text.more;
				return stories;
			},
			() => {
				button.textContent = text.failed;
				loads = automatic;
				return [];
			},
		).finally(() => {
			status.textContent = "";
			button.disabled = false;
			busy = null;
			settle();
		});
		return busy;
	}

	// settle shows the button when the reader has to ask, and watches the end when not.
	function settle() {
		const asks = loads >= automatic || stillness.matches || saving();
		more.hidden = !next || !asks;
		near.unobserve(status);
		if (next && !asks) near.observe(status);
	}

	const near = new IntersectionObserver((entries) => {
		if (!entries.some((e) => e.isIntersecting) || busy) return;
		loads++;
		load();
	}, { rootMargin: "0px 0px 1400px" });

	button.addEventListener("click", async () => {
		const stories = await load();
		stories[0]?.querySelector(".headline")?.focus({ preventScroll: true });
		stories[0]?.scrollIntoView({ behavior: stillness.matches ? "auto" : "smooth" });
	});

	// --- opening and closing ----------------------------------------------

	function dress(story) {
		const rest = story.querySelector(".rest");
		const link = story.querySelector(".keep-reading a");
		if (!rest || !link) return;
		const toggle = element("button");
		toggle.type = "button";
		toggle.textContent = text.reading;
		toggle.setAttribute("aria-expanded", "false");
		toggle.setAttribute("aria-controls", rest.id);
		// Which story it opens is said to those who cannot see what stands above.
		toggle.setAttribute("aria-describedby", story.getAttribute("aria-labelledby"));
		link.replaceWith(toggle);
		rest.tabIndex = -1;
		toggle.addEventListener("click", () => {
			const opens = rest.hidden;
			const before = toggle.getBoundingClientRect().top;
			open(story, opens);
			if (opens) rest.focus({ preventScroll: true });
			// The button stays under the finger when the text above it goes.
			else scrollBy(0, toggle.getBoundingClientRect().top - before);
		});
	}

	function open(story, opens) {
		const rest = story.querySelector(".rest");
		const toggle = story.querySelector(".keep-reading button");
		if (!rest || !toggle) return;
		rest.hidden = !opens;
		toggle.setAttribute("aria-expanded", String(opens));
		toggle.textContent = opens ? text.less : text.reading;
	}

	// --- address and title ------------------------------------------------

	const track = new IntersectionObserver((entries) => {
		for (const e of entries) if (e.isIntersecting) look(e.target);
	}, { rootMargin: "-40% 0px -60%" });

	function look(story) {
		inView = story;
		document.title = story.dataset.title + magazine;
		address(story.dataset.url);
	}

	function address(url) {
		const to = new URL(url, location.href);
		if (to.origin === location.origin) history.replaceState(history.state, "", to.pathname + to.search);
	}

	// --- coming back ------------------------------------------------------
	// Most browsers keep the page as it was. For the others, and for long
	// absences, what was open is written down; the entry of the history is given
	// back the address that it was entered with, so that Back brings this page.

	function remember() {
		if (!stream.classList.contains("is-live")) return;
		const place = {
			entry,
			ids: shown().map((s) => s.dataset.id),
			open: shown().filter((s) => s.querySelector(".rest:not([hidden])")).map((s) => s.dataset.id),
			at: inView.dataset.id,
			offset: Math.round(text0(inView).getBoundingClientRect().top),
			loads,
		};
		try {
			sessionStorage.setItem("stet.stream", JSON.stringify(place));
		} catch {
			return; // a full or forbidden store only costs the convenience
		}
		history.replaceState({ ...history.state, stream: entry }, "", entry);
	}

	// text0 is where a story's text begins: unlike the head above it, the text
	// is laid out alike in the stream and on the story's own page.
	const text0 = (story) => story.querySelector(".story-body") ?? story;

	async function restore(place) {
		history.scrollRestoration = "manual";
		const whole = place.entry === entry;
		for (let i = 0; whole && next && i < 30; i++) {
			const here = new Set(shown().map((s) => s.dataset.id));
			if (place.ids.every((id) => here.has(id))) break;
			if (!(await load()).length) break;
		}
		for (const story of shown()) if (place.open.includes(story.dataset.id)) open(story, true);
		// The browser would otherwise have the last word, with a height in pixels.
		if (document.readyState !== "complete") await new Promise((loaded) => addEventListener("load", loaded, { once: true }));
		await new Promise(requestAnimationFrame);
		const at = shown().find((s) => s.dataset.id === place.at);
		if (at) scrollTo(0, text0(at).getBoundingClientRect().top + scrollY - place.offset);
		if (whole) loads = place.loads;
		history.scrollRestoration = "auto";
		settle();
	}

	function restorable() {
		try {
			const place = JSON.parse(sessionStorage.getItem("stet.stream"));
			const how = performance.getEntriesByType("navigation")[0]?.type;
			// A reload asks for the address of the story in view: it is the page now.
			if (how === "reload" && place?.at === first.dataset.id) return place;
			if (how !== "back_forward" && how !== "reload") return null;
			return place?.entry === entry && history.state?.stream === entry ? place : null;
		} catch {
			return null;
		}
	}

	addEventListener("click", (e) => {
		const link = e.target.closest?.("a[href]");
		if (!link || e.button || e.metaKey || e.ctrlKey || e.shiftKey || e.altKey || link.target) return;
		if (!link.getAttribute("href").startsWith("#")) remember();
	}, true);
	addEventListener("submit", remember, true);
	addEventListener("pagehide", remember);
	addEventListener("pageshow", (e) => { if (e.persisted) look(inView); });

	track.observe(first);
	if (saved) restore(saved);
	else settle();
}

// saving says that the reader pays for every byte.
function saving() {
	const line = navigator.connection;
	return Boolean(line && (line.saveData || /(^|-)2g$/.test(line.effectiveType || "")));
}

function element(name, className) {
	const e = document.createElement(name);
	if (className) e.className = className;
	return e;
}
