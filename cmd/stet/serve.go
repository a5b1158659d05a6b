// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"stet"
	"stet/internal/config"
	"stet/internal/demo"
	"stet/internal/desk"
	"stet/internal/readers"
	"stet/internal/site"
	"stet/internal/web"
)

type serveCmd struct {
	Addr           string    `help:"Address to listen on. Default: 127.0.0.1:8080." default:"127.0.0.1:8080" env:"STET_ADDR" placeholder:"HOST:PORT"`
	Demo           bool      `help:"Fill an empty data folder with the demo magazine first." env:"STET_DEMO"`
	Theme          string    `help:"The owner's theme folder, laid over the shipped theme. Default: DATA/theme, when it is there." env:"STET_THEME" placeholder:"DIR"`
	TrustedProxies []string  `help:"Networks whose X-Forwarded-Proto and X-Forwarded-For are believed. Default: this machine." default:"127.0.0.0/8,::1/128" env:"STET_TRUSTED_PROXIES" placeholder:"CIDR"`
	OIDC           oidcFlags `embed:"" prefix:"oidc-"`
	CacheMB        int       `name:"cache-mb" help:"Memory for rendered pages, in MB; 0 keeps none." default:"48" env:"STET_CACHE_MB"`
}

// oidcFlags say who vouches for the staff by OpenID Connect.
type oidcFlags struct {
	Issuer       string `help:"OpenID Connect issuer by which the staff may sign in." env:"STET_OIDC_ISSUER" placeholder:"URL"`
	ClientID     string `name:"client-id" help:"What the issuer calls this magazine." env:"STET_OIDC_CLIENT_ID" placeholder:"ID"`
	ClientSecret string `help:"Better set by the environment." env:"STET_OIDC_CLIENT_SECRET" placeholder:"SECRET"`
	Name         string `help:"How the issuer is called on the sign-in page. Default: its host." env:"STET_OIDC_NAME" placeholder:"NAME"`
}

func (c *serveCmd) Run(ctx context.Context, s *config.Settings, io streams) (err error) {
	proxies, err := web.ParseProxies(c.TrustedProxies)
	if err != nil {
		return err
	}
	h, err := open(ctx, s, io)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.close()) }()
	if c.Demo {
		if err := fillDemo(ctx, h, io); err != nil {
			return err
		}
	}
	if err := h.room.CatchUpMedia(ctx); err != nil {
		return err
	}
	// Listening comes before the first page is made: an address that is taken
	// is told at once.
	l, err := net.Listen("tcp", c.Addr)
	if err != nil {
		return stet.Errorf(stet.Invalid, "cannot listen on %s: %v", c.Addr, err)
	}
	defer l.Close()
	base := s.URL
	if base == "" {
		base = "http://" + hostForURL(l.Addr().String())
	}
	overrides, err := c.overrides(s)
	if err != nil {
		return err
	}
	c.boundMemory()
	if err := h.room.FillIndex(ctx); err != nil {
		return err
	}
	pages, err := site.New(ctx, site.Options{
		Store: h.store, Blobs: h.blobs, Renditions: h.renditions, Readers: readers.New(h.store, h.now), Logger: h.log,
		URL: base, Proxies: proxies, Overrides: overrides, CacheBytes: c.cacheBytes(),
	})
	if err != nil {
		return err
	}
	h.room = h.room.At(base)
	if err := h.openLedger(ctx, base); err != nil {
		return err
	}
	client := web.NewClient(web.ClientOptions{Version: release, Home: base, AllowPrivate: s.AllowPrivate, MaxBytes: 1 << 20, Timeout: 20 * time.Second})
	defer client.Close()
	issuer, err := c.OIDC.options(client)
	if err != nil {
		return err
	}
	room := desk.New(desk.Options{Store: h.store, Room: h.room, Blobs: h.blobs, Renditions: h.renditions, Logger: h.log, URL: base, Proxies: proxies, Version: version(), Issuer: issuer, Page: pages.Page, Preview: pages.Preview})
	fmt.Fprintf(io.err, "Stet serves the magazine at %s\n", base)
	if err := tellSetUp(ctx, h, io); err != nil {
		return err
	}
	if c.Demo {
		fmt.Fprintf(io.err, "Its desk is at %s/desk/; sign in as maren@causeway.example with the password %q.\n", base, demo.Password)
	}
	return serve(ctx, l, h, pages, room)
}

// options are nothing unless there is an issuer.
func (f oidcFlags) options(client *web.Client) (desk.IssuerOptions, error) {
	if f.Issuer == "" {
		return desk.IssuerOptions{}, nil
	}
	if f.ClientID == "" {
		return desk.IssuerOptions{}, stet.Errorf(stet.Invalid, "--oidc-issuer wants --oidc-client-id: what the issuer calls this magazine")
	}
	return desk.IssuerOptions{URL: f.Issuer, ClientID: f.ClientID, ClientSecret: f.ClientSecret, Name: f.Name, Client: client}, nil
}

