package valueflows

import "testing"

// correcting is an event that repeats another with another quantity.
func correcting(original *EconomicEvent, quantity string) *EconomicEvent {
	e := *original
	e.Corrects, e.ResourceQuantity = ID{0x99}, kg(quantity)
	return &e
}

// A correction does what its action does with a signed quantity, and taken back
// in full every action leaves both resources with what they had (rule 10).
func TestCorrections(t *testing.T) {
	tests := []struct {
		action         Action
		quantity       string // of the correction
		aloneR, aloneT string // after 0.1 kg and the correction
		giveR, giveT   string
	}{
		{"produce", "-0.03", "10.07 10.07", "10 10", "10 10", "10.07 10.07"},
		{"consume", "-0.03", "9.93 9.93", "10 10", "9.93 9.93", "10 10"},
		{"consume", "0.03", "9.87 9.87", "10 10", "9.87 9.87", "10 10"},
		{"pickup", "-0.03", "10 9.93", "10 10", "10 9.93", "10 10.07"},
		{"modify", "0.03", "10 10.13", "10 10", "10 9.87", "10 10.13"},
		{"combine", "-0.03", "10 9.93", "10 10", "10 9.93", "10 10"},
		{"separate", "-0.03", "10 10.07", "10 10", "10 10.07", "10 10"},
		{"transfer", "-0.03", "9.93 9.93", "10.07 10.07", "9.93 9.93", "10.07 10.07"},
		{"transferAllRights", "0.03", "9.87 10", "10.13 10", "9.87 10", "10.13 10"},
		{"transferCustody", "-0.03", "10 9.93", "10 10.07", "10 9.93", "10 10.07"},
		{"move", "-0.03", "9.93 9.93", "10.07 10.07", "9.93 9.93", "10.07 10.07"},
		{"copy", "-0.03", "10 10", "10.07 10.07", "10 10", "10.07 10.07"},
		{"raise", "-0.03", "10.07 10.07", "10 10", "10.07 10.07", "10 10"},
		{"lower", "-0.03", "9.93 9.93", "10 10", "9.93 9.93", "10 10"},
	}
	for _, action := range ActionIDs {
		tests = append(tests, struct {
			action                                 Action
			quantity, aloneR, aloneT, giveR, giveT string
		}{action, "-0.1", "10 10", "10 10", "10 10", "10 10"})
	}
	for _, test := range tests {
		for _, between := range []bool{false, true} {
			receiver, wantR, wantT := alice, test.aloneR, test.aloneT
			if between {
				receiver, wantR, wantT = bob, test.giveR, test.giveT
			}
			e := happened(t, test.action, alice, receiver)
			s := Scene{From: stock(r), To: stock(tt), Stage: packed}
			if e.ToResourceInventoriedAs.IsZero() {
				s.To = nil
			}
			apply(t, e, s)
			apply(t, correcting(e, test.quantity), s)
			what := string(test.action) + " corrected by " + test.quantity
			holds(t, what+", R", s.From, wantR)
			if s.To != nil {
				holds(t, what+", T", s.To, wantT)
			}
		}
	}
}

// A correction changes neither place, stage, state nor hands: those of today
// are not those of then. Only a container may be left or, with more, entered.
func TestCorrectionsChangeQuantitiesOnly(t *testing.T) {
	for _, action := range ActionIDs {
		for _, quantity := range []string{"-0.1", "0.1"} {
			for _, receiver := range []ID{alice, bob} {
				e := correcting(happened(t, action, alice, receiver), quantity)
				s := Scene{From: stock(r), To: stock(tt), Stage: packed}
				apply(t, e, s)
				got := inOrder(append(changed("R", *stock(r), *s.From), changed("T", *stock(tt), *s.To)...)...)
				want := ""
				if quantity == "0.1" && (action == "combine" || action == "separate") {
					want = "R.container"
				}
				if got != want {
					t.Errorf("%s corrected by %s changed %q, want %q", action, quantity, got, want)
				}
			}
		}
	}
}

// What was combined by mistake is taken out again, unless it went elsewhere
// since; what was separated by mistake is put back by combining it.
func TestCorrectionsOfContainment(t *testing.T) {
	tests := []struct {
		name             string
		action           Action
		to, of           ID // what the event names, and what its process is found to hold with
		in, after, again ID // where R was, is after the event, and is after its reversal
	}{
		{"combine, named", "combine", tt, ID{}, ID{}, tt, ID{}},
		{"combine, derived", "combine", ID{}, tt, ID{}, tt, ID{}},
		{"combine, none yet", "combine", ID{}, ID{}, ID{}, ID{}, ID{}},
		{"separate", "separate", ID{}, ID{}, box, ID{}, ID{}},
	}
	for _, test := range tests {
		resource := stock(r)
		resource.ContainedIn = test.in
		e := &EconomicEvent{Action: test.action, Provider: alice, Receiver: alice, ResourceInventoriedAs: r, ToResourceInventoriedAs: test.to, ResourceQuantity: kg("1")}
		apply(t, e, Scene{From: resource, Container: test.of})
		if resource.ContainedIn != test.after {
			t.Errorf("%s: in %s, want %s", test.name, resource.ContainedIn, test.after)
		}
		apply(t, correcting(e, "-1"), Scene{From: resource, Container: test.of})
		if resource.ContainedIn != test.again {
			t.Errorf("%s, taken back: in %s, want %s", test.name, resource.ContainedIn, test.again)
		}
	}
	moved := stock(r) // in the box by now
	e := &EconomicEvent{Action: "combine", Provider: alice, Receiver: alice, ResourceInventoriedAs: r, ToResourceInventoriedAs: tt, ResourceQuantity: kg("1")}
	apply(t, correcting(e, "-1"), Scene{From: moved})
	if moved.ContainedIn != box {
		t.Errorf("elsewhere since: in %s, want %s", moved.ContainedIn, box)
	}
}
