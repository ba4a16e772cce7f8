package main

import "disconode/valueflows"

// runMarket writes the Really Really Free Market of the sixth of June: 340
// things come in, 287 are taken, 30 are put away for the next one, and 23 are
// recycled. Gifts go one way: nobody owes, and nobody is written down.
func (j *jackson) runMarket() {
	store := j.place("The market's store room", "")
	for _, table := range []struct {
		name                             string
		brought, taken, stored, recycled string
	}{
		{"Clothes", "210", "180", "15", "15"},
		{"Furniture", "22", "20", "2", ""},
		{"Appliances", "8", "5", "2", "1"},
		{"Tools", "40", "32", "6", "2"},
		{"Packed food", "60", "50", "5", "5"},
	} {
		kind := j.kind(table.name, "one")
		things := j.record("market/in/"+table.name, &valueflows.EconomicEvent{Action: "transfer", Provider: j.neighbours, Receiver: j.market,
			ResourceConformsTo: kind, ResourceQuantity: measure(table.brought, "one"), HasPointInTime: j.june(6, 9)},
			&valueflows.EconomicResource{Name: valueflows.Text(table.name) + " at the free market", ConformsTo: kind})
		j.record("market/out/"+table.name, &valueflows.EconomicEvent{Action: "transfer", Provider: j.market, Receiver: j.neighbours,
			ResourceInventoriedAs: things, ResourceQuantity: measure(table.taken, "one"), HasPointInTime: j.june(6, 14)}, nil)
		if table.recycled != "" {
			j.record("market/recycled/"+table.name, &valueflows.EconomicEvent{Action: "lower", Provider: j.market, Receiver: j.market,
				ResourceInventoriedAs: things, ResourceQuantity: measure(table.recycled, "one"), HasPointInTime: j.june(6, 16), Note: "Recycled."}, nil)
		}
		j.record("market/stored/"+table.name, &valueflows.EconomicEvent{Action: "move", Provider: j.market, Receiver: j.market, ToLocation: store,
			ResourceInventoriedAs: things, ResourceQuantity: measure(table.stored, "one"), HasPointInTime: j.june(6, 17), Note: "Put away for the next market."}, nil)
	}
	j.work("market/work", j.market, j.labour("Market work"), valueflows.ID{}, []shift{
		{"Lena", j.june(6, 9), "6", valueflows.Love, "Set the tables up and sorted."},
		{"Samuel", j.june(6, 10), "5", valueflows.Love, "Carried furniture."},
		{"Samuel", j.june(6, 17), "1.5", valueflows.Care, "Took everything down with the neighbours."},
		{"Deja", j.june(6, 12), "2.5", valueflows.CarePeople, "Looked after the children."},
	})
}
