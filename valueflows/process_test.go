package valueflows

import (
	"strconv"
	"testing"
)

// What a process combines goes into the one resource it produces, else into
// the one it accepts and modifies (rule 5).
func TestContainer(t *testing.T) {
	on := func(action Action, resource ID, quantity string) *EconomicEvent {
		return &EconomicEvent{Action: action, ResourceInventoriedAs: resource, ResourceQuantity: kg(quantity)}
	}
	combine := on("combine", r, "1")
	tests := []struct {
		name   string
		events []*EconomicEvent
		want   ID
		code   string
	}{
		{"nothing happened", nil, ID{}, ""},
		{"none yet", []*EconomicEvent{combine}, ID{}, ""},
		{"a package is produced", []*EconomicEvent{combine, on("produce", box, "1")}, box, ""},
		{"in two parts", []*EconomicEvent{on("produce", box, "1"), on("produce", box, "2")}, box, ""},
		{"two packages", []*EconomicEvent{on("produce", box, "1"), on("produce", tt, "1")}, ID{}, "AMBIGUOUS_CONTAINER"},
		{"a cow joins the herd", []*EconomicEvent{on("accept", box, "1"), combine, on("modify", box, "1")}, box, ""},
		{"the herd is not back yet", []*EconomicEvent{on("accept", box, "1"), combine}, box, ""},
		{"two herds", []*EconomicEvent{on("accept", box, "1"), on("accept", tt, "1")}, ID{}, "AMBIGUOUS_CONTAINER"},
		{"what is produced comes before what is accepted", []*EconomicEvent{on("accept", tt, "1"), on("produce", box, "1"), on("modify", tt, "1")}, box, ""},
		{"what is produced and not counted here", []*EconomicEvent{on("produce", ID{}, "1"), combine}, ID{}, ""},
		{"used, consumed, separated", []*EconomicEvent{on("use", box, "1"), on("consume", tt, "1"), on("separate", tt, "1")}, ID{}, ""},
		{"the wrong package, taken back", []*EconomicEvent{on("produce", tt, "1"), on("produce", box, "1"), correcting(on("produce", tt, "1"), "-1")}, box, ""},
		{"the only package, taken back", []*EconomicEvent{on("produce", tt, "1"), correcting(on("produce", tt, "1"), "-1")}, ID{}, ""},
		{"fewer packages than first said", []*EconomicEvent{on("produce", box, "3"), correcting(on("produce", box, "3"), "-1")}, box, ""},
		{"the wrong herd, taken back", []*EconomicEvent{on("accept", tt, "1"), correcting(on("accept", tt, "1"), "-1"), on("accept", box, "1")}, box, ""},
	}
	for _, test := range tests {
		got, err := Container(test.events)
		if test.code != "" {
			refused(t, test.name, err, test.code, "toResourceInventoriedAs")
		} else if err != nil || got != test.want {
			t.Errorf("%s: %s, %v, want %s", test.name, got, err, test.want)
		}
	}
}

// What is combined is in its container, named or derived, and never in itself;
// what is separated is in none.
func TestContainment(t *testing.T) {
	tests := []struct {
		name    string
		action  Action
		to, of  ID // named by the event, and derived
		in, out ID // before and after
	}{
		{"named", "combine", tt, ID{}, ID{}, tt},
		{"named, whatever the process produces", "combine", tt, box, ID{}, tt},
		{"derived", "combine", ID{}, tt, ID{}, tt},
		{"from one box to another", "combine", tt, ID{}, box, tt},
		{"none yet", "combine", ID{}, ID{}, box, box},
		{"itself", "combine", ID{}, r, box, box},
		{"separated", "separate", ID{}, ID{}, box, ID{}},
		{"separated from nothing", "separate", ID{}, ID{}, ID{}, ID{}},
	}
	for _, test := range tests {
		resource := stock(r)
		resource.ContainedIn = test.in
		e := &EconomicEvent{Action: test.action, Provider: alice, Receiver: alice, ResourceInventoriedAs: r, ToResourceInventoriedAs: test.to, ResourceQuantity: kg("1")}
		container := stock(tt)
		container.ConformsTo = crate // of another kind than what it holds
		e.ResourceConformsTo = grain // what is combined, not what it goes into
		s := Scene{From: resource, Container: test.of}
		if !test.to.IsZero() {
			s.To = container
		}
		apply(t, e, s)
		if resource.ContainedIn != test.out {
			t.Errorf("%s: in %s, want %s", test.name, resource.ContainedIn, test.out)
		}
		holds(t, test.name+", the container", container, "10 10")
		if !test.to.IsZero() {
			apply(t, e, Scene{To: container}) // what is combined is not counted here
		}
	}
}

