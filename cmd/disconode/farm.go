package main

import (
	"time"

	"disconode/valueflows"
)

// growCollards writes Freedom Farms' May: three growers, 24 hours, 40 kg of
// compost and 300 litres of rain make 96 kg of collards, of which 6 kg spoil. It
// returns the 90 kg that are left.
func (j *jackson) growCollards() valueflows.ID {
	may := j.days(time.May)
	compost := j.kind("Compost", "kilogram")
	water := j.kind("Rain water", "litre")
	land := j.kind("Plot of land", "one")
	field := j.labour("Field work")
	growing := create(j.story, "farm/growing", &valueflows.ProcessSpecification{Name: "Growing"})
	season := create(j.story, "farm/season", &valueflows.Process{
		Name: "Collards, May 2026", BasedOn: growing, InScopeOf: j.farms, HasBeginning: may(2, 8), HasEnd: may(30, 17)})
	lot := create(j.story, "farm/lot", &valueflows.BatchLotRecord{BatchLotCode: "COL-2026-05"})

	heap := j.record("farm/heap", &valueflows.EconomicEvent{Action: "raise", Provider: j.farms, Receiver: j.farms,
		ResourceQuantity: measure("60", "kilogram"), HasPointInTime: may(1, 9), Note: "What lay there on the first of May."},
		&valueflows.EconomicResource{Name: "Compost heap", ConformsTo: compost})
	tank := j.record("farm/tank", &valueflows.EconomicEvent{Action: "raise", Provider: j.farms, Receiver: j.farms,
		ResourceQuantity: measure("500", "litre"), HasPointInTime: may(1, 9)},
		&valueflows.EconomicResource{Name: "Rain tank", ConformsTo: water})
	plot := j.record("farm/plot", &valueflows.EconomicEvent{Action: "raise", Provider: j.trust, Receiver: j.trust,
		ResourceQuantity: measure("1", "one"), HasPointInTime: may(1, 9)},
		&valueflows.EconomicResource{Name: "Plot 7", ConformsTo: land, UnitOfEffort: valueflows.OMUnitID("day")})

	j.record("farm/use", &valueflows.EconomicEvent{Action: "use", Provider: j.trust, Receiver: j.farms, InputOf: season,
		ResourceInventoriedAs: plot, EffortQuantity: measure("29", "day"), HasBeginning: may(2, 8), HasEnd: may(30, 17)}, nil)
	j.record("farm/compost", &valueflows.EconomicEvent{Action: "consume", Provider: j.farms, Receiver: j.farms, InputOf: season,
		ResourceInventoriedAs: heap, ResourceQuantity: measure("40", "kilogram"), HasPointInTime: may(2, 11)}, nil)
	for _, day := range []int{9, 14, 21} {
		j.record("farm/water/"+may(day, 7).String(), &valueflows.EconomicEvent{Action: "consume", Provider: j.farms, Receiver: j.farms, InputOf: season,
			ResourceInventoriedAs: tank, ResourceQuantity: measure("100", "litre"), HasPointInTime: may(day, 7)}, nil)
	}
	j.work("farm/work", j.farms, field, season, []shift{
		{"Imani", may(2, 12), "3", valueflows.Livelihood, "Dug the compost in."},
		{"Imani", may(9, 12), "2.5", valueflows.Livelihood, "Sowed two beds."},
		{"Imani", may(16, 12), "1.5", valueflows.Love, "Showed the school class how to thin."},
		{"Imani", may(28, 12), "3", valueflows.Livelihood, "First harvest."},
		{"Marcus", may(2, 12), "2", valueflows.Livelihood, "Dug the compost in."},
		{"Marcus", may(12, 12), "2", valueflows.Livelihood, "Laid the drip lines."},
		{"Marcus", may(20, 12), "1.25", valueflows.Care, "Mended the tool shed's door."},
		{"Marcus", may(28, 12), "2.75", valueflows.Livelihood, "First harvest."},
		{"Deja", may(12, 12), "1.5", valueflows.Livelihood, "Weeded."},
		{"Deja", may(20, 12), "1", valueflows.CarePeople, "Cooked for the work day."},
		{"Deja", may(30, 12), "3.5", valueflows.Livelihood, "Second harvest, washed and bunched."},
	})

	greens := j.record("farm/harvest/1", &valueflows.EconomicEvent{Action: "produce", Provider: j.farms, Receiver: j.farms, OutputOf: season,
		ResourceQuantity: measure("58.5", "kilogram"), HasPointInTime: may(28, 16), ToLocation: j.plot},
		&valueflows.EconomicResource{Name: "Collards, May", ConformsTo: j.collards, OfBatchLot: lot, TrackingIdentifier: "COL-2026-05"})
	j.record("farm/harvest/2", &valueflows.EconomicEvent{Action: "produce", Provider: j.farms, Receiver: j.farms, OutputOf: season,
		ResourceInventoriedAs: greens, ResourceQuantity: measure("37.5", "kilogram"), HasPointInTime: may(30, 16)}, nil)
	j.record("farm/spoiled", &valueflows.EconomicEvent{Action: "lower", Provider: j.farms, Receiver: j.farms,
		ResourceInventoriedAs: greens, ResourceQuantity: measure("6", "kilogram"), HasPointInTime: may(31, 8), Note: "Wilted in the heat."}, nil)
	return greens
}
