package planning

import (
	"fmt"
	"slices"
	"testing"

	"disconode/valueflows"

	"pgregory.net/rapid"
)

// promise is a commitment from an agent to another, by a due time.
func promise(of, provider, receiver, quantity, due string) *valueflows.Commitment {
	c := &valueflows.Commitment{Record: valueflows.Record{ID: id(of)}}
	c.Action, c.Provider, c.Receiver, c.ResourceQuantity, c.Due = "transfer", id(provider), id(receiver), measure(quantity), moment(due)
	return c
}

// event is a transfer that fulfils commitments.
func event(of, quantity, when string, fulfills ...string) *valueflows.EconomicEvent {
	e := &valueflows.EconomicEvent{Record: valueflows.Record{ID: id(of)}, Action: "transfer", ResourceQuantity: measure(quantity), HasPointInTime: moment(when)}
	for _, name := range fulfills {
		e.Fulfills = append(e.Fulfills, id(name))
	}
	return e
}

func standing(t *testing.T, commitments []*valueflows.Commitment, events []*valueflows.EconomicEvent, now string) map[ID]*Fulfilment {
	t.Helper()
	all, err := Fulfilments(commitments, events, at(now))
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// agreed is how an agreement stands that no event shares with another.
func agreed(t *testing.T, clauses, reciprocal []*valueflows.Commitment, claims []*valueflows.Claim, events []*valueflows.EconomicEvent, of SpecificationOf, now string) *AgreementFulfilment {
	t.Helper()
	settled, err := Settlements(claims, events, of, at(now))
	if err != nil {
		t.Fatal(err)
	}
	return FulfilAgreement(clauses, reciprocal, claims, standing(t, slices.Concat(clauses, reciprocal), events, now), settled)
}

// says writes how a fulfilment stands.
func says(f *Fulfilment) string {
	text := f.Percent.String() + "%"
	for _, p := range []*Progress{f.Resource, f.Effort} {
		if p != nil {
			text += fmt.Sprintf(" %s of %s", p.Done, p.Wanted)
			if p.Over.Sign() > 0 {
				text += fmt.Sprintf(" over %s", p.Over)
			}
		}
	}
	for _, word := range []struct {
		name string
		on   bool
	}{{"done", f.Done}, {"partial", f.Partial}, {"late", f.Late}, {"overdue", f.Overdue}, {"finished", f.Finished}, {"in kind", f.InKind}} {
		if word.on {
			text += " " + word.name
		}
	}
	return text
}

// 6,000 g are promised to one and 5,000 g to another, and 8 kg come for both: 6 kg
// = 6,000 g fill the first, and 2,000 of 5,000 g = 40 % are for the other. A box
// counts as nothing in grams, and is named as uncounted.
func TestFulfilmentInAnotherUnit(t *testing.T) {
	all := standing(t, []*valueflows.Commitment{promise("a", "coop", "ann", "6000 gram", "2026-03-10T12:00Z"), promise("b", "coop", "bea", "5000 gram", "2026-03-10T12:00Z")},
		[]*valueflows.EconomicEvent{event("e", "8 kilogram", "2026-03-09T12:00Z", "a", "b"), event("f", "1 one", "2026-03-09T13:00Z", "b")}, "2026-03-15T12:00Z")
	if got := says(all[id("a")]); got != "100% 6000 of 6000 done" {
		t.Errorf("the first: %s", got)
	}
	if got := says(all[id("b")]); got != "40% 2000 of 5000 partial overdue" || !slices.Equal(all[id("b")].Uncounted, []ID{id("f")}) {
		t.Errorf("the other: %s, uncounted %v", got, all[id("b")].Uncounted)
	}
}

// How 10 kg due at noon on the 10th stand at noon on the 15th.
func TestFulfilment(t *testing.T) {
	correction := func(of, corrects, quantity, when string) *valueflows.EconomicEvent {
		e := event(of, quantity, when)
		e.Corrects = id(corrects)
		return e
	}
	tests := []struct {
		name   string
		events []*valueflows.EconomicEvent
		want   string
	}{
		{"nothing", nil, "0% 0 of 10 overdue"},
		{"a part", []*valueflows.EconomicEvent{event("a", "4 kilogram", "2026-01-09T12:00Z", "c")}, "40% 4 of 10 partial overdue"},
		{"a third", []*valueflows.EconomicEvent{event("a", "3.33333 kilogram", "2026-01-09T12:00Z", "c")}, "33.3% 3.33333 of 10 partial overdue"},
		{"nearly", []*valueflows.EconomicEvent{event("a", "9.9951 kilogram", "2026-01-09T12:00Z", "c")}, "100% 9.9951 of 10 partial overdue"},
		{"two parts in time", []*valueflows.EconomicEvent{event("a", "4 kilogram", "2026-01-09T12:00Z", "c"), event("b", "6 kilogram", "2026-01-10T12:00Z", "c")}, "100% 10 of 10 done"},
		{"the second late", []*valueflows.EconomicEvent{event("a", "4 kilogram", "2026-01-09T12:00Z", "c"), event("b", "6 kilogram", "2026-01-11T12:00Z", "c")}, "100% 10 of 10 done late"},
		{"too much, the last of it late", []*valueflows.EconomicEvent{event("b", "6 kilogram", "2026-01-11T12:00Z", "c"), event("a", "10 kilogram", "2026-01-10T12:00Z", "c")}, "100% 16 of 10 over 6 done"},
		{"corrected down", []*valueflows.EconomicEvent{event("a", "10 kilogram", "2026-01-09T12:00Z", "c"), correction("b", "a", "-3 kilogram", "2026-01-12T12:00Z")}, "70% 7 of 10 partial overdue"},
		{"corrected up, as it was in time", []*valueflows.EconomicEvent{correction("b", "a", "3 kilogram", "2026-01-12T12:00Z"), event("a", "7 kilogram", "2026-01-09T12:00Z", "c")}, "100% 10 of 10 done"},
		{"a correction corrected", []*valueflows.EconomicEvent{event("a", "10 kilogram", "2026-01-09T12:00Z", "c"), correction("b", "a", "-10 kilogram", "2026-01-12T12:00Z"), correction("d", "b", "10 kilogram", "2026-01-13T12:00Z")}, "100% 10 of 10 done"},
		{"in another unit", []*valueflows.EconomicEvent{event("a", "10 litre", "2026-01-09T12:00Z", "c")}, "0% 0 of 10 overdue"},
		{"of another promise", []*valueflows.EconomicEvent{event("a", "10 kilogram", "2026-01-09T12:00Z", "x")}, "0% 0 of 10 overdue"},
	}
	for _, test := range tests {
		c := promise("c", "farm", "shop", "10 kilogram", "2026-01-10T12:00Z")
		if got := says(standing(t, []*valueflows.Commitment{c}, test.events, "2026-01-15T12:00Z")[c.ID]); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
	yes := true
	released := promise("c", "farm", "shop", "10 kilogram", "2026-01-10T12:00Z")
	released.Finished = &yes
	if got := says(standing(t, []*valueflows.Commitment{released}, nil, "2026-01-15T12:00Z")[id("c")]); got != "0% 0 of 10 finished" {
		t.Errorf("released: %s", got)
	}
	nothing := promise("c", "farm", "shop", "0 kilogram", "")
	if got := says(standing(t, []*valueflows.Commitment{nothing}, nil, "2026-01-15T12:00Z")[id("c")]); got != "100% 0 of 0 done" {
		t.Errorf("a promise of nothing: %s", got)
	}
}

// The specification's proposals--fulfillment-and-satisfaction-1: bob promises 8
// hours to an intent of 8 hours and works 4 and 4; done at 17:00 of the day.
// The intent is satisfied by the promise; what bob did is not counted twice.
func TestSatisfaction(t *testing.T) {
	c := promise("bob's", "bob", "mfg", "", "")
	c.Action, c.EffortQuantity, c.Satisfies, c.HasEnd = "work", measure("8 hour"), []ID{id("wanted")}, moment("2018-10-14T17:00Z")
	var shifts []*valueflows.EconomicEvent
	for i, end := range []string{"2018-10-14T12:00Z", "2018-10-14T17:00Z"} {
		e := event(fmt.Sprint("shift ", i), "", "", "bob's")
		e.EffortQuantity, e.HasPointInTime, e.HasEnd, e.Satisfies = measure("4 hour"), nil, moment(end), []ID{id("wanted")}
		shifts = append(shifts, e)
	}
	now := "2018-10-16T00:00Z"
	f := standing(t, []*valueflows.Commitment{c}, shifts, now)[c.ID]
	if says(f) != "100% 8 of 8 done" || f.DoneAt != at("2018-10-14T17:00Z") {
		t.Errorf("bob's promise: %s at %s", says(f), f.DoneAt.Time())
	}
	if f = standing(t, []*valueflows.Commitment{c}, shifts[:1], now)[c.ID]; says(f) != "50% 4 of 8 partial overdue" {
		t.Errorf("after one shift: %s", says(f))
	}
	i := &valueflows.Intent{Record: valueflows.Record{ID: id("wanted")}}
	i.Action, i.EffortQuantity, i.HasEnd = "work", measure("8 hour"), moment("2018-10-15T18:00Z")
	satisfied := func(events []*valueflows.EconomicEvent) string {
		all, err := Satisfactions([]*valueflows.Intent{i}, []*valueflows.Commitment{c}, events, at(now))
		if err != nil {
			t.Fatal(err)
		}
		return says(all[i.ID])
	}
	if got := satisfied(shifts); got != "100% 8 of 8 done" {
		t.Errorf("the intent: %s", got)
	}
	yes := true
	c.Finished = &yes // bob gives up after a shift, and ann helps out for an hour
	help := event("help", "", "2018-10-15T10:00Z")
	help.EffortQuantity, help.Satisfies = measure("1 hour"), []ID{id("wanted")}
	if got := satisfied(append(shifts[:1:1], help)); got != "62.5% 5 of 8 partial overdue" {
		t.Errorf("the intent when bob gave up: %s", got)
	}
}

// An event of 25 that fulfils two promises of 10 fills them in its order, and 5
// are over on the second; a further one names an unknown promise last.
func TestOneForTwo(t *testing.T) {
	both := []*valueflows.Commitment{promise("a", "farm", "shop", "10 kilogram", ""), promise("b", "farm", "shop", "10 kilogram", "")}
	all := standing(t, both, []*valueflows.EconomicEvent{event("e", "25 kilogram", "2026-01-09T12:00Z", "b", "a", "x")}, "2026-01-15T12:00Z")
	if a, b := says(all[id("a")]), says(all[id("b")]); a != "100% 15 of 10 over 5 done" || b != "100% 10 of 10 done" {
		t.Errorf("a: %s, b: %s", a, b)
	}
}

// M02 of COOPERATIVES.md: a share of 12 weekly boxes for 300 dollars and 6 hours
// of work; box 5 is missing: 11 of 12 = 91.7 %, and a claim of 25 dollars. An
// extra box in week 13 settles it in kind: 100 %.
func TestBoxes(t *testing.T) {
	var boxes []*valueflows.Commitment
	var events []*valueflows.EconomicEvent
	for week := range 12 {
		day := fmt.Sprintf("2026-%02d-%02dT12:00Z", 5+week/4, 1+7*(week%4))
		box := promise(fmt.Sprint("box ", week+1), "farm", "home", "1 one", day)
		boxes = append(boxes, box)
		if week != 4 {
			events = append(events, event(fmt.Sprint("got ", week+1), "1 one", day, fmt.Sprint("box ", week+1)))
		}
	}
	money, work := promise("money", "home", "farm", "300 one", "2026-05-01T12:00Z"), promise("work", "home", "farm", "", "2026-07-31T12:00Z")
	work.EffortQuantity = measure("6 hour")
	hours := event("hours", "", "2026-06-01T12:00Z", "work")
	hours.EffortQuantity = measure("6 hour")
	events = append(events, event("paid", "300 one", "2026-05-01T12:00Z", "money"), hours)
	claim := &valueflows.Claim{Record: valueflows.Record{ID: id("claim")}, Provider: id("farm"), Receiver: id("home"), ResourceConformsTo: id("dollar"), ResourceQuantity: measure("25 one")}
	about := func(e *valueflows.EconomicEvent) ID { // as the resources conform to
		if e.ID == id("some dollars") {
			return id("dollar")
		}
		return id("box")
	}
	agreement := func() *AgreementFulfilment {
		t.Helper()
		return agreed(t, boxes, []*valueflows.Commitment{money, work}, []*valueflows.Claim{claim}, events, about, "2026-08-01T12:00Z")
	}
	a := agreement()
	if a.Clauses != (Side{12, 11, dec("91.7")}) || a.Reciprocal != (Side{2, 2, dec("100")}) || a.Closed || !slices.Equal(a.OpenClaims, []ID{id("claim")}) {
		t.Errorf("before: %+v", a)
	}
	if !a.ByPromise[id("box 5")].Overdue || a.ByPromise[id("box 4")].Overdue {
		t.Error("box 5 alone is overdue")
	}
	extra := event("extra", "1 one", "2026-07-30T12:00Z")
	extra.Settles = []ID{id("claim")}
	events = append(events, extra)
	a = agreement()
	if a.Clauses != (Side{12, 12, dec("100")}) || !a.Closed || a.MadeGood[id("box 5")] != id("claim") || says(a.ByClaim[id("claim")]) != "100% 0 of 25 done in kind" {
		t.Errorf("after: %+v, %s", a, says(a.ByClaim[id("claim")]))
	}
	part := event("some dollars", "10 one", "2026-07-30T12:00Z")
	part.Settles = []ID{id("claim")}
	events[len(events)-1] = part
	if a = agreement(); says(a.ByClaim[id("claim")]) != "40% 10 of 25 partial" || a.Closed || a.Clauses.Done != 11 {
		t.Errorf("10 dollars back: %+v, %s", a, says(a.ByClaim[id("claim")]))
	}
	// The same in one promise of 12 boxes: 11 ÷ 12 = 91.67 %.
	all := promise("all", "farm", "home", "12 one", "")
	for _, e := range events {
		e.Fulfills = []ID{id("all")}
	}
	if got := says(standing(t, []*valueflows.Commitment{all}, events[:11], "2026-08-01T12:00Z")[id("all")]); got != "91.7% 11 of 12 partial" {
		t.Errorf("in one promise: %s", got)
	}
}

// M14 of COOPERATIVES.md: a washer promised for the 14th of December comes on
// the 15th: fulfilled, and a day late.
func TestDonation(t *testing.T) {
	washer := promise("washer", "donor", "cj", "1 one", "2023-12-14")
	f := standing(t, []*valueflows.Commitment{washer}, []*valueflows.EconomicEvent{event("dropped off", "1 one", "2023-12-15", "washer")}, "2023-12-20T00:00Z")[washer.ID]
	if says(f) != "100% 1 of 1 done late" || f.LateMicros != 86_400_000_000 {
		t.Errorf("%s, by %d", says(f), f.LateMicros)
	}
}

// M15 of COOPERATIVES.md: a haircut, eggs and a bike repair in a ring. Two are
// done, the third fails: 2 of 3 = 66.7 %, open, one claim. A later delivery
// settles the claim, and the agreement closes.
func TestRing(t *testing.T) {
	ring := []*valueflows.Commitment{
		promise("haircut", "ann", "ben", "1 one", "2026-05-02T12:00Z"),
		promise("eggs", "ben", "cy", "12 one", "2026-05-02T12:00Z"),
		promise("repair", "cy", "ann", "1 one", "2026-05-02T12:00Z"),
	}
	events := []*valueflows.EconomicEvent{event("cut", "1 one", "2026-05-02T11:00Z", "haircut"), event("dozen", "12 one", "2026-05-02T12:00Z", "eggs")}
	claim := &valueflows.Claim{Record: valueflows.Record{ID: id("claim")}, Provider: id("cy"), Receiver: id("ann"), TriggeredBy: id("cut"), ResourceQuantity: measure("1 one")}
	for _, step := range []struct {
		name   string
		claims []*valueflows.Claim
		later  bool
		want   Side
		open   int
		closed bool
	}{
		{"the third fails", nil, false, Side{3, 2, dec("66.7")}, 0, false},
		{"a claim is raised", []*valueflows.Claim{claim}, false, Side{3, 2, dec("66.7")}, 1, false},
		{"a later delivery settles it", []*valueflows.Claim{claim}, true, Side{3, 3, dec("100")}, 0, true},
	} {
		all := events
		if step.later {
			repaired := event("repaired", "1 one", "2026-06-01T12:00Z")
			repaired.Settles = []ID{id("claim")}
			all = append(slices.Clone(events), repaired)
		}
		a := agreed(t, ring, nil, step.claims, all, nil, "2026-06-02T12:00Z")
		if a.Clauses != step.want || len(a.OpenClaims) != step.open || a.Closed != step.closed {
			t.Errorf("%s: %+v", step.name, a)
		}
	}
}

// A plan: of two deliverables one is done and one is half done: 75 %. It is done
// when both are and every process is finished.
func TestPlan(t *testing.T) {
	yes := true
	bake := &valueflows.Process{Record: valueflows.Record{ID: id("bake")}, HasBeginning: moment("2026-05-01T04:00Z"), HasEnd: moment("2026-05-01T08:00Z")}
	mill := &valueflows.Process{Record: valueflows.Record{ID: id("mill")}, HasBeginning: moment("2026-04-30T04:00Z"), HasEnd: moment("2026-04-30T08:00Z"), Finished: &yes}
	loaves, rolls, flour := promise("loaves", "coop", "ann", "20 one", "2026-05-01T09:00Z"), promise("rolls", "coop", "ben", "50 one", "2026-05-01T09:00Z"), promise("flour", "coop", "coop", "10 kilogram", "")
	loaves.IndependentDemandOf, rolls.IndependentDemandOf = id("plan"), id("plan")
	events := []*valueflows.EconomicEvent{event("a", "20 one", "2026-05-01T08:00Z", "loaves"), event("b", "25 one", "2026-05-01T08:00Z", "rolls")}
	plan := func() *PlanFulfilment {
		t.Helper()
		all := []*valueflows.Commitment{loaves, rolls, flour}
		return FulfilPlan([]*valueflows.Process{bake, mill}, all, standing(t, all, events, "2026-05-02T00:00Z"))
	}
	p := plan()
	if p.Deliverables != (Side{2, 1, dec("75")}) || p.Whole != (Side{3, 1, dec("50")}) || p.Finished != 1 || p.Done || !slices.Equal(p.Overdue, []ID{id("rolls")}) {
		t.Errorf("half done: %+v", p)
	}
	if p.Begin != at("2026-04-30T04:00Z") || p.End != at("2026-05-01T08:00Z") {
		t.Errorf("from %s to %s", p.Begin.Time(), p.End.Time())
	}
	events = append(events, event("c", "25 one", "2026-05-01T10:00Z", "rolls"))
	if p = plan(); p.Done || p.Deliverables.Done != 2 {
		t.Errorf("all delivered, baking not finished: %+v", p)
	}
	bake.Finished = &yes
	if p = plan(); !p.Done || len(p.Overdue) != 0 {
		t.Errorf("done: %+v", p)
	}
}

// An event of 10 kg fulfils a (6 kg, of plan and agreement A) and b (6 kg, of B):
// a has 6 of 6, and b the other 4 of 6 = 66.7 %. Neither has more than was promised.
func TestOneForTwoWholes(t *testing.T) {
	a, b := promise("a", "farm", "shop", "6 kilogram", ""), promise("b", "farm", "shop", "6 kilogram", "")
	a.IndependentDemandOf, b.IndependentDemandOf = id("A"), id("B")
	all := standing(t, []*valueflows.Commitment{a, b}, []*valueflows.EconomicEvent{event("e", "10 kilogram", "2026-01-09T12:00Z", "a", "b")}, "2026-01-15T12:00Z")
	for _, test := range []struct {
		own  *valueflows.Commitment
		side Side
		says string
	}{
		{a, Side{1, 1, dec("100")}, "100% 6 of 6 done"},
		{b, Side{1, 0, dec("66.7")}, "66.7% 4 of 6 partial"},
	} {
		own := []*valueflows.Commitment{test.own}
		plan, agreement := FulfilPlan(nil, own, all), FulfilAgreement(own, nil, nil, all, nil)
		if plan.Deliverables != test.side || plan.Whole != test.side || plan.Done != (test.side.Done == 1) || len(plan.ByPromise) != 1 {
			t.Errorf("plan of %s: %+v", name(test.own.ID), plan)
		}
		if agreement.Clauses != test.side || agreement.Closed != plan.Done || len(agreement.ByPromise) != 1 {
			t.Errorf("agreement of %s: %+v", name(test.own.ID), agreement)
		}
		if got := says(plan.ByPromise[test.own.ID]); got != test.says {
			t.Errorf("%s: %s, want %s", name(test.own.ID), got, test.says)
		}
	}
}

// Whatever events fulfil whatever promises: nothing of them is lost or counted
// twice, and their order changes nothing.
func TestAnyFulfilment(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var commitments []*valueflows.Commitment
		for i := range rapid.IntRange(1, 4).Draw(t, "promises") {
			commitments = append(commitments, promise(fmt.Sprint("c", i), "farm", "shop", fmt.Sprintf("%d kilogram", rapid.IntRange(0, 9).Draw(t, "wanted")), "2026-01-05T12:00Z"))
		}
		var events []*valueflows.EconomicEvent
		var sum, open, done, over valueflows.Sum
		for i := range rapid.IntRange(0, 6).Draw(t, "events") {
			e := event(fmt.Sprint("e", i), fmt.Sprintf("%d kilogram", rapid.IntRange(0, 9).Draw(t, "quantity")), fmt.Sprintf("2026-01-%02dT12:00Z", rapid.IntRange(1, 9).Draw(t, "day")))
			for _, c := range rapid.Permutation(commitments).Draw(t, "fulfills")[:rapid.IntRange(1, len(commitments)).Draw(t, "count")] {
				e.Fulfills = append(e.Fulfills, c.ID)
			}
			events = append(events, e)
			sum.Add(e.ResourceQuantity.HasNumericalValue)
		}
		now := at("2026-01-07T12:00Z")
		all, err := Fulfilments(commitments, events, now)
		if err != nil {
			t.Fatal(err)
		}
		again, err := Fulfilments(commitments, rapid.Permutation(events).Draw(t, "order"), now)
		if err != nil {
			t.Fatal(err)
		}
		for of, f := range all {
			if says(f) != says(again[of]) || f.DoneAt != again[of].DoneAt {
				t.Fatalf("%s: %s, in another order %s", name(of), says(f), says(again[of]))
			}
			open.Add(f.Resource.Open)
			done.Add(f.Resource.Done)
			over.Add(f.Resource.Over)
			if more, err := plus(f.Resource.Wanted, f.Resource.Over); err != nil || f.Resource.Open.Sign() > 0 && f.Resource.Over.Sign() > 0 || f.Done != (f.Resource.Open.Sign() == 0 && (f.Resource.Wanted.Sign() == 0 || f.Resource.Done.Sign() > 0)) {
				t.Fatalf("%s: %+v of %s, %v", name(of), f.Resource, more, err)
			}
		}
		if done.String() != sum.String() {
			t.Fatalf("%s happened, %s were counted", sum.String(), done.String())
		}
	})
}
