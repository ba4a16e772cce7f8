package model

import (
	"github.com/99designs/gqlgen/graphql"

	"disconode/valueflows"
)

// What an update may say of a field: nothing, null, or a value. A list and a
// pointer hold null themselves.
type (
	maybeName    = graphql.Omittable[*string]
	maybeText    = graphql.Omittable[*valueflows.Text]
	maybeURI     = graphql.Omittable[*valueflows.URI]
	maybeURIs    = graphql.Omittable[[]valueflows.URI]
	maybeID      = graphql.Omittable[*valueflows.ID]
	maybeIDs     = graphql.Omittable[[]valueflows.ID]
	maybeTime    = graphql.Omittable[*valueflows.Time]
	maybeTruth   = graphql.Omittable[*bool]
	maybeDecimal = graphql.Omittable[*valueflows.Decimal]
	maybeMeasure = graphql.Omittable[*valueflows.Measure]
	maybeAction  = graphql.Omittable[*valueflows.Action]
	maybePurpose = graphql.Omittable[*valueflows.ProposalPurpose]
)

// Target says which record to update or to delete: by its revision or its id.
type Target struct {
	RevisionID *valueflows.ID
	ID         *valueflows.ID
}

// AgentUpdate is what an update says of an agent of any kind; a person has no
// classifications.
type AgentUpdate struct {
	Target
	Name            maybeName
	ClassifiedAs    maybeURIs
	Image           maybeURI
	Note            maybeText
	PrimaryLocation maybeID
}

// UnitUpdate is what an update says of a unit.
type UnitUpdate struct {
	Target
	Label, Symbol, OmUnitIdentifier maybeName
	ClassifiedAs                    maybeURIs
}

// ResourceSpecificationUpdate is what an update says of a resource specification.
type ResourceSpecificationUpdate struct {
	Target
	Name                                       maybeName
	Image                                      maybeURI
	ImageList, ResourceClassifiedAs            maybeURIs
	Note                                       maybeText
	DefaultUnitOfResource, DefaultUnitOfEffort maybeID
	MediumOfExchange, Substitutable            maybeTruth
}

// ProcessSpecificationUpdate is what an update says of a process specification.
type ProcessSpecificationUpdate struct {
	Target
	Name        maybeName
	Note, Image maybeText
}

// ProcessUpdate is what an update says of a process.
type ProcessUpdate struct {
	Target
	Name                 maybeName
	HasBeginning, HasEnd maybeTime
	Finished             maybeTruth
	Note                 maybeText
	ClassifiedAs         maybeURIs
	InScopeOf            maybeIDs
	BasedOn              maybeID
	PlannedWithin        maybeID
}

// EconomicEventUpdate is what an update says of an event: its note, and what
// may only be repeated.
type EconomicEventUpdate struct {
	Target
	Note                                   maybeText
	AgreedIn                               maybeURI
	TriggeredBy                            maybeID
	Settles                                maybeIDs
	RealizationOf, ReciprocalRealizationOf maybeID
}

// EconomicResourceUpdate is what an update says of a resource.
type EconomicResourceUpdate struct {
	Target
	Name, TrackingIdentifier, Note, CurrentCurrencyLocation maybeText
	Image, CurrentVirtualLocation                           maybeURI
	ImageList, ClassifiedAs                                 maybeURIs
	OfBatchLot, UnitOfEffort, ContainedIn                   maybeID
}

// BatchLotRecordUpdate is what an update says of a lot.
type BatchLotRecordUpdate struct {
	Target
	BatchLotCode   maybeText
	ExpirationDate maybeTime
}

// SpatialThingUpdate is what an update says of a place.
type SpatialThingUpdate struct {
	Target
	Name                  maybeName
	MappableAddress, Note maybeText
	Lat, Long, Alt        maybeDecimal
	HasDetailedGeometry   maybeURIs
}
