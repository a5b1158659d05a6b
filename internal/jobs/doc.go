// SPDX-FileCopyrightText: The Stet authors
// SPDX-License-Identifier: MIT

// Package jobs is the queue of lasting work: what must still happen after a
// story was published, a reader signed up, a mailing was started, even when
// the program is killed in between.
//
// It owns the table job and its SQL, which is one text for SQLite and
// PostgreSQL but for FOR UPDATE SKIP LOCKED. It does not own any work: other
// packages register handlers with Handle and insert jobs with Insert, in the
// transaction of whatever the job follows from. Job and deed are committed
// together or not at all.
//
// # What is promised
//
// A job whose insertion was committed runs at least once. It may run more than
// once: when a worker dies, or the database cannot be reached for longer than
// a lease, the job is taken again. So handlers are idempotent and arguments
// are ids, not facts: the handler reads what is true when it runs. A handler
// whose whole effect is in the database gets exactly-once by calling Complete
// in the transaction that has the effect.
//
// Jobs of one priority start in the order of their RunAt, then of insertion;
// they overlap, and a retried one comes later.
//
// # The life of a job
//
//	ready ──claim──> running ──> done
//	  ^                 ├──────> dead       attempts used up, or Permanent
//	  └── error, lease ─┘        cancelled  by Cancel or CancelKey
//
// A worker holds a job by a lease that a heartbeat extends. A lease that ends
// belongs to a worker that died: the job becomes ready again. An attempt that
// died with its worker counts, so that a job that kills the program does not
// do it for ever; an attempt that a shutdown interrupted does not.
//
// A unique key makes two active jobs one. Inserting a second while the first
// is waiting changes nothing, except that it runs as early as either wished.
// Inserting it while the first is running makes it run once more, because the
// run under way may have read what was true before. Either way a run begins
// after the insertion was committed.
package jobs
