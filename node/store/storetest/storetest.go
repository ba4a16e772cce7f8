// Package storetest gives tests the two databases that a node can stand on:
// SQLite, and a real PostgreSQL that it starts for the test binary and takes
// away with it. It knows nothing of what is kept there: it imports nothing of
// ours and no database driver, and speaks to PostgreSQL by its own programs.
//
// Tests never skip for want of PostgreSQL: they fail and say what to install.
// Where TEST_POSTGRES names a server on which databases can be created
// (postgres://user@host:port/postgres), that one is used.
//
// A test binary that uses the package hands its TestMain over:
//
//	func TestMain(m *testing.M) { storetest.Main(m) }
package storetest

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"net/url"
	"os"
	"path"
	"strings"
	"sync"
	"testing"
)

// Each runs f twice, as subtests "sqlite" and "postgres". The dsn is empty for
// SQLite, else what [Postgres] gives.
func Each(t *testing.T, f func(t *testing.T, dsn string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { f(t, "") })
	t.Run("postgres", func(t *testing.T) { f(t, Postgres(t)) })
}

// Postgres returns the address of a database of the test's own, dropped when it
// ends: a copy of what the binary's tests begin with ([Main]).
func Postgres(t testing.TB) string {
	t.Helper()
	server := shared(t)
	return database(t, server, image.onPostgres(t, server))
}

// Empty returns the address of a database of the test's own that nothing was
// written to.
func Empty(t testing.TB) string {
	t.Helper()
	return database(t, shared(t), emptiest)
}

// Dir returns a data folder of the test's own, removed when it ends: a copy of
// what the binary's tests begin with ([Main]).
func Dir(t testing.TB) string {
	t.Helper()
	return image.copied(t)
}

// Main runs the tests of a binary and then takes PostgreSQL away, and whatever
// else the binary's tests made for all of themselves. Fill makes what each test
// begins with a copy of, once for SQLite, in a folder, and once for PostgreSQL,
// in an empty database; it leaves nothing open. Where it is nil they begin with
// nothing.
func Main(m *testing.M, fill func(dir, dsn string) error, after ...func()) {
	image.fill = fill
	code := m.Run()
	for _, f := range after {
		f()
	}
	for _, end := range []func() error{image.remove, closeShared} {
		if err := end(); err != nil {
			fmt.Fprintln(os.Stderr, "storetest:", err)
			code = max(code, 1)
		}
	}
	os.Exit(code)
}

// one is the server that all tests of the binary share. Its address is that of
// TEST_POSTGRES, or of a server started on first use.
var one struct {
	sync.Once
	dsn     string
	started *Server
	err     error
}

// shared returns the address of the shared server's database "postgres".
func shared(t testing.TB) string {
	t.Helper()
	one.Do(func() {
		if given := os.Getenv("TEST_POSTGRES"); given != "" {
			one.dsn, one.err = given, checkAddress(given)
			return
		}
		if one.started, one.err = start(); one.err == nil {
			one.dsn = one.started.address("postgres")
		}
	})
	if one.err != nil {
		t.Fatalf("PostgreSQL is needed: %v", one.err)
	}
	return one.dsn
}

// closeShared stops the shared server, unless it was given.
func closeShared() error {
	if one.started == nil {
		return nil
	}
	return one.started.remove()
}

// database makes a database on the server for the length of a test.
func database(t testing.TB, server, template string) string {
	t.Helper()
	name := freshName()
	dsn, err := create(server, name, template)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := drop(server, name); err != nil {
			t.Error(err)
		}
	})
	return dsn
}

// freshName is a database name that no other test binary on the server chooses.
func freshName() string {
	var random [8]byte
	_, _ = rand.Read(random[:]) // it never fails
	return "disconode_test_" + hex.EncodeToString(random[:])
}

// create makes a database by psql and returns its address.
func create(server, name, template string) (string, error) {
	if err := psql(server, fmt.Sprintf("CREATE DATABASE %s TEMPLATE %s", name, template)); err != nil {
		return "", err
	}
	u, err := url.Parse(server)
	if err != nil {
		return "", err
	}
	u.Path = "/" + name
	return u.String(), nil
}

// drop removes a database, with the connections that tests have left open.
func drop(server, name string) error {
	return psql(server, fmt.Sprintf("DROP DATABASE IF EXISTS %s WITH (FORCE)", name))
}

// psql runs one statement on a server.
func psql(server, statement string) error {
	binary, err := program("psql")
	if err != nil {
		return err
	}
	out, err := command(binary, "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--dbname="+server, "--command="+statement).CombinedOutput()
	if err != nil {
		return fmt.Errorf("psql %q: %w: %s", statement, err, strings.TrimSpace(string(out)))
	}
	return nil
}

// Exec runs statements on a database, each ended by a semicolon.
func Exec(t testing.TB, dsn, statements string) {
	t.Helper()
	binary, err := program("psql")
	if err != nil {
		t.Fatal(err)
	}
	run := command(binary, "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--output="+os.DevNull, "--dbname="+dsn)
	run.Stdin = strings.NewReader(statements)
	if out, err := run.CombinedOutput(); err != nil {
		t.Fatalf("statements on the test's database: %v: %s", err, out)
	}
}

// checkAddress tells whether TEST_POSTGRES is written as an URL of a database.
func checkAddress(dsn string) error {
	u, err := url.Parse(dsn)
	if err != nil || (u.Scheme != "postgres" && u.Scheme != "postgresql") || path.Base(u.Path) == "/" || u.Path == "" {
		return fmt.Errorf("TEST_POSTGRES must look like postgres://user@host:port/postgres")
	}
	return nil
}
