package store

import "disconode/valueflows"

// tableOrder is the order in which rows are written, so that what is referred
// to is there before what refers.
var tableOrder = []string{
	"lab", "membership", "spatial_thing", "agent", "agent_relationship_role", "agent_relationship",
	"unit", "resource_specification", "process_specification", "recipe_process", "recipe_exchange", "recipe_flow", "recipe",
	"plan", "process", "agreement_bundle", "agreement", "batch_lot_record", "economic_resource",
	"intent", "proposal_list", "proposal", "commitment", "claim", "economic_event",
}

// record are the columns that every class has.
func record(r *valueflows.Record) []column {
	return columns(ref("id", &r.ID), str("iri", &r.IRI), flag("stub", &r.Stub), ref("lab", &r.Books), ref("revision", &r.Revision), num("position", &r.Position))
}

func idOf[T any, P interface {
	*T
	Rec() *valueflows.Record
}](row *T) valueflows.ID {
	return P(row).Rec().ID
}

var agents = table[valueflows.Agent]{
	name: "agent", id: idOf[valueflows.Agent],
	columns: func(a *valueflows.Agent) []column {
		return columns(record(&a.Record), str("kind", &a.Kind), str("name", &a.Name), str("image", &a.Image), str("note", &a.Note),
			list("classified_as", &a.ClassifiedAs), ref("primary_location", &a.PrimaryLocation))
	},
}

var units = table[valueflows.Unit]{
	name: "unit", id: idOf[valueflows.Unit],
	columns: func(u *valueflows.Unit) []column {
		return columns(record(&u.Record), str("label", &u.Label), str("symbol", &u.Symbol),
			str("om_unit_identifier", &u.OMUnitIdentifier), list("classified_as", &u.ClassifiedAs))
	},
}

var resourceSpecifications = table[valueflows.ResourceSpecification]{
	name: "resource_specification", id: idOf[valueflows.ResourceSpecification],
	columns: func(s *valueflows.ResourceSpecification) []column {
		return columns(record(&s.Record), str("name", &s.Name), str("image", &s.Image), list("image_list", &s.ImageList), str("note", &s.Note),
			list("resource_classified_as", &s.ResourceClassifiedAs), ref("default_unit_of_resource", &s.DefaultUnitOfResource),
			ref("default_unit_of_effort", &s.DefaultUnitOfEffort), truth("medium_of_exchange", &s.MediumOfExchange), truth("substitutable", &s.Substitutable))
	},
}

var processSpecifications = table[valueflows.ProcessSpecification]{
	name: "process_specification", id: idOf[valueflows.ProcessSpecification],
	columns: func(s *valueflows.ProcessSpecification) []column {
		return columns(record(&s.Record), str("name", &s.Name), str("image", &s.Image), str("note", &s.Note))
	},
}

var processes = table[valueflows.Process]{
	name: "process", id: idOf[valueflows.Process],
	columns: func(p *valueflows.Process) []column {
		return columns(record(&p.Record), str("name", &p.Name), str("note", &p.Note), ref("based_on", &p.BasedOn), list("classified_as", &p.ClassifiedAs),
			ref("in_scope_of", &p.InScopeOf), moment("has_beginning", &p.HasBeginning), moment("has_end", &p.HasEnd),
			truth("finished", &p.Finished), ref("planned_within", &p.PlannedWithin))
	},
}

var spatialThings = table[valueflows.SpatialThing]{
	name: "spatial_thing", id: idOf[valueflows.SpatialThing],
	columns: func(p *valueflows.SpatialThing) []column {
		return columns(record(&p.Record), str("name", &p.Name), str("note", &p.Note), decimal("lat", &p.Lat), decimal("long", &p.Long), decimal("alt", &p.Alt),
			str("mappable_address", &p.MappableAddress), list("has_detailed_geometry", &p.HasDetailedGeometry))
	},
}

var batchLotRecords = table[valueflows.BatchLotRecord]{
	name: "batch_lot_record", id: idOf[valueflows.BatchLotRecord],
	columns: func(b *valueflows.BatchLotRecord) []column {
		return columns(record(&b.Record), str("batch_lot_code", &b.BatchLotCode), moment("expiration_date", &b.ExpirationDate))
	},
}

