// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"stet"
)

func scanActivity(r scanner) (v stet.Activity, err error) {
	var at sql.NullInt64
	err = r.Scan(&v.ID, &at, &v.StaffID, &v.Staff, &v.Act, &v.Noun, &v.Ref, &v.Label, &v.Details)
	v.At = fromMicros(at)
	return v, err
}

// AddActivity remembers an act.
func (s *Store) AddActivity(ctx context.Context, v *stet.Activity) (err error) {
	v.At = s.Now()
	v.ID, err = s.insert(ctx, `INSERT INTO activity (at, staff_id, staff, act, noun, ref, label, details) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id`,
		micros(v.At), v.StaffID, v.Staff, v.Act, v.Noun, v.Ref, v.Label, v.Details)
	return err
}

// ActivityFilter says which acts to show; fields that are empty do not matter.
type ActivityFilter struct {
	Staff    *int64 // 0 is the program itself
	Act      string
	Noun     string
	Ref      string
	From, To time.Time // [From, To)
	Before   int64     // only acts older than the one with this id; 0 is the newest
	Limit    int
}

// Activity returns acts that pass the filter, the newest first.
func (s *Store) Activity(ctx context.Context, f ActivityFilter) ([]stet.Activity, error) {
	var where []string
	var args []any
	also := func(condition string, v any) {
		args = append(args, v)
		where = append(where, fmt.Sprintf(condition, len(args)))
	}
	if f.Staff != nil {
		also("staff_id = $%d", *f.Staff)
	}
	for _, c := range []struct{ condition, value string }{{"act = $%d", f.Act}, {"noun = $%d", f.Noun}, {"ref = $%d", f.Ref}} {
		if c.value != "" {
			also(c.condition, c.value)
		}
	}
	if !f.From.IsZero() {
		also("at >= $%d", f.From.UnixMicro())
	}
	if !f.To.IsZero() {
		also("at < $%d", f.To.UnixMicro())
	}
	if f.Before != 0 {
		also("id < $%d", f.Before)
	}
	query := `SELECT id, at, staff_id, staff, act, noun, ref, label, details FROM activity`
	if len(where) > 0 {
		query += ` WHERE ` + strings.Join(where, " AND ")
	}
	args = append(args, f.Limit)
	return list(ctx, s, scanActivity, query+fmt.Sprintf(` ORDER BY id DESC LIMIT $%d`, len(args)), args...)
}
