package store

import "disconode/valueflows"

// Filter narrows a list. An empty field narrows nothing; the values of one
// field are alternatives, the fields together all hold. A field that the listed
// class does not have matches nothing of it.
type Filter struct {
	Origin []valueflows.ID // LABs in whose books the records are

	Search string // text that the name, note or tracking identifier contains, letter case apart

	Kind         []valueflows.Class // of agents
	ClassifiedAs []valueflows.URI

	// Of events, and of what is planned.
	Action     []valueflows.Action
	Stream     []valueflows.Stream
	Provider   []valueflows.ID
	Receiver   []valueflows.ID
	Party      []valueflows.ID     // provider or receiver
	ConformsTo []valueflows.ID     // of flows resourceConformsTo, of resources conformsTo
	Resource   []valueflows.ID     // resourceInventoriedAs or toResourceInventoriedAs
	Process    []valueflows.ID     // inputOf or outputOf
	From, To   *valueflows.Instant // from <= the flow's time < to

	// Of resources.
	PrimaryAccountable []valueflows.ID
	Custodian          []valueflows.ID
	CurrentLocation    []valueflows.ID
	Stage              []valueflows.ID
	State              []string
	TrackingIdentifier []string

	// Of processes.
	BasedOn   []valueflows.ID
	InScopeOf []valueflows.ID
	Finished  *bool
	Plan      []valueflows.ID // plannedWithin; of flows and processes

	// Of the others.
	Agreement    []valueflows.ID // clauseOf or reciprocalClauseOf, of commitments
	Purpose      []valueflows.ProposalPurpose
	Subject      []valueflows.ID // of relationships between agents
	Object       []valueflows.ID
	Relationship []valueflows.ID
}

// tells is whether the filter asks more of an event than whose books it is in, its action, its stream
// and its time: who, where, what, or words.
func (f Filter) tells() bool {
	return f.Search != "" || f.Finished != nil || len(f.Kind)+len(f.ClassifiedAs)+len(f.State)+len(f.TrackingIdentifier)+
		len(f.Provider)+len(f.Receiver)+len(f.Party)+len(f.ConformsTo)+len(f.Resource)+len(f.Process)+
		len(f.PrimaryAccountable)+len(f.Custodian)+len(f.CurrentLocation)+len(f.Stage)+len(f.BasedOn)+len(f.InScopeOf)+
		len(f.Plan)+len(f.Agreement)+len(f.Purpose)+len(f.Subject)+len(f.Object)+len(f.Relationship) > 0
}

// Page asks for part of a list in recorded order: the First after a position,
// or the Last before one. Exactly one of First and Last is above zero.
type Page struct {
	First, Last   int
	After, Before int64 // journal positions, exclusive; 0 is no bound
}

// Listing is a page of a list, in recorded order.
type Listing[T any] struct {
	Nodes                []*T
	HasPrevious, HasNext bool
}
