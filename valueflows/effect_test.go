package valueflows

import "testing"

// What an event of each action does to two stocks of 10 kg: what is accounted
// for and on hand in the resource R, and in the receiving resource T, which the
// event names where an event of its action can.
//
// Where provider and receiver differ and T is named, produce, consume, pickup,
// dropoff, accept and modify imply a transfer, in place of their own effect
// (rule 4).
func TestQuantities(t *testing.T) {
	tests := []struct {
		action         Action
		aloneR, aloneT string // provider and receiver are the same
		giveR, giveT   string // they differ
		partR          string // they differ, and no T is named
	}{
		//                    alone                    between agents           and no T
		{"produce", "10.1 10.1", "10 10", "10 10", "10.1 10.1", "10.1 10.1"},
		{"consume", "9.9 9.9", "10 10", "9.9 9.9", "10 10", "9.9 9.9"},
		{"use", "10 10", "10 10", "10 10", "10 10", "10 10"},
		{"work", "10 10", "10 10", "10 10", "10 10", "10 10"},
		{"cite", "10 10", "10 10", "10 10", "10 10", "10 10"},
		{"deliverService", "10 10", "10 10", "10 10", "10 10", "10 10"},
		{"pickup", "10 9.9", "10 10", "10 9.9", "10 10.1", "10 9.9"},
		{"dropoff", "10 10.1", "10 10", "10 9.9", "10 10.1", "10 10.1"},
		{"accept", "10 9.9", "10 10", "10 9.9", "10 10.1", "10 9.9"},
		{"modify", "10 10.1", "10 10", "10 9.9", "10 10.1", "10 10.1"},
		{"combine", "10 9.9", "10 10", "10 9.9", "10 10", "10 9.9"},
		{"separate", "10 10.1", "10 10", "10 10.1", "10 10", "10 10.1"},
		{"transfer", "9.9 9.9", "10.1 10.1", "9.9 9.9", "10.1 10.1", "9.9 9.9"},
		{"transferAllRights", "9.9 10", "10.1 10", "9.9 10", "10.1 10", "9.9 10"},
		{"transferCustody", "10 9.9", "10 10.1", "10 9.9", "10 10.1", "10 9.9"},
		{"move", "9.9 9.9", "10.1 10.1", "9.9 9.9", "10.1 10.1", "10 10"},
		{"copy", "10 10", "10.1 10.1", "10 10", "10.1 10.1", "10 10"},
		{"raise", "10.1 10.1", "10 10", "10.1 10.1", "10 10", "10.1 10.1"},
		{"lower", "9.9 9.9", "10 10", "9.9 9.9", "10 10", "9.9 9.9"},
	}
	covers(t, len(tests), func(i int) Action { return tests[i].action })
	for _, test := range tests {
		alone := Scene{From: stock(r), To: stock(tt)}
		e := happened(t, test.action, alice, alice)
		if e.ToResourceInventoriedAs.IsZero() {
			alone.To = nil
		}
		apply(t, e, alone)
		holds(t, string(test.action)+" alone, R", alone.From, test.aloneR)
		if alone.To != nil {
			holds(t, string(test.action)+" alone, T", alone.To, test.aloneT)
		}

		give := Scene{From: stock(r), To: stock(tt)}
		e = happened(t, test.action, alice, bob)
		if e.ToResourceInventoriedAs.IsZero() {
			give.To = nil
		}
		apply(t, e, give)
		holds(t, string(test.action)+" to another, R", give.From, test.giveR)
		if give.To != nil {
			holds(t, string(test.action)+" to another, T", give.To, test.giveT)
		}

		part := Scene{From: stock(r)}
		e.ToResourceInventoriedAs = ID{}
		apply(t, e, part)
		holds(t, string(test.action)+" to another, no T", part.From, test.partR)
	}
}

// What an event says that it does to what is accounted for, contributions and
// conservation go by: it is what it does.
func TestAccountingSigns(t *testing.T) {
	has := map[int64]string{-1: "9.9", 0: "10", +1: "10.1"}
	for _, action := range ActionIDs {
		for _, receiver := range []ID{alice, bob} {
			named, unnamed := happened(t, action, alice, receiver), happened(t, action, alice, receiver)
			unnamed.ToResourceInventoriedAs = ID{}
			for _, e := range []*EconomicEvent{named, unnamed} {
				s := Scene{From: stock(r)}
				if !e.ToResourceInventoriedAs.IsZero() {
					s.To = stock(tt)
				}
				apply(t, e, s)
				from, to := e.AccountingSigns()
				if got := s.From.AccountingQuantity.HasNumericalValue.String(); got != has[from] {
					t.Errorf("%s: R %s, and the sign is %d", action, got, from)
				}
				if s.To != nil {
					if got := s.To.AccountingQuantity.HasNumericalValue.String(); got != has[to] {
						t.Errorf("%s: T %s, and the sign is %d", action, got, to)
					}
				}
			}
		}
	}
}

