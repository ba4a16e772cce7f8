package valueflows

import "testing"

// What an event of each action changes but quantities: location, container,
// stage, state, accountable and custodian of R and of T. The event says a
// location and a state, and where it is an output of a process, that one is
// based on a stage; R and T are in a box and another's until then.
func TestPlaces(t *testing.T) {
	const there, worked = "R.location R.state R.custodian", "R.location R.stage R.state R.custodian"
	tests := []struct {
		action Action
		alone  string // provider and receiver are the same
		give   string // they differ, and T is named where it can be
		part   string // they differ, and no T is named
	}{
		{"produce", "R.stage R.state", "R.stage R.state T.stage T.state T.custodian", "R.stage R.state R.custodian"},
		{"consume", "R.state", "R.state T.state", "R.state"},
		{"use", "R.state", "R.state", "R.state"},
		{"work", "", "", ""},
		{"cite", "R.state", "R.state", "R.state"},
		{"deliverService", "", "", ""},
		{"pickup", "R.location R.state", "R.location R.state T.location T.state T.custodian", there},
		{"dropoff", "R.location R.stage R.state", "R.location R.stage R.state T.location T.stage T.state T.custodian", worked},
		{"accept", "R.location R.state", "R.location R.state T.location T.state T.custodian", there},
		{"modify", "R.location R.stage R.state", "R.location R.stage R.state T.location T.stage T.state T.custodian", worked},
		{"combine", "R.state R.container", "R.state R.container", "R.state"},
		{"separate", "R.stage R.state R.container", "R.stage R.state R.container", "R.stage R.state R.container"},
		{"transfer", "T.location T.state T.accountable T.custodian", "T.location T.state T.accountable T.custodian", ""},
		{"transferAllRights", "T.state T.accountable", "T.state T.accountable", ""},
		{"transferCustody", "T.location T.state T.custodian", "T.location T.state T.custodian", ""},
		{"move", "T.location T.state T.custodian", "T.location T.state T.custodian", there},
		{"copy", "T.state", "T.state", ""},
		{"raise", "R.state", "R.state", "R.state"},
		{"lower", "R.state", "R.state", "R.state"},
	}
	covers(t, len(tests), func(i int) Action { return tests[i].action })
	for _, test := range tests {
		placed(t, "alone", happened(t, test.action, alice, alice), test.alone)
		placed(t, "between agents", happened(t, test.action, alice, bob), test.give)
		e := happened(t, test.action, alice, bob)
		e.ToResourceInventoriedAs = ID{}
		placed(t, "between agents, no T", e, test.part)
	}
}

// placed lets the event happen and compares what changed, which must have
// become what the event says.
func placed(t *testing.T, when string, e *EconomicEvent, want string) {
	t.Helper()
	s := Scene{From: stock(r), Stage: packed}
	if !e.ToResourceInventoriedAs.IsZero() {
		s.To = stock(tt)
	}
	apply(t, e, s)
	var got []string
	for letter, resource := range map[string]*EconomicResource{"R": s.From, "T": s.To} {
		if resource == nil {
			continue
		}
		names := changed(letter, *stock(resource.ID), *resource)
		got = append(got, names...)
		is := set(names)
		for name, right := range map[string]bool{
			"location":    resource.CurrentLocation == market,
			"container":   resource.ContainedIn == e.ToResourceInventoriedAs, // none where it came out
			"stage":       resource.Stage == packed,
			"state":       resource.State == "fresh",
			"accountable": resource.PrimaryAccountable == e.Receiver,
			"custodian":   resource.Custodian == e.Receiver,
		} {
			if is[letter+"."+name] && !right {
				t.Errorf("%s %s: %s.%s is not what the event says", e.Action, when, letter, name)
			}
		}
	}
	if inOrder(got...) != inOrder(want) {
		t.Errorf("%s %s changed %q, want %q", e.Action, when, inOrder(got...), inOrder(want))
	}
}

// What the event does not say stays as it was: no place, no state, a process
// that is based on nothing, an event of no process.
func TestPlacesUnsaid(t *testing.T) {
	for _, action := range ActionIDs {
		e := happened(t, action, alice, bob)
		e.ToLocation, e.State = ID{}, ""
		s := Scene{From: stock(r), To: stock(tt)} // no stage
		apply(t, e, s)
		outside := happened(t, action, alice, bob)
		outside.InputOf, outside.OutputOf, outside.ToLocation, outside.State = ID{}, ID{}, ID{}, ""
		o := Scene{From: stock(r), To: stock(tt), Stage: packed}
		apply(t, outside, o)
		for _, resource := range []*EconomicResource{s.From, s.To, o.From, o.To} {
			if resource.CurrentLocation != barn || resource.State != "dry" || resource.Stage != otherID {
				t.Errorf("%s: location %s, state %s, stage %s", action, resource.CurrentLocation, resource.State, resource.Stage)
			}
		}
	}
}

// Without a resource of the receiver's, things that are given whole, and no
// others, are then in the receiver's hands; whose they are stays (rule 2).
func TestGivenWithoutReceivingResource(t *testing.T) {
	tests := []struct {
		action      Action
		quantity    string
		custodian   ID
		accountable ID
		holds       string
	}{
		{"transferCustody", "10", bob, carol, "10 0"},
		{"transferCustody", "9", carol, carol, "10 1"},
		{"transfer", "10", bob, carol, "0 0"},
		{"transfer", "9", carol, carol, "1 1"},
		{"transferAllRights", "10", carol, carol, "0 10"},
		{"pickup", "9", bob, carol, "10 1"},
		{"dropoff", "9", bob, carol, "10 19"},
		{"accept", "9", bob, carol, "10 1"},
		{"modify", "9", bob, carol, "10 19"},
		{"produce", "9", bob, carol, "19 19"},
		{"consume", "10", carol, carol, "0 0"},
	}
	for _, test := range tests {
		given := stock(r)
		e := happened(t, test.action, alice, bob)
		e.ToResourceInventoriedAs, e.ResourceQuantity = ID{}, kg(test.quantity)
		apply(t, e, Scene{From: given})
		holds(t, string(test.action), given, test.holds)
		if given.Custodian != test.custodian || given.PrimaryAccountable != test.accountable {
			t.Errorf("%s of %s: accountable %s, custodian %s", test.action, test.quantity, given.PrimaryAccountable, given.Custodian)
		}
	}
}

// A move to a place leaves the stock as it is, elsewhere.
func TestMoveToPlace(t *testing.T) {
	moved := stock(r)
	e := &EconomicEvent{Action: "move", Provider: carol, Receiver: carol, ResourceInventoriedAs: r, ResourceQuantity: kg("10"), ToLocation: market}
	if err := e.Check(); err != nil {
		t.Fatal(err)
	}
	apply(t, e, Scene{From: moved})
	holds(t, "moved", moved, "10 10")
	if got := inOrder(changed("R", *stock(r), *moved)...); got != "R.location" || moved.CurrentLocation != market {
		t.Errorf("changed %s, at %s", got, moved.CurrentLocation)
	}
}
