// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import { ownAsset } from "./files";
import { images } from "./images";
import { footnotes } from "./notes";
import { wordLists } from "./word";

/**
 * Makes of what Word, Google Docs or a web page put on the clipboard what their
 * writer meant: paragraphs, headings, lists, tables, links, emphasis, notes. The
 * schema drops all other markup by itself; here is what it cannot know.
 */
export function clean(html: string): string {
	if (html.includes("data-pm-slice")) return html; // our own
	// Word writes what older browsers should not see into such comments.
	const doc = new DOMParser().parseFromString(inert(html.replace(/<!--\[if[\s\S]*?<!\[endif\]-->/g, "")), "text/html");
	const { body } = doc;
	footnotes(body);
	wordLists(body);
	for (const e of body.querySelectorAll("script, style, noscript, meta, link, title, svg, nav, button, form, select, object, template, o\\:p, xml")) e.remove();
	dropComments(body);
	embeds(body);
	images(body);
	for (const e of body.querySelectorAll("img, picture, video, audio, canvas, iframe")) e.remove();
	emphasis(body);
	links(body);
	for (const e of body.querySelectorAll("p.MsoTitle, p[class^=MsoTitle]")) retag(e, "h2");
	for (const e of body.querySelectorAll("b[id^=docs-internal-guid]")) unwrap(e);
	// A break between blocks is only distance.
	for (const e of body.querySelectorAll("br")) if (e.matches(".Apple-interchange-newline") || e.previousElementSibling?.matches(blocks) || e.nextElementSibling?.matches(blocks)) e.remove();
	breaksToParagraphs(body);
	emptyBlocks(body);
	return body.innerHTML;
}

/**
 * The desk's policy lets no style attribute and no handler in, not even into a
 * document that is only read: they are set aside as data before it is.
 */
function inert(html: string): string {
	return html.replace(/<(style|script)[\s\S]*?<\/\1>/gi, "").replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/(\s)style(\s*=)/gi, "$1data-style$2").replace(/\son\w+\s*=/gi, " data-off="));
}

/** What a style that was set aside says of a property. */
export function styled(e: Element, property: string): string {
	return new RegExp(`(?:^|;)\\s*${property}\\s*:\\s*([^;]+)`, "i").exec(e.getAttribute("data-style") ?? "")?.[1]?.trim() ?? "";
}

const blocks = "p, h1, h2, h3, h4, h5, h6, ul, ol, table, blockquote, pre, hr, div";

function unwrap(e: Element) {
	e.replaceWith(...e.childNodes);
}

export function retag(e: Element, tag: string): Element {
	const next = e.ownerDocument.createElement(tag);
	next.append(...e.childNodes);
	e.replaceWith(next);
	return next;
}

function dropComments(root: HTMLElement) {
	const walk = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_COMMENT);
	const all: Node[] = [];
	while (walk.nextNode()) all.push(walk.currentNode);
	for (const c of all) c.parentNode?.removeChild(c);
}

/** A player that was embedded elsewhere is embedded here. */
function embeds(root: HTMLElement) {
	for (const f of root.querySelectorAll("iframe, audio, video")) {
		const src = f.getAttribute("src") ?? f.querySelector("source")?.getAttribute("src") ?? "";
		const own = f.matches("iframe") ? undefined : ownAsset(src);
		if (!own && !src.startsWith("http")) continue;
		const e = root.ownerDocument.createElement(own ? "figure" : "div");
		e.dataset.type = own ? "media" : "embed";
		if (own) e.dataset.asset = own;
		else e.dataset.url = src;
		if (own) e.append(root.ownerDocument.createElement("figcaption"));
		f.replaceWith(e);
	}
}

/** Editors that style spans: what is heavy, leaning, raised or struck says so by its tag. */
function emphasis(root: HTMLElement) {
	for (const e of root.querySelectorAll("b, i, strong, em")) {
		// Google Docs wraps everything in a <b> that is not bold.
		if (/^(normal|400)$/.test(styled(e, "font-weight")) || (e.matches("i, em") && styled(e, "font-style") === "normal")) unwrap(e);
	}
	for (const e of root.querySelectorAll<HTMLElement>("span[data-style]")) {
		const line = styled(e, "text-decoration") + styled(e, "text-decoration-line");
		if (/^(bold|bolder|[6-9]00)$/.test(styled(e, "font-weight"))) wrapIn(e, "strong");
		if (/^(italic|oblique)/.test(styled(e, "font-style"))) wrapIn(e, "em");
		if (styled(e, "vertical-align") === "super") wrapIn(e, "sup");
		if (styled(e, "vertical-align") === "sub") wrapIn(e, "sub");
		if (line.includes("line-through")) wrapIn(e, "s");
		if (line.includes("underline") && !e.closest("a") && !e.querySelector("a")) wrapIn(e, "u");
	}
	// Headings are heavy by themselves; bold in them is how they look elsewhere.
	for (const e of root.querySelectorAll("h1, h2, h3, h4, h5, h6")) for (const b of e.querySelectorAll("b, strong")) unwrap(b);
}

function wrapIn(e: HTMLElement, tag: string) {
	const wrap = e.ownerDocument.createElement(tag);
	wrap.append(...e.childNodes);
	e.append(wrap);
}

/** Links lead where they lead, without the detour and without who sent whom. */
function links(root: HTMLElement) {
	for (const a of root.querySelectorAll<HTMLAnchorElement>("a")) {
		const href = a.getAttribute("href") ?? "";
		if (!href || href.startsWith("#") || /^(javascript|data|file):/i.test(href)) unwrap(a);
		else a.setAttribute("href", straight(href));
	}
}

export function straight(href: string): string {
	try {
		const url = new URL(href);
		if (/(^|\.)google\.[a-z.]+$/.test(url.hostname) && url.pathname === "/url") return straight(url.searchParams.get("q") ?? url.searchParams.get("url") ?? href);
		for (const name of Array.from(url.searchParams.keys())) if (/^(utm_\w+|fbclid|gclid|mc_cid|mc_eid)$/.test(name)) url.searchParams.delete(name);
		return url.toString();
	} catch {
		return href; // a path
	}
}

/** Two breaks in a row were meant as a paragraph. */
function breaksToParagraphs(root: HTMLElement) {
	for (const br of root.querySelectorAll("p > br + br")) {
		const p = br.parentElement;
		if (!p || !br.parentNode) continue;
		const rest = p.cloneNode(false) as Element;
		while (br.nextSibling) rest.append(br.nextSibling);
		br.previousSibling?.remove();
		br.remove();
		p.after(rest);
	}
}

const space = /^[\s\u00a0\u200b]*$/;

function emptyBlocks(root: HTMLElement) {
	for (const e of [...root.querySelectorAll("p, h1, h2, h3, h4, h5, h6, li, div, blockquote")].toReversed()) {
		if (space.test(e.textContent ?? "") && !e.querySelector("table, hr, [data-type]") && !e.matches("[data-type]") && !e.closest("td, th")) e.remove();
	}
}
