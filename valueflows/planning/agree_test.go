package planning

import (
	"testing"

	"disconode/valueflows"
)

// grocery buys 10 kg of flour for 15 dollars and a delivery, and sells 20 loaves
// for 60 dollars; honey is bartered, 1 kg for 4 loaves.
func grocery() Books {
	var b Books
	yes := true
	b.specification("dollar", func(s *valueflows.ResourceSpecification) { s.MediumOfExchange = &yes })
	b.exchange("buy flour", []string{"transfer 10 kilogram flour", "deliverService 1 one freight"}, []string{"transfer 15 one dollar"})
	b.exchange("sell bread", []string{"transfer 20 one loaf"}, []string{"transfer 60 one dollar"})
	b.exchange("barter", []string{"transfer 1 kilogram honey"}, []string{"transfer 4 one loaf"})
	b.process("bake", "4 hour", []string{"consume 10 kilogram flour"}, []string{"produce 20 one loaf"})
	return b
}

// Ann orders 30 loaves for 30 × 60 ÷ 20 = 90 dollars, and has them by noon; they
// take 15 kg of flour, which the mill sells for 1.5 × 15 = 22.5 dollars with
// 1.5 deliveries, in one agreement for both orders' flour. Ben's order stands
// already.
func TestOrders(t *testing.T) {
	b := grocery()
	ann, ben := demand("loaf", "30 one", "2026-03-02T12:00Z"), demand("loaf", "10 one", "2026-03-03T12:00Z")
	ann.Receiver, ann.Exchange = id("ann"), id("sell bread")
	ben.Receiver, ben.Commitment = id("ben"), id("order")
	r := Request{Demands: []Demand{ann, ben}, Providers: map[ID]ID{id("flour"): id("mill")}}
	d := drafted(t, r, b)
	same(t, lines(d), `
		process bake 03-02T08:00 – 03-02T12:00
		process bake 03-03T08:00 – 03-03T12:00
		commitment #1: coop→ann transfer 30 one loaf for plan clause of #3 due 03-02T12:00
		commitment #2: ann→coop transfer 90 one dollar in return by #3 due 03-02T12:00
		commitment #5: coop→coop produce 30 one loaf out of bake due 03-02T12:00
		commitment #6: coop→coop consume 15 kilogram flour into bake due 03-02T08:00
		commitment #8: coop→coop produce 10 one loaf out of bake due 03-03T12:00
		commitment #9: coop→coop consume 5 kilogram flour into bake due 03-03T08:00
		commitment #10: mill→coop transfer 15 kilogram flour clause of #13 due 03-02T08:00
		commitment #11: mill→coop deliverService 1.5 one freight clause of #13 due 03-02T08:00
		commitment #12: coop→mill transfer 22.5 one dollar in return by #13 due 03-02T08:00
		commitment #14: mill→coop transfer 5 kilogram flour clause of #13 due 03-03T08:00
		commitment #15: mill→coop deliverService 0.5 one freight clause of #13 due 03-03T08:00
		commitment #16: coop→mill transfer 7.5 one dollar in return by #13 due 03-03T08:00
		agreement #3 sell bread
		agreement #13 buy flour
		allocated 30 one of #5 to demand 0
		allocated 10 one of #8 to demand 1
		allocated 15 kilogram of #10 to #6
		allocated 5 kilogram of #14 to #9`)
	if d.Deliveries[0].Commitment != id("#1") || d.Deliveries[1].Commitment != id("order") {
		t.Errorf("deliveries: %+v", d.Deliveries)
	}
}

// Nobody is known who has honey: the plan asks for it and says what it gives,
// and bakes the 8 loaves that 2 kg are worth.
func TestBarterForNobody(t *testing.T) {
	b := grocery()
	b.stock("flour bin", "flour", "4 kilogram")
	d := drafted(t, Request{Demands: []Demand{demand("honey", "2 kilogram", "2026-03-02T12:00Z")}}, b)
	same(t, lines(d), `
		process bake 03-02T08:00 – 03-02T12:00
		commitment #5: coop→coop produce 8 one loaf out of bake due 03-02T12:00
		commitment #6: coop→coop consume 4 kilogram flour into bake due 03-02T08:00
		intent #1: →coop transfer 2 kilogram honey due 03-02T12:00
		intent #2: coop→ transfer 8 one loaf due 03-02T12:00
		allocated 2 kilogram of #1 to demand 0
		allocated 8 one of #5 to #2
		allocated 4 kilogram of flour bin to #6
		short 2 kilogram honey by 03-02T12:00: NOBODY`)
	p := d.Proposals[0]
	if p.Purpose != valueflows.Request || len(p.Publishes) != 1 || p.Publishes[0] != id("#1") || len(p.Reciprocal) != 1 || p.Reciprocal[0] != id("#2") {
		t.Errorf("the proposal: %+v", p)
	}
	if d.Deliveries[0].Open.String() != "2" {
		t.Errorf("nobody has promised %s kg, want 2", d.Deliveries[0].Open)
	}
}

// A concert takes 2 h of sound, which dan does for 30 dollars an hour, and is
// itself a service for the school: its output is its delivery. A rehearsal
// serves the concert, as one flow out of the one and into the other.
func TestServices(t *testing.T) {
	var b Books
	yes := true
	b.specification("dollar", func(s *valueflows.ResourceSpecification) { s.MediumOfExchange = &yes })
	b.exchange("hire", nil, []string{"transfer 60 one dollar"})
	b.process("concert", "2 hour", []string{"work 2 hour sound hire", "deliverService 1 one rehearsal", "deliverService 1 one poster"}, []string{"deliverService 1 one music"})
	b.process("rehearse", "3 hour", nil, []string{"deliverService 1 one rehearsal"})
	order := demand("music", "1 one", "2026-03-02T20:00Z")
	order.Receiver = id("school")
	r := Request{Demands: []Demand{order}, Providers: map[ID]ID{id("sound"): id("dan")}}
	same(t, lines(drafted(t, r, b)), `
		process concert 03-02T18:00 – 03-02T20:00
		process rehearse 03-02T15:00 – 03-02T18:00
		commitment #2: coop→school deliverService 1 one music out of concert for plan due 03-02T20:00
		commitment #3: dan→coop work 2 hour sound into concert clause of #5
		commitment #4: coop→dan transfer 60 one dollar in return by #5 due 03-02T20:00
		commitment #6: coop→coop deliverService 1 one rehearsal out of rehearse into concert due 03-02T18:00
		intent #7: →coop deliverService 1 one poster into concert due 03-02T18:00
		agreement #5 hire
		allocated 1 one of #2 to demand 0
		allocated 1 one of #6 to #6
		short 1 one poster by 03-02T18:00: NOBODY`)
}
