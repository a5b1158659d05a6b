// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

// Package browsertest holds the journeys of readers through the demo magazine:
// the real program serves it, a real Chromium reads it.
//
// It owns no part of the product. What a page says is the business of the
// tests of packages site and theme; here stands what only a browser can tell:
// that the stream, the keyboard, Back, dark mode and print work, that every
// page passes axe, and that no page asks anybody else for anything.
package browsertest
