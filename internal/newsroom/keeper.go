// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"golang.org/x/mod/sumdb/tlog"

	"stet"
	"stet/internal/ledger"
	"stet/internal/store"
)

// Keeper signs the heads of the log. Its key, and the last head that it signed,
// lie in files beside the database and not in it: whoever can write to the
// database alone can neither sign nor cut the log back unseen.
type Keeper struct {
	room   *Room
	folder string
	mu     sync.Mutex
	signer *ledger.Signer // nil when there is none that the log knows
	fault  error          // why there is none
}

// The files of a keeper.
const (
	keyFile  = "ledger.key"
	nextFile = "ledger.key.next" // of a rotation that is not finished
	headFile = "ledger.head"
)

// HasKey reports whether there is a key in the folder.
func HasKey(folder string) bool {
	_, err := os.Stat(filepath.Join(folder, keyFile))
	return err == nil
}

// A Fork is a log that is not the one of which heads are public.
type Fork struct {
	Signed ledger.Head // what is public
	Size   int64       // how long the log is now
}

func (f *Fork) Error() string {
	if f.Size < f.Signed.Size {
		return fmt.Sprintf("the ledger has %d leaves, but a head of %d leaves was signed and is public: the database is older than the ledger's last head", f.Size, f.Signed.Size)
	}
	return fmt.Sprintf("the ledger's first %d leaves are not those of the head that was signed and is public", f.Signed.Size)
}

// OpenKeeper reads the key from the folder, and makes one for a log that has
// none. A key that is lost does not keep the magazine from being published; it
// keeps heads from being signed, until somebody sees to it.
//
// The origin names a new log. A log that has its key keeps its name, whatever
// the magazine's address has become.
func OpenKeeper(ctx context.Context, r *Room, folder, origin string) (*Keeper, error) {
	k := &Keeper{room: r, folder: folder}
	keys, err := r.store.LedgerKeys(ctx)
	if err != nil {
		return nil, err
	}
	mine, err := k.readKey(keyFile)
	switch {
	case errors.Is(err, fs.ErrNotExist) && len(keys) == 0:
		return k, k.begin(ctx, origin)
	case errors.Is(err, fs.ErrNotExist):
		k.fault = stet.Errorf(stet.Conflict, "the key of the ledger is not in %s: no head is signed until it is brought back, or a new one is made with: stet ledger rotate --lost --reason \"…\"", filepath.Join(folder, keyFile))
		return k, nil
	case err != nil:
		k.fault = err
		return k, nil
	case len(keys) == 0: // made, but the database did not hear of it; or the database is new
		if err := r.Batch(ctx, func(r *Room) error { return r.store.AddLedgerKey(ctx, mine.Verifier()) }); err != nil {
			return nil, err
		}
		k.signer = mine
		return k, nil
	}
	k.signer, k.fault = k.current(mine, keys[len(keys)-1].Verifier)
	return k, nil
}

// current is the key of the folder that the log knows as its newest. A rotation
// that was cut off is finished.
func (k *Keeper) current(mine *ledger.Signer, newest string) (*ledger.Signer, error) {
	if mine.Verifier() == newest {
		return mine, nil
	}
	if next, err := k.readKey(nextFile); err == nil && next.Verifier() == newest {
		return next, os.Rename(filepath.Join(k.folder, nextFile), filepath.Join(k.folder, keyFile))
	}
	return nil, stet.Errorf(stet.Conflict, "the key in %s is not the newest of the ledger: heads are signed by the node that has it, or once it is copied here", filepath.Join(k.folder, keyFile))
}

// begin makes the first key.
func (k *Keeper) begin(ctx context.Context, origin string) error {
	signer, err := k.makeKey(keyFile, origin)
	if err != nil {
		return err
	}
	err = k.room.Batch(ctx, func(r *Room) error {
		keys, err := r.store.LedgerKeys(ctx)
		if err == nil && len(keys) > 0 {
			err = stet.Errorf(stet.Conflict, "another node has made the ledger's key meanwhile")
		}
		if err != nil {
			return err
		}
		return r.store.AddLedgerKey(ctx, signer.Verifier())
	})
	if err != nil {
		return errors.Join(err, os.Remove(filepath.Join(k.folder, keyFile)))
	}
	k.signer = signer
	return nil
}

