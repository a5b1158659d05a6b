// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package main

import "stet/internal/prose"

type renderCmd struct{}

// Help explains the format.
func (renderCmd) Help() string {
	return `Reads JSON lines {"id": ..., "html": "..."} on standard input and writes {"id": ..., "out": "..."}:
what a reader's page would contain of the HTML once it has come in through the sanitising converter.`
}

func (renderCmd) Run(s streams) error { return prose.RenderNDJSON(s.in, s.out) }
