// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package main

type importCmd struct{}

func (importCmd) Run() error { return nil }
