package jsonld

import (
	"fmt"
	"slices"

	"disconode/valueflows"
)

// form is one direction of the journal's form: writing a property out, or
// reading it in. The lists below name every property once, in the order that
// RFC 8785 gives the names, and serve both directions. A property that is not
// stated (zero, nil, empty) is left out.
type form interface {
	// private tells whether the form also carries what tells who a person is.
	private() bool
	class(class valueflows.Class)
	text(name string, value *string)
	uris(name string, value *[]valueflows.URI)
	id(name string, value *valueflows.ID)
	ids(name string, value *[]valueflows.ID)
	measure(name string, value **valueflows.Measure)
	decimal(name string, value **valueflows.Decimal)
	time(name string, value **valueflows.Time)
	flag(name string, value *bool)    // written where true
	answer(name string, value **bool) // written where stated, true or false
}

// describe lists the properties of a record to f.
func describe(f form, record any) error {
	switch r := record.(type) {
	case *valueflows.EconomicEvent:
		describeEvent(f, r)
	case *valueflows.EconomicResource:
		describeResource(f, r)
	case *valueflows.Agent:
		if !r.Kind.IsAgent() {
			return fmt.Errorf("the agent %s has the kind %q: it is a Person, an Organization or an EcologicalAgent", r.ID, r.Kind)
		}
		describeAgent(f, r)
	case *valueflows.Process:
		describeProcess(f, r)
	case *valueflows.ResourceSpecification:
		describeResourceSpecification(f, r)
	case *valueflows.ProcessSpecification:
		describeProcessSpecification(f, r)
	case *valueflows.Unit:
		describeUnit(f, r)
	case *valueflows.SpatialThing:
		describePlace(f, r)
	case *valueflows.BatchLotRecord:
		describeLot(f, r)
	case *valueflows.Intent:
		describeIntent(f, r)
	case *valueflows.Commitment:
		describeCommitment(f, r)
	case *valueflows.Claim:
		describeClaim(f, r)
	case *valueflows.Agreement:
		describeAgreement(f, r)
	case *valueflows.AgreementBundle:
		describeAgreementBundle(f, r)
	case *valueflows.Proposal:
		describeProposal(f, r)
	case *valueflows.ProposalList:
		describeProposalList(f, r)
	case *valueflows.Plan:
		describePlan(f, r)
	case *valueflows.Recipe:
		describeRecipe(f, r)
	case *valueflows.RecipeProcess:
		describeRecipeProcess(f, r)
	case *valueflows.RecipeExchange:
		describeRecipeExchange(f, r)
	case *valueflows.RecipeFlow:
		describeRecipeFlow(f, r)
	case *valueflows.AgentRelationshipRole:
		describeAgentRelationshipRole(f, r)
	case *valueflows.AgentRelationship:
		describeAgentRelationship(f, r)
	default:
		return fmt.Errorf("a %T is no record that is kept here", record)
	}
	return nil
}

func describeEvent(f form, e *valueflows.EconomicEvent) {
	f.text("action", (*string)(&e.Action))
	f.text("agreedIn", (*string)(&e.AgreedIn))
	f.id("corrects", &e.Corrects)
	f.time("created", &e.Created)
	f.measure("effortQuantity", &e.EffortQuantity)
	f.ids("fulfills", &e.Fulfills)
	f.time("hasBeginning", &e.HasBeginning)
	f.time("hasEnd", &e.HasEnd)
	f.time("hasPointInTime", &e.HasPointInTime)
	f.id("id", &e.ID)
	f.text("image", (*string)(&e.Image))
	f.id("inputOf", &e.InputOf)
	f.text("iri", &e.IRI)
	f.text("note", (*string)(&e.Note))
	f.id("outputOf", &e.OutputOf)
	f.id("provider", &e.Provider)
	f.id("realizationOf", &e.RealizationOf)
	f.id("receiver", &e.Receiver)
	f.id("reciprocalRealizationOf", &e.ReciprocalRealizationOf)
	f.uris("resourceClassifiedAs", &e.ResourceClassifiedAs)
	f.id("resourceConformsTo", &e.ResourceConformsTo)
	f.id("resourceInventoriedAs", &e.ResourceInventoriedAs)
	f.measure("resourceQuantity", &e.ResourceQuantity)
	f.ids("satisfies", &e.Satisfies)
	f.id("scrapOf", &e.ScrapOf)
	f.ids("settles", &e.Settles)
	f.text("state", (*string)(&e.State))
	f.text("stream", (*string)(&e.Stream))
	f.flag("stub", &e.Stub)
	f.id("toLocation", &e.ToLocation)
	f.id("toResourceInventoriedAs", &e.ToResourceInventoriedAs)
	f.id("triggeredBy", &e.TriggeredBy)
	f.class(valueflows.ClassEconomicEvent)
}

