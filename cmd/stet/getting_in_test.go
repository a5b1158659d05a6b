// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package main

import (
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"stet/internal/newsroom"
	"stet/internal/stettest"
)

// While nobody has an account each start shows another link on the console; a
// magazine that an import has begun is no different.
func TestSetUpLinkOnConsole(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	work(t, dir, func(h *house) { publish(t, h, "Brought in") })
	link := regexp.MustCompile(`    (http://localhost:\d+/desk/setup#[\w-]+)\n`)
	var links []string
	for range 2 {
		s := serving(t, "--data", dir)
		for end := time.Now().Add(10 * time.Second); !link.MatchString(s.said()) && time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		}
		m := link.FindStringSubmatch(s.said())
		if m == nil || !strings.HasPrefix(m[1], s.base) {
			t.Fatalf("the console shows %s", s.said())
		}
		links = append(links, m[1])
		if code := s.end(t); code != 0 {
			t.Fatalf("it ended with %d", code)
		}
	}
	if _, a, _ := strings.Cut(links[0], "#"); strings.HasSuffix(links[1], a) {
		t.Error("the second start shows the link of the first")
	}
	ok(t, "correct horse battery\n", "user", "add", "ana@example.org", "--name", "Ana", "--role", "owner", "--data", dir)
	s := serving(t, "--data", dir)
	if _, body := s.get(t, "/api/session/doors"); !strings.Contains(body, `"setUp":false`) || strings.Contains(s.said(), "setup#") {
		t.Errorf("with an owner: %s, %s", body, s.said())
	}
	s.end(t)
}

func TestUserLink(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	ok(t, "correct horse battery\n", "user", "add", "ana@example.org", "--name", "Ana", "--role", "owner", "--data", dir)
	out := ok(t, "", "user", "link", "ana@example.org", "--data", dir, "--url", "https://sound.example/")
	token, found := strings.CutPrefix(strings.TrimSpace(out), "https://sound.example/desk/reset#")
	if !found {
		t.Fatalf("the link is %q", out)
	}
	work(t, dir, func(h *house) {
		e, err := h.room.TakeUp(t.Context(), token, "", newsroom.Secret{Password: "battery staple horse"}, newsroom.Device{})
		if err != nil || e.Token == "" {
			t.Errorf("the link does not open: %+v, %v", e, err)
		}
	})
	refused(t, 1, "there is no account", "", "user", "link", "bo@example.org", "--data", dir)
}

// Doctor signs in at the mail server that the operator names.
func TestDoctorMail(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	box := stettest.NewPostbox(t, false, "desk", "server words")
	args := []string{"doctor", "--data", dir, "--smtp-host", box.Host, "--smtp-port", strconv.Itoa(box.Port), "--smtp-encryption", "none", "--smtp-from", "desk@sound.example", "--smtp-user", "desk"}
	ok(t, "", append(args, "--smtp-password", "server words")...)
	r := stetIn(t, "", append(args, "--smtp-password", "x9x9x9")...)
	if r.code != 1 || !strings.Contains(r.out, "Mail cannot be sent") || strings.Contains(r.out+r.err, "x9x9x9") {
		t.Errorf("with a wrong password: %d %s %s", r.code, r.out, r.err)
	}
	if n := len(box.Letters()); n != 0 {
		t.Errorf("doctor has sent %d mails", n)
	}
}
