package store

import (
	"fmt"
	"strings"
	"testing"
)

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

// An entry whose body is gone is reported: nothing takes bodies away.
func TestMissingBody(t *testing.T) {
	eachDialect(t, func(t *testing.T, s *Store) {
		for n := range byte(3) {
			if err := s.Write(t.Context(), func(tx *Tx) error { tx.Append(entry(n + 1)); return nil }); err != nil {
				t.Fatal(err)
			}
		}
		s.alter(t, "body", 2, nil)
		s.alter(t, "salt", 2, nil)
		if wrong := s.check(t); len(wrong) != 1 || wrong[0] != "journal: the body of entry 2 is missing" {
			t.Errorf("without a body: %v", wrong)
		}
	})
}
