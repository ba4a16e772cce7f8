package valueflows

import "testing"

// What an event of each action must say, and what it cannot: the first column
// is what it needs to say of a quantity, then whether it may be of a process as
// an input and an output, and whether it may name a receiving resource where
// provider and receiver are the same, and where they differ.
func TestCheckByAction(t *testing.T) {
	tests := []struct {
		action          Action
		needs           string
		input, output   bool
		toAlone, toGive bool
	}{
		{"produce", "resourceQuantity", false, true, false, true},
		{"consume", "resourceQuantity", true, false, false, true},
		{"use", "effortQuantity", true, false, false, false},
		{"work", "effortQuantity", true, false, false, false},
		{"cite", "resourceQuantity", true, false, false, false},
		{"deliverService", "resourceQuantity", true, true, false, false},
		{"pickup", "resourceQuantity", true, false, false, true},
		{"dropoff", "resourceQuantity", false, true, false, true},
		{"accept", "resourceQuantity", true, false, false, true},
		{"modify", "resourceQuantity", false, true, false, true},
		{"combine", "resourceQuantity", true, false, true, true},
		{"separate", "resourceQuantity", false, true, true, true},
		{"transfer", "resourceQuantity", false, false, true, true},
		{"transferAllRights", "resourceQuantity", false, false, true, true},
		{"transferCustody", "resourceQuantity", false, false, true, true},
		{"move", "resourceQuantity", false, false, true, true},
		{"copy", "resourceQuantity", false, false, true, true},
		{"raise", "resourceQuantity", false, false, false, false},
		{"lower", "resourceQuantity", false, false, false, false},
	}
	covers(t, len(tests), func(i int) Action { return tests[i].action })
	for _, test := range tests {
		with := func(receiver ID, change func(*EconomicEvent)) error {
			e := happened(t, test.action, alice, receiver)
			e.InputOf, e.OutputOf, e.ToResourceInventoriedAs = ID{}, ID{}, ID{}
			change(e)
			return e.Check()
		}
		allowed := func(what string, err error, ok bool, path string) {
			if ok && err != nil {
				t.Errorf("%s with %s: %v", test.action, what, err)
			}
			if !ok {
				refused(t, string(test.action)+" with "+what, err, "NOT_OF_ACTION", path)
			}
		}
		refused(t, string(test.action)+" of no quantity", with(alice, func(e *EconomicEvent) { e.ResourceQuantity, e.EffortQuantity = nil, nil }), "REQUIRED", test.needs)
		allowed("a process it goes into", with(alice, func(e *EconomicEvent) { e.InputOf = packing }), test.input, "inputOf")
		allowed("a process it comes out of", with(alice, func(e *EconomicEvent) { e.OutputOf = packing }), test.output, "outputOf")
		allowed("T", with(alice, func(e *EconomicEvent) { e.ToResourceInventoriedAs = tt }), test.toAlone, "toResourceInventoriedAs")
		allowed("T of another", with(bob, func(e *EconomicEvent) { e.ToResourceInventoriedAs = tt }), test.toGive, "toResourceInventoriedAs")

		// Whatever the action, only an effort is enough where effort is what it counts.
		err := with(alice, func(e *EconomicEvent) { e.ResourceQuantity = nil })
		if test.needs == "effortQuantity" && err != nil {
			t.Errorf("%s of an effort: %v", test.action, err)
		} else if test.needs == "resourceQuantity" {
			refused(t, string(test.action)+" of an effort only", err, "REQUIRED", "resourceQuantity")
		}
		if err := with(alice, func(e *EconomicEvent) { e.EffortQuantity = nil }); err != nil {
			t.Errorf("%s of a resource quantity: %v", test.action, err)
		}

		// Without a resource it says what kind of thing it is about, unless it is about effort.
		err = with(bob, func(e *EconomicEvent) { e.ResourceInventoriedAs = ID{} })
		if test.needs == "effortQuantity" && err != nil {
			t.Errorf("%s of nothing in particular: %v", test.action, err)
		} else if test.needs == "resourceQuantity" {
			refused(t, string(test.action)+" of nothing in particular", err, "REQUIRED", "resourceConformsTo")
		}
		if err := with(bob, func(e *EconomicEvent) { e.ResourceInventoriedAs, e.ResourceConformsTo = ID{}, grain }); err != nil {
			t.Errorf("%s of a kind: %v", test.action, err)
		}
	}
}

