package planning

import (
	"testing"

	"disconode/valueflows"
)

// bread is a bakery: 20 loaves take 10 kg of flour and 2 kg of starter, and give
// back 2 kg of starter; 10 kg of flour are milled from 12 kg of grain in 2 h.
func bread() Books {
	var b Books
	b.process("bake", "4 hour", []string{"consume 10 kilogram flour", "consume 2 kilogram starter"}, []string{"produce 20 one loaf", "produce 2 kilogram starter"})
	b.process("mill", "2 hour", []string{"consume 12 kilogram grain"}, []string{"produce 10 kilogram flour"})
	b.stock("jar", "starter", "2 kilogram")
	return b
}

// What is there comes first: what expires first, then what is scheduled in
// time, and only the rest is made. 40 loaves take 20 kg of flour: 4 of the
// stock that expires, 5 of the other, 3 scheduled; 8 are milled from
// 8 × 12 ÷ 10 = 9.6 kg of grain. The 4 kg of starter are 2 in the jar; 2 more
// must come from outside, as the baking itself gives its starter too late.
func TestNetting(t *testing.T) {
	b := bread()
	b.stock("flour b", "flour", "9 kilogram")
	b.Stock[1].Free = measure("5 kilogram") // 4 are taken by another plan
	b.stock("flour a", "flour", "4 kilogram")
	b.Stock[2].Expires = moment("2026-03-02T00:00Z")
	b.stock("flour old", "flour", "7 kilogram")
	b.Stock[3].Expires = moment("2026-02-28T00:00Z")
	b.stock("flour lb", "flour", "30 one")
	b.Outputs = []Output{
		{Flow: id("late"), Kind: kind("flour"), Free: *measure("50 kilogram"), At: moment("2026-03-01T09:00Z")},
		{Flow: id("in time"), Kind: kind("flour"), Free: *measure("3 kilogram"), At: moment("2026-03-01T08:00Z")},
	}
	r := Request{Demands: []Demand{demand("loaf", "40 one", "2026-03-01T12:00Z")}, Providers: map[ID]ID{id("grain"): id("farm")}}
	same(t, lines(drafted(t, r, b)), `
		process bake 03-01T08:00 – 03-01T12:00
		process mill 03-01T06:00 – 03-01T08:00
		commitment #2: coop→coop produce 40 one loaf out of bake for plan due 03-01T12:00
		commitment #3: coop→coop produce 4 kilogram starter out of bake due 03-01T12:00
		commitment #4: coop→coop consume 20 kilogram flour into bake due 03-01T08:00
		commitment #5: coop→coop consume 4 kilogram starter into bake due 03-01T08:00
		commitment #7: coop→coop produce 8 kilogram flour out of mill due 03-01T08:00
		commitment #8: coop→coop consume 9.6 kilogram grain into mill due 03-01T06:00
		commitment #9: farm→coop transfer 9.6 kilogram grain due 03-01T06:00
		intent #10: →coop transfer 2 kilogram starter due 03-01T08:00
		allocated 40 one of #2 to demand 0
		allocated 4 kilogram of flour a to #4
		allocated 5 kilogram of flour b to #4
		allocated 3 kilogram of in time to #4
		allocated 8 kilogram of #7 to #4
		allocated 9.6 kilogram of #9 to #8
		allocated 2 kilogram of jar to #5
		allocated 2 kilogram of #10 to #5
		over 4 kilogram starter of #3
		short 2 kilogram starter by 03-01T08:00: CYCLE
		note EXPIRES_BEFORE flour old
		note OTHER_UNIT flour lb
		note COMES_TOO_LATE late`)
}

// Who has the lower number is served first, then whose due time is earlier,
// then who is named first, whatever the order of the demands: of 10 loaves in
// stock, 4 go to the second demand, 6 to the third; the rest is baked.
func TestPriority(t *testing.T) {
	b := bread()
	b.stock("shelf", "loaf", "10 one")
	r := Request{Demands: []Demand{
		demand("loaf", "5 one", "2026-03-01T12:00Z"),
		demand("loaf", "4 one", "2026-03-03T12:00Z"),
		demand("loaf", "8 one", "2026-03-02T12:00Z"),
	}}
	r.Demands[0].Priority, r.Demands[1].Priority, r.Demands[2].Priority = 2, 1, 2
	r.Demands[2].Due = r.Demands[0].Due
	r.Demands[0], r.Demands[2] = r.Demands[2], r.Demands[0]
	got := map[int]string{}
	for _, a := range drafted(t, r, b).Allocations {
		if a.Resource == id("shelf") {
			got[a.Demand] = written(&a.Quantity)
		}
	}
	if len(got) != 2 || got[1] != "4 one" || got[0] != "6 one" {
		t.Errorf("the shelf goes to %v", got)
	}
}

