// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

// Package intake brings archives of other systems into the magazine. It finds
// out what a source is, has the package of its format read it (wxr, feed) into
// the neutral things of package item, makes people, sections, topics, pictures
// and articles of them through the newsroom, keeps every old address working,
// and writes a report of what it did and what it could not do.
//
//	source -> spool -> wxr | feed -> item.Story -> workers: body, index words
//	       -> in order, by the hundred -> newsroom.Bring
//
// A second run over the same source changes nothing; a story that was changed
// at the desk since is left alone and reported. The formats know nothing of the
// newsroom, and intake nothing of the formats but how to open them: another
// format is another item.Source.
package intake
