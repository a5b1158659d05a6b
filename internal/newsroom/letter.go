// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package newsroom

import (
	"bytes"
	"context"
	"fmt"
	htmltemplate "html/template"
	"strings"
	texttemplate "text/template"
	"time"

	"stet"
	"stet/internal/jobs"
	"stet/internal/mail"
	"stet/internal/store"
)

// The kinds of job by which letters go out.
const (
	JobLetter = "letter" // LetterArgs: the mail that carries a link
	JobReset  = "reset"  // ResetArgs: somebody says they have forgotten their password
)

// LetterArgs names the pass whose link is to be sent. The token is not in it:
// nothing that opens an account is written into the queue.
type LetterArgs struct {
	Pass string `json:"pass"`
}

// ResetArgs is the address that somebody gave.
type ResetArgs struct {
	Email string `json:"email"`
}

// letterTries spread over about an hour: a link that comes the day after is of
// no use.
const letterTries = 8

// letterTimeout is how long the server may take for a letter.
const letterTimeout = 30 * time.Second

// deliver sees to it that the link of a pass reaches the account: by mail, or
// where there is none by whoever asked, to whom it is returned, and the log.
// It is called within Batch, with the pass just made.
func (r *Room) deliver(ctx context.Context, p stet.Pass, token string, a stet.Staff) (link string, err error) {
	mails, err := r.HasMail(ctx)
	if err != nil {
		return "", err
	}
	if mails {
		return "", r.enqueue(ctx, jobs.Job{Kind: JobLetter, Args: LetterArgs{p.PublicID}, UniqueKey: "letter:" + p.PublicID, Priority: jobs.First, MaxAttempts: letterTries})
	}
	link = r.link(p.Kind, token)
	r.store.AfterCommit(func() {
		r.log.Warn("no mail is set up, so that this link has to be handed over by somebody", "for", a.Email, "link", link)
	})
	return link, nil
}

// SendLetter is the work of JobLetter. The pass gets its token here, so that
// it exists in this process and in the mail and nowhere else; when the job is
// tried again, the link of a mail that arrived after all is replaced by that of
// the next.
func (r *Room) SendLetter(ctx context.Context, args LetterArgs) error {
	p, err := r.store.PassByPublicID(ctx, args.Pass)
	if stet.ErrorCode(err) == stet.NotFound {
		return nil // used, or replaced by a newer one
	}
	if err != nil {
		return err
	}
	a, err := r.store.StaffByID(ctx, p.StaffID)
	if err != nil || a.Disabled || !p.ExpiresAt.After(r.store.Now()) {
		return err
	}
	s, err := r.mail(ctx)
	if err != nil {
		return err
	}
	if !s.Configured() {
		return jobs.Permanent(stet.Errorf(stet.Conflict, "mail is not set up any more"))
	}
	token := newToken()
	if err := r.store.ReissuePass(ctx, p.ID, hashToken(token)); err != nil {
		return err
	}
	kind := resetLetter
	if p.Kind == stet.Invitation {
		kind = invitationLetter
	}
	if err = r.write(ctx, s, a, kind, r.link(p.Kind, token), letterTimeout); mail.Refused(err) {
		return jobs.Permanent(err)
	}
	return err
}

// AskReset is for somebody who has forgotten their password. What happens, and
// how long it takes, is the same for every address: whether there is an account
// is looked up by a job.
func (r *Room) AskReset(ctx context.Context, email string, d Device) error {
	email = strings.TrimSpace(email)
	if err := r.try(ctx, nameLock("reset", store.FoldAddress(email)), networkLock("reset", d)); err != nil {
		return err
	}
	return r.Batch(ctx, func(r *Room) error {
		return r.enqueue(ctx, jobs.Job{Kind: JobReset, Args: ResetArgs{cut(email, 320)}, Priority: jobs.First, MaxAttempts: letterTries})
	})
}

