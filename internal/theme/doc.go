// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

// Package theme turns typed views into the pages that readers see.
//
// It owns the views (what a page may show), the templates and their checking
// against those views, the interface texts and dates of the magazine's
// language, the owner's tokens (colours, fonts, mark) and the static files of
// the theme with their content-hashed addresses. It knows nothing of the
// database, of requests or of caching: package site fills the views and
// decides what is sent.
//
// A theme is the shipped one (package themes) with an owner's folder laid over
// it, file by file. Everything that can be wrong with such a folder is found
// by [New] and told with file, line and cause; a theme that was made renders.
package theme
