// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

//go:build linux

package main

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// recreate makes an empty database on the server, in the place of one that an
// earlier run left.
func recreate(ctx context.Context, server, name string) error {
	c, err := pgx.Connect(ctx, server)
	if err != nil {
		return err
	}
	defer c.Close(ctx)
	quoted := pgx.Identifier{name}.Sanitize()
	if _, err := c.Exec(ctx, "DROP DATABASE IF EXISTS "+quoted); err != nil {
		return err
	}
	_, err = c.Exec(ctx, "CREATE DATABASE "+quoted)
	return err
}
