// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"stet"
	"stet/internal/config"
	"stet/internal/newsroom"
	"stet/internal/verify"
	"stet/internal/web"
)

type verifyCmd struct {
	What   string `arg:"" help:"Address of a story, a statement or a ledger (https://…), or a data folder."`
	Key    string `help:"The public key that the magazine is known by." placeholder:"NAME+HASH+KEY"`
	Head   string `help:"File with an earlier signed head: the ledger must have grown from it." placeholder:"FILE" type:"existingfile"`
	Memory string `help:"File that remembers keys and heads of ledgers. Default: stet/ledgers.json in the user's settings." placeholder:"FILE"`
	Forget bool   `help:"Neither use nor keep what is remembered."`
}

func (c *verifyCmd) Run(ctx context.Context, s *config.Settings, std streams) error {
	say := func(what string) { fmt.Fprintf(std.out, "✓ %s\n", what) }
	if !strings.Contains(c.What, "://") {
		return c.data(ctx, s, std)
	}
	o := verify.Options{Key: c.Key, Say: say}
	// Whoever runs this names the address; it may be on their own network.
	client := web.NewClient(web.ClientOptions{Version: release, AllowPrivate: true, MaxBytes: 16 << 20, Timeout: 30 * time.Second, PerSecond: 50})
	defer client.Close()
	o.Client = client
	if c.Head != "" {
		b, err := os.ReadFile(c.Head)
		if err != nil {
			return stet.Errorf(stet.Invalid, "%v", err)
		}
		o.Head = b
	}
	if !c.Forget {
		path, err := c.memory()
		if err != nil {
			return err
		}
		if o.Memory, err = verify.OpenMemory(path); err != nil {
			return stet.Errorf(stet.Invalid, "%v", err)
		}
	}
	err := verify.URL(ctx, c.What, o)
	var failed *verify.Failure
	if errors.As(err, &failed) {
		return stet.Errorf(stet.Conflict, "%s", failed.What)
	}
	if err == nil {
		fmt.Fprintln(std.out, "Verified.")
	}
	return err
}

func (c *verifyCmd) memory() (string, error) {
	if c.Memory != "" {
		return c.Memory, nil
	}
	dir, err := os.UserConfigDir()
	if err != nil {
		return "", stet.Errorf(stet.Invalid, "say with --memory where to remember ledgers, or use --forget: %v", err)
	}
	return filepath.Join(dir, "stet", "ledgers.json"), nil
}

// data reads the whole log of a data folder, or of the database that --database
// names, and holds everything that it stands for against it.
func (c *verifyCmd) data(ctx context.Context, s *config.Settings, std streams) error {
	if _, err := os.Stat(filepath.Join(c.What, "stet.db")); err != nil && s.Database == "" {
		return stet.Errorf(stet.Invalid, "%s is neither an address nor a data folder", c.What)
	}
	at := *s
	at.Data = c.What
	return withHouse(ctx, &at, std, func(h *house) error {
		wrong := 0
		report := func(f newsroom.Finding) {
			wrong++
			fmt.Fprintf(std.out, "✗ %s\n", f.What)
		}
		if err := examineKeeper(ctx, h, report); err != nil {
			return err
		}
		n, err := h.room.ExamineLedger(ctx, report)
		if err != nil {
			return err
		}
		if wrong > 0 {
			return stet.Errorf(stet.Conflict, "%d things are not as the ledger says", wrong)
		}
		fmt.Fprintf(std.out, "✓ All %d leaves of the ledger stand for what is in the database.\nVerified.\n", n)
		return nil
	})
}
