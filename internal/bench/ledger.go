// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

//go:build linux

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os/exec"
	"time"

	"stet/internal/ledger"
	"stet/internal/store"
)

const (
	ledgerStories = 1_000
	logged        = 1_000_000 // leaves
	proofsAsked   = 200
	appended      = 200
)

// ledger measures what a leaf costs whoever publishes, how long a proof takes out
// of a million leaves, and how long a magazine takes to be verified as a whole.
func (b *bench) ledger(ctx context.Context) ([]Result, error) {
	m, err := b.openMagazine(ctx, ledgerStories)
	if err != nil {
		return nil, err
	}
	if err := b.fillLedger(ctx, m); err != nil {
		return nil, fmt.Errorf("fill the ledger: %w", err)
	}
	cost, err := b.leafCost(ctx, m)
	if err != nil {
		return nil, err
	}
	proof, err := b.proofs(ctx, m)
	if err != nil {
		return nil, err
	}
	whole, err := b.verifyWhole(ctx)
	return []Result{cost, proof, whole}, err
}

func leafOf(r *rand.Rand) store.Leaf {
	id := fmt.Sprintf("bench%016x", r.Uint64())
	return store.Leaf{Entry: ledger.Entry{Kind: ledger.Statement, ID: id, Number: 1, SHA256: ledger.Sum([]byte(id)), At: ledger.Time(time.Now())}}
}

func (b *bench) fillLedger(ctx context.Context, m magazine) error {
	h, err := openHouse(ctx, m)
	if err != nil {
		return err
	}
	defer h.close()
	size, err := h.store.LedgerSize(ctx)
	if err != nil || size >= logged {
		return err
	}
	b.say("writing %d leaves (once)", logged-size)
	r := rand.New(rand.NewPCG(5, 5))
	for size < logged {
		leaves := make([]store.Leaf, min(2_000, logged-size))
		for i := range leaves {
			leaves[i] = leafOf(r)
		}
		err := h.store.Tx(ctx, func(tx *store.Store) error {
			_, err := tx.AppendLeaves(ctx, leaves...)
			return err
		})
		if err != nil {
			return err
		}
		size += int64(len(leaves))
	}
	return nil
}

// leafCost is the difference between a transaction with a leaf and one without.
// Both take turns, so that a slow moment of the disk is everybody's.
func (b *bench) leafCost(ctx context.Context, m magazine) (Result, error) {
	h, err := openHouse(ctx, m)
	if err != nil {
		return Result{}, err
	}
	defer h.close()
	r := rand.New(rand.NewPCG(6, uint64(time.Now().UnixNano())))
	var with, without []float64
	for i := range 2 * appended {
		began := time.Now()
		err := h.store.Tx(ctx, func(tx *store.Store) error {
			if i%2 == 0 {
				if _, err := tx.AppendLeaves(ctx, leafOf(r)); err != nil {
					return err
				}
			}
			return tx.SetSetting(ctx, "bench", i)
		})
		if err != nil {
			return Result{}, err
		}
		if took := ms(time.Since(began)); i%2 == 0 {
			with = append(with, took)
		} else {
			without = append(without, took)
		}
	}
	w, o := median(with), median(without)
	return below("a leaf more in a transaction", w-o, "ms", 5, fmt.Sprintf("%.2f ms with, %.2f without, at %d leaves; median of %d", w, o, logged, appended)), nil
}

func (b *bench) proofs(ctx context.Context, m magazine) (Result, error) {
	p, err := b.serve(ctx, m)
	if err != nil {
		return Result{}, err
	}
	defer p.stop()
	// The first start signs the head.
	for range 200 {
		if _, _, err = p.get(ctx, "/ledger/checkpoint"); err == nil {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	var keys struct{ Keys []struct{ Verifier string } }
	if _, body, err := p.get(ctx, "/ledger/keys"); err != nil || json.Unmarshal(body, &keys) != nil || len(keys.Keys) == 0 {
		return Result{}, fmt.Errorf("the ledger's keys: %s, %w", body, err)
	}
	r := rand.New(rand.NewPCG(7, 7))
	var took []float64
	for range proofsAsked {
		d, body, err := p.get(ctx, fmt.Sprintf("/ledger/proof/leaf/%d", r.Int64N(logged)))
		if err != nil {
			return Result{}, err
		}
		var proof ledger.Proof
		if err := json.Unmarshal(body, &proof); err != nil {
			return Result{}, err
		}
		if _, _, err := proof.Check(keys.Keys[len(keys.Keys)-1].Verifier); err != nil {
			return Result{}, err
		}
		took = append(took, ms(d))
	}
	return below("a proof", median(took), "ms", 10, fmt.Sprintf("of one of %d leaves, over HTTP; median of %d, each checked", logged, proofsAsked)), nil
}

// verifyWhole runs "stet verify" on the usual magazine.
func (b *bench) verifyWhole(ctx context.Context) (Result, error) {
	m, err := b.openMagazine(ctx, b.stories)
	if err != nil {
		return Result{}, err
	}
	p, err := b.serve(ctx, m) // makes the key and signs
	if err != nil {
		return Result{}, err
	}
	p.stop()
	args := []string{"verify", m.dir}
	if m.database != "" {
		args = append(args, "--database", m.database)
	}
	began := time.Now()
	out, err := exec.CommandContext(ctx, b.program, args...).CombinedOutput()
	if err != nil {
		return Result{}, fmt.Errorf("stet verify: %w: %s", err, out)
	}
	return below("verify a whole magazine", time.Since(began).Seconds(), "s", 60, fmt.Sprintf("%d stories", b.stories)), nil
}
