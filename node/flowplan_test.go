package node

import (
	"slices"
	"testing"

	"disconode/valueflows"
)

// What comes next to a process: what happened, then what is planned in the
// same plan, each process once.
//
//	plan   Milling -> flour -> Baking (an intent, at the stage Milling), and -> Roasting of another plan, which is not connected
//	events Milling -> flour -> Tasting, and later -> Baking
func TestProcessesBeside(t *testing.T) {
	eachDialect(t, func(t *testing.T, b *books) {
		farm, flour := b.organization("Farm"), b.specification("Flour")
		stage := makes(b, &valueflows.ProcessSpecification{Name: "Milling"})
		plan, other := makes(b, &valueflows.Plan{Name: "This week"}), makes(b, &valueflows.Plan{Name: "Next week"})
		milling := makes(b, &valueflows.Process{Name: "Milling", BasedOn: stage, PlannedWithin: plan})
		baking := makes(b, &valueflows.Process{Name: "Baking", PlannedWithin: plan})
		roasting := makes(b, &valueflows.Process{Name: "Roasting", PlannedWithin: other})
		tasting := b.process("Tasting")
		due := day("2026-05-02T10:00:00Z")
		makes(b, &valueflows.Commitment{Planned: valueflows.Planned{Action: "produce", Provider: farm, Receiver: farm, OutputOf: milling, ResourceConformsTo: flour, ResourceQuantity: kg("5"), Due: due}})
		for _, process := range []valueflows.ID{baking, roasting} {
			makes(b, &valueflows.Intent{Planned: valueflows.Planned{Action: "consume", Provider: farm, InputOf: process, ResourceConformsTo: flour, Stage: stage, ResourceQuantity: kg("2"), Due: due}})
		}
		look := func(what string, process valueflows.ID, before, after []valueflows.ID) {
			t.Helper()
			p, err := Get[valueflows.Process](b.ctx, b.node, process)
			if err != nil {
				t.Fatal(err)
			}
			was, err := b.node.PreviousProcesses(b.ctx, []*valueflows.Process{p}, 100)
			if err != nil {
				t.Fatal(err)
			}
			next, err := b.node.NextProcesses(b.ctx, []*valueflows.Process{p}, 100)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(was[0].Processes, before) || !slices.Equal(next[0].Processes, after) || was[0].More || next[0].More {
				t.Errorf("%s: %v before and %v after, want %v and %v", what, was, next, before, after)
			}
		}
		only := func(ids ...valueflows.ID) []valueflows.ID { return ids }
		look("the milling, as planned", milling, nil, only(baking))
		look("the baking, as planned", baking, only(milling), nil)
		look("the roasting of another plan", roasting, nil, nil)

		sack := b.recordNew(valueflows.EconomicEvent{Action: "produce", Provider: farm, Receiver: farm, OutputOf: milling, ResourceQuantity: kg("5")}, valueflows.EconomicResource{ConformsTo: flour})
		use := func(process valueflows.ID) {
			b.record(valueflows.EconomicEvent{Action: "consume", Provider: farm, Receiver: farm, InputOf: process, ResourceInventoriedAs: sack, ResourceQuantity: kg("1")})
		}
		use(tasting)
		look("the milling, when some was tasted", milling, nil, only(tasting, baking))
		look("the tasting", tasting, only(milling), nil)
		use(baking)
		look("the milling, when some was baked", milling, nil, only(tasting, baking))
		look("the baking, when it was begun", baking, only(milling), nil)
	})
}
