// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

// Package themes holds the files of the shipped theme: templates, style sheet,
// scripts, fonts and interface texts. Package theme reads them; nothing here runs.
package themes

import "embed"

// FS holds one folder, stet: the shipped theme.
//
//go:embed stet/templates/*.html stet/css stet/js stet/fonts/*.woff2 stet/lang/*.json
var FS embed.FS
