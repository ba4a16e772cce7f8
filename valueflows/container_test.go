package valueflows

import (
	"errors"
	"slices"
	"testing"
)

// What happens to a thing by puts and takes, step by step: what it is in, the
// last first, and what of one piece is on hand. A file is off hand once, however
// many bundles it is in; a crate is on one pallet at a time.
func TestContainers(t *testing.T) {
	a, b, c := ID{0x50}, ID{0x51}, ID{0x52}
	type step struct {
		action Action
		of     ID     // the container that it names
		undoes int    // the step that it takes back, from 1; 0 for none
		in     []ID   // after it
		onhand string // after it
	}
	tests := []struct {
		name    string
		digital bool
		onhand  string
		steps   []step
	}{
		{"a design file in two bundles, and out of them", true, "1", []step{
			{"combine", a, 0, []ID{a}, "0"}, {"combine", b, 0, []ID{b, a}, "0"},
			{"separate", b, 0, []ID{a}, "0"}, {"separate", ID{}, 0, nil, "1"}}},
		{"out of the first one first", true, "1", []step{
			{"combine", a, 0, []ID{a}, "0"}, {"combine", b, 0, []ID{b, a}, "0"}, {"combine", c, 0, []ID{c, b, a}, "0"},
			{"separate", a, 0, []ID{c, b}, "0"}, {"separate", c, 0, []ID{b}, "0"}, {"separate", b, 0, nil, "1"}}},
		{"put into the same bundle again", true, "2", []step{
			{"combine", a, 0, []ID{a}, "1"}, {"combine", b, 0, []ID{b, a}, "1"}, {"combine", a, 0, []ID{a, b}, "1"}}},
		{"the second put taken back", true, "1", []step{
			{"combine", a, 0, []ID{a}, "0"}, {"combine", b, 0, []ID{b, a}, "0"}, {"combine", b, 2, []ID{a}, "0"}, {"separate", ID{}, 0, nil, "1"}}},
		{"the first put taken back: it is in the second, and comes to hand from there", true, "1", []step{
			{"combine", a, 0, []ID{a}, "0"}, {"combine", b, 0, []ID{b, a}, "0"}, {"combine", a, 1, []ID{b}, "0"}, {"separate", ID{}, 0, nil, "1"}}},
		{"a take taken back: it is in the first one only", true, "1", []step{
			{"combine", a, 0, []ID{a}, "0"}, {"combine", b, 0, []ID{b, a}, "0"}, {"separate", b, 0, []ID{a}, "0"}, {"separate", b, 3, []ID{a}, "0"}}},
		{"taken from all, as a history tells it that names none", true, "1", []step{
			{"combine", a, 0, []ID{a}, "0"}, {"combine", b, 0, []ID{b, a}, "0"}, {"separate", ID{}, 0, nil, "1"}}},
		{"a crate moved from pallet to pallet", false, "1", []step{
			{"combine", a, 0, []ID{a}, "0"}, {"separate", a, 0, nil, "1"}, {"combine", b, 0, []ID{b}, "0"}, {"separate", ID{}, 0, nil, "1"}}},
		{"crates that go to another pallet, part by part", false, "2", []step{
			{"combine", a, 0, []ID{a}, "1"}, {"combine", b, 0, []ID{b}, "0"}}},
	}
	for _, test := range tests {
		thing := &EconomicResource{Record: Record{ID: r}, ConformsTo: crate, Overdraw: true,
			AccountingQuantity: &Measure{MustDecimal(test.onhand), One}, OnhandQuantity: &Measure{MustDecimal(test.onhand), One}}
		if test.digital {
			thing.CurrentVirtualLocation = "https://files.example/plough"
		}
		var custody []Custody
		for i, step := range test.steps {
			e := &EconomicEvent{Action: step.action, Provider: alice, Receiver: alice, ResourceInventoriedAs: r, ToResourceInventoriedAs: step.of, ResourceQuantity: &Measure{MustDecimal("1"), One}}
			s := Scene{From: thing}
			if step.undoes > 0 {
				e = correcting(e, "-1")
				e.ResourceQuantity = &Measure{MustDecimal("-1"), One}
				s.Custody = &custody[step.undoes-1]
			}
			if err := errors.Join(e.Check(), e.CheckContainer(s)); err != nil && step.of != (ID{}) {
				t.Errorf("%s, step %d: %v", test.name, i+1, err)
			}
			custody = append(custody, e.Custody(s))
			apply(t, e, s)
			if in := thing.Containers(); !slices.Equal(in, step.in) || thing.OnhandQuantity.HasNumericalValue.String() != step.onhand {
				t.Errorf("%s, step %d: in %v with %s on hand, want %v with %s", test.name, i+1, in, thing.OnhandQuantity.HasNumericalValue, step.in, step.onhand)
			}
		}
	}
}