// covers holds a table of tests to all 19 actions.
func covers(t *testing.T, rows int, action func(int) Action) {
	t.Helper()
	seen := map[Action]bool{}
	for i := range rows {
		seen[action(i)] = true
	}
	if len(seen) != len(ActionIDs) || rows != len(ActionIDs) {
		t.Errorf("the table has %d rows for %d actions, want one for each of %d", rows, len(seen), len(ActionIDs))
	}
}

// A resource that is not counted here is left out, the other is counted.
func TestOneSideOnly(t *testing.T) {
	tests := []struct {
		action Action
		r, t   string // where only R, and only T, is counted here
	}{
		{"produce", "10 10", "10.1 10.1"}, // what was made has gone to T
		{"consume", "9.9 9.9", "10 10"},
		{"pickup", "10 9.9", "10 10.1"},
		{"dropoff", "10 9.9", "10 10.1"},
		{"accept", "10 9.9", "10 10.1"},
		{"modify", "10 9.9", "10 10.1"},
		{"combine", "10 9.9", "10 10"},
		{"transfer", "9.9 9.9", "10.1 10.1"},
		{"transferAllRights", "9.9 10", "10.1 10"},
		{"transferCustody", "10 9.9", "10 10.1"},
		{"move", "9.9 9.9", "10.1 10.1"},
		{"copy", "10 10", "10.1 10.1"},
	}
	for _, test := range tests {
		e := happened(t, test.action, alice, bob)
		from, to := Scene{From: stock(r)}, Scene{To: stock(tt)}
		apply(t, e, from)
		apply(t, e, to)
		holds(t, string(test.action)+", only R", from.From, test.r)
		holds(t, string(test.action)+", only T", to.To, test.t)
		apply(t, e, Scene{})
	}
}

// One resource may be both R and T, where the same record goes along (rule 2):
// what it gives it gets, and what is stated of the receiving side holds for it.
func TestSameResource(t *testing.T) {
	tests := []struct {
		action  Action
		holds   string
		changed string
	}{
		{"produce", "10.1 10.1", "R.stage R.state R.custodian"},
		{"consume", "9.9 9.9", "R.state"},
		{"pickup", "10 10", "R.location R.state R.custodian"},
		{"dropoff", "10 10", "R.location R.stage R.state R.custodian"},
		{"accept", "10 10", "R.location R.state R.custodian"},
		{"modify", "10 10", "R.location R.stage R.state R.custodian"},
		{"transfer", "10 10", "R.location R.state R.accountable R.custodian"},
		{"transferAllRights", "10 10", "R.state R.accountable"},
		{"transferCustody", "10 10", "R.location R.state R.custodian"},
		{"move", "10 10", "R.location R.state R.custodian"},
		{"copy", "10.1 10.1", "R.state"},
	}
	for _, test := range tests {
		e := happened(t, test.action, alice, bob)
		e.ToResourceInventoriedAs = r
		one, before := stock(r), *stock(r)
		apply(t, e, Scene{From: one, To: one, Stage: packed})
		holds(t, string(test.action), one, test.holds)
		if got := inOrder(changed("R", before, *one)...); got != inOrder(test.changed) {
			t.Errorf("%s changed %q, want %q", test.action, got, test.changed)
		}
	}
}

