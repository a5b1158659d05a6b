// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

const words: Record<string, string> = {
	"article.submitted": "handed in",
	"article.returned": "given back",
	"article.approved": "approved",
	"article.scheduled": "scheduled",
	"article.unscheduled": "taken off the schedule",
	"article.published": "published",
	"article.updated": "updated",
	"article.corrected": "corrected",
	"article.withdrawn": "withdrawn",
	"article.trashed": "put into the trash",
	"article.restored": "taken out of the trash",
	test: "test message",
};

/** An event as people say it; one that is newer than this list by its name. */
export const eventWords = (event: string) => words[event] ?? event;
