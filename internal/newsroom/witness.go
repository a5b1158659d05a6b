// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"context"

	"stet"
	"stet/internal/ledger"
	"stet/internal/store"
)

// AddWitness lets somebody else put their name under our heads. Their key is
// C2SP's vkey for Ed25519 cosignatures.
func (r *Room) AddWitness(ctx context.Context, verifier string) (name string, err error) {
	w, err := ledger.ParseWitness(verifier)
	if err != nil {
		return "", stet.Errorf(stet.Invalid, "%v", err)
	}
	return w.Name(), r.Batch(ctx, func(r *Room) error {
		r.changed(TagLedgerHead)
		return r.store.AddWitness(ctx, verifier)
	})
}

// DropWitness takes no further cosignatures of a witness.
func (r *Room) DropWitness(ctx context.Context, verifier string) error {
	return r.Batch(ctx, func(r *Room) error {
		r.changed(TagLedgerHead)
		return r.store.DropWitness(ctx, verifier)
	})
}

// TakeCosignature keeps what a witness has put under one of our heads. Anybody may
// bring it: the signature says whose it is.
func TakeCosignature(ctx context.Context, s *store.Store, signed []byte) error {
	witnesses, err := s.Witnesses(ctx)
	if err != nil {
		return err
	}
	for _, w := range witnesses {
		h, at, line, err := ledger.Cosigned(signed, w.Verifier)
		if err != nil {
			continue // of another one
		}
		ours, err := s.SignedHeadAt(ctx, h.Size)
		if err != nil && stet.ErrorCode(err) != stet.NotFound {
			return err
		}
		if own, perr := ledger.ParseHead(ours.Head); err != nil || perr != nil || own != h {
			return stet.Errorf(stet.Conflict, "the head of %d leaves is not one that this ledger has signed", h.Size)
		}
		return s.AddCosignature(ctx, store.Cosignature{Size: h.Size, Witness: w.ID, Line: line, SignedAt: at})
	}
	return stet.Errorf(stet.Forbidden, "no witness that this ledger knows has signed this head")
}