func (k *Keeper) makeKey(name, origin string) (*ledger.Signer, error) {
	secret, verifier, err := ledger.NewKey(origin)
	if err != nil {
		return nil, err
	}
	text := secret + "\n" + verifier + "\n"
	if err := writeWhole(filepath.Join(k.folder, name), []byte(text), 0o600); err != nil {
		return nil, fmt.Errorf("keep the ledger's key: %w", err)
	}
	return ledger.ParseSigner(secret, verifier)
}

func (k *Keeper) readKey(name string) (*ledger.Signer, error) {
	b, err := os.ReadFile(filepath.Join(k.folder, name))
	if err != nil {
		return nil, err
	}
	secret, verifier, _ := strings.Cut(strings.TrimSpace(string(b)), "\n")
	return ledger.ParseSigner(secret, verifier)
}

// Fault says why no heads are signed here, nil when they are.
func (k *Keeper) Fault() error {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.fault
}

// Check says what keeps heads from being signed: a key that is not here, or a
// log that is not the one that was signed.
func (k *Keeper) Check(ctx context.Context) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.signer == nil {
		return k.fault
	}
	size, err := k.room.store.LedgerSize(ctx)
	if err != nil {
		return err
	}
	return k.compare(ctx, size)
}

// Sign signs the head of the log as it is, unless that was done. It first looks
// whether the log still begins with what was signed last; one that does not is a
// *Fork, and is not signed.
func (k *Keeper) Sign(ctx context.Context) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.signer == nil {
		return k.fault
	}
	s := k.room.store
	size, err := s.LedgerSize(ctx)
	if err != nil {
		return err
	}
	if err := k.compare(ctx, size); err != nil || size == 0 {
		return err
	}
	newest, err := s.NewestHead(ctx)
	if err != nil && stet.ErrorCode(err) != stet.NotFound {
		return err
	}
	if err == nil && newest.Size == size {
		return k.keepHead([]byte(newest.Head))
	}
	return k.sign(ctx, size)
}

func (k *Keeper) sign(ctx context.Context, size int64) error {
	s := k.room.store
	root, err := tlog.TreeHash(size, s.HashReader(ctx))
	if err != nil {
		return err
	}
	signed, err := k.signer.Sign(ledger.Head{Origin: k.signer.Origin(), Size: size, Root: root})
	if err != nil {
		return err
	}
	err = k.room.Batch(ctx, func(r *Room) error {
		added, err := r.store.AddHead(ctx, store.SignedHead{Size: size, Head: string(signed), MadeAt: r.store.Now()})
		if added {
			r.changed(TagLedgerHead)
		}
		return err
	})
	if err != nil {
		return err
	}
	return k.keepHead(signed)
}

// TagLedgerHead is the tag of what shows the newest signed head.
const TagLedgerHead = "ledger-head"

// keepHead remembers outside the database what was signed last.
func (k *Keeper) keepHead(signed []byte) error {
	path := filepath.Join(k.folder, headFile)
	if was, err := os.ReadFile(path); err == nil && string(was) == string(signed) {
		return nil
	}
	if err := writeWhole(path, signed, 0o644); err != nil {
		return fmt.Errorf("keep the ledger's head: %w", err)
	}
	return nil
}

// lastSigned is the head that was signed last, and whether there is one.
func (k *Keeper) lastSigned() (h ledger.Head, ok bool, err error) {
	b, err := os.ReadFile(filepath.Join(k.folder, headFile))
	if errors.Is(err, fs.ErrNotExist) {
		return h, false, nil
	}
	if err != nil {
		return h, false, err
	}
	text, _, _ := strings.Cut(string(b), "\n\n")
	h, err = ledger.ParseHead(text + "\n")
	if err != nil {
		return h, false, stet.Errorf(stet.Conflict, "%s is damaged (%v): compare it with a head that somebody else has kept", filepath.Join(k.folder, headFile), err)
	}
	return h, true, nil
}

