package valueflows

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
)

// The people, places and things of the tests.
var (
	alice, bob, carol = ID{1}, ID{2}, ID{3}

	grain, crate        = ID{0x10}, ID{0x11} // specifications
	packing, packed     = ID{0x20}, ID{0x21} // a process, and what it is based on
	barn, market        = ID{0x30}, ID{0x31}
	r, tt, box, otherID = ID{0x40}, ID{0x41}, ID{0x42}, ID{0x43} // resources

	kilogram = OMUnitID("kilogram")
)

func kg(number string) *Measure { return &Measure{MustDecimal(number), kilogram} }

// stock is 10 kg of grain in a box in the barn, which is all carol's.
func stock(id ID) *EconomicResource {
	return &EconomicResource{
		Record: Record{ID: id}, ConformsTo: grain, AccountingQuantity: kg("10"), OnhandQuantity: kg("10"),
		PrimaryAccountable: carol, Custodian: carol, CurrentLocation: barn, ContainedIn: box, Stage: otherID, State: "dry",
	}
}

// happened is a legal event of 0.1 kg between two agents that says all that an
// event of its action can: the resource r, the resource tt where it may name a
// receiving one, its process, a place and a state.
func happened(t *testing.T, action Action, provider, receiver ID) *EconomicEvent {
	t.Helper()
	b := Actions[action]
	e := &EconomicEvent{
		Action: action, Provider: provider, Receiver: receiver, ResourceInventoriedAs: r,
		ResourceQuantity: kg("0.1"), EffortQuantity: &Measure{MustDecimal("2"), Hour}, ToLocation: market, State: "fresh",
	}
	if b.takesTo(provider != receiver) && b.ContainedEffect != rem { // r is in the box, which it need not name
		e.ToResourceInventoriedAs = tt
	}
	if b.InputOutput == inp || b.InputOutput == oin {
		e.InputOf = packing
	}
	if b.InputOutput == out || b.InputOutput == oin {
		e.OutputOf = packing
	}
	if err := e.Check(); err != nil {
		t.Fatalf("%s: %v", action, err)
	}
	return e
}

// quantities writes what is accounted for and on hand.
func quantities(r *EconomicResource) string {
	return r.AccountingQuantity.HasNumericalValue.String() + " " + r.OnhandQuantity.HasNumericalValue.String()
}

// holds checks what is accounted for and on hand.
func holds(t *testing.T, what string, r *EconomicResource, want string) {
	t.Helper()
	if got := quantities(r); got != want {
		t.Errorf("%s: %s, want %s", what, got, want)
	}
}

// apply lets an event happen that must succeed.
func apply(t *testing.T, e *EconomicEvent, s Scene) {
	t.Helper()
	if err := e.Apply(s); err != nil {
		t.Fatalf("%s: %v", e.Action, err)
	}
}

// refused checks the code and the path of an [*InputError].
func refused(t *testing.T, what string, err error, code, path string) {
	t.Helper()
	var input *InputError
	if !errors.As(err, &input) {
		t.Errorf("%s: %v, want %s at %s", what, err, code, path)
		return
	}
	if got := strings.Join(input.Path, "."); input.Code != code || got != path {
		t.Errorf("%s: %s at %q (%v), want %s at %q", what, input.Code, got, err, code, path)
	}
}

// changed names what differs of a resource but its quantities, each as its
// letter and field, such as R.state.
func changed(letter string, before, after EconomicResource) []string {
	var names []string
	for name, differs := range map[string]bool{
		"location":    before.CurrentLocation != after.CurrentLocation,
		"container":   before.ContainedIn != after.ContainedIn,
		"stage":       before.Stage != after.Stage,
		"state":       before.State != after.State,
		"accountable": before.PrimaryAccountable != after.PrimaryAccountable,
		"custodian":   before.Custodian != after.Custodian,
	} {
		if differs {
			names = append(names, letter+"."+name)
		}
	}
	return names
}

// inOrder writes names for comparison.
func inOrder(names ...string) string { return strings.Join(slices.Sorted(maps.Keys(set(names))), " ") }

func set(names []string) map[string]bool {
	all := map[string]bool{}
	for _, name := range names {
		for _, word := range strings.Fields(name) {
			all[word] = true
		}
	}
	return all
}