// What every event must say, whatever its action, and what none can.
func TestCheck(t *testing.T) {
	one, two := &Time{Instant: 1}, &Time{Instant: 2}
	tests := []struct {
		name       string
		action     Action
		change     func(*EconomicEvent)
		code, path string // empty for what is allowed
	}{
		{"an action", "raise", func(e *EconomicEvent) {}, "", ""},
		{"no action", "raise", func(e *EconomicEvent) { e.Action = "" }, "UNKNOWN_ACTION", "action"},
		{"an action there is not", "raise", func(e *EconomicEvent) { e.Action = "sell" }, "UNKNOWN_ACTION", "action"},
		{"no provider", "raise", func(e *EconomicEvent) { e.Provider = ID{} }, "REQUIRED", "provider"},
		{"no receiver", "raise", func(e *EconomicEvent) { e.Receiver = ID{} }, "REQUIRED", "receiver"},

		{"a point in time", "raise", func(e *EconomicEvent) { e.HasPointInTime = one }, "", ""},
		{"a beginning and an end", "raise", func(e *EconomicEvent) { e.HasBeginning, e.HasEnd = one, two }, "", ""},
		{"a beginning only", "raise", func(e *EconomicEvent) { e.HasBeginning = one }, "", ""},
		{"no time passes", "raise", func(e *EconomicEvent) { e.HasBeginning, e.HasEnd = one, one }, "", ""},
		{"an end before the beginning", "raise", func(e *EconomicEvent) { e.HasBeginning, e.HasEnd = two, one }, "TIME_CONFLICT", "hasBeginning"},
		{"a point and a beginning", "raise", func(e *EconomicEvent) { e.HasPointInTime, e.HasBeginning = one, one }, "TIME_CONFLICT", "hasPointInTime"},
		{"a point and an end", "raise", func(e *EconomicEvent) { e.HasPointInTime, e.HasEnd = one, one }, "TIME_CONFLICT", "hasPointInTime"},

		{"zero", "raise", func(e *EconomicEvent) { e.ResourceQuantity = kg("0") }, "", ""},
		{"less than nothing", "raise", func(e *EconomicEvent) { e.ResourceQuantity = kg("-0.1") }, "NEGATIVE_QUANTITY", "resourceQuantity.hasNumericalValue"},
		{"less than no effort", "work", func(e *EconomicEvent) { e.EffortQuantity = kg("-0.1") }, "NEGATIVE_QUANTITY", "effortQuantity.hasNumericalValue"},
		{"less than nothing, corrected", "raise", func(e *EconomicEvent) { e.ResourceQuantity, e.Corrects = kg("-0.1"), otherID }, "", ""},
		{"no unit", "raise", func(e *EconomicEvent) { e.ResourceQuantity = &Measure{} }, "REQUIRED", "resourceQuantity.hasUnit"},
		{"no unit of effort", "use", func(e *EconomicEvent) { e.EffortQuantity = &Measure{} }, "REQUIRED", "effortQuantity.hasUnit"},

		{"a move to nowhere", "move", func(e *EconomicEvent) { e.ToLocation, e.ToResourceInventoriedAs = ID{}, ID{} }, "REQUIRED", "toLocation"},
		{"a move to a place", "move", func(e *EconomicEvent) { e.ToResourceInventoriedAs = ID{} }, "", ""},
		{"a move to a resource", "move", func(e *EconomicEvent) { e.ToLocation = ID{} }, "", ""},
		{"a move from nowhere", "move", func(e *EconomicEvent) { e.ResourceInventoriedAs = ID{} }, "REQUIRED", "resourceInventoriedAs"},
		{"a move of what is not counted", "move", func(e *EconomicEvent) {
			e.ResourceInventoriedAs, e.ToResourceInventoriedAs, e.ToLocation, e.ResourceConformsTo = ID{}, ID{}, ID{}, grain
		}, "", ""},
		{"a transfer to a resource only", "transfer", func(e *EconomicEvent) { e.ResourceInventoriedAs = ID{} }, "", ""},
		{"a service between two processes", "deliverService", func(e *EconomicEvent) { e.InputOf, e.OutputOf = packing, otherID }, "", ""},
		{"a transfer of a process", "transfer", func(e *EconomicEvent) { e.InputOf, e.OutputOf = packing, otherID }, "NOT_OF_ACTION", "inputOf"},
	}
	for _, test := range tests {
		e := happened(t, test.action, alice, alice)
		test.change(e)
		err := e.Check()
		if test.code != "" {
			refused(t, test.name, err, test.code, test.path)
		} else if err != nil {
			t.Errorf("%s: %v", test.name, err)
		}
	}
}

