package node

import (
	"slices"
	"testing"

	"disconode/valueflows"
	"disconode/valueflows/planning"
)

func measured(number, unit string) *valueflows.Measure {
	return &valueflows.Measure{HasNumericalValue: valueflows.MustDecimal(number), HasUnit: valueflows.OMUnitID(unit)}
}

// Stock in tonnes, recipe in grams, demand in kilograms. A kilogram of bread takes
// 700 g of spelt, and wheat may stand in for spelt. 0.003 t = 3,000 g of spelt and
// 0.001 t = 1,000 g of wheat are there.
//
// A plan for 5 kg takes 5 × 700 = 3,500 g: 3,000 g of spelt and 500 g of wheat. A
// second plan, for 1 kg, takes 700 g: no spelt is left and of the wheat 1,000 - 500
// = 500 g; 200 g are short. A third plan, for wheat itself, finds none: the plans say
// what of it they take in place of spelt.
func TestPlanningUnits(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		yes := true
		bread, wheat := b.specification("bread"), b.specification("wheat")
		spelt := made(t, b.ctx, b.node, valueflows.ResourceSpecification{Name: "spelt", Substitutable: &yes})
		bake := made(t, b.ctx, b.node, valueflows.RecipeProcess{Name: "bake", HasDuration: hours("1")})
		made(t, b.ctx, b.node, valueflows.RecipeFlow{Action: "produce", RecipeOutputOf: bake, ResourceConformsTo: bread, ResourceQuantity: measured("1000", "gram")})
		made(t, b.ctx, b.node, valueflows.RecipeFlow{Action: "consume", RecipeInputOf: bake, ResourceConformsTo: spelt, ResourceQuantity: measured("700", "gram")})
		for of, tonnes := range map[valueflows.ID]string{spelt: "0.003", wheat: "0.001"} {
			b.recordNew(valueflows.EconomicEvent{Action: "raise", Provider: b.lab, Receiver: b.lab, ResourceQuantity: measured(tonnes, "tonne")}, valueflows.EconomicResource{ConformsTo: of})
		}
		due := day("2030-06-10T12:00:00Z")
		plan := func(of valueflows.ID, q *valueflows.Measure, instead map[valueflows.ID][]valueflows.ID, dry bool) (plan *valueflows.Plan, from []string) {
			t.Helper()
			plan, d, err := b.node.MakePlan(b.ctx, PlanRequest{Name: "bread", Request: planning.Request{Substitutes: instead,
				Demands: []planning.Demand{{Kind: planning.Kind{Specification: of}, Quantity: *q, Due: due}}}}, dry)
			if err != nil {
				t.Fatal(err)
			}
			for _, a := range d.Allocations {
				if what := map[bool]string{true: "wheat", false: "spelt"}[a.Substitute]; !a.Resource.IsZero() {
					from = append(from, a.Quantity.HasNumericalValue.String()+" "+valueflows.OMUnit(a.Quantity.HasUnit).Label+" "+what)
				}
			}
			for _, s := range d.Shortages {
				from = append(from, "short "+s.Quantity.HasNumericalValue.String()+" "+valueflows.OMUnit(s.Quantity.HasUnit).Label)
			}
			return plan, from
		}
		instead := map[valueflows.ID][]valueflows.ID{spelt: {wheat}}
		if _, got := plan(bread, kg("5"), instead, false); !slices.Equal(got, []string{"3000 gram spelt", "500 gram wheat"}) {
			t.Errorf("the first plan takes %q", got)
		}
		second, got := plan(bread, kg("1"), instead, false)
		if !slices.Equal(got, []string{"500 gram wheat", "short 200 gram"}) {
			t.Errorf("the second plan takes %q", got)
		}
		if _, got := plan(wheat, kg("0.6"), nil, true); !slices.Equal(got, []string{"short 0.6 kilogram"}) {
			t.Errorf("wheat for itself: %q", got)
		}
		short, err := b.node.Shortages(b.ctx, second.ID)
		if err != nil || len(short) == 0 || short[0].Quantity.HasUnit != valueflows.OMUnitID("gram") {
			t.Errorf("what is short of the second plan: %+v, %v", short, err)
		}
	})
}