var resources = table[valueflows.EconomicResource]{
	name: "economic_resource", id: idOf[valueflows.EconomicResource],
	columns: func(r *valueflows.EconomicResource) []column {
		return columns(record(&r.Record), str("name", &r.Name), str("note", &r.Note), str("image", &r.Image), list("image_list", &r.ImageList),
			str("tracking_identifier", &r.TrackingIdentifier), list("classified_as", &r.ClassifiedAs), ref("conforms_to", &r.ConformsTo),
			ref("of_batch_lot", &r.OfBatchLot), ref("unit_of_effort", &r.UnitOfEffort),
			str("current_virtual_location", &r.CurrentVirtualLocation), str("current_currency_location", &r.CurrentCurrencyLocation),
			measure("accounting", &r.AccountingQuantity), measure("onhand", &r.OnhandQuantity),
			ref("primary_accountable", &r.PrimaryAccountable), ref("custodian", &r.Custodian), ref("current_location", &r.CurrentLocation),
			ref("contained_in", &r.ContainedIn), refs("also_in", &r.AlsoIn), ref("stage", &r.Stage), str("state", &r.State),
			flag("lent_out", &r.LentOut), flag("overdraw", &r.Overdraw))
	},
	lists: func(r *valueflows.EconomicResource) []listed { return []listed{{"also_in", r.AlsoIn}} },
}

// Event is an event with what its projection computes for reports.
type Event struct {
	valueflows.EconomicEvent
	Root          valueflows.ID      // the first event of a chain of corrections; zero where it corrects none
	Happened      valueflows.Instant // [valueflows.EconomicEvent.At]
	Month         int32              // year * 12 + month - 1 in the LAB's zone
	Custody       valueflows.Custody // how it was counted on what is on hand
	Specification valueflows.ID      // its own, or its resource's
}

var events = table[Event]{
	name: "economic_event", id: func(e *Event) valueflows.ID { return e.ID },
	columns: func(e *Event) []column {
		return columns(record(&e.Record), str("action", &e.Action), ref("provider", &e.Provider), ref("receiver", &e.Receiver),
			ref("input_of", &e.InputOf), ref("output_of", &e.OutputOf), ref("resource_inventoried_as", &e.ResourceInventoriedAs),
			ref("to_resource_inventoried_as", &e.ToResourceInventoriedAs), ref("resource_conforms_to", &e.ResourceConformsTo),
			list("resource_classified_as", &e.ResourceClassifiedAs), measure("resource", &e.ResourceQuantity), measure("effort", &e.EffortQuantity),
			moment("has_beginning", &e.HasBeginning), moment("has_end", &e.HasEnd), moment("has_point_in_time", &e.HasPointInTime), moment("created", &e.Created),
			ref("to_location", &e.ToLocation), str("state", &e.State), str("image", &e.Image), str("note", &e.Note), str("stream", &e.Stream),
			ref("corrects", &e.Corrects), ref("corrects_root", &e.Root), ref("scrap_of", &e.ScrapOf),
			refs("fulfills", &e.Fulfills), refs("satisfies", &e.Satisfies), refs("settles", &e.Settles),
			ref("realization_of", &e.RealizationOf), ref("reciprocal_realization_of", &e.ReciprocalRealizationOf), str("agreed_in", &e.AgreedIn),
			ref("triggered_by", &e.TriggeredBy), ref("recorded_by", &e.RecordedBy), num("recorded", &e.Recorded),
			num("happened", &e.Happened), num("happened_month", &e.Month), num("custody", &e.Custody), ref("specification", &e.Specification))
	},
	lists: func(e *Event) []listed {
		return []listed{{"fulfills", e.Fulfills}, {"satisfies", e.Satisfies}, {"settles", e.Settles}}
	},
}

// Lab is a group that keeps books here. Its name is its Organization's.
type Lab struct {
	ID            valueflows.ID
	Slug          string
	Zone          string // IANA name
	Overdraw      bool   // policy: its stocks may fall below zero
	MembersRecord bool   // policy: its members record for the LAB
	Ownership     bool   // policy: only who is accountable gives from a stock
	Exclusive     bool   // policy: an event names a resource or a specification
	Position      int64
	Revision      valueflows.ID
}

var labs = table[Lab]{
	name: "lab", id: func(l *Lab) valueflows.ID { return l.ID },
	columns: func(l *Lab) []column {
		return columns(ref("id", &l.ID), str("slug", &l.Slug), str("zone", &l.Zone), flag("overdraw", &l.Overdraw),
			flag("members_record", &l.MembersRecord), flag("ownership", &l.Ownership), flag("exclusive", &l.Exclusive), num("position", &l.Position), ref("revision", &l.Revision))
	},
}

// Membership is a person's role in a LAB.
type Membership struct {
	ID, Lab, Person valueflows.ID
	Role            string
	Position        int64
	Revision        valueflows.ID
}

var memberships = table[Membership]{
	name: "membership", id: func(m *Membership) valueflows.ID { return m.ID },
	columns: func(m *Membership) []column {
		return columns(ref("id", &m.ID), ref("lab", &m.Lab), ref("person", &m.Person), str("role", &m.Role), num("position", &m.Position), ref("revision", &m.Revision))
	},
}
