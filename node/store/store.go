// Package store keeps the node's records in SQLite or PostgreSQL: one set of
// queries and migrations for both. It knows tables, columns and error codes; what
// they mean and who may see them is for package node, which alone opens it. SQL
// outside the common part of both databases is in dialect.go.
package store

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Config says where the books are.
type Config struct {
	Dir      string // folder of the SQLite file; used where Database is empty
	Database string // postgres://…, or empty for SQLite
	Log      *slog.Logger
}

// Store is the open database: readers side by side, and one writer.
type Store struct {
	dialect *dialect
	read    *sqlx.DB
	write   *sqlx.DB
	writer  *writer
	log     *slog.Logger
	kept    *statements // on read
	queries atomic.Int64
}

// Open opens the books, bringing their tables up to date.
// It fails where the database is newer than this program, or SQLite too old.
func Open(ctx context.Context, c Config) (*Store, error) {
	d, err := dialectOf(c)
	if err != nil {
		return nil, err
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if err := d.prepare(); err != nil {
		return nil, err
	}
	s := &Store{dialect: d, log: c.Log}
	if s.write, err = sqlx.Open(d.driver, d.writeDSN); err != nil {
		return nil, fmt.Errorf("open the books for writing: %w", err)
	}
	if s.read, err = sqlx.Open(d.driver, d.readDSN); err != nil {
		return nil, fmt.Errorf("open the books for reading: %w", err)
	}
	s.write.SetMaxOpenConns(2)
	s.read.SetMaxOpenConns(d.readers)
	s.read.SetMaxIdleConns(d.readers)
	if err := s.migrate(ctx); err != nil {
		s.read.Close()
		s.write.Close()
		return nil, err
	}
	s.kept = newStatements(readStatementsMax, func(ctx context.Context, text string) (*sqlx.Stmt, error) {
		return s.read.PreparexContext(ctx, d.rebind(text))
	})
	s.writer = newWriter(s)
	return s, nil
}

// Close answers the writes that wait, then closes. Where the database does not
// answer it ends within about three seconds all the same.
func (s *Store) Close() error {
	s.writer.close()
	closed := make(chan error, 1)
	go func() {
		s.kept.close()
		err := s.read.Close()
		if e := s.write.Close(); err == nil {
			err = e
		}
		closed <- err
	}()
	select {
	case err := <-closed:
		return err
	case <-time.After(closeGrace):
		return fmt.Errorf("close the books: %w", ErrUnavailable)
	}
}

// Ping tells whether the database answers.
func (s *Store) Ping(ctx context.Context) error { return s.translate(s.read.PingContext(ctx)) }

// Shared tells whether several processes may serve the same books.
func (s *Store) Shared() bool { return s.dialect.shared }

func (s *Store) migrate(ctx context.Context) error {
	if err := s.dialect.check(ctx, s.write); err != nil {
		return err
	}
	files, err := s.dialect.migrations()
	if err != nil {
		return err
	}
	latest, err := latestOf(files)
	if err != nil {
		return err
	}
	have := int64(-1)
	if err := s.write.GetContext(ctx, &have, "SELECT MAX(version_id) FROM goose_db_version WHERE is_applied"); err != nil {
		have = -1 // a new database has no such table
	}
	switch {
	case have == latest:
		return nil
	case have > latest:
		return fmt.Errorf("the books were written by a newer disconode (schema %d, this program knows %d): use that version or a later one", have, latest)
	}
	provider, err := goose.NewProvider(s.dialect.goose, s.write.DB, files, s.dialect.gooseOptions...)
	if err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	if have < 0 { // empty books
		return nil
	}
	return s.Recount(ctx)
}

// Recount has the database count its tables anew, so that it chooses its indexes
// by what they hold: after a migration, and after much was recorded at once.
func (s *Store) Recount(ctx context.Context) error {
	_, err := s.write.ExecContext(ctx, s.dialect.recount)
	return s.translate(err)
}

func latestOf(files fs.FS) (int64, error) {
	names, err := fs.Glob(files, "*.sql")
	if err != nil {
		return 0, err
	}
	var latest int64
	for _, name := range names {
		version, err := goose.NumericComponent(name)
		if err != nil {
			return 0, fmt.Errorf("migration %s: %w", name, err)
		}
		latest = max(latest, version)
	}
	return latest, nil
}

// querier is what runs a SELECT: the readers, or a transaction.
type querier interface {
	query(ctx context.Context, text string, args ...any) (*sql.Rows, error)
}

// query runs a SELECT on the readers. The statements used last stay prepared.
func (s *Store) query(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	count(ctx, text, args)
	s.queries.Add(1)
	rows, err := s.kept.query(ctx, text, args...)
	if err != nil {
		return nil, s.translate(err)
	}
	return rows, nil
}

type counterKey struct{}

// WithCounter counts the SQL statements that reads under the returned context run.
func WithCounter(ctx context.Context) (context.Context, *atomic.Int64) {
	n := new(atomic.Int64)
	return context.WithValue(ctx, counterKey{}, n), n
}

// seeingKey is the key under which a test's function is told of each statement.
type seeingKey struct{}

func count(ctx context.Context, text string, args []any) {
	if see, ok := ctx.Value(seeingKey{}).(func(string, []any)); ok {
		see(text, args)
	}
	if n, ok := ctx.Value(counterKey{}).(*atomic.Int64); ok {
		n.Add(1)
	}
}

// Stats are counts since the store was opened.
type Stats struct{ Queries, Commits, Commands int64 }

// Stats tells what the store has done.
func (s *Store) Stats() Stats {
	return Stats{s.queries.Load(), s.writer.commits.Load(), s.writer.commands.Load()}
}
