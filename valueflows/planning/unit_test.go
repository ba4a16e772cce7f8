package planning

import (
	"testing"

	"disconode/valueflows"
)

// Demand in kg, recipe in g, stock in t. 3 kg of bread are wanted and 500 g more:
// one lot of 3,500 g, by a recipe that makes 1,000 g of 700 g of flour and 0.3 kg
// of water. So it takes 3.5 × 700 = 2,450 g of flour: 0.001 t = 1,000 g lie in
// stock, 0.4 kg are scheduled, and of 0.0008 t of rye, which may stand in for it,
// 0.5 kg are free, and are an input of their own; 2,450 - 1,000 - 400 - 500 = 550 g must be milled from grain,
// 1.2 kg for 1 kg: 0.66 kg; and 3.5 × 0.3 = 1.05 kg of water are bought.
func TestUnits(t *testing.T) {
	yes := true
	var b Books
	b.process("bake", "1 hour", []string{"consume 700 gram flour", "consume 0.3 kilogram water"}, []string{"produce 1000 gram bread"})
	b.process("mill", "1 hour", []string{"consume 1.2 kilogram grain"}, []string{"produce 1 kilogram flour"})
	b.specification("flour", func(s *valueflows.ResourceSpecification) { s.Substitutable = &yes })
	b.stock("bin", "flour", "0.001 tonne")
	b.stock("rye bin", "rye", "0.0008 tonne")
	b.Stock[1].Free = measure("0.5 kilogram")
	b.stock("silo", "grain", "0.002 tonne")
	b.Outputs = []Output{{Flow: id("coming"), Kind: kind("flour"), Free: *measure("0.4 kilogram")}}
	due := "2026-03-01T12:00Z"
	r := Request{Demands: []Demand{demand("bread", "3 kilogram", due), demand("bread", "500 gram", due)}, Substitutes: map[ID][]ID{id("flour"): {id("rye")}}}
	r.Demands[0].Receiver = id("ann")
	same(t, lines(drafted(t, r, b)), `
		process bake 03-01T11:00 – 03-01T12:00
		process mill 03-01T10:00 – 03-01T11:00
		commitment #1: coop→ann transfer 3 kilogram bread for plan due 03-01T12:00
		commitment #3: coop→coop produce 500 gram bread out of bake for plan due 03-01T12:00
		commitment #4: coop→coop produce 3000 gram bread out of bake due 03-01T12:00
		commitment #5: coop→coop consume 1950 gram flour into bake due 03-01T11:00
		commitment #6: coop→coop consume 1.05 kilogram water into bake due 03-01T11:00
		commitment #8: coop→coop consume 500 gram rye into bake due 03-01T11:00
		commitment #10: coop→coop produce 0.55 kilogram flour out of mill due 03-01T11:00
		commitment #11: coop→coop consume 0.66 kilogram grain into mill due 03-01T10:00
		intent #7: →coop transfer 1.05 kilogram water due 03-01T11:00
		allocated 500 gram of #3 to demand 1
		allocated 3 kilogram of #4 to demand 0
		allocated 1.05 kilogram of #7 to #6
		allocated 1000 gram of bin to #5
		allocated 400 gram of coming to #5
		allocated 500 gram of rye bin to #8
		allocated 550 gram of #10 to #5
		allocated 0.66 kilogram of silo to #11
		short 1.05 kilogram water by 03-01T11:00: NO_RECIPE
		note SUBSTITUTED flour`)
}

// A size in the recipe's unit, pieces in dozens: 30 pieces wanted in dozens take
// 3 dozens = 36, of which 6 are over: half a dozen.
func TestUnitsOfSizes(t *testing.T) {
	var b Books
	b.process("lay", "1 hour", nil, []string{"produce 1 dozen egg"})
	r := Request{Demands: []Demand{demand("egg", "30 one", "2026-03-01T12:00Z")}, Sizes: map[ID]Size{id("lay"): {Multiple: dec("1")}}}
	same(t, lines(drafted(t, r, b)), `
		process lay 03-01T11:00 – 03-01T12:00
		commitment #2: coop→coop produce 2.5 dozen egg out of lay for plan due 03-01T12:00
		commitment #3: coop→coop produce 0.5 dozen egg out of lay due 03-01T12:00
		allocated 30 one of #2 to demand 0
		over 0.5 dozen egg of #3`)
}

// A pound has no exact number of grams in OM2, so what is wanted in pounds and
// made in grams is refused, as is a need that 18 digits do not write in grams.
func TestUnitsThatDoNotConvert(t *testing.T) {
	var b Books
	b.process("bake", "1 hour", []string{"consume 1 poundAvoirdupois flour"}, []string{"produce 1000 gram bread"})
	b.process("mill", "1 hour", nil, []string{"produce 1 kilogram flour"})
	due := "2026-03-01T12:00Z"
	_, err := Make(Request{Agent: id("coop"), Demands: []Demand{demand("bread", "1 kilogram", due)}}, b, numbered())
	refused(t, "flour in pounds", err, "NOT_CONVERTIBLE", "")
	_, err = Make(Request{Agent: id("coop"), Demands: []Demand{demand("bread", "1 poundAvoirdupois", due)}}, b, numbered())
	refused(t, "bread in pounds", err, "NOT_CONVERTIBLE", "demands.0.resourceQuantity.hasUnit")
	b = Books{}
	b.process("dig", "1 hour", nil, []string{"produce 1 gram sand"})
	_, err = Make(Request{Agent: id("coop"), Demands: []Demand{demand("sand", "1000000000000000 tonne", due)}}, b, numbered())
	refused(t, "sand", err, "INEXACT", "demands.0.resourceQuantity")
}

// Two demands of one plan cannot take the same stock in place of what they want:
// of 6 kg of wheat, given in grams, spelt takes 5 and emmer what is left, 1 of 4.
func TestSubstituteForTwo(t *testing.T) {
	yes := true
	var b Books
	for _, name := range []string{"spelt", "emmer"} {
		b.specification(name, func(s *valueflows.ResourceSpecification) { s.Substitutable = &yes })
	}
	b.stock("wheat bin", "wheat", "6000 gram")
	due := "2026-03-01T12:00Z"
	r := Request{
		Demands:     []Demand{demand("spelt", "5 kilogram", due), demand("emmer", "4 kilogram", due)},
		Substitutes: map[ID][]ID{id("spelt"): {id("wheat")}, id("emmer"): {id("wheat")}},
	}
	same(t, lines(drafted(t, r, b)), `
		intent #1: →coop transfer 3 kilogram emmer due 03-01T12:00
		allocated 5 kilogram of wheat bin to demand 0
		allocated 1 kilogram of wheat bin to demand 1
		allocated 3 kilogram of #1 to demand 1
		short 3 kilogram emmer by 03-01T12:00: NO_RECIPE
		note SUBSTITUTED spelt
		note SUBSTITUTED emmer`)
}
