package store

import (
	"errors"
	"testing"

	"disconode/valueflows"
)

// Sums read no more rows than they are allowed.
func TestSumsAreBounded(t *testing.T) {
	eachDialect(t, func(t *testing.T, s *Store) {
		s.put(t, func(tx *Tx) {
			for n := byte(11); n < 15; n++ {
				PutRow(tx, &Event{EconomicEvent: valueflows.EconomicEvent{Record: rec(n), Action: "work"}, Month: int32(n)})
			}
		})
		for most, want := range map[int]error{3: ErrTooMany, 4: nil} {
			sums, err := s.sums(t.Context(), Sight{Lab: id(1)}, Filter{}, []Group{GroupMonth}, most)
			if !errors.Is(err, want) || want == nil && len(sums) != 4 {
				t.Errorf("at most %d: %d, %v", most, len(sums), err)
			}
		}
	})
}
