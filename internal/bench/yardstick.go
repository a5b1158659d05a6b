// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

//go:build linux

package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"time"
)

// yardstick is a server of one file that was compressed beforehand.
type yardstick struct {
	name string
	url  string
	cmd  *exec.Cmd
	dir  string
}

// startYardstick serves the page: with nginx and gzip_static where nginx is
// installed, with a bare net/http handler elsewhere.
func startYardstick(ctx context.Context, plain, gzipped []byte) (*yardstick, error) {
	addr, err := freeAddress()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "stet-bench-")
	if err != nil {
		return nil, err
	}
	y := &yardstick{name: "nginx", url: "http://" + addr + "/page.html", dir: dir}
	// nginx may change to another user, who has to be able to read.
	os.Chmod(dir, 0o755)
	for name, b := range map[string][]byte{"page.html": plain, "page.html.gz": gzipped, "nginx.conf": []byte(nginxConf(dir, addr))} {
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o644); err != nil {
			return nil, err
		}
	}
	if nginx, ok := findNginx(); ok {
		y.cmd = exec.CommandContext(ctx, nginx, "-c", filepath.Join(dir, "nginx.conf"), "-p", dir)
	} else {
		y.name = "net/http"
		if y.cmd, err = self(ctx, "bare", addr, filepath.Join(dir, "page.html.gz")); err != nil {
			return nil, err
		}
	}
	y.cmd.Stderr = os.Stderr
	if err := y.cmd.Start(); err != nil {
		return nil, err
	}
	for range 2000 {
		if res, err := http.Get(y.url); err == nil {
			res.Body.Close()
			return y, nil
		}
		time.Sleep(time.Millisecond)
	}
	y.stop()
	return nil, fmt.Errorf("the yardstick %s does not answer", y.name)
}

func (y *yardstick) stop() {
	y.cmd.Process.Signal(syscall.SIGTERM)
	y.cmd.Wait()
	os.RemoveAll(y.dir)
}

func findNginx() (string, bool) {
	for _, name := range []string{"nginx", "/usr/sbin/nginx"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, true
		}
	}
	return "", false
}

// nginxConf is nginx at its best for this: no access log, the file kept open,
// sendfile, as many workers as there are processors.
func nginxConf(dir, addr string) string {
	return fmt.Sprintf(`daemon off;
worker_processes auto;
pid %[1]s/nginx.pid;
error_log stderr crit;
events { worker_connections 256; }
http {
	include /etc/nginx/mime.types;
	access_log off;
	sendfile on;
	tcp_nopush on;
	keepalive_requests 100000000;
	open_file_cache max=100 inactive=1h;
	client_body_temp_path %[1]s; proxy_temp_path %[1]s; fastcgi_temp_path %[1]s; uwsgi_temp_path %[1]s; scgi_temp_path %[1]s;
	server {
		listen %[2]s;
		root %[1]s;
		gzip_static on;
	}
}
`, dir, addr)
}

// bareMain is the yardstick for machines without nginx.
func bareMain(args []string) error {
	page, err := os.ReadFile(args[1])
	if err != nil {
		return err
	}
	length := strconv.Itoa(len(page))
	return http.ListenAndServe(args[0], http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Type", "text/html; charset=utf-8")
		h.Set("Content-Encoding", "gzip")
		h.Set("Content-Length", length)
		w.Write(page)
	}))
}
