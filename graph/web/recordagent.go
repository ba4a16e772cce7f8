package web

import "disconode/valueflows"

// The pages of who there is, and where.

type agent struct {
	described
	ClassifiedAs                 []string
	PrimaryLocation              *named
	InventoriedEconomicResources edges[stock]
	Processes                    edges[named]
}

func agentShown(_ *visit, a agent) *recordShown {
	r := &recordShown{Title: a.text(), Kind: "An organization", Term: a.Typename}
	switch valueflows.Class(a.Typename) {
	case valueflows.ClassPerson:
		r.Kind = "A person"
	case valueflows.ClassEcologicalAgent:
		r.Kind = "A living thing or a piece of land"
	}
	r.Fields.away("Grouped under", "classifiedAs", a.ClassifiedAs...)
	r.Fields.record("Place", "primaryLocation", valueflows.ClassSpatialThing, a.PrimaryLocation)
	a.tail(&r.Fields)
	r.stocks("What it has", a.InventoriedEconomicResources)
	r.names("Its projects", valueflows.ClassProcess, a.Processes)
	return r
}

func placeShown(_ *visit, a struct {
	described
	MappableAddress, Lat, Long, Alt string
	HasDetailedGeometry             []string
	Agents                          edges[named]
	EconomicResources               edges[stock]
}) *recordShown {
	r := &recordShown{Title: a.text(), Kind: "A place", Term: "SpatialThing"}
	r.Fields.text("Street address", "mappableAddress", a.MappableAddress)
	r.Fields.text("Degrees north", "lat", a.Lat)
	r.Fields.text("Degrees east", "long", a.Long)
	r.Fields.text("Metres high", "alt", a.Alt)
	r.Fields.away("Outline", "hasDetailedGeometry", a.HasDetailedGeometry...)
	a.tail(&r.Fields)
	r.names("Who is there", "", a.Agents)
	r.stocks("What is there", a.EconomicResources)
	return r
}
