// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package stet

import (
	"errors"
	"fmt"
	"time"
)

// Code says what kind of failure an error is. It decides the HTTP status and
// the exit code; everything without a code counts as Internal.
type Code string

// The codes that an Error may carry.
const (
	Invalid         Code = "invalid"         // the input breaks a rule; say which
	NotFound        Code = "not_found"       // there is no such thing
	Conflict        Code = "conflict"        // somebody else got there first, or it exists already
	Unauthenticated Code = "unauthenticated" // we do not know who is asking
	Forbidden       Code = "forbidden"       // we know, and they may not
	Gone            Code = "gone"            // it was here and has been withdrawn
	TooLarge        Code = "too_large"       // over a documented limit
	RateLimited     Code = "rate_limited"    // try again later
	Busy            Code = "busy"            // nothing is wrong but the load; try the same again
	Internal        Code = "internal"        // our fault; logged, never shown
)

// Error is an error whose message is fit to be shown to whoever asked.
type Error struct {
	Code    Code
	Message string
	Wait    time.Duration // with RateLimited and Busy: how long until trying again makes sense
}

func (e *Error) Error() string { return e.Message }

// Errorf returns an *Error with the code and a formatted message. An error
// among the arguments is not wrapped: the message is the whole story.
func Errorf(code Code, format string, args ...any) error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

// ErrorCode returns the code of err: "" for nil, the code of the first *Error
// in its chain, Internal for anything else.
func ErrorCode(err error) Code {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return Internal
}

// ErrorMessage returns what may be shown of err: the message of the first
// *Error in its chain, or a sentence that gives nothing away.
func ErrorMessage(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Message
	}
	return "Something went wrong on our side."
}
