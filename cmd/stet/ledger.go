// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"stet"
	"stet/internal/config"
	"stet/internal/ledger"
	"stet/internal/newsroom"
)

// openLedger opens the log's key, and makes it on the first start. The log is
// named after the address that the magazine has then.
func (h *house) openLedger(ctx context.Context, base string) (err error) {
	u, err := url.Parse(base)
	if err != nil {
		return stet.Errorf(stet.Invalid, "%q is no address", base)
	}
	h.keeper, err = newsroom.OpenKeeper(ctx, h.room, h.settings.Data, u.Host+strings.TrimSuffix(u.Path, "/")+"/ledger")
	if err != nil {
		return fmt.Errorf("open the ledger: %w", err)
	}
	if fault := h.keeper.Fault(); fault != nil {
		h.log.Error("the ledger's heads are not signed here", "reason", stet.ErrorMessage(fault))
	}
	return nil
}

// signedWithin is how long leaves may wait for others, so that an import does
// not have a head signed for each story.
const signedWithin = 200 * time.Millisecond

// keepLedger signs a new head whenever the log has grown, until ctx ends. What
// was not signed before the last stop is signed first.
func (h *house) keepLedger(ctx context.Context) {
	grown := make(chan struct{}, 1)
	grown <- struct{}{}
	h.store.OnEvent(func(e stet.Event) {
		if slices.Contains(e.Tags, newsroom.TagLedger) || slices.Contains(e.Tags, stet.TagAll) {
			select {
			case grown <- struct{}{}:
			default:
			}
		}
	})
	if err := h.room.CatchUpLedger(ctx); err != nil && ctx.Err() == nil {
		h.log.Error("the ledger could not catch up", "error", err)
	}
	last := ""
	for {
		select {
		case <-ctx.Done():
			return
		case <-grown:
		}
		err := h.keeper.Sign(ctx)
		if err != nil && ctx.Err() == nil && err.Error() != last {
			last = err.Error() // once is enough: it stays until somebody sees to it
			h.log.Error("the ledger's head is not signed", "error", err, "remedy", forkRemedy(err))
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(signedWithin):
		}
	}
}

func forkRemedy(err error) string {
	var fork *newsroom.Fork
	if errors.As(err, &fork) {
		return `bring back the newer database, or go on in the open with: stet ledger restart --reason "…"`
	}
	return "see stet doctor"
}

// examineKeeper looks whether heads can be signed here.
func examineKeeper(ctx context.Context, h *house, report func(newsroom.Finding)) error {
	k, err := h.keeperThere(ctx)
	if err != nil || k == nil {
		return err // the first start makes a key
	}
	err = k.Check(ctx)
	var fork *newsroom.Fork
	switch {
	case errors.As(err, &fork):
		report(newsroom.Finding{What: "The ledger was forked: " + err.Error() + ".", Remedy: `Bring back the newer database; or, if it is lost, go on in the open: stet ledger restart --reason "…"`})
	case stet.ErrorCode(err) == stet.Conflict:
		report(newsroom.Finding{What: "Heads of the ledger are not signed: " + stet.ErrorMessage(err), Remedy: "Bring ledger.key back from a backup of the data folder."})
	case err != nil:
		return err
	}
	return nil
}

type ledgerCmd struct {
	Status  ledgerStatusCmd  `cmd:"" default:"1" help:"Show how long the log is, its head and its keys."`
	Rotate  ledgerRotateCmd  `cmd:"" help:"Sign with a new key, for which the old one vouches."`
	Restart ledgerRestartCmd `cmd:"" help:"Go on after leaves that were public are lost, and say so in public."`
	Witness ledgerWitnessCmd `cmd:"" help:"Say whose cosignatures are taken."`
}

// withKeeper runs f with the key of a log that has one.
func withKeeper(ctx context.Context, s *config.Settings, std streams, f func(h *house, k *newsroom.Keeper) error) error {
	return withHouse(ctx, s, std, func(h *house) error {
		k, err := h.keeperThere(ctx)
		if err != nil {
			return err
		}
		if k == nil {
			return stet.Errorf(stet.Conflict, "the ledger has no key yet: the first start of the server makes it")
		}
		return f(h, k)
	})
}

