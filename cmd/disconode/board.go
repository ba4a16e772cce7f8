package main

import "disconode/valueflows"

// fillBoard writes what the enterprises offer each other and need: the farm's
// seedlings that are over, of which the land trust takes 24 of 40; a van, which is
// found; the press on Mondays, for something in return; and hands for the market.
func (j *jackson) fillBoard(seedlings valueflows.ID) {
	van := j.kind("Van", "one")
	spare := j.propose("seedlings", valueflows.Offer, valueflows.Intent{Name: "Seedlings to spare",
		Planned: valueflows.Planned{Action: "transfer", Provider: j.farms, ResourceInventoriedAs: seedlings, ResourceQuantity: measure("40", "one"), Note: "Kale and chard, hardened off."}})
	taken := create(j.story, "board/seedlings/promised", &valueflows.Commitment{Satisfies: []valueflows.ID{spare}, Planned: valueflows.Planned{Action: "transfer",
		Provider: j.farms, Receiver: j.trust, ResourceInventoriedAs: seedlings, ResourceQuantity: measure("24", "one"), Due: j.june(27, 12), Note: "For the school's garden."}})
	j.record("board/seedlings/handed", &valueflows.EconomicEvent{Action: "transfer", Provider: j.farms, Receiver: j.trust, ResourceInventoriedAs: seedlings,
		ResourceQuantity: measure("24", "one"), HasPointInTime: j.june(26, 15), Fulfills: []valueflows.ID{taken}}, nil)

	needed := j.propose("van/needed", valueflows.Request, valueflows.Intent{Name: "A van on Saturdays",
		Planned: valueflows.Planned{Action: "use", Receiver: j.grocery, ResourceConformsTo: van, EffortQuantity: measure("4", "hour"), Note: "Ours is in the workshop."}})
	offered := j.propose("van/offered", valueflows.Offer, valueflows.Intent{Name: "The land trust's van",
		Planned: valueflows.Planned{Action: "use", Provider: j.trust, ResourceConformsTo: van, EffortQuantity: measure("8", "hour"), Note: "Weekends, with a full tank."}})
	create(j.story, "board/van/promised", &valueflows.Commitment{Satisfies: []valueflows.ID{needed, offered}, Planned: valueflows.Planned{Action: "use",
		Provider: j.trust, Receiver: j.grocery, ResourceConformsTo: van, EffortQuantity: measure("4", "hour")}})

	rent := create(j.story, "board/press/return", &valueflows.Intent{Name: "Fifteen dollars an hour", Planned: valueflows.Planned{Action: "transfer",
		Receiver: j.printShop, ResourceConformsTo: j.dollar, ResourceQuantity: measure("15", "one")}})
	j.propose("press", valueflows.Offer, valueflows.Intent{Name: "The press on Mondays", Planned: valueflows.Planned{Action: "use",
		Provider: j.printShop, ResourceConformsTo: j.kind("Printing press", "one"), EffortQuantity: measure("6", "hour"), Note: "When no order is on it."}}, rent)
	j.propose("hands", valueflows.Request, valueflows.Intent{Name: "Hands for the next free market", Planned: valueflows.Planned{Action: "work",
		Receiver: j.market, ResourceConformsTo: j.labour("Market work"), EffortQuantity: measure("12", "hour"), Note: "Setting up, sorting, carrying."}})
}

// propose puts an offer or a need on the board, and what is wanted in return.
func (j *jackson) propose(key string, purpose valueflows.ProposalPurpose, i valueflows.Intent, inReturn ...valueflows.ID) valueflows.ID {
	no, name := false, i.Name
	i.Finished = &no
	id := create(j.story, "board/"+key, &i)
	if j.err == nil {
		create(j.story, "board/"+key+"/proposed", &valueflows.Proposal{Purpose: purpose, Name: name, Publishes: []valueflows.ID{id}, Reciprocal: inReturn})
	}
	return id
}
