package web

import "disconode/valueflows"

// The pages of what there is: resources, their kinds, their lots and units.

type resourceRecord struct {
	described
	ConformsTo, OfBatchLot, Stage, CurrentLocation         *named
	Containers                                             []*named
	ClassifiedAs                                           []string
	AccountingQuantity, OnhandQuantity                     *measure
	PrimaryAccountable, Custodian                          *named
	State, CurrentVirtualLocation, CurrentCurrencyLocation string
	Contents                                               edges[stock]
	Came, Went                                             walk
	EconomicEventsInOutFrom, EconomicEventsTo              edges[event]
}

func resourceShown(v *visit, a resourceRecord) *recordShown {
	title := a.named
	if a.ConformsTo != nil {
		title.ConformsTo = &struct{ Name string }{a.ConformsTo.Name}
	}
	r := &recordShown{Title: title.text(), Kind: "A thing or a stock", Term: "EconomicResource"}
	r.Fields.record("Kind", "conformsTo", valueflows.ClassResourceSpecification, a.ConformsTo)
	r.Fields.text("How much there is by rights", "accountingQuantity", a.AccountingQuantity.String())
	r.Fields.text("How much is there", "onhandQuantity", a.OnhandQuantity.String())
	r.Fields.record("Whose it is", "primaryAccountable", "", a.PrimaryAccountable)
	r.Fields.record("Who has it in hand", "custodian", "", a.Custodian)
	r.Fields.text("Tracked by", "trackingIdentifier", a.TrackingIdentifier)
	r.Fields.record("Lot", "ofBatchLot", valueflows.ClassBatchLotRecord, a.OfBatchLot)
	if a.OfBatchLot != nil {
		r.Fields.text("The lot expires", "expirationDate", v.Moment(a.OfBatchLot.ExpirationDate))
	}
	r.Fields.record("Came last out of", "stage", valueflows.ClassProcessSpecification, a.Stage)
	r.Fields.text("State", "state", a.State)
	r.Fields.record("Where it is", "currentLocation", valueflows.ClassSpatialThing, a.CurrentLocation)
	r.Fields.away("Where it is on the net", "currentVirtualLocation", a.CurrentVirtualLocation)
	r.Fields.text("Account", "currentCurrencyLocation", a.CurrentCurrencyLocation)
	r.Fields.records("In", "containedIn", valueflows.ClassEconomicResource, a.Containers)
	r.Fields.away("Grouped under", "classifiedAs", a.ClassifiedAs...)
	a.tail(&r.Fields)
	r.stocks("What is in it", a.Contents)
	r.Walks = []walkShown{
		a.Came.shown(v, a.ID, "came", "Where it came from", "The books know of nothing that led to it."),
		a.Went.shown(v, a.ID, "went", "Where it went", "The books know of nothing that it led to."),
	}
	r.events("What happened to it", a.EconomicEventsInOutFrom.newestFirst(), a.EconomicEventsInOutFrom.PageInfo.HasPreviousPage)
	r.events("What came to it", a.EconomicEventsTo.newestFirst(), a.EconomicEventsTo.PageInfo.HasPreviousPage)
	return r
}

func lotShown(v *visit, a struct {
	described
	ExpirationDate    string
	EconomicResources edges[stock]
}) *recordShown {
	r := &recordShown{Title: a.text(), Kind: "A lot", Term: "BatchLotRecord"}
	r.Fields.text("Expires", "expirationDate", v.Moment(a.ExpirationDate))
	a.tail(&r.Fields)
	r.stocks("What is of it", a.EconomicResources)
	return r
}

type specificationRecord struct {
	described
	ResourceClassifiedAs                       []string
	DefaultUnitOfResource, DefaultUnitOfEffort *named
	MediumOfExchange, Substitutable            *bool
	ConformingResources                        edges[stock]
	ConformingProcesses                        edges[named]
}

func resourceSpecificationShown(_ *visit, a specificationRecord) *recordShown {
	r := &recordShown{Title: a.text(), Kind: "A kind of thing, work or money", Term: "ResourceSpecification"}
	r.Fields.record("Counted in", "defaultUnitOfResource", valueflows.ClassUnit, a.DefaultUnitOfResource)
	r.Fields.record("Work and use counted in", "defaultUnitOfEffort", valueflows.ClassUnit, a.DefaultUnitOfEffort)
	if a.MediumOfExchange != nil && *a.MediumOfExchange {
		r.Fields.text("Serves as money", "mediumOfExchange", "yes")
	}
	if a.Substitutable != nil {
		r.Fields.text("One is as good as another", "substitutable", map[bool]string{true: "yes", false: "no"}[*a.Substitutable])
	}
	r.Fields.away("Grouped under", "resourceClassifiedAs", a.ResourceClassifiedAs...)
	a.tail(&r.Fields)
	r.stocks("What there is of it", a.ConformingResources)
	return r
}

func unitShown(_ *visit, a struct {
	described
	Symbol, OMUnitIdentifier string
	ClassifiedAs             []string
}) *recordShown {
	r := &recordShown{Title: a.text(), Kind: "A unit", Term: "Unit"}
	r.Fields.text("Sign", "symbol", a.Symbol)
	r.Fields.text("Name in OM2", "omUnitIdentifier", a.OMUnitIdentifier)
	r.Fields.away("Grouped under", "classifiedAs", a.ClassifiedAs...)
	a.tail(&r.Fields)
	return r
}
