package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"disconode/node/store/storetest"
	"disconode/valueflows"
)

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

// SECURITY.md S11: while a command decides by what it has read, nobody else
// writes, so that it is carried out once.
func TestS11NobodyWritesBetweenReadAndWrite(t *testing.T) {
	eachDialect(t, func(t *testing.T, s *Store) {
		again, err := Open(t.Context(), Config{Dir: s.dialect.dir, Database: s.dialect.address})
		if err != nil {
			t.Fatal(err)
		}
		defer again.Close()
		runs := 0
		other := make(chan error, 1)
		err = s.Write(t.Context(), func(tx *Tx) error {
			if _, err := tx.Node(); err != nil {
				return err
			}
			if runs++; runs == 1 {
				go func() {
					other <- again.Write(context.Background(), func(tx *Tx) error { tx.Append(entry(2)); return nil })
				}()
				select {
				case err := <-other:
					t.Errorf("the other wrote between: %v", err)
					other <- err
				case <-time.After(300 * time.Millisecond):
				}
			}
			tx.Append(entry(1))
			return nil
		})
		if err != nil || runs != 1 {
			t.Errorf("carried out %d times: %v", runs, err)
		}
		if err := <-other; err != nil {
			t.Errorf("the other, afterwards: %v", err)
		}
		if wrong := s.check(t); len(wrong) > 0 {
			t.Error(wrong)
		}
	})
}

// hold keeps others from writing to the books, until the test ends.
func (s *Store) hold(t *testing.T) {
	t.Helper()
	conn, err := s.read.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	hold := []string{"BEGIN", "SELECT 1 FROM journal_head FOR UPDATE"}
	if !s.dialect.shared {
		hold = []string{"PRAGMA query_only = 0", "BEGIN IMMEDIATE"}
	}
	for _, text := range hold {
		if _, err := conn.ExecContext(t.Context(), text); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() { conn.Close() })
}

// Closing ends soon where another process holds the books: what is not
// committed is answered as not done, and is not done.
func TestCloseWhileHeld(t *testing.T) {
	eachDialect(t, func(t *testing.T, s *Store) {
		dir, address := s.dialect.dir, s.dialect.address
		holder, err := Open(t.Context(), Config{Dir: dir, Database: address})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Write(t.Context(), func(tx *Tx) error { tx.Append(entry(1)); return nil }); err != nil {
			t.Fatal(err)
		}
		holder.hold(t)
		answers := make(chan error)
		commands := 4*groupMax + groupMax + 50 // one group under way, a full queue, and some who wait to get in
		for range commands {
			go func() {
				answers <- s.Write(context.Background(), func(tx *Tx) error { tx.Append(entry(2)); return nil })
			}()
		}
		for len(s.writer.queue) < 4*groupMax {
			time.Sleep(time.Millisecond)
		}
		began := time.Now()
		s.Close()
		if took := time.Since(began); took > 4*time.Second {
			t.Errorf("closing took %s", took)
		}
		for range commands {
			if err := <-answers; !errors.Is(err, ErrUnavailable) {
				t.Fatalf("a command that waited: %v", err)
			}
		}
		if err := s.Write(t.Context(), func(*Tx) error { return nil }); !errors.Is(err, ErrUnavailable) {
			t.Errorf("a command afterwards: %v", err)
		}
		if head, err := holder.Head(t.Context()); err != nil || head.Position != 1 {
			t.Errorf("head %d, %v", head.Position, err)
		}
		holder.Close()
	})
}

// Closing answers all that waits, longer than the grace where the database gets on.
func TestCloseAnswersLongQueue(t *testing.T) {
	eachDialect(t, func(t *testing.T, s *Store) {
		answers := make(chan error)
		var begun atomic.Int64
		const commands = 15
		for i := range commands {
			go func() {
				answers <- s.Write(context.Background(), func(tx *Tx) error {
					begun.Add(1)
					if _, err := tx.Node(); err != nil {
						return err
					}
					time.Sleep(100 * time.Millisecond)
					tx.Append(entry(byte(i + 1)))
					return nil
				})
			}()
		}
		for begun.Load() == 0 || int64(len(s.writer.queue))+begun.Load() < commands {
			time.Sleep(time.Millisecond)
		}
		dir, address := s.dialect.dir, s.dialect.address
		closed := make(chan error)
		go func() { closed <- s.Close() }()
		for range commands {
			if err := <-answers; err != nil {
				t.Errorf("a command that waited: %v", err)
			}
		}
		if err := <-closed; err != nil {
			t.Fatal(err)
		}
		again, err := Open(t.Context(), Config{Dir: dir, Database: address})
		if err != nil {
			t.Fatal(err)
		}
		defer again.Close()
		if head, err := again.Head(t.Context()); err != nil || head.Position != commands {
			t.Errorf("head %d, %v", head.Position, err)
		}
	})
}

// A database that stays away costs its command the tries, and no wait after the last.
func TestNoWaitAfterLastTry(t *testing.T) {
	eachDialect(t, func(t *testing.T, s *Store) {
		s.writer.pause = time.Millisecond // after the sixth it would come to a second
		var last time.Time
		tries := 0
		err := s.Write(t.Context(), func(*Tx) error { tries++; last = time.Now(); return ErrUnavailable })
		if !errors.Is(err, ErrUnavailable) || tries != triesMax {
			t.Errorf("%d tries: %v", tries, err)
		}
		if waited := time.Since(last); waited > 500*time.Millisecond {
			t.Errorf("answered %s after the last try", waited)
		}
	})
}

// The writer keeps few statements, however many texts it was given.
func TestWriterStatementsAreBounded(t *testing.T) {
	eachDialect(t, func(t *testing.T, s *Store) {
		for group := range 3 {
			if err := s.Write(t.Context(), func(tx *Tx) error {
				for i := range 200 {
					if err := tx.exec(tx.Context(), fmt.Sprintf("UPDATE node SET made = ? + %d", 200*group+i), 0); err != nil {
						return err
					}
				}
				return nil
			}); err != nil {
				t.Fatal(err)
			}
		}
		var kept int
		if err := s.Write(t.Context(), func(tx *Tx) error { kept = len(tx.w.kept); return nil }); err != nil || kept > writeStatementsMax {
			t.Errorf("%d statements are kept, %v", kept, err)
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
