// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

import type { CorrectionKind, CorrectionResult } from "../api/nouns";

export const kindWords: Record<CorrectionKind, string> = { correction: "Correction", clarification: "Clarification", update: "Update", retraction: "Retraction" };

export const kinds = (Object.keys(kindWords) as CorrectionKind[]).map((value) => ({ value, label: kindWords[value] }));

export const kindHints: Record<CorrectionKind, string> = {
	correction: "Something was wrong.",
	clarification: "Nothing was wrong, but it could be misread.",
	update: "Something has happened since.",
	retraction: "The story as a whole does not stand. Its address and this note stay for good.",
};

/** What a correction does to the working copy, for whoever is about to publish it. */
export const copyWords: Record<CorrectionResult["copy"], string> = {
	same: "The working copy is what readers see, and stays so.",
	merged: "Other changes of the working copy wait as they are. The passage is mended in it too.",
	already: "The working copy says so already. Its other changes wait as they are.",
	other: "The working copy says something else at this place and is left as it is. Look at it before the next update, or that brings its words back.",
};
