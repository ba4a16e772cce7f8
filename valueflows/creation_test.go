package valueflows

import (
	"slices"
	"testing"
)

// What a resource is that an event creates (rule 1): which side may be new,
// whose it is, in whose hands, where, and what it holds after the event, which
// says a place, a state and a process with a stage. The giving resource is
// carol's. An action that is not here creates nothing.
func TestCreation(t *testing.T) {
	tests := []struct {
		action              Action
		provider, receiver  ID
		side                string
		accountable         ID
		holds               string
		placed, staged, now bool // where, at which stage and in which state the event says
	}{
		{"produce", alice, alice, "R", alice, "0.1 0.1", true, true, true},
		{"produce", alice, bob, "R", bob, "0.1 0.1", true, true, true},
		{"raise", alice, alice, "R", alice, "0.1 0.1", false, false, true},
		{"lower", alice, alice, "R", alice, "-0.1 -0.1", false, false, true},
		{"produce", alice, bob, "T", bob, "0.1 0.1", true, true, true},
		{"pickup", alice, bob, "T", carol, "0 0.1", true, false, true},
		{"dropoff", alice, bob, "T", carol, "0 0.1", true, true, true},
		{"accept", alice, bob, "T", carol, "0 0.1", true, false, true},
		{"modify", alice, bob, "T", carol, "0 0.1", true, true, true},
		{"transfer", alice, bob, "T", bob, "0.1 0.1", true, false, true},
		{"transferAllRights", alice, bob, "T", bob, "0.1 0", false, false, true},
		{"transferCustody", alice, bob, "T", carol, "0 0.1", true, false, true},
		{"move", carol, carol, "T", carol, "0.1 0.1", true, false, true},
		{"copy", alice, bob, "T", bob, "0.1 0.1", true, false, true},
	}
	for _, test := range tests {
		e := happened(t, test.action, test.provider, test.receiver)
		s := Scene{Stage: packed}
		var from *EconomicResource
		if test.side == "T" {
			from = stock(r)
			s.From = from
		} else {
			e.ToResourceInventoriedAs = ID{}
		}
		if test.side == "T" && !e.CreatesTo() || test.side == "R" && !e.CreatesFrom() {
			t.Errorf("%s cannot create %s", test.action, test.side)
		}
		created, err := e.NewResource(EconomicResource{Record: Record{ID: tt}, ConformsTo: grain, CurrentVirtualLocation: "https://store.example/1"}, from)
		if err != nil {
			t.Fatalf("%s: %v", test.action, err)
		}
		holds(t, string(test.action)+" before", created, "0 0")
		if s.Created = created; test.side == "T" {
			s.To = created
		} else {
			s.From = created
		}
		apply(t, e, s)
		what := string(test.action) + ", new " + test.side
		holds(t, what, created, test.holds)
		if created.PrimaryAccountable != test.accountable || created.Custodian != test.receiver {
			t.Errorf("%s: accountable %s, custodian %s", what, created.PrimaryAccountable, created.Custodian)
		}
		if (created.CurrentLocation == market) != test.placed || !test.placed && !created.CurrentLocation.IsZero() {
			t.Errorf("%s: at %s", what, created.CurrentLocation)
		}
		if (created.Stage == packed) != test.staged || (created.State == "fresh") != test.now {
			t.Errorf("%s: stage %s, state %q", what, created.Stage, created.State)
		}
		if created.ID != tt || created.ConformsTo != grain || created.CurrentVirtualLocation != "https://store.example/1" {
			t.Errorf("%s: not what was stated: %+v", what, created)
		}
		if created.Overdraw != (test.action == "lower") {
			t.Errorf("%s: may be overdrawn: %t", what, created.Overdraw)
		}
	}
}

