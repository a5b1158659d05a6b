// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package stet

// Event tells, after the commit, which things changed. Caches drop what shows
// them; later feeds are pinged and readers told. What must not be lost is a
// job in the same transaction and no event.
type Event struct {
	Tags []string `json:"tags"`
}

// Tags name what a page shows. TagAll drops everything.
const TagAll = "*"
