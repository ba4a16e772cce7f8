package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"disconode/node/store/storetest"
	"disconode/valueflows"
)

func TestMain(m *testing.M) { storetest.Main(m) }

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

// A flipped byte in any body or hash of the journal is found, whatever entry it
// is in; so is an entry that is missing, moved or renamed.
func TestFlippedByte(t *testing.T) {
	eachDialect(t, func(t *testing.T, s *Store) {
		for n := range byte(3) {
			if err := s.Write(t.Context(), func(tx *Tx) error { tx.Append(entry(n + 1)); return nil }); err != nil {
				t.Fatal(err)
			}
		}
		if wrong := s.check(t); len(wrong) > 0 {
			t.Fatalf("sound books: %v", wrong)
		}
		for position := 1; position <= 3; position++ {
			for _, column := range []string{"body", "salt", "commitment", "hash", "entry", "record"} {
				var bytes []byte
				if err := s.write.Get(&bytes, fmt.Sprintf("SELECT %s FROM journal WHERE position = %d", column, position)); err != nil {
					t.Fatal(err)
				}
				for i := range bytes {
					flipped := append([]byte(nil), bytes...)
					flipped[i] ^= 1 << (i % 8)
					s.alter(t, column, position, flipped)
					if wrong := s.check(t); len(wrong) == 0 {
						t.Errorf("byte %d of %s of entry %d: not found", i, column, position)
					}
				}
				s.alter(t, column, position, bytes)
			}
			for column, value := range map[string]any{"class": "Person", "operation": "update", "key": "other", "at": 2} {
				var was any
				if err := s.write.Get(&was, fmt.Sprintf("SELECT %s FROM journal WHERE position = %d", column, position)); err != nil {
					t.Fatal(err)
				}
				if b, ok := was.([]byte); ok {
					was = string(b)
				}
				s.alter(t, column, position, value)
				if wrong := s.check(t); len(wrong) == 0 {
					t.Errorf("%s of entry %d: not found", column, position)
				}
				s.alter(t, column, position, was)
			}
		}
		if wrong := s.check(t); len(wrong) > 0 {
			t.Fatalf("sound books: %v", wrong)
		}
		if _, err := s.write.Exec("DELETE FROM journal WHERE position = 3"); err != nil {
			t.Fatal(err)
		}
		if wrong := s.check(t); len(wrong) == 0 || !strings.Contains(wrong[0], "head") {
			t.Errorf("the last entry is gone: %v", wrong)
		}
	})
}

func (s *Store) alter(t *testing.T, column string, position int, value any) {
	t.Helper()
	if _, err := s.write.Exec(s.dialect.rebind("UPDATE journal SET "+column+" = ? WHERE position = ?"), value, position); err != nil {
		t.Fatal(err)
	}
}

var errRefused = errors.New("refused")

