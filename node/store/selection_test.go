package store

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"disconode/valueflows"
)

type resource = valueflows.EconomicResource

func uri(n int) valueflows.URI { return valueflows.URI(fmt.Sprintf("urn:x:%d", n)) }

func ids(n int) []valueflows.ID {
	all := make([]valueflows.ID, n)
	for i := range all {
		all[i] = id(byte(i + 1))
	}
	return all
}

// rec is a record of the LAB 1.
func rec(n byte) valueflows.Record {
	return valueflows.Record{ID: id(n), Books: id(1), Revision: id(n), Position: int64(n)}
}

func (s *Store) put(t *testing.T, do func(*Tx)) {
	t.Helper()
	if err := s.Write(t.Context(), func(tx *Tx) error { do(tx); return nil }); err != nil {
		t.Fatal(err)
	}
}

// found are the ids of the rows that a filter selects, in the end byte.
func found[T Row](t *testing.T, s *Store, sight Sight, f Filter) []byte {
	t.Helper()
	page, err := List[T](t.Context(), s, sight, f, Page{First: 100})
	if err != nil {
		t.Fatalf("%+v: %v", f, err)
	}
	var all []byte
	for _, row := range page.Nodes {
		id := tableOf[T]().id(row)
		all = append(all, id[15])
	}
	return all
}

// Texts are found in any letter case of any alphabet, signs as they stand;
// classifications exactly. Both databases answer alike.
func TestSearchAndClassificationAlike(t *testing.T) {
	eachDialect(t, func(t *testing.T, s *Store) {
		s.put(t, func(tx *Tx) {
			for i, r := range []resource{
				{Name: "École Ñandú", ClassifiedAs: []valueflows.URI{"urn:x:Soil"}},
				{Name: "100% wool_", ClassifiedAs: []valueflows.URI{"urn:x:soil", "urn:x:100%25"}},
				{Name: "ΟΔΟΣ и Жук", Note: `back\slash`, ClassifiedAs: []valueflows.URI{"urn:x:soil2"}},
			} {
				r.Record = rec(byte(i + 11))
				PutRow(tx, &r)
			}
		})
		tests := []struct {
			filter Filter
			want   []byte
		}{
			{Filter{Search: "École"}, []byte{11}},
			{Filter{Search: "école ñ"}, []byte{11}},
			{Filter{Search: "ÑANDÚ"}, []byte{11}},
			{Filter{Search: "ecole"}, nil},
			{Filter{Search: "WOOL_"}, []byte{12}},
			{Filter{Search: "0% w"}, []byte{12}},
			{Filter{Search: "1__% wool"}, nil},
			{Filter{Search: "%"}, []byte{12}},
			{Filter{Search: "жУК"}, []byte{13}},
			{Filter{Search: `K\S`}, []byte{13}},
			{Filter{ClassifiedAs: []valueflows.URI{"urn:x:Soil"}}, []byte{11}},
			{Filter{ClassifiedAs: []valueflows.URI{"urn:x:soil"}}, []byte{12}},
			{Filter{ClassifiedAs: []valueflows.URI{"urn:x:SOIL"}}, nil},
			{Filter{ClassifiedAs: []valueflows.URI{"urn:x:100%25"}}, []byte{12}},
			{Filter{ClassifiedAs: []valueflows.URI{"urn:x:%25"}}, nil},
			{Filter{ClassifiedAs: []valueflows.URI{"urn:x:Soil", "urn:x:soil2", "urn:x:none"}}, []byte{11, 13}},
			{Filter{Kind: []valueflows.Class{"Person"}}, nil}, // resources have none
			{Filter{Finished: new(bool)}, nil},
			{Filter{From: new(valueflows.Instant)}, nil},
		}
		for _, test := range tests {
			if got := found[resource](t, s, Sight{Lab: id(1)}, test.filter); !slices.Equal(got, test.want) {
				t.Errorf("%+v: %v, want %v", test.filter, got, test.want)
			}
		}
	})
}

