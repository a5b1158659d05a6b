// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

// Package media keeps the magazine's files. It owns where bytes lie (Blobs),
// what a file that somebody hands us truly is (Inspect) and the pictures that
// readers are served in place of the originals (Renditions). Credits, rights
// and where a picture is used are the business of stet and store, not of this
// package.
package media