// A refused event changes neither resource, and says where it is wrong.
func TestApplyRefuses(t *testing.T) {
	litres := &Measure{MustDecimal("0.1"), OMUnitID("litre")}
	tests := []struct {
		name       string
		action     Action
		change     func(*EconomicEvent, Scene)
		code, path string
	}{
		{"another unit than R's", "transfer", func(e *EconomicEvent, _ Scene) { e.ResourceQuantity = litres }, "WRONG_UNIT", "resourceQuantity.hasUnit"},
		{"another unit than T's", "transfer", func(_ *EconomicEvent, s Scene) { s.To.AccountingQuantity, s.To.OnhandQuantity = litres, litres }, "WRONG_UNIT", "resourceQuantity.hasUnit"},
		{"another unit than T's on hand", "transferCustody", func(_ *EconomicEvent, s Scene) { s.To.OnhandQuantity = litres }, "WRONG_UNIT", "resourceQuantity.hasUnit"},
		{"more than there is", "transfer", func(e *EconomicEvent, _ Scene) { e.ResourceQuantity = kg("10.000000000000001") }, "INSUFFICIENT", "resourceQuantity.hasNumericalValue"},
		{"more than is on hand", "transfer", func(_ *EconomicEvent, s Scene) { s.From.OnhandQuantity = kg("0.09") }, "INSUFFICIENT", "resourceQuantity.hasNumericalValue"},
		{"more than is accounted for", "transfer", func(_ *EconomicEvent, s Scene) { s.From.AccountingQuantity = kg("0.09") }, "INSUFFICIENT", "resourceQuantity.hasNumericalValue"},
		{"more than there is, to itself", "move", func(e *EconomicEvent, s Scene) { e.ResourceQuantity = kg("11") }, "INSUFFICIENT", "resourceQuantity.hasNumericalValue"},
		{"more than can be written", "transfer", func(_ *EconomicEvent, s Scene) { s.To.OnhandQuantity = kg("999999999999999999") }, "OUT_OF_RANGE", "resourceQuantity.hasNumericalValue"},
		{"another specification than R's", "transfer", func(e *EconomicEvent, _ Scene) { e.ResourceConformsTo = crate }, "WRONG_SPECIFICATION", "resourceConformsTo"},
		{"another specification than T's", "transfer", func(e *EconomicEvent, s Scene) { e.ResourceConformsTo, s.From.ConformsTo = crate, crate }, "WRONG_SPECIFICATION", "resourceConformsTo"},
		{"T of another kind than R", "transfer", func(_ *EconomicEvent, s Scene) { s.To.ConformsTo = crate }, "WRONG_SPECIFICATION", "toResourceInventoriedAs"},
		{"T of another kind than R, by custody", "pickup", func(_ *EconomicEvent, s Scene) { s.To.ConformsTo = crate }, "WRONG_SPECIFICATION", "toResourceInventoriedAs"},
		{"no quantity", "transfer", func(e *EconomicEvent, _ Scene) { e.ResourceQuantity = nil }, "REQUIRED", "resourceQuantity"},
	}
	for _, test := range tests {
		e := happened(t, test.action, alice, bob)
		s := Scene{From: stock(r), To: stock(tt), Stage: packed}
		test.change(e, s)
		from, to := *s.From, *s.To
		refused(t, test.name, e.Apply(s), test.code, test.path)
		if got := inOrder(append(changed("R", from, *s.From), changed("T", to, *s.To)...)...); got != "" {
			t.Errorf("%s: changed %s", test.name, got)
		}
		if quantities(&from) != quantities(s.From) || quantities(&to) != quantities(s.To) {
			t.Errorf("%s: counted R %s, T %s", test.name, quantities(s.From), quantities(s.To))
		}
	}
}

// A resource goes below zero only where it may be overdrawn; what is below
// zero already may come nearer to it.
func TestOverdraw(t *testing.T) {
	tests := []struct {
		has      string
		overdraw bool
		action   Action
		quantity string
		want     string // empty where it is refused
	}{
		{"10", false, "lower", "10", "0"},
		{"10", false, "lower", "10.1", ""},
		{"10", true, "lower", "10.1", "-0.1"},
		{"-5", true, "lower", "1", "-6"},
		{"-5", false, "lower", "1", ""},
		{"-5", false, "lower", "0", "-5"},
		{"-5", false, "raise", "1", "-4"},
		{"-5", false, "raise", "5", "0"},
	}
	for _, test := range tests {
		account := stock(r)
		account.AccountingQuantity, account.OnhandQuantity, account.Overdraw = kg(test.has), kg(test.has), test.overdraw
		e := &EconomicEvent{Action: test.action, Provider: alice, Receiver: alice, ResourceInventoriedAs: r, ResourceQuantity: kg(test.quantity)}
		err := e.Apply(Scene{From: account})
		if test.want == "" {
			refused(t, test.has, err, "INSUFFICIENT", "resourceQuantity.hasNumericalValue")
			holds(t, test.has, account, test.has+" "+test.has)
			continue
		}
		if err != nil {
			t.Errorf("%s of %s on %s: %v", test.action, test.quantity, test.has, err)
		}
		holds(t, test.has, account, test.want+" "+test.want)
	}
}