// Which of its resources an event may create.
func TestCreates(t *testing.T) {
	tests := []struct {
		action         Action
		r, alone, give bool // R; T where provider and receiver are the same, and differ
	}{
		{"produce", true, false, true},
		{"consume", false, false, false},
		{"use", false, false, false},
		{"work", false, false, false},
		{"cite", false, false, false},
		{"deliverService", false, false, false},
		{"pickup", false, false, true},
		{"dropoff", false, false, true},
		{"accept", false, false, true},
		{"modify", false, false, true},
		{"combine", false, false, false},
		{"separate", false, false, false},
		{"transfer", false, true, true},
		{"transferAllRights", false, true, true},
		{"transferCustody", false, true, true},
		{"move", false, true, true},
		{"copy", false, true, true},
		{"raise", true, false, false},
		{"lower", true, false, false},
	}
	covers(t, len(tests), func(i int) Action { return tests[i].action })
	for _, test := range tests {
		alone, give := EconomicEvent{Action: test.action, Provider: alice, Receiver: alice}, EconomicEvent{Action: test.action, Provider: alice, Receiver: bob}
		if alone.CreatesFrom() != test.r || give.CreatesFrom() != test.r || alone.CreatesTo() != test.alone || give.CreatesTo() != test.give {
			t.Errorf("%s creates R %t %t, T %t %t", test.action, alone.CreatesFrom(), give.CreatesFrom(), alone.CreatesTo(), give.CreatesTo())
		}
	}
}

// The same goods in other hands are called what they were called, unless
// something else is stated.
func TestInheritance(t *testing.T) {
	goods := stock(r)
	goods.Name, goods.Note, goods.TrackingIdentifier, goods.State = "Rye", "Sown in October", "LOT-7", "dry"
	goods.OfBatchLot, goods.UnitOfEffort, goods.ClassifiedAs = ID{0x50}, Hour, []URI{"https://rye.example"}
	goods.Image, goods.ImageList = "https://rye.example/1.png", []URI{"https://rye.example/2.png"}
	e := &EconomicEvent{Action: "transfer", Provider: alice, Receiver: bob, ResourceInventoriedAs: r, ResourceQuantity: kg("1")}

	created, err := e.NewResource(EconomicResource{Record: Record{ID: tt}}, goods)
	if err != nil {
		t.Fatal(err)
	}
	if created.Name != "Rye" || created.Note != "Sown in October" || created.TrackingIdentifier != "LOT-7" || created.State != "dry" ||
		created.ConformsTo != grain || created.OfBatchLot != goods.OfBatchLot || created.UnitOfEffort != Hour || created.Stage != otherID ||
		!slices.Equal(created.ClassifiedAs, goods.ClassifiedAs) || created.Image != goods.Image || !slices.Equal(created.ImageList, goods.ImageList) {
		t.Errorf("nothing stated: %+v", created)
	}
	if !created.CurrentLocation.IsZero() || !created.ContainedIn.IsZero() || created.Overdraw {
		t.Errorf("where it was, it is not: %+v", created)
	}

	stated := EconomicResource{Record: Record{ID: tt}, Name: "Our rye", State: "milled", OfBatchLot: ID{0x51}, Stage: packed,
		ClassifiedAs: []URI{}, ImageList: []URI{}, PrimaryAccountable: carol, Custodian: alice}
	created, err = e.NewResource(stated, goods)
	if err != nil {
		t.Fatal(err)
	}
	if created.Name != "Our rye" || created.State != "milled" || created.OfBatchLot != (ID{0x51}) || created.Stage != packed ||
		len(created.ClassifiedAs) != 0 || created.Image != "" || len(created.ImageList) != 0 ||
		created.PrimaryAccountable != carol || created.Custodian != alice || created.Note != "Sown in October" {
		t.Errorf("stated: %+v", created)
	}
	apply(t, e, Scene{From: goods, To: created, Created: created})
	if created.PrimaryAccountable != carol || created.Custodian != bob {
		t.Errorf("stated, then got: accountable %s, custodian %s", created.PrimaryAccountable, created.Custodian)
	}
}

// A new resource is of some kind, and there is some quantity of it.
func TestNewResourceNeeds(t *testing.T) {
	raise := &EconomicEvent{Action: "raise", Provider: alice, Receiver: alice, ResourceQuantity: kg("1")}
	_, err := raise.NewResource(EconomicResource{}, nil)
	refused(t, "of no kind", err, "REQUIRED", "resourceConformsTo")

	raise.ResourceConformsTo = grain
	created, err := raise.NewResource(EconomicResource{}, nil)
	if err != nil || created.ConformsTo != grain {
		t.Errorf("of the event's kind: %+v, %v", created, err)
	}

	raise.ResourceQuantity = nil
	_, err = raise.NewResource(EconomicResource{}, nil)
	refused(t, "of no quantity", err, "REQUIRED", "resourceQuantity")
}