// An event with two faults is told of the same one every time.
func TestCheckSaysTheSame(t *testing.T) {
	e := happened(t, "use", alice, alice)
	e.ResourceQuantity, e.EffortQuantity = kg("-1"), kg("-1")
	original, back := happened(t, "use", alice, alice), happened(t, "use", alice, alice)
	back.ResourceQuantity, back.EffortQuantity = kg("-9"), kg("-9")
	s := Scene{From: stock(r), To: stock(tt)}
	s.From.ID, s.To.ID = ID{0x60}, ID{0x61}
	wrong := happened(t, "transfer", alice, bob)
	wrong.ResourceConformsTo = crate
	first := wrong.Apply(s).Error()
	for range 50 {
		refused(t, "twice negative", e.Check(), "NEGATIVE_QUANTITY", "resourceQuantity.hasNumericalValue")
		refused(t, "twice too much", CheckNet(original, []*EconomicEvent{back}), "OVERCORRECTED", "resourceQuantity.hasNumericalValue")
		if again := wrong.Apply(s).Error(); again != first {
			t.Fatalf("first %q, then %q", first, again)
		}
	}
}

// A correction repeats what it corrects, or leaves it out and takes it from
// there; quantity, time, place, state and note are its own.
func TestCheckCorrection(t *testing.T) {
	full := func() *EconomicEvent {
		return &EconomicEvent{
			Action: "transfer", Provider: alice, Receiver: bob, InputOf: ID{0x71}, OutputOf: ID{0x72},
			ResourceInventoriedAs: r, ToResourceInventoriedAs: tt, ResourceConformsTo: grain,
			RealizationOf: ID{0x73}, ReciprocalRealizationOf: ID{0x74}, ScrapOf: ID{0x75}, Stream: Love,
			ResourceQuantity: kg("5"), EffortQuantity: &Measure{MustDecimal("2"), Hour}, ToLocation: barn, State: "dry",
		}
	}
	tests := []struct {
		name       string
		change     func(*EconomicEvent)
		code, path string // empty for what is allowed
	}{
		{"the same", func(e *EconomicEvent) {}, "", ""},
		{"another quantity", func(e *EconomicEvent) { e.ResourceQuantity, e.EffortQuantity = kg("-5"), nil }, "", ""},
		{"another place, state and note", func(e *EconomicEvent) { e.ToLocation, e.State, e.Note = market, "wet", "miscounted" }, "", ""},
		{"another action", func(e *EconomicEvent) { e.Action = "move" }, "CORRECTION_MISMATCH", "action"},
		{"another provider", func(e *EconomicEvent) { e.Provider = carol }, "CORRECTION_MISMATCH", "provider"},
		{"another receiver", func(e *EconomicEvent) { e.Receiver = carol }, "CORRECTION_MISMATCH", "receiver"},
		{"another input", func(e *EconomicEvent) { e.InputOf = otherID }, "CORRECTION_MISMATCH", "inputOf"},
		{"another output", func(e *EconomicEvent) { e.OutputOf = otherID }, "CORRECTION_MISMATCH", "outputOf"},
		{"another resource", func(e *EconomicEvent) { e.ResourceInventoriedAs = otherID }, "CORRECTION_MISMATCH", "resourceInventoriedAs"},
		{"another receiving resource", func(e *EconomicEvent) { e.ToResourceInventoriedAs = otherID }, "CORRECTION_MISMATCH", "toResourceInventoriedAs"},
		{"another specification", func(e *EconomicEvent) { e.ResourceConformsTo = crate }, "CORRECTION_MISMATCH", "resourceConformsTo"},
		{"another agreement", func(e *EconomicEvent) { e.RealizationOf = otherID }, "CORRECTION_MISMATCH", "realizationOf"},
		{"another agreement in return", func(e *EconomicEvent) { e.ReciprocalRealizationOf = otherID }, "CORRECTION_MISMATCH", "reciprocalRealizationOf"},
		{"other scrap", func(e *EconomicEvent) { e.ScrapOf = otherID }, "CORRECTION_MISMATCH", "scrapOf"},
		{"another stream", func(e *EconomicEvent) { e.Stream = Care }, "CORRECTION_MISMATCH", "stream"},
		{"another unit", func(e *EconomicEvent) { e.ResourceQuantity.HasUnit = Hour }, "WRONG_UNIT", "resourceQuantity.hasUnit"},
		{"another unit of effort", func(e *EconomicEvent) { e.EffortQuantity.HasUnit = kilogram }, "WRONG_UNIT", "effortQuantity.hasUnit"},
	}
	for _, test := range tests {
		e := full()
		test.change(e)
		err := e.CheckCorrection(full())
		if test.code != "" {
			refused(t, test.name, err, test.code, test.path)
		} else if err != nil {
			t.Errorf("%s: %v", test.name, err)
		}
	}

	bare := &EconomicEvent{Action: "transfer", ResourceQuantity: kg("-5")}
	if err := bare.CheckCorrection(full()); err != nil {
		t.Fatal(err)
	}
	want := full()
	if bare.Provider != want.Provider || bare.Receiver != want.Receiver || bare.InputOf != want.InputOf || bare.OutputOf != want.OutputOf ||
		bare.ResourceInventoriedAs != want.ResourceInventoriedAs || bare.ToResourceInventoriedAs != want.ToResourceInventoriedAs ||
		bare.ResourceConformsTo != want.ResourceConformsTo || bare.RealizationOf != want.RealizationOf ||
		bare.ReciprocalRealizationOf != want.ReciprocalRealizationOf || bare.ScrapOf != want.ScrapOf || bare.Stream != want.Stream {
		t.Errorf("left out, and not taken from what is corrected: %+v", bare)
	}
	if bare.EffortQuantity != nil || !bare.ToLocation.IsZero() || bare.State != "" {
		t.Errorf("taken from what is corrected, though its own: %+v", bare)
	}

	work := &EconomicEvent{Action: "work", EffortQuantity: &Measure{MustDecimal("7"), Hour}}
	refused(t, "a quantity that was none", (&EconomicEvent{Action: "work", ResourceQuantity: kg("1")}).CheckCorrection(work), "CORRECTION_MISMATCH", "resourceQuantity")
	resource := &EconomicEvent{Action: "raise", ResourceQuantity: kg("1")}
	refused(t, "an effort that was none", (&EconomicEvent{Action: "raise", EffortQuantity: kg("1")}).CheckCorrection(resource), "CORRECTION_MISMATCH", "effortQuantity")
}

