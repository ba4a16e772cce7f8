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

	// Of events.
	Action     []valueflows.Action
	Stream     []valueflows.Stream
	Provider   []valueflows.ID
	Receiver   []valueflows.ID
	Party      []valueflows.ID     // provider or receiver
	ConformsTo []valueflows.ID     // of events resourceConformsTo, of resources conformsTo
	Resource   []valueflows.ID     // resourceInventoriedAs or toResourceInventoriedAs
	Process    []valueflows.ID     // inputOf or outputOf
	From, To   *valueflows.Instant // from <= the event's time < to

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
}

// tells is whether the filter asks more of an event than whose books it is in, its action, its stream
// and its time: who, where, what, or words.
func (f Filter) tells() bool {
	return f.Search != "" || f.Finished != nil || len(f.Kind)+len(f.ClassifiedAs)+len(f.State)+len(f.TrackingIdentifier)+
		len(f.Provider)+len(f.Receiver)+len(f.Party)+len(f.ConformsTo)+len(f.Resource)+len(f.Process)+
		len(f.PrimaryAccountable)+len(f.Custodian)+len(f.CurrentLocation)+len(f.Stage)+len(f.BasedOn)+len(f.InScopeOf) > 0
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

// Link is a reference from the records of a list to what the list is of: the
// inverse of a property.
type Link string

// The links, named by the property that points at the owner of the list.
const (
	LinkParty                   Link = "party" // provider or receiver
	LinkProvider                Link = "provider"
	LinkReceiver                Link = "receiver"
	LinkInputOf                 Link = "input_of"
	LinkOutputOf                Link = "output_of"
	LinkResourceInventoriedAs   Link = "resource_inventoried_as"
	LinkToResourceInventoriedAs Link = "to_resource_inventoried_as"
	LinkResourceConformsTo      Link = "resource_conforms_to"
	LinkCorrects                Link = "corrects"
	LinkPrimaryAccountable      Link = "primary_accountable"
	LinkContainedIn             Link = "contained_in"
	LinkConformsTo              Link = "conforms_to"
	LinkStage                   Link = "stage"
	LinkCurrentLocation         Link = "current_location"
	LinkOfBatchLot              Link = "of_batch_lot"
	LinkBasedOn                 Link = "based_on"
	LinkInScopeOf               Link = "in_scope_of"
	LinkPrimaryLocation         Link = "primary_location"
)
