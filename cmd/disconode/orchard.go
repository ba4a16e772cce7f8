package main

import (
	"time"

	"disconode/valueflows"
)

// plantOrchard writes a plan that takes its time: ten apple trees, which bear in
// four years. Of 40 hours of tending 6 are worked, and nobody has promised the
// watering yet.
func (j *jackson) plantOrchard() {
	harvest := valueflows.TimeOf(time.Date(2030, time.September, 14, 12, 0, 0, 0, j.zone))
	plan := create(j.story, "orchard/plan", &valueflows.Plan{Name: "Ten apple trees on Plot 7", Note: "They bear in the fourth year.", Due: &harvest})
	tending := create(j.story, "orchard/tending", &valueflows.Process{Name: "Plant and tend ten apple trees", InScopeOf: j.farms,
		PlannedWithin: plan, HasBeginning: j.june(22, 8), HasEnd: &harvest})
	field := j.labour("Field work")
	promised := create(j.story, "orchard/promised", &valueflows.Commitment{Planned: valueflows.Planned{Action: "work", Provider: j.people["Marcus"], Receiver: j.farms,
		InputOf: tending, ResourceConformsTo: field, EffortQuantity: measure("40", "hour"), Due: &harvest}})
	create(j.story, "orchard/apples", &valueflows.Commitment{IndependentDemandOf: plan, Planned: valueflows.Planned{Action: "produce", Provider: j.farms, Receiver: j.farms,
		OutputOf: tending, ResourceConformsTo: j.kind("Apples", "kilogram"), ResourceQuantity: measure("200", "kilogram"), Due: &harvest}})
	create(j.story, "orchard/watering", &valueflows.Intent{Name: "Water the young trees", Planned: valueflows.Planned{Action: "work", Receiver: j.farms,
		InputOf: tending, ResourceConformsTo: field, EffortQuantity: measure("10", "hour"), Due: &harvest}})
	marcus := &valueflows.EconomicEvent{Action: "work", Provider: j.people["Marcus"], Receiver: j.farms, InputOf: tending, ResourceConformsTo: field,
		EffortQuantity: measure("6", "hour"), HasPointInTime: j.june(22, 15), Stream: valueflows.Livelihood, Fulfills: []valueflows.ID{promised}, Note: "Dug the holes and planted."}
	j.record("orchard/planted", marcus, nil)
}