// Of a resource the body holds what its recorder stated: what it was created
// with. Its quantities follow from the events.
func describeResource(f form, r *valueflows.EconomicResource) {
	f.uris("classifiedAs", &r.ClassifiedAs)
	f.id("conformsTo", &r.ConformsTo)
	describeContainers(f, r)
	f.text("currentCurrencyLocation", (*string)(&r.CurrentCurrencyLocation))
	f.id("currentLocation", &r.CurrentLocation)
	f.text("currentVirtualLocation", (*string)(&r.CurrentVirtualLocation))
	f.id("custodian", &r.Custodian)
	f.id("id", &r.ID)
	f.text("image", (*string)(&r.Image))
	f.uris("imageList", &r.ImageList)
	f.text("iri", &r.IRI)
	f.text("name", (*string)(&r.Name))
	f.text("note", (*string)(&r.Note))
	f.id("ofBatchLot", &r.OfBatchLot)
	f.flag("overdraw", &r.Overdraw)
	f.id("primaryAccountable", &r.PrimaryAccountable)
	f.id("stage", &r.Stage)
	f.text("state", (*string)(&r.State))
	f.flag("stub", &r.Stub)
	f.text("trackingIdentifier", (*string)(&r.TrackingIdentifier))
	f.class(valueflows.ClassEconomicResource)
	f.id("unitOfEffort", &r.UnitOfEffort)
}

// describeContainers lists what a resource is in.
func describeContainers(f form, r *valueflows.EconomicResource) {
	in := r.Containers()
	if f.ids("containedIn", &in); !slices.Equal(in, r.Containers()) { // it was read
		r.SetContainers(in)
	}
}

// plainAlone are the properties of which one record that is named stands as it
// is, and only several stand as a list: most resources are in one container.
var plainAlone = map[string]bool{"containedIn": true}

// Of a person the body holds no name, image, note, tag or IRI: what tells who a
// person is lies apart from the journal, where it can be erased.
func describeAgent(f form, a *valueflows.Agent) {
	person := a.Kind == valueflows.ClassPerson
	if !person {
		f.uris("classifiedAs", &a.ClassifiedAs)
	}
	f.id("id", &a.ID)
	if !person || f.private() {
		f.text("image", (*string)(&a.Image))
	}
	if !person || f.private() {
		f.text("iri", &a.IRI)
		f.text("name", &a.Name)
		f.text("note", (*string)(&a.Note))
	}
	f.id("primaryLocation", &a.PrimaryLocation)
	f.flag("stub", &a.Stub)
	f.class(a.Kind)
}

func describeProcess(f form, p *valueflows.Process) {
	f.id("basedOn", &p.BasedOn)
	f.uris("classifiedAs", &p.ClassifiedAs)
	f.answer("finished", &p.Finished)
	f.time("hasBeginning", &p.HasBeginning)
	f.time("hasEnd", &p.HasEnd)
	f.id("id", &p.ID)
	f.id("inScopeOf", &p.InScopeOf)
	f.text("iri", &p.IRI)
	f.text("name", &p.Name)
	f.text("note", (*string)(&p.Note))
	f.id("plannedWithin", &p.PlannedWithin)
	f.flag("stub", &p.Stub)
	f.class(valueflows.ClassProcess)
}

func describeResourceSpecification(f form, s *valueflows.ResourceSpecification) {
	f.id("defaultUnitOfEffort", &s.DefaultUnitOfEffort)
	f.id("defaultUnitOfResource", &s.DefaultUnitOfResource)
	f.id("id", &s.ID)
	f.text("image", (*string)(&s.Image))
	f.uris("imageList", &s.ImageList)
	f.text("iri", &s.IRI)
	f.answer("mediumOfExchange", &s.MediumOfExchange)
	f.text("name", &s.Name)
	f.text("note", (*string)(&s.Note))
	f.uris("resourceClassifiedAs", &s.ResourceClassifiedAs)
	f.flag("stub", &s.Stub)
	f.answer("substitutable", &s.Substitutable)
	f.class(valueflows.ClassResourceSpecification)
}

func describeProcessSpecification(f form, s *valueflows.ProcessSpecification) {
	f.id("id", &s.ID)
	f.text("image", (*string)(&s.Image))
	f.text("iri", &s.IRI)
	f.text("name", &s.Name)
	f.text("note", (*string)(&s.Note))
	f.flag("stub", &s.Stub)
	f.class(valueflows.ClassProcessSpecification)
}

func describeUnit(f form, u *valueflows.Unit) {
	f.uris("classifiedAs", &u.ClassifiedAs)
	f.id("id", &u.ID)
	f.text("iri", &u.IRI)
	f.text("label", &u.Label)
	f.text("omUnitIdentifier", &u.OMUnitIdentifier)
	f.flag("stub", &u.Stub)
	f.text("symbol", &u.Symbol)
	f.class(valueflows.ClassUnit)
}

func describePlace(f form, p *valueflows.SpatialThing) {
	f.decimal("alt", &p.Alt)
	f.uris("hasDetailedGeometry", &p.HasDetailedGeometry)
	f.id("id", &p.ID)
	f.text("iri", &p.IRI)
	f.decimal("lat", &p.Lat)
	f.decimal("long", &p.Long)
	f.text("mappableAddress", (*string)(&p.MappableAddress))
	f.text("name", &p.Name)
	f.text("note", (*string)(&p.Note))
	f.flag("stub", &p.Stub)
	f.class(valueflows.ClassSpatialThing)
}

func describeLot(f form, l *valueflows.BatchLotRecord) {
	f.text("batchLotCode", (*string)(&l.BatchLotCode))
	f.time("expirationDate", &l.ExpirationDate)
	f.id("id", &l.ID)
	f.text("iri", &l.IRI)
	f.flag("stub", &l.Stub)
	f.class(valueflows.ClassBatchLotRecord)
}