// keeperThere opens the log's key, nil when neither the database nor the data
// folder knows of one.
func (h *house) keeperThere(ctx context.Context) (*newsroom.Keeper, error) {
	keys, err := h.store.LedgerKeys(ctx)
	if err != nil {
		return nil, err
	}
	if len(keys) == 0 && !newsroom.HasKey(h.settings.Data) {
		return nil, nil
	}
	return newsroom.OpenKeeper(ctx, h.room, h.settings.Data, "")
}

type ledgerStatusCmd struct{}

func (c *ledgerStatusCmd) Run(ctx context.Context, s *config.Settings, std streams) error {
	return withKeeper(ctx, s, std, func(h *house, k *newsroom.Keeper) error {
		size, err := h.store.LedgerSize(ctx)
		if err != nil {
			return err
		}
		keys, err := h.store.LedgerKeys(ctx)
		if err != nil {
			return err
		}
		fmt.Fprintf(std.out, "%d leaves.\n", size)
		for i, v := range keys {
			word := "signed until another took its place"
			if i == len(keys)-1 {
				word = "signs"
			}
			fmt.Fprintf(std.out, "Key %s (%s, made %s)\n  %s\n", ledger.Fingerprint(v.Verifier), word, v.MadeAt.UTC().Format(time.DateOnly), v.Verifier)
		}
		witnesses, err := h.store.Witnesses(ctx)
		if err != nil {
			return err
		}
		for _, w := range witnesses {
			fmt.Fprintf(std.out, "Witness %s\n", w.Verifier)
		}
		head, err := h.store.NewestHead(ctx)
		if stet.ErrorCode(err) == stet.NotFound {
			fmt.Fprintln(std.out, "No head is signed yet.")
			return k.Check(ctx)
		}
		if err != nil {
			return err
		}
		fmt.Fprintf(std.out, "The newest head, of %d leaves, was signed at %s:\n\n%s", head.Size, head.MadeAt.UTC().Format(time.RFC3339), head.Head)
		return k.Check(ctx)
	})
}

type ledgerRotateCmd struct {
	Lost   bool   `help:"The old key is lost and cannot vouch for the new one."`
	Reason string `help:"Why, in a sentence that will be public; needed with --lost."`
}

func (c *ledgerRotateCmd) Run(ctx context.Context, s *config.Settings, std streams) error {
	return withKeeper(ctx, s, std, func(h *house, k *newsroom.Keeper) error {
		if err := k.Rotate(ctx, c.Lost, c.Reason); err != nil {
			return err
		}
		fmt.Fprintln(std.out, "Heads are signed with a new key from now on. Copy ledger.key to the other nodes, and into your backup.")
		return k.Sign(ctx)
	})
}

type ledgerRestartCmd struct {
	Reason string `required:"" help:"Why leaves are lost, in a sentence that will be public."`
}

func (c *ledgerRestartCmd) Run(ctx context.Context, s *config.Settings, std streams) error {
	return withKeeper(ctx, s, std, func(h *house, k *newsroom.Keeper) error {
		if err := k.Restart(ctx, c.Reason); err != nil {
			return err
		}
		fmt.Fprintln(std.out, "The ledger goes on. A leaf tells everybody which head was lost, and why.")
		return nil
	})
}

type ledgerWitnessCmd struct {
	Add    ledgerWitnessAddCmd    `cmd:"" help:"Take the cosignatures of a witness."`
	Remove ledgerWitnessRemoveCmd `cmd:"" help:"Take them no longer, and forget those that there are."`
}

type ledgerWitnessAddCmd struct {
	Key string `arg:"" help:"NAME+HASH+KEY, as the witness publishes it."`
}

func (c *ledgerWitnessAddCmd) Run(ctx context.Context, s *config.Settings, std streams) error {
	return withHouse(ctx, s, std, func(h *house) error {
		name, err := h.room.AddWitness(ctx, c.Key)
		if err == nil {
			fmt.Fprintf(std.out, "Cosignatures of %s are taken at /ledger/witness.\n", name)
		}
		return err
	})
}

type ledgerWitnessRemoveCmd struct {
	Key string `arg:"" help:"As it was added."`
}

func (c *ledgerWitnessRemoveCmd) Run(ctx context.Context, s *config.Settings, std streams) error {
	return withHouse(ctx, s, std, func(h *house) error { return h.room.DropWitness(ctx, c.Key) })
}
