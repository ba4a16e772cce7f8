package planning

import (
	"testing"

	"disconode/valueflows"
)

// The specification's workflow example, production--manufacturing-and-workflow-
// with-recipe-and-plan-1: 1,000 buckets that passed the test, by runs of 500.
// 1,000 ÷ 500 = 2 runs: 2 × 450 = 900 kg of polymer, 2 × 5.5 = 11 h of the
// machine, and 2 × 7 = 14 h to make and 2 × 1 = 2 h to test, as both recipes say
// that they take longer in proportion. Due at 17:00, the test begins at 15:00,
// and making at 01:00. The stock has 320 buckets, but of another state.
func TestBuckets(t *testing.T) {
	var b Books
	b.process("make", "7 hour", []string{"consume 450 kilogram polymer", "use 5.5 hour machine"}, []string{"produce 500 one bucket"})
	b.process("test", "1 hour", []string{"accept 500 one bucket/make"}, []string{"modify 500 one bucket//pass", "produce 0 kilogram polymer"})
	b.stock("buckets", "bucket/test/fail", "320 one")
	b.stock("polymers", "polymer", "2455 kilogram")
	b.stock("machine 1", "machine", "1 one")
	r := Request{
		Demands: []Demand{demand("bucket//pass", "1000 one", "2019-04-08T17:00Z")},
		Sizes:   map[ID]Size{id("make"): {Multiple: dec("500"), Longer: true}, id("test"): {Multiple: dec("500"), Longer: true}},
	}
	same(t, lines(drafted(t, r, b)), `
		process test 04-08T15:00 – 04-08T17:00
		process make 04-08T01:00 – 04-08T15:00
		commitment #2: coop→coop modify 1000 one bucket/pass out of test for plan due 04-08T17:00
		commitment #3: coop→coop produce 0 kilogram polymer out of test due 04-08T17:00
		commitment #4: coop→coop accept 1000 one bucket/make into test due 04-08T15:00
		commitment #6: coop→coop produce 1000 one bucket out of make due 04-08T15:00
		commitment #7: coop→coop consume 900 kilogram polymer into make due 04-08T01:00
		commitment #8: coop→coop use 11 hour machine into make
		allocated 1000 one of #2 to demand 0
		allocated 1000 one of #6 to #4
		allocated 900 kilogram of polymers to #7`)
}

// The specification's planning--simple-plan-from-recipe-1: 0.5 m of delivery
// fiber take 0.5 m of fiber and 2 h of optical engineering, which alice does.
// Nobody has said from whom the fiber comes.
func TestFiber(t *testing.T) {
	var b Books
	b.process("make fiber", "", []string{"consume 0.5 metre fiber", "work 2 hour engineering"}, []string{"produce 0.5 metre delivery"})
	b.Sources = []Source{
		{Specification: id("fiber"), Agent: id("dan"), Last: moment("2019-01-01T00:00Z")},
		{Specification: id("fiber"), Agent: id("carol"), Last: moment("2019-03-01T00:00Z")},
		{Specification: id("fiber"), Agent: id("bob"), Offer: id("offer"), Available: measure("1 metre")},
	}
	r := Request{
		Demands:   []Demand{demand("delivery", "0.5 metre", "2019-04-08T17:00Z")},
		Providers: map[ID]ID{id("engineering"): id("alice")},
	}
	same(t, lines(drafted(t, r, b)), `
		process make fiber 04-08T17:00 – 04-08T17:00
		commitment #2: coop→coop produce 0.5 metre delivery out of make fiber for plan due 04-08T17:00
		commitment #3: coop→coop consume 0.5 metre fiber into make fiber due 04-08T17:00
		commitment #4: alice→coop work 2 hour engineering into make fiber
		intent #5: →coop transfer 0.5 metre fiber due 04-08T17:00
		allocated 0.5 metre of #2 to demand 0
		allocated 0.5 metre of #5 to #3
		short 0.5 metre fiber by 04-08T17:00: NO_RECIPE bob carol dan
		note NO_DURATION make fiber`)
}

// The specification's planning--simple-plan-1: 1,000 brochures take 1,020 sheets,
// 35 posters take 35 sheets and 1.5 h of a plate that the plan makes, too. The
// plate is used, not used up: it is a demand of its own.
func TestPrinter(t *testing.T) {
	var b Books
	b.process("brochures", "2 hour", []string{"consume 1020 one paper"}, []string{"produce 1000 one brochure"})
	b.process("posters", "2 hour", []string{"consume 35 one paper", "use 1.5 hour plate"}, []string{"produce 35 one poster"})
	b.process("plate", "1 hour", []string{"consume 1 one blank"}, []string{"produce 1 one plate"})
	b.stock("sheets", "paper", "1055 one")
	b.stock("blanks", "blank", "3 one")
	due := "2019-04-08T17:00Z"
	r := Request{Demands: []Demand{demand("brochure", "1000 one", due), demand("poster", "35 one", due), demand("plate", "1 one", "2019-04-08T15:00Z")}}
	same(t, lines(drafted(t, r, b)), `
		process posters 04-08T15:00 – 04-08T17:00
		process plate 04-08T14:00 – 04-08T15:00
		process brochures 04-08T15:00 – 04-08T17:00
		commitment #2: coop→coop produce 35 one poster out of posters for plan due 04-08T17:00
		commitment #3: coop→coop consume 35 one paper into posters due 04-08T15:00
		commitment #4: coop→coop use 1.5 hour plate into posters
		commitment #6: coop→coop produce 1 one plate out of plate for plan due 04-08T15:00
		commitment #7: coop→coop consume 1 one blank into plate due 04-08T14:00
		commitment #9: coop→coop produce 1000 one brochure out of brochures for plan due 04-08T17:00
		commitment #10: coop→coop consume 1020 one paper into brochures due 04-08T15:00
		allocated 35 one of #2 to demand 1
		allocated 1 one of #6 to demand 2
		allocated 1 one of blanks to #7
		allocated 1000 one of #9 to demand 0
		allocated 35 one of sheets to #3
		allocated 1020 one of sheets to #10`)
	r.Demands = r.Demands[:2]
	if d := drafted(t, r, b); len(d.Notes) != 1 || d.Notes[0].Code != NotOnHand || d.Notes[0].About != id("plate") {
		t.Errorf("without a plate: %v", d.Notes)
	}
}

