package jsonld

import (
	"time"

	"disconode/valueflows"
)

// Options is what a plan needs to know of the books it is for.
type Options struct {
	// Lab is the agent whose books they are: accountable for what the documents
	// put nobody else's name to.
	Lab valueflows.ID
	// Zone is where a time without an offset was. Nil is UTC.
	Zone *time.Location
	// Name turns an IRI into an id, which differs from [valueflows.IDOf] where
	// the record is the node's own. Nil takes every IRI for a foreign one.
	Name func(iri string) (valueflows.ID, error)
	// ClassOf is the class of what the books, anybody's on the node, know under
	// an id; empty where they know nothing. Nil knows nothing.
	ClassOf func(id valueflows.ID) valueflows.Class
	// IsUnit tells whether an id is that of a unit in the books. Nil knows none.
	IsUnit func(id valueflows.ID) bool
}

// Batch is what documents ask to be recorded: the stubs first, then the
// records, then the steps, each in their order.
type Batch struct {
	Stubs   []Stub
	Records []Item
	Steps   []Step
	// Names are the IRIs behind the ids of the batch.
	Names map[valueflows.ID]string
	// Report holds what was found while reading and planning.
	Report Report
}

// Stub is a record of which only the name and the class are known.
type Stub struct {
	Place
	valueflows.Record
	Class valueflows.Class
	// Known is set where the report says already why the name is kept: a document
	// states the record further on, or it stands for what is not stated.
	Known bool
}

// Item is a record as its statement gives it.
type Item struct {
	*Statement
	Record any // a pointer, as [Encode] takes it
}

// Step is one thing to do in the order of the documents: an event, a flow or
// proposal that belongs between events, or a check.
type Step struct {
	Place
	// Statement is what the event or record was stated by; nil for an opening,
	// which follows from the statement of its resource.
	Statement *Statement
	Event     *valueflows.EconomicEvent
	// Record is an intent, commitment, claim or proposal, as [Encode] takes it.
	Record any
	// Creates is the resource that the event creates, or nil; Of is its statement.
	Creates *valueflows.EconomicResource
	Of      *Statement
	// Opening is set on the events that open a resource which no event creates.
	// Where the books have the resource already, they are left out.
	Opening bool
	Check   *Check
}

// Line is what a report says of the stub.
func (s Stub) Line() Line {
	return Line{s.Place, StubMade, s.IRI + " is stated nowhere: kept by its name as " + article(s.Class)}
}
