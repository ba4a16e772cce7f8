package main

import (
	"time"

	"disconode/valueflows"
)

// cookSauce writes the farm kitchen's August: 30 kg of tomatoes become 18 litres
// of sauce, and these 36 jars of one lot, which is good for a year. 12 go to the
// Grocery, which sells 5.
func (j *jackson) cookSauce() {
	august := j.days(time.August)
	tomatoes, sauce := j.kind("Tomatoes", "kilogram"), j.kind("Tomato sauce", "litre")
	empty, jars := j.kind("Empty jars", "one"), j.kind("Jars of tomato sauce", "one")
	field, kitchen := j.labour("Field work"), j.labour("Kitchen work")
	step := func(key, name string, day, from, to int) valueflows.ID {
		return create(j.story, "sauce/"+key, &valueflows.Process{Name: name, InScopeOf: j.farms, HasBeginning: august(day, from), HasEnd: august(day, to)})
	}
	flow := func(key string, e valueflows.EconomicEvent, created *valueflows.EconomicResource) valueflows.ID {
		e.Provider, e.Receiver = j.farms, j.farms
		return j.record("sauce/"+key, &e, created)
	}

	glass := flow("empty", valueflows.EconomicEvent{Action: "raise", ResourceQuantity: measure("50", "one"), HasPointInTime: august(1, 9), Note: "Brought back and boiled out."},
		&valueflows.EconomicResource{Name: "Empty jars", ConformsTo: empty})
	picking := step("picking", "Pick the tomatoes", 14, 7, 11)
	j.work("sauce/picking/work", j.farms, field, picking, []shift{{"Imani", august(14, 11), "4", valueflows.Livelihood, ""}})
	red := flow("picked", valueflows.EconomicEvent{Action: "produce", OutputOf: picking, ResourceQuantity: measure("30", "kilogram"), HasPointInTime: august(14, 11)},
		&valueflows.EconomicResource{Name: "Tomatoes of 14 August", ConformsTo: tomatoes})

	cooking := step("cooking", "Cook the sauce", 15, 8, 14)
	flow("cooked/from", valueflows.EconomicEvent{Action: "consume", InputOf: cooking, ResourceInventoriedAs: red, ResourceQuantity: measure("30", "kilogram"), HasPointInTime: august(15, 8)}, nil)
	j.work("sauce/cooking/work", j.farms, kitchen, cooking, []shift{{"Deja", august(15, 14), "5", valueflows.Livelihood, ""}, {"Rosa", august(15, 14), "3", valueflows.Love, "Showed how her mother does it."}})
	pot := flow("cooked", valueflows.EconomicEvent{Action: "produce", OutputOf: cooking, ResourceQuantity: measure("18", "litre"), HasPointInTime: august(15, 14)},
		&valueflows.EconomicResource{Name: "Sauce in the pot", ConformsTo: sauce})

	filling := step("filling", "Fill the jars", 15, 14, 17)
	flow("filled/from", valueflows.EconomicEvent{Action: "consume", InputOf: filling, ResourceInventoriedAs: pot, ResourceQuantity: measure("18", "litre"), HasPointInTime: august(15, 15)}, nil)
	flow("filled/jars", valueflows.EconomicEvent{Action: "consume", InputOf: filling, ResourceInventoriedAs: glass, ResourceQuantity: measure("36", "one"), HasPointInTime: august(15, 15)}, nil)
	j.work("sauce/filling/work", j.farms, kitchen, filling, []shift{{"Deja", august(15, 17), "2.5", valueflows.Livelihood, ""}})
	best := valueflows.TimeOf(time.Date(2027, time.August, 15, 12, 0, 0, 0, j.zone))
	lot := create(j.story, "sauce/lot", &valueflows.BatchLotRecord{BatchLotCode: "SAUCE-2026-08", ExpirationDate: &best})
	shelf := flow("filled", valueflows.EconomicEvent{Action: "produce", OutputOf: filling, ResourceQuantity: measure("36", "one"), HasPointInTime: august(15, 17)},
		&valueflows.EconomicResource{Name: "Tomato sauce, August", ConformsTo: jars, OfBatchLot: lot, TrackingIdentifier: "SAUCE-2026-08"})

	sold := j.record("sauce/grocery", &valueflows.EconomicEvent{Action: "transfer", Provider: j.farms, Receiver: j.grocery,
		ResourceInventoriedAs: shelf, ResourceQuantity: measure("12", "one"), HasPointInTime: august(18, 9), ToLocation: j.counter},
		&valueflows.EconomicResource{Name: "Tomato sauce at the Grocery", OfBatchLot: lot, TrackingIdentifier: "SAUCE-2026-08"})
	j.record("sauce/sold", &valueflows.EconomicEvent{Action: "transfer", Provider: j.grocery, Receiver: j.shoppers,
		ResourceInventoriedAs: sold, ResourceQuantity: measure("5", "one"), HasPointInTime: august(22, 18)}, nil)
}
