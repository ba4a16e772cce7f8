package store

import (
	"context"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"

	"github.com/jmoiron/sqlx"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

// dialect is what the two databases do not have in common.
type dialect struct {
	name              string
	dir, address      string // as in [Config]
	driver            string
	readDSN, writeDSN string
	bind              int
	readers           int
	shared            bool
	prepare           func() error // before the database is opened
	begin             string       // opens a write transaction
	forUpdate         string       // ends a SELECT whose rows the transaction then holds
	goose             goose.Dialect
	gooseOptions      []goose.ProviderOption
	check             func(context.Context, *sqlx.DB) error
}

func dialectOf(c Config) (*dialect, error) {
	switch {
	case c.Database == "":
		return sqliteDialect(c.Dir), nil
	case strings.HasPrefix(c.Database, "postgres://"), strings.HasPrefix(c.Database, "postgresql://"):
		locker, err := lock.NewPostgresTableLocker()
		if err != nil {
			return nil, fmt.Errorf("migrations: %w", err)
		}
		return &dialect{
			name: "postgres", address: c.Database, driver: "postgres", readDSN: c.Database, writeDSN: c.Database,
			bind: sqlx.DOLLAR, readers: 4 * runtime.NumCPU(), shared: true,
			begin: "BEGIN", forUpdate: " FOR UPDATE",
			goose: goose.DialectPostgres, gooseOptions: []goose.ProviderOption{goose.WithLocker(locker)},
			prepare: func() error { return nil },
			check:   func(context.Context, *sqlx.DB) error { return nil },
		}, nil
	}
	return nil, fmt.Errorf("the database address starts with postgres://; leave it out for SQLite in the data folder")
}

func sqliteDialect(dir string) *dialect {
	path := filepath.Join(dir, "node.sqlite")
	dsn := func(extra ...string) string {
		pragmas := append([]string{
			"journal_mode(WAL)", "synchronous(FULL)", "busy_timeout(10000)", "foreign_keys(1)", "temp_store(memory)", "cache_size(-16000)",
		}, extra...)
		return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + url.Values{"_pragma": pragmas}.Encode()
	}
	return &dialect{
		name: "sqlite", dir: dir, driver: "sqlite", writeDSN: dsn(), readDSN: dsn("query_only(1)"),
		bind: sqlx.QUESTION, readers: max(4, 2*runtime.NumCPU()),
		begin: "BEGIN IMMEDIATE",
		goose: goose.DialectSQLite3,
		prepare: func() error { // nobody else on the machine reads the books
			file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
			if err != nil {
				return fmt.Errorf("the books: %w", err)
			}
			return file.Close()
		},
		check: func(ctx context.Context, db *sqlx.DB) error {
			var version string
			if err := db.GetContext(ctx, &version, "SELECT sqlite_version()"); err != nil {
				return fmt.Errorf("open %s: %w", path, err)
			}
			return checkSQLite(version)
		},
	}
}

// checkSQLite refuses a library before 3.51.3: a race in its write-ahead log
// corrupts files that several connections write.
func checkSQLite(version string) error {
	least := []int{3, 51, 3}
	for i, part := range strings.SplitN(version, ".", 3) {
		n, err := strconv.Atoi(part)
		if err != nil || i < len(least) && n < least[i] {
			return fmt.Errorf("SQLite %s is linked, at least 3.51.3 is needed: earlier ones can corrupt the books", version)
		}
		if n > least[i] {
			return nil
		}
	}
	return nil
}

func (d *dialect) rebind(text string) string { return sqlx.Rebind(d.bind, text) }

// migrations are the files of this database: those in common, and of a pair
// the one that bears its name.
func (d *dialect) migrations() (fs.FS, error) {
	all, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, err
	}
	return only{all, d.name}, nil
}

// only hides the other database's half of a pair such as 0012_search.sqlite.sql.
type only struct {
	fs.FS
	name string
}

func (o only) Glob(pattern string) ([]string, error) {
	names, err := fs.Glob(o.FS, pattern)
	if err != nil {
		return nil, err
	}
	var mine []string
	for _, name := range names {
		if parts := strings.Split(name, "."); len(parts) == 2 || parts[1] == o.name {
			mine = append(mine, name)
		}
	}
	return mine, nil
}