// An event with what corrects it comes to nothing at the least: the
// specification's work of 7 and -1 hours, and its consume of 3, -3 and more.
func TestCheckNet(t *testing.T) {
	hours := func(number string) *EconomicEvent {
		return &EconomicEvent{Action: "work", EffortQuantity: &Measure{MustDecimal(number), Hour}}
	}
	consumed := func(number string) *EconomicEvent {
		return &EconomicEvent{Action: "consume", ResourceQuantity: kg(number)}
	}
	tests := []struct {
		name        string
		original    *EconomicEvent
		corrections []*EconomicEvent
		path        string // empty where it is right
	}{
		{"nothing corrected", hours("7"), nil, ""},
		{"one hour fewer", hours("7"), []*EconomicEvent{hours("-1")}, ""},
		{"taken back", consumed("3"), []*EconomicEvent{consumed("-3")}, ""},
		{"taken back and set right", consumed("3"), []*EconomicEvent{consumed("-3"), consumed("5")}, ""},
		{"taken back in thirds", consumed("1"), []*EconomicEvent{consumed("-0.333"), consumed("-0.333"), consumed("-0.334")}, ""},
		{"more than there was", consumed("3"), []*EconomicEvent{consumed("-3"), consumed("-0.000000000000000001")}, "resourceQuantity.hasNumericalValue"},
		{"more hours than there were", hours("7"), []*EconomicEvent{hours("-7.5")}, "effortQuantity.hasNumericalValue"},
		{"past 18 digits on the way", consumed("999999999999999999"), []*EconomicEvent{consumed("999999999999999999"), consumed("-999999999999999999")}, ""},
	}
	for _, test := range tests {
		err := CheckNet(test.original, test.corrections)
		if test.path != "" {
			refused(t, test.name, err, "OVERCORRECTED", test.path)
		} else if err != nil {
			t.Errorf("%s: %v", test.name, err)
		}
	}
}
