package storetest

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestMain(m *testing.M) {
	if os.Getenv("STORETEST_CHILD") != "" {
		orphanMaker()
	}
	Main(m, nil)
}

// ask answers a query by psql, one value a line.
func ask(t *testing.T, dsn, query string) string {
	t.Helper()
	binary, err := program("psql")
	if err != nil {
		t.Fatal(err)
	}
	out, err := command(binary, "--no-psqlrc", "-At", "--dbname="+dsn, "--command="+query).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v: %s", query, err, out)
	}
	return strings.TrimSpace(string(out))
}

// Each gives SQLite an empty address, and PostgreSQL one of an empty database.
func TestEach(t *testing.T) {
	var seen []string
	Each(t, func(t *testing.T, dsn string) {
		seen = append(seen, filepath.Base(t.Name()))
		if (dsn == "") != strings.HasSuffix(t.Name(), "/sqlite") {
			t.Fatalf("address %q in %s", dsn, t.Name())
		}
		if dsn != "" {
			if got := ask(t, dsn, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"); got != "0" {
				t.Errorf("a fresh database holds %s tables", got)
			}
		}
	})
	if got := strings.Join(seen, " "); got != "sqlite postgres" {
		t.Errorf("ran %s", got)
	}
}

// Two databases share nothing, and one is gone when its test is.
func TestPostgresIsApartAndDropped(t *testing.T) {
	first := Postgres(t)
	ask(t, first, "CREATE TABLE mine (id INT)")
	var second string
	t.Run("inner", func(t *testing.T) {
		second = Postgres(t)
		if got := ask(t, second, "SELECT count(*) FROM pg_tables WHERE tablename = 'mine'"); got != "0" {
			t.Error("one database sees the other's table")
		}
	})
	name := second[strings.LastIndex(second, "/")+1:]
	name, _, _ = strings.Cut(name, "?")
	if got := ask(t, first, "SELECT count(*) FROM pg_database WHERE datname = '"+name+"'"); got != "0" {
		t.Error("a database outlived its test")
	}
}

// What the tests of a binary begin with is made once a database; its copies are
// apart, and it goes with the binary.
func TestBeginning(t *testing.T) {
	made := 0
	b := &beginning{fill: func(dir, dsn string) error {
		made++
		if dsn == "" {
			return os.WriteFile(filepath.Join(dir, "mine"), []byte("1"), 0o600)
		}
		return psql(dsn, "CREATE TABLE mine AS SELECT 1 AS id")
	}}
	server := shared(t)
	one, two := database(t, server, b.onPostgres(t, server)), database(t, server, b.onPostgres(t, server))
	ask(t, one, "DELETE FROM mine")
	if got := ask(t, two, "SELECT count(*) FROM mine"); got != "1" {
		t.Errorf("a copy sees the other's deletion: %s rows", got)
	}
	first, second := b.copied(t), b.copied(t)
	if err := os.Remove(filepath.Join(first, "mine")); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(filepath.Join(second, "mine")); string(got) != "1" {
		t.Errorf("a copy sees the other's deletion: %q, %v", got, err)
	}
	if made != 2 {
		t.Errorf("made %d times, want once a database", made)
	}
	folder := b.onSQLite(t)
	if err := b.remove(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(folder); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the image's folder stays: %v", err)
	}
	// of a server that this binary started, the database goes with the server
}

// What a commit acknowledged is there after a stop and after a kill, at the
// same address.
func TestServerStopsKillsAndRestarts(t *testing.T) {
	server := StartServer(t)
	dsn := server.Database(t)
	ask(t, dsn, "CREATE TABLE mine (id INT)")
	for _, end := range []func(testing.TB){server.Stop, server.Kill} {
		ask(t, dsn, "INSERT INTO mine VALUES (1)")
		end(t)
		if err := psql(dsn, "SELECT 1"); err == nil {
			t.Fatal("a server that was ended answers")
		}
		server.Restart(t)
	}
	if got := ask(t, dsn, "SELECT count(*) FROM mine"); got != "2" {
		t.Errorf("%s of 2 rows after the restarts", got)
	}
	if got := ask(t, dsn, "SHOW fsync"); got != "on" {
		t.Errorf("fsync is %s", got)
	}
}

// A test binary that is killed takes its server with it, and the next one
// removes its folder.
func TestServerDiesWithTheBinary(t *testing.T) {
	temporary, err := os.MkdirTemp("", "storetest")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(temporary) })
	if err := os.Chmod(temporary, 0o755); err != nil {
		t.Fatal(err)
	}
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), "STORETEST_CHILD=1", "TMPDIR="+temporary)
	out, err := child.Output() // it kills itself once its server answers
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.Sys().(syscall.WaitStatus).Signal() != syscall.SIGKILL {
		t.Fatalf("the child ended with %v: %s", err, out)
	}
	dsn := string(out)
	for deadline := time.Now().Add(10 * time.Second); psql(dsn, "SELECT 1") == nil; time.Sleep(50 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the server outlived its test binary")
		}
	}
	t.Setenv("TMPDIR", temporary)
	sweep()
	if left, _ := filepath.Glob(filepath.Join(temporary, folderPrefix+"*")); len(left) > 0 {
		t.Errorf("left behind: %s", left)
	}
}

// orphanMaker starts a server, prints its address and dies.
func orphanMaker() {
	s, err := start()
	if err != nil {
		os.Stderr.WriteString(err.Error())
		os.Exit(1)
	}
	os.Stdout.WriteString(s.address("postgres"))
	_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
}

// A given server's address is an URL with a database.
func TestCheckAddress(t *testing.T) {
	for dsn, good := range map[string]bool{
		"postgres://postgres@127.0.0.1:5432/postgres":              true,
		"postgresql://me:secret@db/postgres?sslmode=disable":       true,
		"postgres://postgres@127.0.0.1:5432":                       false,
		"postgres://postgres@127.0.0.1:5432/":                      false,
		"host=127.0.0.1 user=postgres dbname=postgres":             false,
		"mysql://127.0.0.1/postgres":                               false,
		"postgres://postgres@127.0.0.1:5432/postgres\x7f?sslmode=": false,
	} {
		if err := checkAddress(dsn); (err == nil) != good {
			t.Errorf("%q: %v", dsn, err)
		}
	}
}

// Starting a server is cheap enough to do in every test binary.
func BenchmarkStart(b *testing.B) {
	for b.Loop() {
		s, err := start()
		if err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		if err := s.remove(); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
}
