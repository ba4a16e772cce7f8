package store

import (
	"slices"
	"testing"
)

// Which LABs know an agent is compared with what the journal makes of it.
func TestRebuildComparesAdoptions(t *testing.T) {
	adopt := func(tx *Tx, labs ...byte) error {
		for _, lab := range labs {
			if err := tx.AdoptAgent(id(11), id(lab)); err != nil {
				return err
			}
		}
		return nil
	}
	tests := []struct {
		name           string
		kept, replayed []byte
		want           string
	}{
		{"as it was", []byte{1, 2}, []byte{2, 1}, ""},
		{"one too many", []byte{1, 2}, []byte{1}, ": differs from what the journal makes of it"},
		{"another", []byte{1}, []byte{2}, ": differs from what the journal makes of it"},
		{"not in the journal", []byte{1}, nil, ": the journal knows no such record"},
		{"gone", nil, []byte{1}, ": was missing"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			eachDialect(t, func(t *testing.T, s *Store) {
				var got, want []string
				if test.want != "" {
					want = []string{"agent_lab " + id(11).String() + test.want}
				}
				err := s.Write(t.Context(), func(tx *Tx) (err error) {
					if err := adopt(tx, test.kept...); err != nil {
						return err
					}
					got, err = tx.Rebuild(func() error { return adopt(tx, test.replayed...) })
					return err
				})
				if err != nil || !slices.Equal(got, want) {
					t.Errorf("%v, %v; want %v", got, err, want)
				}
			})
		})
	}
}
