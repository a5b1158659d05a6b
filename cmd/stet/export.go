// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"stet"
	"stet/internal/config"
	"stet/internal/export"
)

type exportCmd struct {
	Markdown exportMarkdownCmd `cmd:"" help:"Every published story as Markdown with front matter, with the originals of its pictures."`
	Readers  exportReadersCmd  `cmd:"" help:"Everybody who signed up for the newsletter, as CSV."`
}

type exportMarkdownCmd struct {
	Dir string `arg:"" help:"Folder to write to; it must be empty or not there yet."`
}

func (c *exportMarkdownCmd) Run(ctx context.Context, s *config.Settings, io streams) error {
	return withHouse(ctx, s, io, func(h *house) error {
		sum, err := export.Markdown(ctx, export.Options{Store: h.store, Blobs: h.blobs, Dir: c.Dir, URL: s.URL})
		if err != nil {
			return err
		}
		return json.NewEncoder(io.out).Encode(sum)
	})
}

type exportReadersCmd struct {
	File string `arg:"" optional:"" default:"-" help:"CSV file; - is standard output."`
}

func (c *exportReadersCmd) Run(ctx context.Context, s *config.Settings, std streams) error {
	return withHouse(ctx, s, std, func(h *house) (err error) {
		var w io.Writer = std.out
		if c.File != "-" {
			// Addresses of readers are nobody else's business.
			f, err := os.OpenFile(c.File, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
			if err != nil {
				return stet.Errorf(stet.Invalid, "%v", err)
			}
			defer f.Close()
			w = f
		}
		n, err := export.Readers(ctx, h.store, w)
		if err == nil {
			fmt.Fprintf(std.err, "%d readers\n", n)
		}
		return err
	})
}
