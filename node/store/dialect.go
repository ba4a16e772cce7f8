package store

import (
	"context"
	"database/sql/driver"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"github.com/jmoiron/sqlx"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
	"modernc.org/sqlite"
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
	recount           string       // counts the tables, for choosing indexes
	goose             goose.Dialect
	gooseOptions      []goose.ProviderOption
	check             func(context.Context, *sqlx.DB) error
	contains          func(text, part string) string // is the second text in the first, exactly
	fold              func(text string) string       // in small letters, of every alphabet
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
		d := &dialect{
			name: "postgres", address: c.Database, driver: "postgres", readDSN: c.Database, writeDSN: c.Database,
			bind: sqlx.DOLLAR, readers: 4 * runtime.NumCPU(), shared: true,
			begin: "BEGIN", forUpdate: " FOR UPDATE", recount: "ANALYZE",
			goose: goose.DialectPostgres, gooseOptions: []goose.ProviderOption{goose.WithLocker(locker)},
			prepare:  func() error { return nil },
			contains: func(text, part string) string { return "strpos(" + text + ", " + part + ") > 0" },
		}
		d.check = d.findLetters
		return d, nil
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
		// 0x10002: those, of all tables, whose counts are missing or far off. They are
		// read once: no cache is filled with them.
		recount: "PRAGMA cache_size = -1000; PRAGMA analysis_limit = 1000; PRAGMA optimize(0x10002); PRAGMA cache_size = -16000",
		goose:   goose.DialectSQLite3,
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
		contains: func(text, part string) string { return "instr(" + text + ", " + part + ") > 0" },
		fold:     func(text string) string { return "fold(" + text + ")" },
	}
}

// SQLite's own LOWER knows the letters of ASCII only.
func init() {
	sqlite.MustRegisterDeterministicScalarFunction("fold", 1, func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
		if text, ok := args[0].(string); ok {
			return strings.ToLower(text), nil
		}
		return args[0], nil
	})
}

// findLetters chooses the collation by which PostgreSQL knows small letters:
// that of the database may know those of ASCII only.
func (d *dialect) findLetters(ctx context.Context, db *sqlx.DB) error {
	var known []string
	if err := db.SelectContext(ctx, &known, "SELECT collname FROM pg_collation"+
		" WHERE collname IN ('pg_c_utf8', 'C.utf8', 'und-x-icu') AND collencoding IN (-1, pg_char_to_encoding(getdatabaseencoding()))"); err != nil {
		return fmt.Errorf("open the books: %w", err)
	}
	collate := ""
	for _, name := range []string{"pg_c_utf8", "C.utf8", "und-x-icu"} {
		if slices.Contains(known, name) {
			collate = ` COLLATE "` + name + `"`
			break
		}
	}
	d.fold = func(text string) string { return "LOWER(" + text + collate + ")" }
	return nil
}

// leastSQLite is the first library without a race in its write-ahead log that
// corrupts files which several connections write.
var leastSQLite = [3]int{3, 51, 3}

// checkSQLite refuses a library before [leastSQLite].
func checkSQLite(version string) error {
	least := leastSQLite
	for i, part := range strings.SplitN(version, ".", 3) {
		n, err := strconv.Atoi(part)
		if err != nil || n < least[i] {
			return fmt.Errorf("SQLite %s is linked, at least %d.%d.%d is needed: earlier ones can corrupt the books", version, least[0], least[1], least[2])
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
