// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"text/tabwriter"

	"golang.org/x/term"

	"stet"
	"stet/internal/config"
)

type userCmd struct {
	List     userListCmd     `cmd:"" default:"1" help:"List the accounts."`
	Add      userAddCmd      `cmd:"" help:"Add an account."`
	Role     userRoleCmd     `cmd:"" help:"Change what an account may do."`
	Password userPasswordCmd `cmd:"" help:"Set the password of an account."`
	Link     userLinkCmd     `cmd:"" help:"Print a one-time link with which somebody who is locked out chooses a new password."`
	Disable  userDisableCmd  `cmd:"" help:"Shut an account out; what it did stays."`
	Enable   userEnableCmd   `cmd:"" help:"Let an account in again."`
}

// withHouse opens the magazine for the length of f.
func withHouse(ctx context.Context, s *config.Settings, io streams, f func(h *house) error) (err error) {
	h, err := open(ctx, s, io)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	return f(h)
}

type userListCmd struct{}

func (userListCmd) Run(ctx context.Context, s *config.Settings, io streams) error {
	return withHouse(ctx, s, io, func(h *house) error {
		all, err := h.store.Staff(ctx)
		if err != nil {
			return err
		}
		if len(all) == 0 {
			fmt.Fprintln(io.err, `There are no accounts yet. Add one: stet user add you@example.org --name "Your Name" --role owner`)
			return nil
		}
		t := tabwriter.NewWriter(io.out, 0, 4, 2, ' ', 0)
		fmt.Fprintln(t, "E-MAIL\tNAME\tROLE\tSTATE")
		for _, a := range all {
			state := "active"
			switch {
			case a.Disabled:
				state = "disabled"
			case a.Password == "":
				state = "no password"
			}
			fmt.Fprintf(t, "%s\t%s\t%s\t%s\n", a.Email, a.Name, a.Role, state)
		}
		return t.Flush()
	})
}

type userAddCmd struct {
	Email string         `arg:"" help:"Address with which they sign in."`
	Name  string         `help:"Name, as colleagues see it." required:""`
	Role  stet.StaffRole `help:"owner, administrator, editor, writer or contributor." default:"writer"`
}

func (c *userAddCmd) Run(ctx context.Context, s *config.Settings, io streams) error {
	return withHouse(ctx, s, io, func(h *house) error {
		password, err := askPassword(io)
		if err != nil {
			return err
		}
		a := stet.Staff{Email: c.Email, Name: c.Name, Role: c.Role}
		if err := h.room.AddStaff(ctx, stet.Operator, &a, password); err != nil {
			if stet.ErrorCode(err) == stet.Conflict {
				return stet.Errorf(stet.Conflict, "there is an account for %s already", c.Email)
			}
			return err
		}
		_, err = fmt.Fprintf(io.out, "Added %s as %s.\n", a.Email, a.Role)
		return err
	})
}

// askPassword reads a password: hidden from a terminal, as one line otherwise.
// An empty one leaves the account without: it can be set later.
func askPassword(io streams) (string, error) {
	if f, ok := io.in.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		fmt.Fprint(io.err, "Password (empty: none yet): ")
		b, err := term.ReadPassword(int(f.Fd()))
		fmt.Fprintln(io.err)
		return string(b), err
	}
	line, err := bufio.NewReader(io.in).ReadString('\n')
	if err != nil && line == "" {
		return "", nil
	}
	return strings.TrimRight(line, "\r\n"), nil
}

type userRoleCmd struct {
	Email string         `arg:""`
	Role  stet.StaffRole `arg:"" help:"owner, administrator, editor, writer or contributor."`
}

func (c *userRoleCmd) Run(ctx context.Context, s *config.Settings, io streams) error {
	return changeUser(ctx, s, io, c.Email, func(a *stet.Staff) string {
		a.Role = c.Role
		return fmt.Sprintf("%s is now %s.", a.Email, a.Role)
	})
}

type userDisableCmd struct {
	Email string `arg:""`
}

func (c *userDisableCmd) Run(ctx context.Context, s *config.Settings, io streams) error {
	return changeUser(ctx, s, io, c.Email, func(a *stet.Staff) string {
		a.Disabled = true
		return a.Email + " is shut out."
	})
}

type userEnableCmd struct {
	Email string `arg:""`
}

func (c *userEnableCmd) Run(ctx context.Context, s *config.Settings, io streams) error {
	return changeUser(ctx, s, io, c.Email, func(a *stet.Staff) string {
		a.Disabled = false
		return a.Email + " may come in again."
	})
}

type userPasswordCmd struct {
	Email string `arg:""`
}

func (c *userPasswordCmd) Run(ctx context.Context, s *config.Settings, io streams) error {
	return withHouse(ctx, s, io, func(h *house) error {
		a, err := account(ctx, h, c.Email)
		if err != nil {
			return err
		}
		password, err := askPassword(io)
		if err != nil {
			return err
		}
		if err := h.room.SetPassword(ctx, stet.Operator, &a, password); err != nil {
			return err
		}
		_, err = fmt.Fprintf(io.out, "The password of %s is set.\n", a.Email)
		return err
	})
}

type userLinkCmd struct {
	Email           string `arg:""`
	ResetSecondStep bool   `help:"The link also switches the one-time codes off, for somebody who has lost their phone and the recovery codes."`
}

// Run prints the link on standard output alone, so that a script can take it.
func (c *userLinkCmd) Run(ctx context.Context, s *config.Settings, io streams) error {
	return withHouse(ctx, s, io, func(h *house) error {
		a, err := account(ctx, h, c.Email)
		if err != nil {
			return err
		}
		if a.Disabled {
			return stet.Errorf(stet.Conflict, "%s is shut out; first: stet user enable %s", a.Email, a.Email)
		}
		room := h.room
		if s.URL == "" {
			room = room.At("http://localhost:8080")
			fmt.Fprintln(io.err, "The public address is not known here (--url): put the right one before /desk/.")
		}
		link, err := room.ResetLink(ctx, stet.Operator, a, c.ResetSecondStep)
		if err != nil {
			return err
		}
		fmt.Fprintf(io.err, "Hand this link to %s; it works once, within two hours:\n", a.Name)
		_, err = fmt.Fprintln(io.out, link)
		return err
	})
}

func changeUser(ctx context.Context, s *config.Settings, io streams, email string, change func(*stet.Staff) string) error {
	return withHouse(ctx, s, io, func(h *house) error {
		a, err := account(ctx, h, email)
		if err != nil {
			return err
		}
		told := change(&a)
		if err := h.room.UpdateStaff(ctx, stet.Operator, &a); err != nil {
			return err
		}
		_, err = fmt.Fprintln(io.out, told)
		return err
	})
}

func account(ctx context.Context, h *house, email string) (stet.Staff, error) {
	a, err := h.store.StaffByEmail(ctx, email)
	if stet.ErrorCode(err) == stet.NotFound {
		return a, stet.Errorf(stet.NotFound, "there is no account for %s", email)
	}
	return a, err
}
