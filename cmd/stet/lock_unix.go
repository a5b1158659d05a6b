// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

//go:build unix

package main

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"syscall"

	"stet"
)

// lock takes the data folder for this process. The kernel gives it back when
// the process ends, however it ends.
func lock(path string) (unlock func() error, err error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o640)
	if err != nil {
		return nil, stet.Errorf(stet.Invalid, "the data folder cannot be written: %v", err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		defer f.Close()
		if !errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, fmt.Errorf("lock the data folder: %w", err)
		}
		who := ""
		if b, err := os.ReadFile(path); err == nil && len(b) > 0 {
			who = " (process " + strings.TrimSpace(string(b)) + ")"
		}
		return nil, stet.Errorf(stet.Conflict, "another stet%s is using this data folder; stop it first, or keep the magazine in PostgreSQL (--database), which several may share", who)
	}
	f.Truncate(0)
	fmt.Fprintf(f, "%d\n", os.Getpid())
	return func() error {
		// Closing alone gives nothing back while a child that was just forked
		// has not yet closed its copy.
		return errors.Join(syscall.Flock(int(f.Fd()), syscall.LOCK_UN), f.Close())
	}, nil
}