// Which actions put their resource into a container, may be a container's, and
// hand back what was accepted.
func TestParts(t *testing.T) {
	tests := map[Action]struct{ combines, holds, handsBack bool }{
		"combine": {combines: true},
		"produce": {holds: true},
		"accept":  {holds: true},
		"modify":  {holds: true, handsBack: true},
	}
	for _, action := range ActionIDs {
		e, want := EconomicEvent{Action: action}, tests[action]
		if e.Combines() != want.combines || e.Holds() != want.holds || e.HandsBack() != want.handsBack {
			t.Errorf("%s: combines %t, holds %t, hands back %t", action, e.Combines(), e.Holds(), e.HandsBack())
		}
	}
	named := EconomicEvent{Action: "combine", ToResourceInventoriedAs: tt}
	if named.Combines() {
		t.Error("a combine that names its container needs none derived")
	}
}

// What a process accepted and did not hand back is scrap, step by step: each
// step gives what is still to be recorded, and records it.
func TestScrap(t *testing.T) {
	type step struct {
		action   Action
		quantity string
		corrects bool
		scrap    string // still to be recorded after the step
	}
	tests := []struct {
		name  string
		steps []step
	}{
		{"998 of 1000, then the other 2", []step{
			{"accept", "1000", false, "0"}, {"modify", "998", false, "2"}, {"modify", "2", false, "-2"}}},
		{"in two parts, one missing", []step{
			{"accept", "1000", false, "0"}, {"modify", "500", false, "500"}, {"modify", "499", false, "-499"}}},
		{"998 corrected to 999, to 997", []step{
			{"accept", "1000", false, "0"}, {"modify", "998", false, "2"}, {"modify", "1", true, "-1"}, {"modify", "-2", true, "2"}}},
		{"the hand-back taken back", []step{
			{"accept", "1000", false, "0"}, {"modify", "998", false, "2"}, {"modify", "-998", true, "-2"}}},
		{"fewer accepted than first said", []step{
			{"accept", "1000", false, "0"}, {"accept", "-2", true, "0"}, {"modify", "998", false, "0"}}},
		{"more handed back than accepted", []step{
			{"accept", "10", false, "0"}, {"modify", "11", false, "0"}}},
		{"handed back and never accepted", []step{{"modify", "11", false, "0"}}},
		{"nothing handed back", []step{{"accept", "10", false, "0"}}},
		{"to the last digit", []step{
			{"accept", "1", false, "0"}, {"modify", "0.999999999999999999", false, "0.000000000000000001"}}},
	}
	for _, test := range tests {
		events := []*EconomicEvent{ // what else the process does is no part of it
			{Action: "accept", ResourceInventoriedAs: otherID, ResourceQuantity: kg("7")},
			{Action: "consume", ResourceInventoriedAs: r, ResourceQuantity: kg("7")},
			{Action: "pickup", ResourceInventoriedAs: r, ResourceQuantity: kg("7")},
			{Action: "modify", ResourceInventoriedAs: r},
		}
		for i, step := range test.steps {
			e := &EconomicEvent{Action: step.action, ResourceInventoriedAs: r, ResourceQuantity: kg(step.quantity)}
			if step.corrects {
				e.Corrects = ID{0x99}
			}
			events = append(events, e)
			got, err := Scrap(r, events)
			if err != nil || got.String() != step.scrap {
				t.Errorf("%s, step %s: %s, %v, want %s", test.name, strconv.Itoa(i+1), got, err, step.scrap)
			}
			if got.Sign() != 0 {
				events = append(events, &EconomicEvent{Action: ScrapAction, ScrapOf: ID{0x98}, ResourceInventoriedAs: r, ResourceQuantity: &Measure{got, kilogram}})
			}
			if again, err := Scrap(r, events); err != nil || again.Sign() != 0 {
				t.Errorf("%s, step %d: recorded, and yet %s, %v", test.name, i+1, again, err)
			}
		}
	}
}

// Scrap is accounted for no longer; off hand it was already.
func TestScrapIsLowered(t *testing.T) {
	buckets := stock(r)
	buckets.AccountingQuantity, buckets.OnhandQuantity = kg("1320"), kg("1320")
	event := func(action Action, quantity string) *EconomicEvent {
		return &EconomicEvent{Action: action, Provider: alice, Receiver: alice, ResourceInventoriedAs: r, ResourceQuantity: kg(quantity)}
	}
	scrap := event(ScrapAction, "2")
	scrap.ScrapOf = ID{0x98}
	for _, step := range []struct {
		event *EconomicEvent
		want  string
	}{
		{event("accept", "1000"), "1320 320"},
		{event("modify", "998"), "1320 1318"},
		{scrap, "1318 1318"},
		{event("modify", "2"), "1318 1320"},
		{correcting(scrap, "-2"), "1320 1320"},
	} {
		apply(t, step.event, Scene{From: buckets})
		holds(t, string(step.event.Action), buckets, step.want)
	}
}