// A run of at least 40 and in dozens makes 48 for 30 that are wanted today; the
// 18 over meet 18 of the 20 that are wanted tomorrow, and the other 2 take
// another 48, of which 46 stay over.
func TestBatches(t *testing.T) {
	var b Books
	b.process("bake", "1 hour", nil, []string{"produce 12 one roll"})
	r := Request{
		Demands: []Demand{demand("roll", "30 one", "2026-03-01T12:00Z"), demand("roll", "20 one", "2026-03-02T12:00Z")},
		Sizes:   map[ID]Size{id("bake"): {Minimum: dec("40"), Multiple: dec("12")}},
	}
	same(t, lines(drafted(t, r, b)), `
		process bake 03-01T11:00 – 03-01T12:00
		process bake 03-02T11:00 – 03-02T12:00
		commitment #2: coop→coop produce 30 one roll out of bake for plan due 03-01T12:00
		commitment #3: coop→coop produce 18 one roll out of bake due 03-01T12:00
		commitment #5: coop→coop produce 2 one roll out of bake for plan due 03-02T12:00
		commitment #6: coop→coop produce 46 one roll out of bake due 03-02T12:00
		allocated 30 one of #2 to demand 0
		allocated 18 one of #3 to demand 1
		allocated 2 one of #5 to demand 1
		over 46 one roll of #6`)
	r.Together = SameWeek // the 1st of March 2026 is a Sunday: the weeks differ
	if d := drafted(t, r, b); len(d.Processes) != 2 {
		t.Errorf("over two weeks: %d processes, want 2", len(d.Processes))
	}
	r.Together = SameMonth // 50 of a month: 60, due when the first are
	d := drafted(t, r, b)
	if len(d.Processes) != 1 || d.Processes[0].HasEnd.Instant != at("2026-03-01T12:00Z") || written(&d.Surplus[0].Quantity) != "10 one" {
		t.Errorf("over a month: %v", lines(d))
	}
}

// A third of 1 kg is no decimal: it is rounded up to 6 digits, or to what the
// request says. A third of 7 eggs is 3 where eggs are whole.
func TestRounding(t *testing.T) {
	var b Books
	b.process("cake", "1 hour", []string{"consume 1 kilogram sugar", "consume 7 one egg", "consume 2 litre milk"}, []string{"produce 3 one cake", "produce 1 kilogram crumb"})
	r := Request{Demands: []Demand{demand("cake", "1 one", "2026-03-01T12:00Z")}, Scales: map[ID]int{id("egg"): 0, id("milk"): 2}}
	d := drafted(t, r, b)
	got := map[string]string{}
	for _, c := range d.Commitments {
		got[name(c.ResourceConformsTo)] = written(c.ResourceQuantity)
	}
	for thing, want := range map[string]string{
		"sugar": "0.333334 kilogram", "egg": "3 one", "milk": "0.67 litre", "crumb": "0.333333 kilogram", "cake": "1 one",
	} {
		if got[thing] != want {
			t.Errorf("%s: %s, want %s", thing, got[thing], want)
		}
	}
	if len(d.Notes) != 1 || d.Notes[0].Code != RoundedUp || d.Notes[0].About != id("f0000") {
		t.Errorf("notes: %v", d.Notes)
	}
}

// Stock of another specification is taken only where what is needed is marked
// substitutable and the request lists the other, and serves its own needs first:
// of 20 kg of wheat 19 are needed as wheat, 1 in place of spelt. One chair does
// not stand for another, so no stock of chairs is taken by itself.
func TestSubstitutes(t *testing.T) {
	yes, no := true, false
	var b Books
	b.specification("spelt", func(s *valueflows.ResourceSpecification) { s.Substitutable = &yes })
	b.specification("wheat", func(*valueflows.ResourceSpecification) {})
	b.specification("chair", func(s *valueflows.ResourceSpecification) { s.Substitutable = &no })
	b.stock("spelt bin", "spelt", "3 kilogram")
	b.stock("wheat bin", "wheat", "20 kilogram")
	b.stock("chair 1", "chair", "1 one")
	due := "2026-03-01T12:00Z"
	r := Request{
		Demands:     []Demand{demand("spelt", "5 kilogram", due), demand("wheat", "19 kilogram", due), demand("chair", "1 one", due)},
		Substitutes: map[ID][]ID{id("spelt"): {id("rye"), id("wheat")}, id("wheat"): {id("spelt")}},
	}
	d := drafted(t, r, b)
	same(t, lines(d), `
		intent #1: →coop transfer 1 kilogram spelt due 03-01T12:00
		intent #2: →coop transfer 1 one chair due 03-01T12:00
		allocated 19 kilogram of wheat bin to demand 1
		allocated 3 kilogram of spelt bin to demand 0
		allocated 1 kilogram of wheat bin to demand 0
		allocated 1 kilogram of #1 to demand 0
		allocated 1 one of #2 to demand 2
		short 1 kilogram spelt by 03-01T12:00: NO_RECIPE
		short 1 one chair by 03-01T12:00: NO_RECIPE
		note SUBSTITUTED spelt
		note NOT_SUBSTITUTABLE chair`)
	if !d.Allocations[2].Substitute || d.Allocations[2].Specification != id("spelt") {
		t.Errorf("the wheat in place of spelt: %+v", d.Allocations[2])
	}
}