// compare holds the log against the head that was signed last.
func (k *Keeper) compare(ctx context.Context, size int64) error {
	last, ok, err := k.lastSigned()
	if err != nil || !ok || last.Size == 0 {
		return err
	}
	if size < last.Size {
		return &Fork{Signed: last, Size: size}
	}
	root, err := tlog.TreeHash(last.Size, k.room.store.HashReader(ctx))
	if err != nil {
		return err
	}
	if root != last.Root {
		return &Fork{Signed: last, Size: size}
	}
	return nil
}

// Rotate makes a new key, for which the old one vouches; or, when that is lost,
// nobody but the reason that is given.
func (k *Keeper) Rotate(ctx context.Context, lost bool, reason string) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.signer == nil && !lost {
		return stet.Errorf(stet.Conflict, "%v", k.fault)
	}
	if k.signer != nil && lost {
		return stet.Errorf(stet.Conflict, "the key is here: rotate it without --lost, so that it vouches for the new one")
	}
	if reason = oneLine(reason); lost && reason == "" {
		return stet.Errorf(stet.Invalid, "a key that nobody vouches for needs a reason, which will be public")
	}
	if err := stet.CheckText("reason", reason, ledger.MaxReason/4); err != nil {
		return err
	}
	keys, err := k.room.store.LedgerKeys(ctx)
	if err != nil {
		return err
	}
	if len(keys) == 0 {
		return stet.Errorf(stet.Conflict, "the ledger has no key yet")
	}
	origin, _, _ := strings.Cut(keys[len(keys)-1].Verifier, "+")
	next, err := k.makeKey(nextFile, origin)
	if err != nil {
		return err
	}
	e := ledger.Entry{Kind: ledger.Key, At: ledger.Time(k.room.store.Now()), Verifier: next.Verifier(), Reason: reason}
	if !lost {
		if e.Vouched, err = k.signer.Vouch(next.Verifier()); err != nil {
			return err
		}
	}
	err = k.room.Batch(ctx, func(r *Room) error {
		r.sealing.leaves = append(r.sealing.leaves, store.Leaf{Entry: e})
		return r.store.AddLedgerKey(ctx, next.Verifier())
	})
	if err != nil {
		return err
	}
	if err := os.Rename(filepath.Join(k.folder, nextFile), filepath.Join(k.folder, keyFile)); err != nil {
		return err
	}
	k.signer, k.fault = next, nil
	return nil
}

// Restart goes on after a fork: a leaf says in public which head was lost, and
// why. Whoever has kept that head is told so and not that all is well.
func (k *Keeper) Restart(ctx context.Context, reason string) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.signer == nil {
		return stet.Errorf(stet.Conflict, "%v", k.fault)
	}
	if reason = oneLine(reason); reason == "" {
		return stet.Errorf(stet.Invalid, "say why leaves that were public are lost; the reason will be public")
	}
	if err := stet.CheckText("reason", reason, ledger.MaxReason/4); err != nil {
		return err
	}
	size, err := k.room.store.LedgerSize(ctx)
	if err != nil {
		return err
	}
	var fork *Fork
	if err := k.compare(ctx, size); !errors.As(err, &fork) {
		if err == nil {
			err = stet.Errorf(stet.Conflict, "the ledger is the one whose head was signed last: there is nothing to restart")
		}
		return err
	}
	e := ledger.Entry{Kind: ledger.Restart, At: ledger.Time(k.room.store.Now()), Size: fork.Signed.Size, Root: fork.Signed.Root.String(), Reason: reason}
	if err := k.room.Batch(ctx, func(r *Room) error {
		r.sealing.leaves = append(r.sealing.leaves, store.Leaf{Entry: e})
		return r.store.DropHeadsAfter(ctx, size)
	}); err != nil {
		return err
	}
	if size, err = k.room.store.LedgerSize(ctx); err != nil {
		return err
	}
	return k.sign(ctx, size)
}

// writeWhole writes a file so that it is there whole or not at all.
func writeWhole(path string, data []byte, mode fs.FileMode) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".ledger-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // nothing is there after the rename
	_, err = f.Write(data)
	err = errors.Join(err, f.Chmod(mode), f.Sync(), f.Close())
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
