package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"

	"github.com/lib/pq"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// What both drivers' errors become.
var (
	ErrNotFound    = errors.New("not found")
	ErrExists      = errors.New("already there")
	ErrMissing     = errors.New("refers to nothing")
	ErrConflict    = errors.New("in conflict with another write")
	ErrUnavailable = errors.New("the database does not answer")
	ErrTooMany     = errors.New("too many groups to add up") // [Store.Sums]
)

// translate turns a driver's error into one of the above; others stay.
func (s *Store) translate(err error) error {
	if err == nil {
		return nil
	}
	if errors.Is(err, sql.ErrNoRows) {
		return ErrNotFound
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	if lost(err) {
		return fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	var onPostgres *pq.Error
	if errors.As(err, &onPostgres) {
		if known, ok := postgresCodes[string(onPostgres.Code)]; ok {
			return fmt.Errorf("%w: %w", known, err)
		}
	}
	var onSQLite *sqlite.Error
	if errors.As(err, &onSQLite) {
		if known, ok := sqliteCodes[onSQLite.Code()]; ok {
			return fmt.Errorf("%w: %w", known, err)
		}
	}
	return err
}

var postgresCodes = map[string]error{
	"23505": ErrExists,
	"23503": ErrMissing,
	"40001": ErrConflict, // serialization_failure
	"40P01": ErrConflict, // deadlock_detected
	"55P03": ErrConflict, // lock_not_available
}

var sqliteCodes = map[int]error{
	sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY: ErrExists,
	sqlite3.SQLITE_CONSTRAINT_UNIQUE:     ErrExists,
	sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY: ErrMissing,
	sqlite3.SQLITE_BUSY:                  ErrConflict,
	sqlite3.SQLITE_BUSY_SNAPSHOT:         ErrConflict,
	sqlite3.SQLITE_LOCKED:                ErrConflict,
}

// lost tells whether the connection is gone, so that nothing is known of what
// was under way on it.
func lost(err error) bool {
	var onNet net.Error
	var onPostgres *pq.Error
	switch {
	case errors.Is(err, driver.ErrBadConn), errors.Is(err, sql.ErrConnDone), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.As(err, &onNet):
		return true
	case errors.As(err, &onPostgres):
		code := string(onPostgres.Code)
		return strings.HasPrefix(code, "08") || strings.HasPrefix(code, "57P0") || code == "53300" // connection, shutdown or recovery, too many
	}
	return false
}
