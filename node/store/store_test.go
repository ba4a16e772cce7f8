package store

import (
	"strings"
	"testing"

	"disconode/node/store/storetest"
	"disconode/valueflows"
)

func TestMain(m *testing.M) { storetest.Main(m, nil) }

// eachDialect runs a test on new, empty books on SQLite and on PostgreSQL.
func eachDialect(t *testing.T, test func(t *testing.T, s *Store)) {
	storetest.Each(t, func(t *testing.T, dsn string) {
		s, err := Open(t.Context(), Config{Dir: t.TempDir(), Database: dsn})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		if err := s.Write(t.Context(), func(tx *Tx) error {
			return tx.PutNode(&NodeRow{BaseURL: "https://books.example", Secret: []byte("secret")})
		}); err != nil {
			t.Fatal(err)
		}
		test(t, s)
	})
}

func id(n byte) valueflows.ID { return valueflows.ID{15: n} }

func entry(n byte) *Entry {
	return &Entry{ID: id(n), Record: id(n + 100), Class: "Organization", Operation: Create, At: 1, Key: "key", Salt: []byte("0123456789abcdef"), Body: []byte(`{"id":"x"}`)}
}

func (s *Store) check(t *testing.T) []string {
	t.Helper()
	var wrong []string
	err := s.Snapshot(t.Context(), func(p *Snapshot) (err error) {
		wrong, err = p.Check(t.Context(), func(*Entry) error { return nil })
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return wrong
}

// What is acknowledged survives a loss of power: SQLite waits for the disk.
func TestDurablePragmas(t *testing.T) {
	s, err := Open(t.Context(), Config{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for pragma, want := range map[string]string{"synchronous": "2", "journal_mode": "wal", "foreign_keys": "1"} {
		var got string
		if err := s.write.Get(&got, "PRAGMA "+pragma); err != nil || got != want {
			t.Errorf("%s is %s, %v; want %s", pragma, got, err, want)
		}
	}
	if _, err := s.read.Exec("DELETE FROM journal"); err == nil {
		t.Error("a reader wrote")
	}
}

// Books that a newer program wrote are refused, and nothing is changed.
func TestNewerSchema(t *testing.T) {
	eachDialect(t, func(t *testing.T, s *Store) {
		if _, err := s.write.Exec(s.dialect.rebind("INSERT INTO goose_db_version (version_id, is_applied) VALUES (?, ?)"), 9999, true); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(t.Context(), Config{Dir: s.dialect.dir, Database: s.dialect.address}); err == nil || !strings.Contains(err.Error(), "newer") {
			t.Errorf("newer books: %v", err)
		}
	})
}
