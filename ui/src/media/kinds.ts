// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import type { AssetKind, AssetRow } from "../api/nouns";

/** The kinds in the words of the desk. */
export const kindWords: Record<AssetKind, string> = { image: "Picture", audio: "Sound", video: "Video", document: "Document" };

export const kindChoices = [
	{ value: "image", label: "Pictures" },
	{ value: "audio", label: "Sound" },
	{ value: "video", label: "Video" },
	{ value: "document", label: "Documents" },
];

const types: Record<AssetKind, string> = {
	image: "image/jpeg,image/png,image/gif,image/webp",
	audio: "audio/mpeg,audio/mp4,audio/ogg,audio/flac,audio/wav,audio/aac,.mp3,.m4a,.ogg",
	video: "video/mp4,video/webm,video/quicktime",
	document: "application/pdf",
};

/** What a file dialog offers; the program looks at the content all the same. */
export const accepts = (kinds: AssetKind[] = ["image", "audio", "video", "document"]) => kinds.map((k) => types[k]).join(",");

/** "4.2 MB" */
export function bytes(n: number): string {
	if (n >= 1 << 30) return `${(n / (1 << 30)).toFixed(1)} GB`;
	if (n >= 1 << 20) return `${(n / (1 << 20)).toFixed(1)} MB`;
	return `${Math.max(1, Math.round(n / 1024))} kB`;
}

const two = (n: number) => String(n).padStart(2, "0");

/** "4:05", "1:02:03" */
export function length(seconds: number): string {
	const s = Math.max(1, Math.round(seconds));
	const [h, m] = [Math.floor(s / 3600), Math.floor(s / 60) % 60];
	return h > 0 ? `${h}:${two(m)}:${two(s % 60)}` : `${m}:${two(s % 60)}`;
}

/** How an asset is called in a list: by what it shows, else by its file. */
export const nameOf = (a: AssetRow) => a.alt || a.caption || a.filename || kindWords[a.kind];
