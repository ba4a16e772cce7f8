package main

import (
	"time"

	"disconode/valueflows"
)

// sellCollards writes a week of the People's Grocery: of 400 dollars' buying 150
// go to Freedom Farms, for 60 kg of its greens at 2.50; 48 kg are sold at 3.25,
// 4 kg go to the free market, 8 kg are left.
func (j *jackson) sellCollards(greens valueflows.ID) {
	may := j.days(time.May)
	till := j.record("grocery/till", &valueflows.EconomicEvent{Action: "raise", Provider: j.grocery, Receiver: j.grocery,
		ResourceQuantity: measure("600", "one"), HasPointInTime: may(29, 8), Note: "What was in the till at the end of May."},
		&valueflows.EconomicResource{Name: "The Grocery's till", ConformsTo: j.dollar})

	stock := j.record("grocery/collards", &valueflows.EconomicEvent{Action: "transfer", Provider: j.farms, Receiver: j.grocery,
		ResourceInventoriedAs: greens, ResourceQuantity: measure("60", "kilogram"), HasPointInTime: may(31, 9), ToLocation: j.counter,
		Note: "At 2.50 a kilogram."},
		&valueflows.EconomicResource{Name: "Collards at the Grocery", ConformsTo: j.collards})
	j.pay("grocery/collards/paid", j.grocery, till, j.farms, valueflows.ID{}, "150", may(31, 10), "60 kg of collards at 2.50.",
		&valueflows.EconomicResource{Name: "Freedom Farms' account", ConformsTo: j.dollar})

	wholesale := j.organization("Regional Wholesale", "A supplier from beyond the neighbourhood.", valueflows.ID{})
	for _, bought := range []struct {
		name            string
		kilograms, paid string
		note            valueflows.Text
	}{
		{"Rice", "100", "150", "100 kg of rice at 1.50."},
		{"Dry beans", "40", "100", "40 kg of dry beans at 2.50."},
	} {
		kind := j.kind(bought.name, "kilogram")
		j.record("grocery/"+bought.name, &valueflows.EconomicEvent{Action: "transfer", Provider: wholesale, Receiver: j.grocery,
			ResourceConformsTo: kind, ResourceQuantity: measure(bought.kilograms, "kilogram"), HasPointInTime: may(29, 11), ToLocation: j.counter},
			&valueflows.EconomicResource{Name: valueflows.Text(bought.name) + " at the Grocery", ConformsTo: kind})
		j.pay("grocery/"+bought.name+"/paid", j.grocery, till, wholesale, valueflows.ID{}, bought.paid, may(29, 12), bought.note, nil)
	}

	for _, sold := range []struct {
		day                int
		kilograms, dollars string
	}{{1, "20", "65"}, {2, "16", "52"}, {4, "12", "39"}} {
		day := j.june(sold.day, 18)
		j.record("grocery/sold/"+day.String(), &valueflows.EconomicEvent{Action: "transfer", Provider: j.grocery, Receiver: j.shoppers,
			ResourceInventoriedAs: stock, ResourceQuantity: measure(sold.kilograms, "kilogram"), HasPointInTime: day, Note: "At 3.25 a kilogram."}, nil)
		j.pay("grocery/sold/"+day.String()+"/paid", j.shoppers, valueflows.ID{}, j.grocery, till, sold.dollars, day, "The day's collards.", nil)
	}

	gift := j.record("grocery/gift", &valueflows.EconomicEvent{Action: "transfer", Provider: j.grocery, Receiver: j.market,
		ResourceInventoriedAs: stock, ResourceQuantity: measure("4", "kilogram"), HasPointInTime: j.june(6, 8), Note: "A gift."},
		&valueflows.EconomicResource{Name: "Collards for the free market"})
	j.record("grocery/gift/given", &valueflows.EconomicEvent{Action: "transfer", Provider: j.market, Receiver: j.neighbours,
		ResourceInventoriedAs: gift, ResourceQuantity: measure("4", "kilogram"), HasPointInTime: j.june(6, 13)}, nil)

	j.work("grocery/work", j.grocery, j.labour("Shop work"), valueflows.ID{}, []shift{
		{"Rosa", may(29, 13), "4", valueflows.Livelihood, "Took the delivery in."},
		{"Rosa", j.june(1, 18), "5", valueflows.Livelihood, "At the counter."},
		{"Kwame", j.june(2, 18), "5", valueflows.Livelihood, "At the counter."},
		{"Kwame", j.june(5, 18), "1.5", valueflows.Care, "Did the accounts."},
	})
}
