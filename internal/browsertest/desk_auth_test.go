// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package browsertest

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/webauthn"
	"github.com/pquerna/otp/totp"

	"stet/internal/demo"
)

// fill types into the field with the label, in place of what is there.
func (p *page) fill(label, text string) {
	p.t.Helper()
	field := fmt.Sprintf(`[...document.querySelectorAll("label")].find((l) => l.checkVisibility() && l.textContent.trim().startsWith(%q))?.control`, label)
	p.wait("the field "+label, field)
	js[bool](p, fmt.Sprintf(`(() => { const f = %s; f.focus(); f.select?.(); return true; })()`, field))
	p.press(text)
}

// act presses the button, or follows the link, with the words.
func (p *page) act(words string) {
	p.t.Helper()
	button := fmt.Sprintf(`[...document.querySelectorAll("button, a")].findLast((b) => b.checkVisibility() && !b.disabled && (b.textContent.trim() === %[1]q || b.getAttribute("aria-label") === %[1]q))`, words)
	p.wait("the button "+words, button)
	js[bool](p, `(`+button+`.click(), true)`)
}

// says waits until the words stand on the screen.
func (p *page) says(words string) {
	p.t.Helper()
	p.wait("the words "+words, fmt.Sprintf(`document.body.innerText.includes(%q)`, words))
}

// signIn goes through the door with a password.
func (p *page) signIn(email, password string) {
	p.t.Helper()
	p.expect(401)
	p.visit("/desk/signin")
	p.fill("E-mail", email)
	p.fill("Password", password)
	p.act("Sign in")
}

// atDesk waits until the desk is open.
func (p *page) atDesk() {
	p.t.Helper()
	p.arrive("/desk/stories")
	p.says("Stories")
}

// authenticator gives the tab a phone that makes and keeps passkeys.
func (p *page) authenticator() {
	p.t.Helper()
	call(p, webauthn.Enable, webauthn.EnableParams{})
	call(p, webauthn.AddVirtualAuthenticator, webauthn.AddVirtualAuthenticatorParams{Options: &webauthn.VirtualAuthenticatorOptions{
		Protocol: webauthn.AuthenticatorProtocolCtap2, Transport: webauthn.AuthenticatorTransportInternal,
		HasResidentKey: true, HasUserVerification: true, IsUserVerified: true, AutomaticPresenceSimulation: true,
	}})
}

// freshMagazine serves a data folder in which there is nothing.
func freshMagazine(t *testing.T) (prog *program, setUp string) {
	t.Helper()
	h, err := house()
	if err != nil {
		t.Fatal(err)
	}
	dir, err := os.MkdirTemp("", "stet-fresh-")
	if err != nil {
		t.Fatal(err)
	}
	later(func() { os.RemoveAll(dir) })
	if prog, err = serve(h.bin, filepath.Join(dir, "data")); err != nil {
		t.Fatal(err)
	}
	return prog, linkIn(t, prog, "/desk/setup#")
}

// linkIn returns the path of a one-time link that the program has logged.
func linkIn(t *testing.T, prog *program, place string) string {
	t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if m := regexp.MustCompile(regexp.QuoteMeta(place) + `[\w-]+`).FindString(prog.log.find(place)); m != "" {
			return m
		}
	}
	t.Fatalf("the log has no link to %s", place)
	return ""
}

// A magazine from an empty folder: the link on the console, the first owner, an
// invitation, and somebody who takes it up.
func TestDeskBegins(t *testing.T) {
	t.Parallel()
	prog, link := freshMagazine(t)
	p := readAt(t, prog.base, desk)
	p.expect(401)
	p.visit(link)
	p.says("A new magazine")
	p.check("set-up")
	p.fill("Name of the magazine", "The Sound")
	p.fill("Your name", "Ana Ruiz")
	p.fill("E-mail", "ana@sound.example")
	p.fill("Password", "correct horse battery")
	p.act("Open the desk")
	p.atDesk()
	p.says("The Sound")

	p.expect(410)
	other := readAt(t, prog.base, desk)
	other.expect(401)
	other.expect(410)
	other.visit(link)
	other.says("has been used")

	p.visit("/desk/staff")
	p.says("Ana Ruiz")
	p.check("staff")
	p.act("Invite somebody")
	p.fill("Name", "Bo Lind")
	p.fill("E-mail", "bo@sound.example")
	p.act("Invite")
	p.says("A link for Bo Lind")
	p.check("link to hand over")
	invitation := js[string](p, `document.querySelector("[role=dialog] code").textContent`)
	p.act("Done")
	p.says("Bo Lind")

	other.visit(strings.TrimPrefix(invitation, prog.base))
	other.says("bo@sound.example")
	other.check("invitation")
	other.fill("Password", "horse battery staple")
	other.act("Open my account")
	other.atDesk()
	if may := js[bool](other, `document.body.innerText.includes("Settings")`); may {
		t.Error("a writer is offered the settings")
	}

	p.visit("/desk/settings/mail")
	p.says("Mail server")
	p.check("mail settings")
	p.visit("/desk/settings/publishing")
	p.says("A second person")
	p.check("rules")

	// Shut out by the owner, Bo's screen asks to sign in again and stays.
	p.visit("/desk/staff")
	p.act("Bo Lind")
	p.says("Send a link for a new password")
	p.check("an account in the staff list")
	p.act("Sign out Chrome on Linux, 127.0.0.1")
	p.says("Signed in nowhere")
	other.act("Bo Lindwriter")
	other.act("My account")
	other.says("Please sign in again")
	other.check("signing in again")
	other.fill("Password", "horse battery staple")
	other.act("Sign in")
	other.wait("the dialog to close", `!document.body.innerText.includes("Please sign in again")`)
	other.arrive("/desk/account")
	other.says("bo@sound.example")
}

