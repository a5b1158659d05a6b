// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

// Package prose owns the body of an article: its format (ProseMirror JSON), the schema that
// decides what a body may hold, the sanitising ways in (HTML, Markdown) and the ways out
// (reader's page, feed, mail, plain text, Markdown).
//
// A [Doc] is immutable: [Parse], [New], [FromHTML] and [FromMarkdown] make one, and every change
// makes another. [Doc.JSON] is canonical, so two equal bodies have equal bytes and can be hashed.
//
// What keeps readers safe is one rule: no renderer ever copies markup. All output is written from
// the tree, every text escaped, every address judged again by [safeURL]; a raw HTML block is only
// ever pointed at, in a sandboxed frame whose document [RawDocument] makes.
//
// The package does not store anything, fetch anything, know what an article is, or decide which
// picture file is served: [Env] and [Options] are told by the caller.
//
// # Notes for the editor
//
// Node and mark names are TipTap's own where TipTap has them. Three things differ from its
// defaults and must be configured there: the code mark goes together with other marks
// (excludes: ""), a footnote is an inline node whose content is (text | hardBreak)*, and an image
// is a block whose content, inline*, is its caption.
package prose
