// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

// Package record finds in a text who said what, when, to whom and from which
// source: quotations, direct, mixed and indirect, each with its cue, speaker,
// role, date, addressee, venue, link, a measure of confidence and one line that
// says why.
//
// It is a function of a text. It needs no network and no model that has to be
// fetched: what it knows of a language are word lists and a small table of
// weights for telling nouns from verbs, one folder a language below lang/,
// embedded. It knows neither bodies nor the database; whoever has a body makes
// a [Document] of its blocks.
//
// A [Finder] finds. [NewAnchor] and [Anchor.In] hold on to a quotation while its
// text is edited. [Same] and [Index] see that two stories quote one utterance.
// [Conflicts] proposes which statements an editor may want to set side by side.
// Nothing here decides anything: all of it are proposals to an editor.
//
// All offsets are Unicode code points, half-open. The method, its measured
// figures and its limits stand in docs/explanation/finding-quotations.md.
package record