// Who a person is can be searched in the LAB whose books it is in, and by
// itself; a LAB that has adopted the agent learns no name.
func TestNamesAreSearchedAtHome(t *testing.T) {
	eachDialect(t, func(t *testing.T, s *Store) {
		s.put(t, func(tx *Tx) {
			PutRow(tx, &valueflows.Agent{Record: rec(11), Kind: valueflows.ClassPerson})
			if err := tx.PutIdentity(Identity{ID: id(11), Name: "Bea Ñandú"}); err != nil {
				t.Error(err)
			}
			if err := tx.AdoptAgent(id(11), id(2)); err != nil {
				t.Error(err)
			}
		})
		tests := []struct {
			name  string
			sight Sight
			want  []byte
		}{
			{"its LAB", Sight{Lab: id(1)}, []byte{11}},
			{"another that adopted it", Sight{Lab: id(2)}, nil},
			{"itself, in the other", Sight{Lab: id(2), Person: id(11)}, []byte{11}},
			{"another person there", Sight{Lab: id(2), Person: id(12)}, nil},
			{"nobody's books", Sight{}, nil},
			{"the command line", Sight{Everything: true}, []byte{11}},
		}
		for _, test := range tests {
			if got := found[valueflows.Agent](t, s, test.sight, Filter{Search: "ñandú"}); !slices.Equal(got, test.want) {
				t.Errorf("%s: %v, want %v", test.name, got, test.want)
			}
		}
		if got := found[valueflows.Agent](t, s, Sight{Lab: id(2)}, Filter{}); !slices.Equal(got, []byte{11}) {
			t.Errorf("the adopted agent itself: %v", got)
		}
	})
}

// Care for people is listed to who may see its hours, by action, stream and
// time; asked by anything else of a filter it is not there, whatever the value.
func TestCareIsFoundByNothingElse(t *testing.T) {
	eachDialect(t, func(t *testing.T, s *Store) {
		s.put(t, func(tx *Tx) {
			for n, stream := range map[byte]valueflows.Stream{11: valueflows.CarePeople, 12: valueflows.Livelihood} {
				e := valueflows.EconomicEvent{Record: rec(n), Action: "work", Stream: stream, State: "state", Note: "search",
					ResourceClassifiedAs: []valueflows.URI{"urn:x:1"}}
				PutRow(tx, &Event{EconomicEvent: e, Happened: 5})
			}
		})
		keeper := Sight{Lab: id(1), NoCareParties: true}
		shown := []string{"Origin", "Action", "Stream", "From", "To"}
		var from, to valueflows.Instant = 1, 9
		for _, f := range []Filter{{}, {Action: []valueflows.Action{"work"}}, {Stream: []valueflows.Stream{valueflows.CarePeople, valueflows.Livelihood}}, {From: &from, To: &to}} {
			if got := found[Event](t, s, keeper, f); len(got) != 2 {
				t.Errorf("%+v: %v", f, got)
			}
		}
		for _, f := range []Filter{{State: []string{"state"}}, {Search: "sear"}, {ClassifiedAs: []valueflows.URI{"urn:x:1"}}} {
			if got := found[Event](t, s, keeper, f); !slices.Equal(got, []byte{12}) {
				t.Errorf("%+v: %v", f, got)
			}
			if got := found[Event](t, s, Sight{Lab: id(1)}, f); len(got) != 2 {
				t.Errorf("%+v, who may see all: %v", f, got)
			}
		}
		for i := range reflect.TypeFor[Filter]().NumField() { // and what is added to filters later
			var f Filter
			field := reflect.ValueOf(&f).Elem().Field(i)
			switch field.Kind() {
			case reflect.String:
				field.SetString("x")
			case reflect.Slice:
				field.Set(reflect.MakeSlice(field.Type(), 1, 1))
			default:
				field.Set(reflect.New(field.Type().Elem()))
			}
			name := reflect.TypeFor[Filter]().Field(i).Name
			if f.tells() == slices.Contains(shown, name) {
				t.Errorf("a filter by %s tells: %t", name, f.tells())
			}
		}
	})
}

// An agent's events in a range are found by whose they are, in the order of the
// list: without an index on times, which would have all of the range sorted.
func TestAgentsYearIsFoundByAgent(t *testing.T) {
	s, err := Open(t.Context(), Config{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	from, to := valueflows.Instant(1), valueflows.Instant(2)
	sel := selection{dialect: s.dialect}
	sel.see(events.name, Sight{Lab: id(1)})
	narrow(&sel, &events, Filter{Provider: []valueflows.ID{id(2)}, From: &from, To: &to}, Sight{Lab: id(1)})
	plan := s.steps(t, asked{reader: "events of an agent in a range", text: "SELECT id FROM economic_event WHERE " + sel.text() + " ORDER BY position LIMIT 51", args: sel.args})
	if len(plan) != 1 || !strings.Contains(plan[0], "economic_event_provider (lab=? AND provider=?)") {
		t.Errorf("the plan: %q", plan)
	}
}