// Who takes a thing out of one of several containers says which; and which it
// is in.
func TestCheckContainer(t *testing.T) {
	tests := []struct {
		name string
		in   []ID
		of   ID
		code string
	}{
		{"in none", nil, ID{}, ""},
		{"in one", []ID{box}, ID{}, ""},
		{"in one, and named", []ID{box}, box, ""},
		{"in another", []ID{box}, tt, "NOT_CONTAINED"},
		{"in none, and one is named", nil, tt, "NOT_CONTAINED"},
		{"in two", []ID{box, tt}, ID{}, "AMBIGUOUS_CONTAINER"},
		{"in two, and the first is named", []ID{box, tt}, box, ""},
		{"in two, and the second is named", []ID{box, tt}, tt, ""},
		{"in two, and a third is named", []ID{box, tt}, otherID, "NOT_CONTAINED"},
	}
	for _, test := range tests {
		file := stock(r)
		file.CurrentVirtualLocation = "https://files.example"
		file.SetContainers(test.in)
		e := &EconomicEvent{Action: "separate", Provider: alice, Receiver: alice, ResourceInventoriedAs: r, ToResourceInventoriedAs: test.of, ResourceQuantity: kg("1")}
		err := e.CheckContainer(Scene{From: file})
		if test.code != "" {
			refused(t, test.name, err, test.code, "toResourceInventoriedAs")
		} else if err != nil {
			t.Errorf("%s: %v", test.name, err)
		}
		if err := correcting(e, "-1").CheckContainer(Scene{From: file}); err != nil {
			t.Errorf("%s, corrected: %v", test.name, err)
		}
		if err := file.CheckContainers(); err != nil {
			t.Errorf("%s: %v", test.name, err)
		}
		file.CurrentVirtualLocation = ""
		if err := file.CheckContainers(); len(test.in) > 1 {
			refused(t, test.name, err, "SEVERAL_CONTAINERS", "currentVirtualLocation")
		} else if err != nil {
			t.Errorf("%s: %v", test.name, err)
		}
	}
}

// Nothing is in itself, directly or through others; and a thing is in a bounded
// number of containers, whichever way they lie.
func TestCheckNesting(t *testing.T) {
	id := func(n int) ID { return ID{0x60, byte(n >> 8), byte(n)} }
	chain := func(length int) map[ID][]ID {
		in := map[ID][]ID{}
		for i := range length {
			in[id(i)] = []ID{id(i + 1)}
		}
		return in
	}
	ring := chain(2)
	ring[id(2)] = []ID{id(0)}
	fan := map[ID][]ID{}
	for i := range ContainersMax + 1 {
		fan[id(0)] = append(fan[id(0)], id(i+1))
	}
	tests := []struct {
		name string
		in   map[ID][]ID
		code string
	}{
		{"in nothing", nil, ""},
		{"in itself", map[ID][]ID{id(0): {id(0)}}, "CONTAINER_CYCLE"},
		{"in itself through two others", ring, "CONTAINER_CYCLE"},
		{"in what is in two that are in one", map[ID][]ID{id(0): {id(1)}, id(1): {id(2), id(3)}, id(2): {id(4)}, id(3): {id(4)}}, ""},
		{"in itself through the second of two", map[ID][]ID{id(0): {id(1), id(2)}, id(2): {id(0)}}, "CONTAINER_CYCLE"},
		{"in what is in itself, from before that was refused", map[ID][]ID{id(0): {id(1)}, id(1): {id(2)}, id(2): {id(1)}}, ""},
		{"as deep as can be", chain(ContainersMax), ""},
		{"one deeper", chain(ContainersMax + 1), "CONTAINER_LIMIT"},
		{"in too many at once", fan, "CONTAINER_LIMIT"},
	}
	for _, test := range tests {
		err := CheckNesting(id(0), func(at ID) ([]ID, error) { return test.in[at], nil })
		if test.code != "" {
			refused(t, test.name, err, test.code, "")
		} else if err != nil {
			t.Errorf("%s: %v", test.name, err)
		}
	}
	unread := errors.New("cannot be read")
	if err := CheckNesting(id(0), func(ID) ([]ID, error) { return nil, unread }); !errors.Is(err, unread) {
		t.Errorf("%v", err)
	}
}
