package valueflows

import "testing"

// What is lent and comes home is counted by the resource that it left, though
// no other is named (rule 3): the specification's book that is checked out.
func TestCustodyComesHome(t *testing.T) {
	library, reader, friend := alice, bob, carol
	book := stock(r)
	book.AccountingQuantity, book.OnhandQuantity = kg("1"), kg("1")
	book.PrimaryAccountable, book.Custodian = library, library
	steps := []struct {
		from, to  ID
		quantity  string
		holds     string
		custodian ID
	}{
		{library, reader, "1", "1 0", reader},
		{reader, library, "1", "1 1", library},
		{library, reader, "1", "1 0", reader},
		{friend, library, "1", "1 1", library}, // whoever brings it
		{library, library, "1", "1 0", library},
	}
	for i, step := range steps {
		e := &EconomicEvent{Action: "transferCustody", Provider: step.from, Receiver: step.to, ResourceInventoriedAs: r, ResourceQuantity: kg(step.quantity)}
		apply(t, e, Scene{From: book})
		if got := quantities(book); got != step.holds || book.Custodian != step.custodian {
			t.Errorf("step %d: %s in the hands of %s, want %s, %s", i+1, got, book.Custodian, step.holds, step.custodian)
		}
		if book.PrimaryAccountable != library {
			t.Errorf("step %d: the book has become another's", i+1)
		}
	}
}

// What somebody else has as a whole is not on the accountable agent's hand, and
// is not taken from there again by the one who has it; from anybody else's hand
// there is nothing to take.
func TestCustodyGoesAlong(t *testing.T) {
	tests := []struct {
		name               string
		action             Action
		provider, receiver ID
		quantity           string
		holds              string // empty where it is refused
		custodian          ID
		carried            bool // picked up or accepted, and not lent
	}{
		{"the borrower uses it up", "consume", bob, bob, "4", "6 0", bob, false},
		{"the borrower lends it on", "transferCustody", bob, alice, "10", "10 0", alice, false},
		{"the borrower gives it away", "transfer", bob, alice, "4", "6 0", alice, false},
		{"the borrower's count is lower", "lower", bob, bob, "1", "9 0", bob, false},
		{"the borrower takes it along", "move", bob, bob, "10", "10 0", bob, false},
		{"the borrower brings it home", "transferCustody", bob, carol, "10", "10 10", carol, false},
		{"the borrower packs it", "combine", bob, bob, "10", "10 0", bob, false},
		{"the carrier who has it drops it", "dropoff", bob, carol, "10", "10 10", carol, true},
		{"the workshop that has it hands it back", "modify", bob, carol, "10", "10 10", carol, true},
		{"the borrower mends it: takes it", "accept", bob, bob, "10", "10 0", bob, false},
		{"the borrower mends it: has it again", "modify", bob, bob, "10", "10 0", bob, false},
		{"more than was lent", "consume", bob, bob, "11", "", bob, false},
		{"by whom it belongs to", "consume", carol, carol, "4", "", bob, false},
		{"by another", "consume", alice, alice, "4", "", bob, false},
	}
	for _, test := range tests {
		lent := stock(r)
		lent.OnhandQuantity, lent.Custodian, lent.LentOut = kg("0"), bob, !test.carried // all of it, carol's
		e := happened(t, test.action, test.provider, test.receiver)
		e.ToResourceInventoriedAs, e.ResourceQuantity = ID{}, kg(test.quantity)
		err := e.Apply(Scene{From: lent})
		if test.holds == "" {
			refused(t, test.name, err, "INSUFFICIENT", "resourceQuantity.hasNumericalValue")
			holds(t, test.name, lent, "10 0")
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
		}
		holds(t, test.name, lent, test.holds)
		if lent.Custodian != test.custodian || lent.PrimaryAccountable != carol {
			t.Errorf("%s: accountable %s, custodian %s", test.name, lent.PrimaryAccountable, lent.Custodian)
		}
	}
}

// A correction counts as what it corrects was counted, whoever has the thing
// and is accountable for it by now; where that is not known, as it is now.
func TestCustodyOfCorrections(t *testing.T) {
	event := func(action Action, provider, receiver ID) *EconomicEvent {
		return &EconomicEvent{Action: action, Provider: provider, Receiver: receiver, ResourceInventoriedAs: r, ResourceQuantity: kg("10")}
	}
	tests := []struct {
		name        string
		onhand      string
		custodian   ID
		event       *EconomicEvent
		since       func(*EconomicResource) // what is different by the time of the correction
		custody     Custody
		after, back string
	}{
		{"lent", "10", carol, event("transferCustody", carol, bob), func(*EconomicResource) {}, CustodyPlain, "10 0", "10 10"},
		{"lent, and the borrower's by now", "10", carol, event("transferCustody", carol, bob), func(r *EconomicResource) { r.PrimaryAccountable = bob }, CustodyPlain, "10 0", "10 10"},
		{"come home", "0", bob, event("transferCustody", bob, carol), func(*EconomicResource) {}, CustodyHome, "10 10", "10 0"},
		{"come home, and another's by now", "0", bob, event("transferCustody", bob, carol), func(r *EconomicResource) { r.PrimaryAccountable = alice }, CustodyHome, "10 10", "10 0"},
		{"lent on", "0", bob, event("transferCustody", bob, alice), func(*EconomicResource) {}, CustodyAlong, "10 0", "10 0"},
		{"used up by the borrower", "0", bob, event("consume", bob, bob), func(*EconomicResource) {}, CustodyAlong, "0 0", "10 0"},
		{"used up by the borrower of what was on hand", "10", bob, event("consume", bob, bob), func(*EconomicResource) {}, CustodyPlain, "0 0", "10 10"},
		{"packed by the borrower of what was on hand", "10", bob, event("combine", bob, bob), func(*EconomicResource) {}, CustodyPlain, "10 0", "10 10"},
	}
	for _, test := range tests {
		thing := stock(r)
		thing.OnhandQuantity, thing.Custodian, thing.LentOut = kg(test.onhand), test.custodian, test.onhand == "0"
		s := Scene{From: thing}
		custody := test.event.Custody(s)
		if custody != test.custody {
			t.Errorf("%s: counted as %d, want %d", test.name, custody, test.custody)
		}
		apply(t, test.event, s)
		holds(t, test.name, thing, test.after)
		test.since(thing)
		s.Custody = &custody
		apply(t, correcting(test.event, "-10"), s)
		holds(t, test.name+", taken back", thing, test.back)
	}

	lent := stock(r)
	lent.OnhandQuantity, lent.Custodian = kg("9"), bob
	back := event("transferCustody", bob, carol)
	back.ResourceQuantity = kg("1")
	apply(t, back, Scene{From: lent})
	holds(t, "home", lent, "10 10")
	apply(t, correcting(back, "-1"), Scene{From: lent})
	holds(t, "home, taken back", lent, "10 9")
}
