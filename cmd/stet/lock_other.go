// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

//go:build !unix

package main

import (
	"os"

	"stet"
)

// lock takes the data folder for this process by holding a file open that can
// be removed only when nobody has it open.
func lock(path string) (unlock func() error, err error) {
	os.Remove(path)
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o640)
	if err != nil {
		return nil, stet.Errorf(stet.Conflict, "another stet is using this data folder; stop it first")
	}
	return func() error { f.Close(); return os.Remove(path) }, nil
}