// A password, then a code; a passkey alone; and what is asked again before it
// is changed.
func TestDeskSecondStepAndPasskey(t *testing.T) {
	t.Parallel()
	prog, link := freshMagazine(t)
	p := readAt(t, prog.base, desk)
	p.expect(401)
	p.authenticator()
	p.visit(link)
	p.fill("Name of the magazine", "The Sound")
	p.fill("Your name", "Ana Ruiz")
	p.fill("E-mail", "ana@sound.example")
	p.fill("Password", "correct horse battery")
	p.act("Open the desk")
	p.atDesk()

	// One-time codes.
	p.visit("/desk/account")
	p.says("One-time codes")
	p.check("account")
	p.act("Switch on")
	p.wait("the secret", `document.querySelector("code")`)
	p.check("one-time codes, first code")
	secret := js[string](p, `document.querySelector("code").textContent`)
	code := func(step time.Duration) string {
		began, err := time.Parse(time.RFC3339, clock)
		if err != nil {
			t.Fatal(err)
		}
		c, err := totp.GenerateCode(secret, began.Add(time.Since(prog.started)).Add(step))
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	p.fill("The code that the app shows now", code(0))
	p.act("Switch on")
	p.says("Keep these ten recovery codes")
	p.check("recovery codes")
	recovery := js[string](p, `document.querySelector("[aria-label='Recovery codes'] li").textContent`)
	p.act("I have kept them")

	// A passkey, signed out, and in with it: no code is asked for.
	p.act("Add a passkey")
	p.says("Passkey made on Linux")
	p.check("account with everything")
	out := func() {
		t.Helper()
		js[bool](p, `fetch("/api/session", { method: "DELETE" }).then(() => true)`)
	}
	out()
	p.visit("/desk/signin")
	p.act("Sign in with a passkey")
	p.atDesk()
	out()

	// The password wants the code; a recovery code does once.
	p.signIn("ana@sound.example", "correct horse battery")
	p.says("The password is right")
	p.check("second step")
	p.fill("Code", "000000")
	p.act("Sign in")
	p.says("not right")
	p.fill("Code", recovery)
	p.act("Sign in")
	p.atDesk()
	out()
	p.signIn("ana@sound.example", "correct horse battery")
	p.says("The password is right")
	p.act("Use a passkey instead")
	p.atDesk()
}

// Every screen before the desk, and the reset of somebody without mail.
func TestDeskForgottenPassword(t *testing.T) {
	t.Parallel()
	prog, link := freshMagazine(t)
	p := readAt(t, prog.base, desk)
	p.expect(401)
	p.authenticator()
	p.visit(link)
	p.fill("Name of the magazine", "The Sound")
	p.fill("Your name", "Ana Ruiz")
	p.fill("E-mail", "ana@sound.example")
	p.act("Open the desk with a passkey")
	p.atDesk()
	js[bool](p, `fetch("/api/session", { method: "DELETE" }).then(() => true)`)

	p.visit("/desk/signin")
	p.says("Forgotten the password?")
	p.check("sign-in")
	p.act("Forgotten the password?")
	p.arrive("/desk/reset")
	p.check("reset")
	p.fill("E-mail", "ana@sound.example")
	p.act("Send the link")
	p.says("If ana@sound.example has an account")
	p.visit(linkIn(t, prog, "/desk/reset#"))
	p.says("For the account ana@sound.example")
	p.check("new password")
	p.fill("Password", "a new and better one")
	p.act("Set it")
	p.atDesk()
}

// The demo's people come in as what they are.
func TestDeskRolesComeIn(t *testing.T) {
	t.Parallel()
	p := read(t, phone)
	p.signIn("josip@causeway.example", demo.Password)
	p.atDesk()
	p.visit("/desk/account")
	p.says("josip@causeway.example")
	p.says("this one")
	p.check("account of a contributor")
}
