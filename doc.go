// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

// Package stet is the domain of Stet, the publishing system for magazines of
// record: the nouns that a newsroom uses (article, version, person, section,
// asset ...), their rules, and the errors that every other package speaks.
//
// It imports the standard library alone. The house around it is described in
// docs/explanation/architecture.md; which package may import which is enforced
// by deps_test.go.
//
//	read : request -> site -> store -> theme -> response, kept in the page cache
//	write: request -> desk -> newsroom -> store.Tx (+ jobs) -> event -> cache dropped
package stet
