package store

import (
	"reflect"
	"slices"
	"testing"

	"disconode/valueflows"
)

// Who names a record is looked for in every table whose rows may name many.
func TestListersAreAll(t *testing.T) {
	var all []string
	for _, tables := range listers {
		all = append(all, tables...)
	}
	for _, table := range tables {
		of := reflect.ValueOf(table).Elem()
		if name := of.FieldByName("name").String(); !of.FieldByName("lists").IsNil() && !slices.Contains(all, name) {
			t.Errorf("nobody looks in %s", name)
		}
	}
}

// Names are told by the books that they stand in, for as many records as are
// asked for, and only in the books that are asked for.
func TestNamersOf(t *testing.T) {
	eachDialect(t, func(t *testing.T, s *Store) {
		err := s.Write(t.Context(), func(tx *Tx) error {
			for i, books := range []byte{201, 202, 201} {
				e := &Event{EconomicEvent: valueflows.EconomicEvent{Record: valueflows.Record{ID: id(byte(i + 1)), Books: id(books), Revision: id(1), Position: int64(i + 1)},
					Action: "work", Fulfills: []valueflows.ID{id(100)}}}
				if i > 0 {
					e.Fulfills = append(e.Fulfills, id(101))
				}
				PutRow(tx, e)
			}
			named, err := tx.NamersOf(valueflows.ClassCommitment, id(100))
			if !slices.Equal(named, []valueflows.ID{id(201), id(202)}) {
				t.Errorf("as the transaction sees it: %v", named)
			}
			one, another := false, false
			if err == nil {
				one, err = tx.IsNamedByEvent(LinkFulfills, id(101), id(202))
			}
			if err == nil {
				another, err = tx.IsNamedByEvent(LinkFulfills, id(101), id(203))
			}
			if !one || another {
				t.Errorf("named by an event: %v, %v", one, another)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		asked := []valueflows.ID{id(100), id(101)}
		for i := range byte(80) { // more than one statement asks for
			asked = append(asked, id(i+110))
		}
		for _, test := range []struct {
			books []valueflows.ID
			want  [][]valueflows.ID
		}{
			{nil, [][]valueflows.ID{{id(201), id(202)}, {id(201), id(202)}}},
			{[]valueflows.ID{id(202), id(203)}, [][]valueflows.ID{{id(202)}, {id(202)}}},
			{[]valueflows.ID{id(203)}, [][]valueflows.ID{nil, nil}},
		} {
			all, err := s.NamersOf(t.Context(), valueflows.ClassCommitment, asked, test.books...)
			if err != nil || !slices.Equal(all[asked[0]], test.want[0]) || !slices.Equal(all[asked[1]], test.want[1]) || len(all) > 2 {
				t.Errorf("in %v: %v, %v", test.books, all, err)
			}
		}
		if all, err := s.NamersOf(t.Context(), valueflows.ClassProposal, asked); err != nil || len(all) > 0 {
			t.Errorf("of what nothing names: %v, %v", all, err)
		}
	})
}
