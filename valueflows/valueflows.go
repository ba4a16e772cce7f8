// Package valueflows is the Valueflows 1.0.0 vocabulary as Go: its classes, its
// actions as a table that is executed, exact quantities, and what an economic
// event does to the resources it names. It is meaning and arithmetic only: no
// SQL, no HTTP, no clock and no randomness, and it imports nothing of ours.
//
// The normative source is the ontology, https://w3id.org/valueflows/ont/vf,
// version 1.0.0 (testdata/all_vf.TTL).
package valueflows

// Namespace is the IRI that every Valueflows term starts with.
const Namespace = "https://w3id.org/valueflows/ont/vf#"

// OwnNamespace is the IRI that every term of our own starts with: what is
// written beside the vocabulary, such as an event's stream.
const OwnNamespace = "urn:disconode:"

// Record is what every kept thing has, whatever its class. What the recorder
// states is ID and IRI; the rest is the journal's and is never written in a
// record's own form.
type Record struct {
	ID ID
	// IRI is the record's name on the wire where it was made elsewhere; empty
	// for one made here, whose IRI follows from the node's address.
	IRI string
	// Stub is set where only the IRI and the class are known: somebody named
	// the record, nobody has told us what it says.
	Stub bool
	// Books is the LAB in whose books the record is; zero for the node's own.
	Books ID
	// Revision is the journal entry that last changed the record.
	Revision ID
	// Position is the journal position at which the record first appeared.
	Position int64
}

// Rec returns the record part of a thing of any class.
func (r *Record) Rec() *Record { return r }

// Text is a text that may be missing: the empty Text is one not stated.
type Text string

// URI is an address that may be missing. No scheme is enforced.
type URI string

// Agent is a person, organization or ecosystem with economic agency.
type Agent struct {
	Record
	Kind Class // ClassPerson, ClassOrganization or ClassEcologicalAgent
	// Name, Image and Note of a Person are kept apart from the journal, where
	// they can be erased.
	Name            string
	Image           URI
	Note            Text
	ClassifiedAs    []URI // not of a Person
	PrimaryLocation ID    // a SpatialThing
}

// ResourceSpecification is a kind of resource, service, skill or currency.
type ResourceSpecification struct {
	Record
	Name                  string
	Image                 URI
	ImageList             []URI
	Note                  Text
	ResourceClassifiedAs  []URI
	DefaultUnitOfResource ID
	DefaultUnitOfEffort   ID
	MediumOfExchange      *bool
	Substitutable         *bool
}

// ProcessSpecification is a kind of process; resources coming out of a process
// based on it are at that stage.
type ProcessSpecification struct {
	Record
	Name  string
	Image Text
	Note  Text
}

// Process is an activity that changes inputs into outputs.
type Process struct {
	Record
	Name          string
	Note          Text
	BasedOn       ID // a ProcessSpecification
	ClassifiedAs  []URI
	InScopeOf     ID // an Agent
	HasBeginning  *Time
	HasEnd        *Time
	Finished      *bool
	PlannedWithin ID // a Plan
}

// SpatialThing is a place. Latitude and longitude are degrees of WGS84,
// altitude metres.
type SpatialThing struct {
	Record
	Name                string
	Note                Text
	Lat, Long, Alt      *Decimal
	MappableAddress     Text
	HasDetailedGeometry []URI
}

// BatchLotRecord is the lot that a resource belongs to.
type BatchLotRecord struct {
	Record
	BatchLotCode   Text
	ExpirationDate *Time
}

// EconomicResource is a thing or a stock that is counted. Only events change
// its quantities, accountable, custodian, location, stage, state and container.
type EconomicResource struct {
	Record
	Name               Text
	Note               Text
	Image              URI
	ImageList          []URI
	TrackingIdentifier Text
	ClassifiedAs       []URI
	ConformsTo         ID // a ResourceSpecification
	OfBatchLot         ID // a BatchLotRecord
	UnitOfEffort       ID

	CurrentVirtualLocation  URI
	CurrentCurrencyLocation Text

	// Both quantities are nil on a stub, which is not counted here.
	AccountingQuantity *Measure
	OnhandQuantity     *Measure
	PrimaryAccountable ID
	// Custodian is the agent that has the thing in hand; not in the vocabulary.
	Custodian ID
	// LentOut is set while the custodian has all of what is accounted for, with
	// this record and none of its own: then nothing of it is on hand.
	LentOut         bool
	CurrentLocation ID
	// ContainedIn is the container that it was put into last. AlsoIn are the
	// others of a digital thing, the last first.
	ContainedIn ID
	AlsoIn      []ID
	Stage       ID // a ProcessSpecification
	State       Text
	// Overdraw lets the quantities fall below zero: an account that may be
	// overdrawn, or a LAB whose policy allows it.
	Overdraw bool
}

// Stream is what a contribution counts as in a DisCO; empty for none.
type Stream string

// The streams of a DisCO. Care is for the health of the collective, CarePeople
// for the living people in it.
const (
	Livelihood Stream = "livelihood"
	Love       Stream = "love"
	Care       Stream = "care"
	CarePeople Stream = "carePeople"
)

// Streams lists the streams in their order of display.
var Streams = []Stream{Livelihood, Love, Care, CarePeople}

// EconomicEvent is something that happened. It is immutable but for its note;
// a mistake is mended by a further event that corrects it.
type EconomicEvent struct {
	Record
	Action                  Action
	Provider, Receiver      ID
	InputOf, OutputOf       ID // a Process
	ResourceInventoriedAs   ID
	ToResourceInventoriedAs ID
	ResourceConformsTo      ID
	ResourceClassifiedAs    []URI
	ResourceQuantity        *Measure
	EffortQuantity          *Measure
	HasBeginning            *Time
	HasEnd                  *Time
	HasPointInTime          *Time
	Created                 *Time
	ToLocation              ID // a SpatialThing
	State                   Text
	Image                   URI
	Note                    Text
	Stream                  Stream

	Corrects ID // an earlier EconomicEvent
	// ScrapOf is the modify that handed back less than was accepted; only on
	// the lower that records the difference. Not in the vocabulary.
	ScrapOf ID

	Fulfills                []ID // Commitments
	Satisfies               []ID // Intents
	Settles                 []ID // Claims
	RealizationOf           ID   // an Agreement
	ReciprocalRealizationOf ID   // an Agreement
	// AgreedIn and TriggeredBy are the reference line's.
	AgreedIn    URI
	TriggeredBy ID // an EconomicEvent

	// RecordedBy is the agent that recorded the event, Recorded when.
	RecordedBy ID
	Recorded   Instant
}

// At is when the event happened: its point in time, else its end, else its
// beginning, else when it was recorded.
func (e *EconomicEvent) At() Instant {
	for _, t := range []*Time{e.HasPointInTime, e.HasEnd, e.HasBeginning, e.Created} {
		if t != nil {
			return t.Instant
		}
	}
	return e.Recorded
}
