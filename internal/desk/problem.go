// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package desk

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"stet"
	"stet/internal/newsroom"
	"stet/internal/web"
)

// problem makes any error one that may be shown: those of ours say what they
// say, all others are logged here and are nobody's business.
func (d *Desk) problem(ctx context.Context, op *huma.Operation, err error) huma.StatusError {
	var ready huma.StatusError
	if errors.As(err, &ready) {
		return ready
	}
	code := stet.ErrorCode(err)
	if code == stet.Internal && ctx.Err() == nil {
		d.log.Error("the API failed", "operation", op.OperationID, "error", err)
	}
	if errors.Is(err, newsroom.ErrProve) {
		// The app asks for the password on top of the screen, and tries again.
		return huma.NewError(web.Status(code), stet.ErrorMessage(err), &huma.ErrorDetail{Location: "session.proof", Message: "wanted"})
	}
	return huma.NewError(web.Status(code), stet.ErrorMessage(err))
}

// waiting adds to an error how long to wait, for those who can wait.
func waiting(problem huma.StatusError, err error) error {
	var e *stet.Error
	if !errors.As(err, &e) || e.Wait <= 0 {
		return problem
	}
	seconds := int64((e.Wait + time.Second - 1) / time.Second)
	return huma.ErrorWithHeaders(problem, http.Header{"Retry-After": {strconv.FormatInt(seconds, 10)}})
}

// refuseOther answers what a page of another site would have sent.
func refuseOther(w http.ResponseWriter, r *http.Request) {
	writeProblem(w, http.StatusForbidden, "a page of another site may not act here")
}

// problems makes what the mux itself answers, where no operation is, a problem
// as all errors of the API are.
type problems struct{ mux *http.ServeMux }

func (p problems) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if h, pattern := p.mux.Handler(r); pattern == "" && strings.HasPrefix(r.URL.Path, "/api/") {
		h.ServeHTTP(&problemWriter{ResponseWriter: w}, r)
		return
	}
	p.mux.ServeHTTP(w, r)
}

// problemWriter says the status that it is told in words of its own, and keeps
// the header: a 405 names the methods that there are.
type problemWriter struct{ http.ResponseWriter }

func (w *problemWriter) WriteHeader(status int) {
	detail := "there is nothing at this address of the API"
	if status == http.StatusMethodNotAllowed {
		detail = "this address of the API does not take this method"
	}
	writeProblem(w.ResponseWriter, status, detail)
}

func (w *problemWriter) Write(b []byte) (int, error) { return len(b), nil }

func writeProblem(w http.ResponseWriter, status int, detail string) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(huma.NewError(status, detail))
}
