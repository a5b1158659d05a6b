// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package desk

import (
	"net/http"
	"regexp"

	"stet"
	"stet/internal/newsroom"
	"stet/internal/web"
)

// previewPolicy is the Content-Security-Policy of previewed pages: they look as
// readers see them, run nothing, send nothing, and only the desk frames them.
const previewPolicy = "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; media-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"

// pagePreview serves /desk/page?path=/...: a public page in a form that the desk
// can put into a frame and dress in another look.
func (d *Desk) pagePreview(w http.ResponseWriter, r *http.Request) {
	page, err := d.makePage(r)
	d.sendPreview(w, r, page, err)
}

// sendPreview sends a page of the site that was made for the desk alone.
func (d *Desk) sendPreview(w http.ResponseWriter, r *http.Request, page []byte, err error) {
	if err != nil {
		code := stet.ErrorCode(err)
		if code == stet.Internal && r.Context().Err() == nil {
			d.log.Error("a preview failed", "path", r.URL.Path, "error", err)
		}
		http.Error(w, stet.ErrorMessage(err), web.Status(code))
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", previewPolicy)
	h.Set("X-Frame-Options", "SAMEORIGIN")
	h.Set("X-Robots-Tag", "noindex")
	w.Write(scripts.ReplaceAll(page, nil))
}

func (d *Desk) makePage(r *http.Request) ([]byte, error) {
	who, err := d.callerOf(r)
	if err != nil {
		return nil, err
	}
	if !newsroom.Can(who.staff, newsroom.ChangeSettings) {
		return nil, stet.Errorf(stet.Forbidden, "the role %s may not %s", who.staff.Role, newsroom.ChangeSettings)
	}
	return d.page(r.Context(), r.URL.Query().Get("path"))
}

// scripts are taken out, since the policy would refuse them and browsers would
// complain of each. The theme's templates write no "</script" into one.
var scripts = regexp.MustCompile(`(?s)<script\b.*?</script>`)
