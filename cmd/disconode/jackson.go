package main

import (
	"time"

	"disconode/valueflows"
)

// jackson is Cooperation Jackson's story: one LAB, whose enterprises are agents
// in its books. What several of them touch stands here; each has a file of its
// own. All figures, and all people, are invented.
type jackson struct {
	*story
	farms, grocery, printShop, market, trust valueflows.ID

	// Those who come from outside are never persons: who shops, gives and takes
	// at the market, or orders prints, is in no book by name.
	shoppers, neighbours valueflows.ID

	dollar, collards valueflows.ID
	plot, counter    valueflows.ID // places
}

// tellJackson writes the summer of 2026.
func tellJackson(s *story) {
	j := &jackson{story: s}
	j.plot = create(s, "place", &valueflows.SpatialThing{
		Name: "Plot 7", Note: "Half an acre on the land trust's ground.", Lat: decimal("32.3191"), Long: decimal("-90.2022")})
	j.counter = s.place("The Grocery's shop", "")
	j.farms = s.organization("Freedom Farms", "Grows on Plot 7.", j.plot)
	j.grocery = s.organization("People's Grocery", "Sells what the farms bring, and what they cannot.", j.counter)
	j.printShop = s.organization("Eversville Design & Print Shop", "Prints for clients, and for the movement.", s.place("The print shop", ""))
	j.market = s.organization("Really Really Free Market", "Everything is given, nothing is asked.", s.place("The market ground", ""))
	j.trust = s.organization("Community Land Trust", "Holds the land.", j.plot)
	j.shoppers = s.organization("Shoppers", "All who buy at the Grocery; nobody is written down by name.", valueflows.ID{})
	j.neighbours = s.organization("Neighbours", "All who bring to the free market and take from it; nobody is written down by name.", valueflows.ID{})
	j.dollar = s.dollar()
	j.collards = s.kind("Collard greens", "kilogram")

	greens := j.growCollards()
	j.sellCollards(greens)
	j.runMarket()
	j.runPrintShop()
	boxes := j.packBoxes()
	j.fillBoard(boxes.spare)
	j.plantOrchard()
	j.cookSauce()
}

// pay moves dollars on from one account to another; a zero account is one that
// these books do not count. The id is that of the account that is opened, if any.
func (j *jackson) pay(key string, from, account, to, into valueflows.ID, dollars string, when *valueflows.Time, note valueflows.Text, opened *valueflows.EconomicResource) valueflows.ID {
	return j.record(key, &valueflows.EconomicEvent{Action: "transfer", Provider: from, Receiver: to,
		ResourceInventoriedAs: account, ToResourceInventoriedAs: into,
		ResourceQuantity: measure(dollars, "one"), HasPointInTime: when, Note: note}, opened)
}

// june is an hour of a day of June.
func (j *jackson) june(day, hour int) *valueflows.Time { return j.days(time.June)(day, hour) }
