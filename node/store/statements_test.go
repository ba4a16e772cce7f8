package store

import (
	"fmt"
	"sync"
	"testing"
)

// The readers keep few statements, however many texts they are given, and rows
// that are being read outlive the statement that they come from.
func TestReaderStatementsAreBounded(t *testing.T) {
	eachDialect(t, func(t *testing.T, s *Store) {
		s.kept.most = 8
		open, err := s.query(t.Context(), "SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 ORDER BY 1")
		if err != nil {
			t.Fatal(err)
		}
		defer open.Close()
		var all sync.WaitGroup
		for reader := range 3 {
			all.Go(func() {
				for i := range 100 {
					n := i % (10 + reader) // some of one another's
					rows, err := s.query(t.Context(), fmt.Sprintf("SELECT %d", n))
					if err != nil {
						t.Errorf("read %d: %v", n, err)
						return
					}
					var got int
					if !rows.Next() || rows.Scan(&got) != nil || got != n {
						t.Errorf("read %d as %d, %v", n, got, rows.Err())
					}
					rows.Close()
				}
			})
		}
		all.Wait()
		if len(s.kept.known) != 8 || s.kept.order.Len() != 8 {
			t.Errorf("%d and %d statements are kept", len(s.kept.known), s.kept.order.Len())
		}
		count := 0
		for open.Next() {
			count++
		}
		if err := open.Err(); err != nil || count != 3 {
			t.Errorf("rows of a statement let go: %d, %v", count, err)
		}
	})
}

// A statement that is let go closes when its last user gives it back.
func TestStatementClosesAfterLastUse(t *testing.T) {
	eachDialect(t, func(t *testing.T, s *Store) {
		s.kept.most = 1
		first, err := s.kept.take(t.Context(), "SELECT 1")
		if err != nil {
			t.Fatal(err)
		}
		second, err := s.kept.take(t.Context(), "SELECT 2")
		if err != nil {
			t.Fatal(err)
		}
		s.kept.give(second)
		var n int
		if err := first.Get(&n); err != nil || n != 1 {
			t.Errorf("let go while in use: %d, %v", n, err)
		}
		s.kept.give(first)
		if err := first.Get(&n); err == nil {
			t.Error("let go, and still open after its last use")
		}
		if err := second.Get(&n); err != nil || n != 2 {
			t.Errorf("kept: %d, %v", n, err)
		}
	})
}

// One list keeps few statements, whatever its page and however many values are asked for.
func TestListsHaveFewShapes(t *testing.T) {
	eachDialect(t, func(t *testing.T, s *Store) {
		for n := range 33 {
			var f Filter
			for i := range n + 1 {
				f.TrackingIdentifier = append(f.TrackingIdentifier, fmt.Sprint(i))
				f.ClassifiedAs = append(f.ClassifiedAs, uri(i))
			}
			if _, err := List[resource](t.Context(), s, Sight{Everything: true}, f, Page{First: n + 1}); err != nil {
				t.Fatal(err)
			}
			if _, err := ListBy[resource](t.Context(), s, Sight{Everything: true}, LinkConformsTo, ids(n+1), f, Page{First: n + 1}); err != nil {
				t.Fatal(err)
			}
		}
		if kept := len(s.kept.known); kept > 20 {
			t.Errorf("%d statements for lists of 1 to 33 values", kept)
		}
	})
}
