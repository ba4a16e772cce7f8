package node

import (
	"testing"

	"disconode/valueflows"
)

// A month of a farm (COOPERATIVES.md, M01): 10+8+6 h of work and compost make
// 96 kg of collards, 6 kg spoil, 60 kg go to the Grocery.
func TestFarmMonth(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		farm, grocery := b.organization("Farm"), b.organization("Grocery")
		collards, compost := b.specification("Collards"), b.specification("Compost")
		plot := b.process("Grow collards")
		heap := b.recordNew(valueflows.EconomicEvent{Action: "raise", Provider: farm, Receiver: farm, ResourceQuantity: kg("100")},
			valueflows.EconomicResource{ConformsTo: compost, Name: "Compost heap"})
		for name, h := range map[string]string{"Bea": "10", "Cal": "8", "Dee": "6"} {
			b.record(valueflows.EconomicEvent{Action: "work", Provider: b.person(name), Receiver: farm, InputOf: plot, EffortQuantity: hours(h),
				Stream: valueflows.Livelihood, HasPointInTime: day("2026-05-03T10:00:00-05:00")})
		}
		b.record(valueflows.EconomicEvent{Action: "consume", Provider: farm, Receiver: farm, InputOf: plot, ResourceInventoriedAs: heap, ResourceQuantity: kg("40")})
		lot := b.recordNew(valueflows.EconomicEvent{Action: "produce", Provider: farm, Receiver: farm, OutputOf: plot, ResourceQuantity: kg("96")},
			valueflows.EconomicResource{ConformsTo: collards, TrackingIdentifier: "lot 1"})
		b.record(valueflows.EconomicEvent{Action: "lower", Provider: farm, Receiver: farm, ResourceInventoriedAs: lot, ResourceQuantity: kg("6")})
		stock := b.recordNew(valueflows.EconomicEvent{Action: "transfer", Provider: farm, Receiver: grocery, ResourceInventoriedAs: lot, ResourceQuantity: kg("60")},
			valueflows.EconomicResource{Name: "Collards at the Grocery"})
		b.holds(heap, "60", "60")
		b.holds(lot, "30", "30")
		b.holds(stock, "60", "60")
		sold, err := Get[valueflows.EconomicResource](b.ctx, b.node, stock)
		if err != nil {
			t.Fatal(err)
		}
		if sold.TrackingIdentifier != "lot 1" || sold.PrimaryAccountable != grocery || sold.ConformsTo != collards {
			t.Errorf("the Grocery's stock: %+v", sold)
		}
		all, err := b.node.Contributions(b.ctx, ContributionQuery{Action: []valueflows.Action{"work"}, GroupBy: []ContributionGroup{ByAction, ByStream, ByMonth}})
		if err != nil {
			t.Fatal(err)
		}
		if len(all) != 1 || all[0].EffortQuantity[0].HasNumericalValue.String() != "24" || all[0].Month != "2026-05" || all[0].Events != 3 {
			t.Errorf("contributions: %+v", all)
		}
		b.sound()
	})
}

// sound tells whether the journal verifies and its projections are what it makes.
func (b *books) sound() {
	b.t.Helper()
	wrong, err := b.node.Verify(b.t.Context())
	if err != nil || len(wrong) > 0 {
		b.t.Errorf("verify: %v %v", wrong, err)
	}
	differ, err := b.node.Compare(AsOperator(b.t.Context(), valueflows.ID{}))
	if err != nil || len(differ) > 0 {
		b.t.Errorf("rebuild: %v %v", differ, err)
	}
}