// tellSetUp shows the link that makes the first owner, while there is nobody.
// It stands on the console and in the log, because one of the two is where the
// operator of a service looks.
func tellSetUp(ctx context.Context, h *house, io streams) error {
	link, err := h.room.SetUpLink(ctx)
	if err != nil || link == "" {
		return err
	}
	fmt.Fprintf(io.err, "\nNobody has an account yet. Open this link to begin; it works once, within two hours:\n\n    %s\n\n", link)
	h.log.Warn("nobody has an account yet: the link begins the set-up", "link", link)
	return nil
}

// cacheBytes is the setting as package site reads it, where 0 is the default.
func (c *serveCmd) cacheBytes() int {
	if c.CacheMB == 0 {
		return -1
	}
	return c.CacheMB << 20
}

// roomMB is memory for everything of Go's but the rendered pages.
const roomMB = 44

// boundMemory tells the collector how much memory there is, unless the operator
// has (GOGC, GOMEMLIMIT). Left alone it lets the heap grow to twice what lives,
// and a full page cache makes the process 180 MB instead of 125; while little
// lives it collects too often. The limit is a soft one: pictures that are being
// made may go beyond it.
func (c *serveCmd) boundMemory() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(200)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(int64(c.CacheMB+roomMB) << 20)
	}
}

// slow is how long a request may take before it gets a line in the log.
const slow = time.Second

// drainTime is how long requests and jobs under way may go on after SIGTERM.
const drainTime = 15 * time.Second

// serve runs the server and the queue until ctx ends, then stops them in
// order: first no new requests, then no new jobs, then (in the caller) the
// database.
func serve(ctx context.Context, l net.Listener, h *house, pages *site.Site, room *desk.Desk) error {
	srv := &http.Server{
		Handler:           web.Log(h.log, slow, faces(pages, room)),
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      2 * time.Minute,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    32 << 10,
		ErrorLog:          slog.NewLogLogger(h.log.Handler(), slog.LevelDebug),
	}
	// A stream of events has no end of its own, and shutting down would wait for it.
	srv.RegisterOnShutdown(room.Close)
	if err := h.room.PublishAllDue(ctx, h.now()); err != nil {
		h.log.Error("scheduled stories could not be published", "error", err)
	}
	background, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	var work sync.WaitGroup
	work.Go(func() {
		if err := h.queue.Run(background); err != nil && !errors.Is(err, context.Canceled) {
			h.log.Error("the job queue stopped", "error", err)
		}
	})
	work.Go(func() { hourly(background, pages.Tick) })
	work.Go(func() { h.keepLedger(background) })
	failed := make(chan error, 1)
	go func() { failed <- srv.Serve(web.Gather(srv, l)) }()
	select {
	case err := <-failed:
		stop()
		work.Wait()
		return err
	case <-ctx.Done():
	}
	h.log.Info("stopping: finishing what is under way")
	drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTime)
	defer cancel()
	err := srv.Shutdown(drain)
	stop()
	work.Wait()
	return err
}

// faces gives the desk its addresses and the site all others.
func faces(pages, room http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if desk.Owns(r.URL.Path) {
			room.ServeHTTP(w, r)
			return
		}
		pages.ServeHTTP(w, r)
	})
}

func hourly(ctx context.Context, f func()) {
	t := time.NewTicker(time.Hour)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
			f()
		}
	}
}

// overrides is the owner's theme folder: the one named, else DATA/theme when
// it is there.
func (c *serveCmd) overrides(s *config.Settings) (fs.FS, error) {
	dir := c.Theme
	if dir == "" {
		dir = filepath.Join(s.Data, "theme")
		if _, err := os.Stat(dir); err != nil {
			return nil, nil
		}
	}
	if st, err := os.Stat(dir); err != nil || !st.IsDir() {
		return nil, stet.Errorf(stet.Invalid, "the theme folder %s is not there", dir)
	}
	return os.DirFS(dir), nil
}

// hostForURL makes a listening address one that a browser can be sent to.
func hostForURL(addr string) string {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return addr
	}
	if ip := net.ParseIP(host); ip == nil || ip.IsUnspecified() || ip.IsLoopback() {
		host = "localhost"
	}
	return strings.TrimSuffix(net.JoinHostPort(host, port), ":80")
}

// fillDemo puts the demo magazine into an empty data folder. One that holds
// the demo already is served as it is; anything else is refused.
func fillDemo(ctx context.Context, h *house, io streams) error {
	empty, err := h.store.Empty(ctx)
	if err != nil {
		return err
	}
	if empty {
		fmt.Fprintln(io.err, "Filling the data folder with the demo magazine ...")
		return demo.Fill(ctx, h.room)
	}
	m, err := h.store.Magazine(ctx)
	if err == nil && m.Name == demo.Name {
		return nil
	}
	return stet.Errorf(stet.Conflict, "the data folder %s holds a magazine already; --demo wants an empty one", h.settings.Data)
}