// A command of a group that fails, panics or breaks a rule of the database
// costs only itself, and so does one whose caller gave up.
func TestFailingCommandInGroup(t *testing.T) {
	eachDialect(t, func(t *testing.T, s *Store) {
		hold, held := make(chan struct{}), make(chan struct{})
		go s.Write(context.Background(), func(*Tx) error { close(held); <-hold; return nil }) // so that the rest waits, and makes one group
		<-held
		given, stop := context.WithCancel(t.Context())
		commands := []struct {
			name string
			ctx  context.Context
			do   func(*Tx) error
			want error
		}{
			{"good", t.Context(), func(tx *Tx) error { tx.Append(entry(1)); return nil }, nil},
			{"refuses", t.Context(), func(tx *Tx) error { tx.Append(entry(2)); return errRefused }, errRefused},
			{"good", t.Context(), func(tx *Tx) error { tx.Append(entry(3)); return nil }, nil},
			{"exists", t.Context(), func(tx *Tx) error { tx.Append(entry(1)); return nil }, ErrExists},
			{"refers to nothing", t.Context(), func(tx *Tx) error {
				PutRow(tx, &valueflows.Process{Record: valueflows.Record{ID: id(9), Revision: id(9)}, BasedOn: id(8)})
				return nil
			}, ErrMissing},
			{"panics", t.Context(), func(tx *Tx) error { panic("oh") }, nil},
			{"gave up", given, func(tx *Tx) error { tx.Append(entry(4)); return nil }, context.Canceled},
			{"good", t.Context(), func(tx *Tx) error { tx.Append(entry(5)); return nil }, nil},
		}
		var all sync.WaitGroup
		got := make([]error, len(commands))
		for i, c := range commands {
			all.Go(func() { got[i] = s.Write(c.ctx, c.do) })
			for len(s.writer.queue) != i+1 { // in this order
				time.Sleep(time.Millisecond)
			}
		}
		stop()
		close(hold)
		all.Wait()
		for i, c := range commands {
			switch {
			case c.name == "panics":
				if got[i] == nil || !strings.Contains(got[i].Error(), "panicked") {
					t.Errorf("%s: %v", c.name, got[i])
				}
			case !errors.Is(got[i], c.want):
				t.Errorf("%s: %v, want %v", c.name, got[i], c.want)
			}
		}
		var kept []valueflows.ID
		err := s.Snapshot(t.Context(), func(p *Snapshot) error {
			wrong, err := p.Check(t.Context(), func(e *Entry) error { kept = append(kept, e.ID); return nil })
			if len(wrong) > 0 {
				t.Errorf("the journal: %v", wrong)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if fmt.Sprint(kept) != fmt.Sprint([]valueflows.ID{id(1), id(3), id(5)}) {
			t.Errorf("kept %v", kept)
		}
		if err := s.Write(t.Context(), func(tx *Tx) error { tx.Append(entry(6)); return nil }); err != nil {
			t.Errorf("afterwards: %v", err)
		}
	})
}

// SECURITY.md S11: a write transaction holds the books from its beginning, so
// that no read in it can be out of date when it writes.
func TestS11WritesBeginHolding(t *testing.T) {
	eachDialect(t, func(t *testing.T, s *Store) {
		again, err := Open(t.Context(), Config{Dir: s.dialect.dir, Database: s.dialect.address})
		if err != nil {
			t.Fatal(err)
		}
		defer again.Close()
		var all sync.WaitGroup
		for i := range 40 { // read the head, then write by what was read
			store := []*Store{s, again}[i%2]
			all.Go(func() {
				if err := store.Write(t.Context(), func(tx *Tx) error { tx.Append(entry(byte(i + 1))); return nil }); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if wrong := s.check(t); len(wrong) > 0 {
			t.Errorf("two writers forked the journal: %v", wrong)
		}
		head, err := s.Head(t.Context())
		if err != nil || head.Position != 40 {
			t.Errorf("head %d, %v", head.Position, err)
		}
	})
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

// SECURITY.md S27: an old SQLite library is refused.
func TestS27OldSQLite(t *testing.T) {
	for version, ok := range map[string]bool{
		"3.51.3": true, "3.51.4": true, "3.52.0": true, "4.0.0": true, "3.51.2": false, "3.50.9": false, "3.8.11.1": false, "2.8.17": false, "": false,
	} {
		if err := checkSQLite(version); (err == nil) != ok {
			t.Errorf("SQLite %q: %v", version, err)
		}
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

// A lost connection to PostgreSQL costs no command: the group runs again.
func TestLostConnection(t *testing.T) {
	s, err := Open(t.Context(), Config{Dir: t.TempDir(), Database: storetest.Postgres(t)})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Write(t.Context(), func(tx *Tx) error {
		return tx.PutNode(&NodeRow{BaseURL: "https://books.example", Secret: []byte("secret")})
	}); err != nil {
		t.Fatal(err)
	}
	tries := 0
	err = s.Write(t.Context(), func(tx *Tx) error {
		if tries++; tries == 1 {
			var pid int
			rows, err := tx.query(t.Context(), "SELECT pg_backend_pid()")
			if err != nil {
				return err
			}
			for rows.Next() {
				if err := rows.Scan(&pid); err != nil {
					return err
				}
			}
			rows.Close()
			if _, err := s.read.Exec("SELECT pg_terminate_backend($1)", pid); err != nil {
				return err
			}
		}
		tx.Append(entry(1))
		return nil
	})
	if err != nil || tries != 2 {
		t.Fatalf("%d tries: %v", tries, err)
	}
	if wrong := s.check(t); len(wrong) > 0 {
		t.Error(wrong)
	}
}
