// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"stet"
	"stet/internal/config"
	"stet/internal/newsroom"
)

type settingsCmd struct {
	Get settingsGetCmd `cmd:"" help:"Print a setting as JSON, or all of them."`
	Set settingsSetCmd `cmd:"" help:"Change a setting: magazine (name, language, navigation ...), front (the blocks of the front page), rules (what the roles may), corrections (what becomes of retracted texts) or checklist (what is looked at before publishing)."`
}

type settingsGetCmd struct {
	Name string `arg:"" optional:"" help:"magazine, front, rules, corrections, checklist, mail ...; all settings when left out."`
}

func (c *settingsGetCmd) Run(ctx context.Context, s *config.Settings, io streams) error {
	return withHouse(ctx, s, io, func(h *house) error {
		all, err := h.store.Settings(ctx)
		if err != nil {
			return err
		}
		// The front page has a history and so a table of its own.
		front, err := h.store.Front(ctx, stet.HomeFront)
		switch {
		case err == nil:
			if all["front"], err = json.Marshal(front.Front); err != nil {
				return err
			}
		case stet.ErrorCode(err) != stet.NotFound:
			return err
		}
		// A magazine has a checklist before it has made one. It is printed complete,
		// to be changed and set again.
		list, err := h.room.Checklist(ctx)
		if err != nil {
			return err
		}
		if all["checklist"], err = json.Marshal(list); err != nil {
			return err
		}
		var v any = all
		if c.Name != "" {
			one, ok := all[c.Name]
			if !ok {
				return stet.Errorf(stet.NotFound, "the setting %q has not been made", c.Name)
			}
			v = one
		}
		enc := json.NewEncoder(io.out)
		enc.SetIndent("", "  ")
		enc.SetEscapeHTML(false)
		return enc.Encode(v)
	})
}

type settingsSetCmd struct {
	Name string `arg:"" help:"magazine, front, rules, corrections or checklist."`
	File string `arg:"" optional:"" default:"-" help:"JSON file; - is standard input."`
}

func (c *settingsSetCmd) Run(ctx context.Context, s *config.Settings, std streams) error {
	data, err := readAll(c.File, std.in)
	if err != nil {
		return err
	}
	return withHouse(ctx, s, std, func(h *house) error {
		switch c.Name {
		case "magazine":
			var m stet.Magazine
			if err := strict(data, &m); err != nil {
				return err
			}
			err = h.room.SetMagazine(ctx, stet.Operator, m)
		case "front":
			var f stet.Front
			if err := strict(data, &f); err != nil {
				return err
			}
			err = h.room.SetFront(ctx, stet.Operator, f)
		case "rules":
			var rules newsroom.Rules
			if err := strict(data, &rules); err != nil {
				return err
			}
			err = h.room.SetRules(ctx, stet.Operator, rules)
		case "corrections":
			var rules newsroom.CorrectionRules
			if err := strict(data, &rules); err != nil {
				return err
			}
			err = h.room.SetCorrectionRules(ctx, stet.Operator, rules)
		case "checklist":
			var list stet.Checklist
			if err := strict(data, &list); err != nil {
				return err
			}
			err = h.room.SetChecklist(ctx, stet.Operator, list)
		default:
			return stet.Errorf(stet.Invalid, "there is no setting %q; magazine, front, rules, corrections and checklist can be set", c.Name)
		}
		if err == nil {
			fmt.Fprintf(std.err, "The setting %s is changed.\n", c.Name)
		}
		return err
	})
}

func readAll(file string, in io.Reader) ([]byte, error) {
	if file == "-" {
		return io.ReadAll(in)
	}
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, stet.Errorf(stet.Invalid, "%v", err)
	}
	return b, nil
}

// strict reads JSON and refuses fields that we do not know: a misspelt one
// must not be passed over in silence. Errors name the line.
func strict(data []byte, dst any) error {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(dst); err != nil {
		at := dec.InputOffset()
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			at = syntax.Offset
		}
		line := 1 + bytes.Count(data[:min(int(at), len(data))], []byte("\n"))
		return stet.Errorf(stet.Invalid, "line %d: %v", line, err)
	}
	if _, err := dec.Token(); err != io.EOF {
		return stet.Errorf(stet.Invalid, "there is something after the end of the JSON")
	}
	return nil
}