// The specification's planning--building-recipes-1, winter milking: a run gives
// 5,000 l of vat milk, 200 l of fresh and 30 l of antibiotic milk, takes 500 kg
// of pellets, the herd as it was collected and the shed as it was set up. The
// demand of 5,000 l of vat milk takes one run, and the fresh milk that is wanted
// comes with it: 200 - 150 = 50 l are over. The herd that is collected is the
// one in the paddock: no recipe makes a herd. Its inputs say modify, which is
// the other half of accept.
func TestMilk(t *testing.T) {
	var b Books
	b.process("collect", "0.5 hour", []string{"work 0.5 hour milking", "use 0.5 hour atv", "modify 1 one paddock", "modify 1 one herd"}, []string{"modify 1 one paddock", "modify 1 one herd"})
	b.process("winter", "1 hour", []string{"accept 1 one herd/collect", "work 1.5 hour milking", "accept 1 one shed/setup", "consume 500 kilogram pellets"},
		[]string{"produce 5000 litre vat", "produce 200 litre fresh", "produce 30 litre antibiotic", "modify 1 one herd", "modify 1 one shed"})
	b.process("summer", "1 hour", []string{"accept 1 one herd/collect", "consume 1000 kilogram grass"}, []string{"produce 1000 litre vat", "modify 1 one herd"})
	b.process("return", "0.5 hour", []string{"accept 1 one herd/winter"}, []string{"modify 1 one herd"})
	b.Recipes = []*valueflows.Recipe{
		{Record: valueflows.Record{ID: id("in summer")}, RecipeIncludes: []ID{id("collect"), id("summer"), id("return")}},
		{Record: valueflows.Record{ID: id("in winter")}, RecipeIncludes: []ID{id("collect"), id("winter"), id("return")}},
	}
	b.stock("cows", "herd", "1 one")
	b.stock("field", "paddock", "1 one")
	b.stock("shed 1", "shed/setup", "1 one")
	b.stock("quad", "atv", "1 one")
	r := Request{
		Demands:   []Demand{demand("vat", "5000 litre", "2026-01-05T04:00Z"), demand("fresh", "150 litre", "2026-01-05T08:00Z")},
		Recipes:   []ID{id("in winter")},
		Providers: map[ID]ID{id("milking"): id("ann"), id("pellets"): id("mill")},
	}
	same(t, lines(drafted(t, r, b)), `
		process winter 01-05T03:00 – 01-05T04:00
		process collect 01-05T02:30 – 01-05T03:00
		commitment #2: coop→coop produce 5000 litre vat out of winter for plan due 01-05T04:00
		commitment #3: coop→coop produce 200 litre fresh out of winter due 01-05T04:00
		commitment #4: coop→coop produce 30 litre antibiotic out of winter due 01-05T04:00
		commitment #5: coop→coop modify 1 one herd out of winter due 01-05T04:00
		commitment #6: coop→coop modify 1 one shed out of winter due 01-05T04:00
		commitment #7: coop→coop accept 1 one herd/collect into winter due 01-05T03:00
		commitment #8: ann→coop work 1.5 hour milking into winter
		commitment #9: coop→coop accept 1 one shed/setup into winter due 01-05T03:00
		commitment #10: coop→coop consume 500 kilogram pellets into winter due 01-05T03:00
		commitment #11: mill→coop transfer 500 kilogram pellets due 01-05T03:00
		commitment #13: coop→coop modify 1 one paddock out of collect due 01-05T03:00
		commitment #14: coop→coop modify 1 one herd out of collect due 01-05T03:00
		commitment #15: ann→coop work 0.5 hour milking into collect
		commitment #16: coop→coop use 0.5 hour atv into collect
		commitment #17: coop→coop accept 1 one paddock into collect due 01-05T02:30
		commitment #18: coop→coop accept 1 one herd into collect due 01-05T02:30
		allocated 5000 litre of #2 to demand 0
		allocated 150 litre of #3 to demand 1
		allocated 500 kilogram of #11 to #10
		allocated 1 one of shed 1 to #9
		allocated 1 one of #14 to #7
		allocated 1 one of cows to #18
		allocated 1 one of field to #17
		over 50 litre fresh of #3
		over 30 litre antibiotic of #4
		over 1 one herd of #5
		over 1 one shed of #6
		over 1 one paddock of #13
		note WRONG_SIDE f0002
		note WRONG_SIDE f0003`)
}