// Reset is the work of JobReset.
func (r *Room) Reset(ctx context.Context, args ResetArgs) error {
	a, err := r.store.StaffByEmail(ctx, args.Email)
	if stet.ErrorCode(err) == stet.NotFound {
		return nil
	}
	if err != nil || a.Disabled {
		return err
	}
	return r.Batch(ctx, func(r *Room) error {
		_, err := r.newReset(ctx, a)
		return err
	})
}

func (r *Room) newReset(ctx context.Context, a stet.Staff) (link string, err error) {
	if err := r.store.DropPasses(ctx, stet.Reset, a.ID); err != nil {
		return "", err
	}
	token, p, err := r.give(ctx, stet.Reset, a.ID, ResetLife, nil)
	if err != nil {
		return "", err
	}
	return r.deliver(ctx, p, token, a)
}

// letter is a kind of mail to the staff.
type letter struct{ subject, text, act string }

type letterView struct{ Magazine, Name, Link, Desk string }

var (
	invitationLetter = letter{
		"You are invited to write in {{.Magazine}}",
		"Dear {{.Name}},\n\nYou have been invited to the desk of {{.Magazine}}, where the magazine is written and edited. The link below opens your account; there you choose a password or a passkey. It works once, within seven days.",
		"Open my account",
	}
	resetLetter = letter{
		"A new password for {{.Magazine}}",
		"Dear {{.Name}},\n\nSomebody, we hope you, asked for a new password for your account at the desk of {{.Magazine}}. The link below lets you choose one. It works once, within two hours.\n\nIf it was not you, leave this mail alone: nothing has changed.",
		"Choose a new password",
	}
	testLetter = letter{
		"Mail from {{.Magazine}} works",
		"Dear {{.Name}},\n\nThis is the test mail that you asked for at the desk of {{.Magazine}}. If you read it, invitations and resets will arrive too.",
		"",
	}
)

// htmlLetter is plain on purpose: it has to be read in every mail program, and
// to look like a letter and not like an advertisement.
const htmlLetter = `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{{.Subject}}</title></head>
<body style="margin:0;padding:24px;background:#fffdf8;color:#16130f;font:17px/1.5 Georgia,serif">
<div style="max-width:34em;margin:0 auto;border-top:3px solid #16130f;padding-top:16px">
<p style="margin:0 0 24px;font:700 22px/1.2 Georgia,serif">{{.Magazine}}</p>
{{range .Paragraphs}}<p style="margin:0 0 16px">{{.}}</p>
{{end}}{{if .Link}}<p style="margin:24px 0"><a href="{{.Link}}" style="color:#8a1c1c;font-weight:700">{{.Act}}</a></p>
<p style="margin:0 0 16px;font-size:14px;color:#5b554c">Or copy this address into the browser: {{.Link}}</p>
{{end}}</div></body></html>
`

// write makes subject, text and HTML of the letter.
func (l letter) write(v letterView) (subject, text, html string, err error) {
	fill := func(s string) string {
		var b strings.Builder
		t, e := texttemplate.New("").Parse(s)
		if e == nil {
			e = t.Execute(&b, v)
		}
		if e != nil {
			err = fmt.Errorf("write a letter: %w", e)
		}
		return b.String()
	}
	// Names come from people: in a subject a line break would be another header.
	subject, text = strings.Join(strings.Fields(fill(l.subject)), " "), fill(l.text)
	if err != nil {
		return "", "", "", err
	}
	t, err := htmltemplate.New("").Parse(htmlLetter)
	if err != nil {
		return "", "", "", fmt.Errorf("write a letter: %w", err)
	}
	var b bytes.Buffer
	err = t.Execute(&b, struct {
		letterView
		Subject, Act string
		Paragraphs   []string
	}{v, subject, l.act, strings.Split(text, "\n\n")})
	if v.Link != "" {
		text += "\n\n" + v.Link
	}
	return subject, text + "\n\n-- \n" + v.Magazine + "\n" + v.Desk + "\n", b.String(), err
}
