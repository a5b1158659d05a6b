// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

// Command stet is the publishing system for magazines of record: it serves the
// magazine, brings archives in, and takes them out again.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/alecthomas/kong"

	"stet"
	"stet/internal/config"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// cli is the command line: the shared settings and one struct a command.
type cli struct {
	Shared      config.Settings  `embed:""`
	VersionFlag kong.VersionFlag `name:"version" help:"Print the version and exit."`

	Serve  serveCmd  `cmd:"" help:"Serve the magazine."`
	Import importCmd `cmd:"" help:"Bring in an archive: a WordPress export or a feed."`
	Export exportCmd `cmd:"" help:"Take stories, settings or readers out as open files."`
	Render renderCmd `cmd:"" help:"Show what the program makes of HTML: reads and writes JSON lines."`
	Record recordCmd `cmd:"" help:"Find in texts who said what, when, to whom and from which source."`

	Verify   verifyCmd   `cmd:"" help:"Prove from outside that a page, a statement or a whole magazine is what was published."`
	Ledger   ledgerCmd   `cmd:"" help:"Keep the log of all versions, corrections and statements: its key, its heads, its witnesses."`
	Settings settingsCmd `cmd:"" help:"Read and change the settings of the magazine, its front page among them."`
	User     userCmd     `cmd:"" help:"Keep the accounts of the staff."`
	Doctor   doctorCmd   `cmd:"" help:"Say what is wrong with an installation, and how to mend it."`
	OpenAPI  openapiCmd  `cmd:"" name:"openapi" help:"Print the OpenAPI document of the desk's API."`
	Version  versionCmd  `cmd:"" help:"Print the version."`
}

// streams are what a command reads and writes.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// run is the whole program: main calls it, and so do the tests. The result is
// the exit code: 0 done, 1 refused or failed, 2 the command line is wrong.
func run(ctx context.Context, args []string, in io.Reader, out, errs io.Writer) int {
	var c cli
	code := -1
	parser, err := kong.New(&c,
		kong.Name("stet"),
		kong.Description("Stet, the publishing system for magazines of record."),
		kong.Configuration(fileLoader),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, FlagsLast: true}),
		kong.Vars{"version": version()},
		kong.Writers(out, errs),
		kong.Exit(func(n int) { code = n; panic(exit{}) }),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(streams{in, out, errs}, &c.Shared),
	)
	if err != nil {
		fmt.Fprintln(errs, "stet:", err)
		return 2
	}
	return guarded(&code, func() int {
		k, err := parser.Parse(args)
		if err != nil {
			fmt.Fprintf(errs, "stet: %v\n", err)
			var parse *kong.ParseError
			if errors.As(err, &parse) {
				fmt.Fprintln(errs, `Run "stet --help" for the commands and their flags.`)
			}
			return 2
		}
		if err := k.Run(); err != nil {
			fmt.Fprintf(errs, "stet: %s\n", sentence(err))
			return 1
		}
		return 0
	})
}

// exit is thrown by kong's --help and --version, which want to end the process.
type exit struct{}

func guarded(code *int, f func() int) (result int) {
	defer func() {
		if p := recover(); p != nil {
			if _, ok := p.(exit); !ok {
				panic(p)
			}
			result = *code
		}
	}()
	return f()
}

// sentence is an error for somebody at a terminal: the message of ours when
// there is one, all of it otherwise.
func sentence(err error) string {
	if stet.ErrorCode(err) != stet.Internal {
		return stet.ErrorMessage(err)
	}
	return err.Error()
}

func fileLoader(r io.Reader) (kong.Resolver, error) { return config.File(r) }

// release is set by the linker for released builds.
var release = ""

func version() string {
	if release != "" {
		return "stet " + release
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "stet (unknown)"
	}
	v := "stet (development"
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			v += " " + s.Value[:min(12, len(s.Value))]
		case "vcs.modified":
			if s.Value == "true" {
				v += "+"
			}
		}
	}
	return v + ")"
}

type versionCmd struct{}

func (versionCmd) Run(s streams) error {
	_, err := fmt.Fprintln(s.out, version())
	return err
}
