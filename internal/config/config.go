// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

// Package config holds the settings that every command of the program shares,
// and reads the optional settings file. Flags win over the environment, the
// environment over the file, the file over the defaults.
package config

import (
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"time"

	"github.com/alecthomas/kong"
	"go.yaml.in/yaml/v3"

	"stet"
)

// Settings are what every command needs to find its magazine.
type Settings struct {
	Data         string          `help:"Folder that holds the magazine: its database (unless --database), pictures and keys. Default: ./data." default:"./data" env:"STET_DATA" placeholder:"DIR"`
	Database     string          `help:"PostgreSQL address, postgres://user:password@host/name. Without it an SQLite file in the data folder is used." env:"STET_DATABASE" placeholder:"URL"`
	URL          string          `help:"Public address of the magazine. Default: http:// and the listening address." env:"STET_URL" placeholder:"URL"`
	MaxPictureMB int64           `name:"max-picture-mb" help:"Largest picture that is taken, in MB." default:"64" env:"STET_MAX_PICTURE_MB"`
	MaxFileMB    int64           `name:"max-file-mb" help:"Largest recording, video or document that is taken, in MB." default:"2048" env:"STET_MAX_FILE_MB"`
	LogLevel     string          `help:"How much is logged: debug, info, warn or error." default:"info" enum:"debug,info,warn,error" env:"STET_LOG_LEVEL"`
	LogFormat    string          `help:"How it is logged: text or json." default:"text" enum:"text,json" env:"STET_LOG_FORMAT"`
	Clock        Clock           `help:"Start the clock at this moment (RFC 3339) instead of now, to rehearse schedules." env:"STET_CLOCK" placeholder:"TIME"`
	AllowPrivate bool            `name:"allow-private" help:"Let requests that go out (webhooks, what an import fetches) reach private addresses and any port: for services and copies of old sites on this network." env:"STET_ALLOW_PRIVATE"`
	SMTP         SMTP            `embed:"" prefix:"smtp-"`
	Config       kong.ConfigFlag `help:"Settings file: YAML, with the long names of the flags as keys." env:"STET_CONFIG" placeholder:"FILE"`
}

// SMTP is the mail server, when the operator says which instead of leaving it
// to the settings of the magazine.
type SMTP struct {
	Host       string `help:"Mail server; it wins over the one in the settings of the magazine." env:"STET_SMTP_HOST" placeholder:"HOST"`
	Port       int    `help:"Its port. Default: 587, or 465 with tls." env:"STET_SMTP_PORT" placeholder:"N"`
	Encryption string `help:"starttls, tls or none." default:"starttls" enum:"starttls,tls,none" env:"STET_SMTP_ENCRYPTION"`
	User       string `help:"Whom to sign in as there." env:"STET_SMTP_USER"`
	Password   string `help:"Better set by the environment: a command line can be read by others on the machine." env:"STET_SMTP_PASSWORD"`
	From       string `help:"Address of the sender of mails." env:"STET_SMTP_FROM" placeholder:"ADDRESS"`
	FromName   string `help:"Name of the sender. Default: the magazine's." env:"STET_SMTP_FROM_NAME" placeholder:"NAME"`
	ReplyTo    string `help:"Where answers go." env:"STET_SMTP_REPLY_TO" placeholder:"ADDRESS"`
}

// Clock is a moment at which the program's clock starts; it runs on from there.
type Clock struct{ start time.Time }

// UnmarshalText reads RFC 3339.
func (c *Clock) UnmarshalText(b []byte) (err error) {
	if len(b) == 0 {
		return nil
	}
	if c.start, err = time.Parse(time.RFC3339, string(b)); err != nil {
		return fmt.Errorf("%q is not a time; write it as 2026-11-20T06:00:00Z", b)
	}
	return nil
}

// Now returns the clock: the machine's, or one that started at the moment set.
func (c Clock) Now() func() time.Time {
	if c.start.IsZero() {
		return time.Now
	}
	began := time.Now()
	return func() time.Time { return c.start.Add(time.Since(began)) }
}

// Logger writes to w as the settings say.
func (s Settings) Logger(w io.Writer) *slog.Logger {
	var level slog.Level
	if err := level.UnmarshalText([]byte(s.LogLevel)); err != nil {
		level = slog.LevelInfo
	}
	o := &slog.HandlerOptions{Level: level}
	if s.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(w, o))
	}
	return slog.New(slog.NewTextHandler(w, o))
}

// File reads a settings file for kong. A key that is no flag of any command is
// an error: a misspelt setting must not be passed over in silence.
func File(r io.Reader) (kong.Resolver, error) {
	values := map[string]any{}
	if err := yaml.NewDecoder(r).Decode(&values); err != nil && err != io.EOF {
		return nil, stet.Errorf(stet.Invalid, "the settings file cannot be read: %v", err)
	}
	return &resolver{values}, nil
}

type resolver struct{ values map[string]any }

// Validate refuses keys that no command knows.
func (r *resolver) Validate(app *kong.Application) error {
	known := map[string]bool{}
	kong.Visit(app, func(n kong.Visitable, next kong.Next) error {
		if f, ok := n.(*kong.Flag); ok {
			known[f.Name] = true
		}
		return next(nil)
	})
	for key := range r.values {
		if !known[strings.ReplaceAll(key, "_", "-")] {
			return stet.Errorf(stet.Invalid, "the settings file has %q, which is no setting", key)
		}
	}
	return nil
}

// Resolve returns the value of a flag.
func (r *resolver) Resolve(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	for _, name := range flag.Envs {
		if _, set := os.LookupEnv(name); set {
			return nil, nil // kong would let the file win
		}
	}
	for _, name := range []string{flag.Name, strings.ReplaceAll(flag.Name, "-", "_")} {
		if v, ok := r.values[name]; ok {
			switch v := v.(type) {
			case nil:
				return nil, nil // "url:" with nothing behind it
			case time.Time: // YAML reads what looks like one
				return v.Format(time.RFC3339Nano), nil
			case []any:
				parts := make([]string, len(v))
				for i, p := range v {
					parts[i] = fmt.Sprint(p)
				}
				return strings.Join(parts, ","), nil
			}
			return fmt.Sprint(v), nil
		}
	}
	return nil, nil
}
