package storetest

import (
	"os"
	"path/filepath"
	"sync"
	"testing"
)

// emptiest is the PostgreSQL database that holds nothing.
const emptiest = "template0"

// image is what the tests of a binary begin with a copy of, made on first use.
var image beginning

// beginning is an image on either database.
type beginning struct {
	fill func(dir, dsn string) error // nil: with nothing

	folder   made // of SQLite
	database made // of PostgreSQL
}

// made is a name of what was made once. It has its name even where filling it failed.
type made struct {
	sync.Once
	name string
	err  error
}

// onSQLite is the folder that holds the image; empty where tests begin with nothing.
func (b *beginning) onSQLite(t testing.TB) string {
	t.Helper()
	if b.fill == nil {
		return ""
	}
	b.folder.Do(func() {
		if b.folder.name, b.folder.err = os.MkdirTemp("", "disconode-image-"); b.folder.err == nil {
			b.folder.err = b.fill(b.folder.name, "")
		}
	})
	if b.folder.err != nil {
		t.Fatalf("what the tests begin with, on SQLite: %v", b.folder.err)
	}
	return b.folder.name
}

// copied is a folder of the test's own with a copy of the image.
func (b *beginning) copied(t testing.TB) string {
	t.Helper()
	dir, from := t.TempDir(), b.onSQLite(t)
	if from == "" {
		return dir
	}
	files, err := os.ReadDir(from)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(filepath.Join(from, file.Name()))
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, file.Name()), text, 0o600)
		}
		if err != nil {
			t.Fatalf("copy a data folder: %v", err)
		}
	}
	return dir
}

// onPostgres is the database that holds the image.
func (b *beginning) onPostgres(t testing.TB, server string) string {
	t.Helper()
	if b.fill == nil {
		return emptiest
	}
	b.database.Do(func() {
		b.database.name = freshName()
		var dsn string
		if dsn, b.database.err = create(server, b.database.name, emptiest); b.database.err != nil {
			return
		}
		folder, err := os.MkdirTemp("", "disconode-image-")
		if err != nil {
			b.database.err = err
			return
		}
		defer os.RemoveAll(folder)
		b.database.err = b.fill(folder, dsn)
	})
	if b.database.err != nil {
		t.Fatalf("what the tests begin with, on PostgreSQL: %v", b.database.err)
	}
	return b.database.name
}

// remove takes the image away from this machine, and from a server that was given.
func (b *beginning) remove() error {
	if b.folder.name != "" {
		if err := os.RemoveAll(b.folder.name); err != nil {
			return err
		}
	}
	if b.database.name != "" && one.started == nil {
		return drop(one.dsn, b.database.name)
	}
	return nil
}
