package model

import "disconode/valueflows"

// AgentFilterParams says which agents to list.
type AgentFilterParams struct {
	Origin       []valueflows.ID
	SearchString *string
	ClassifiedAs []valueflows.URI
}

// UnitFilterParams says which units to list.
type UnitFilterParams struct {
	Origin       []valueflows.ID
	SearchString *string
	ClassifiedAs []valueflows.URI
}

// ResourceSpecificationFilterParams says which resource specifications to list.
type ResourceSpecificationFilterParams struct {
	Origin               []valueflows.ID
	SearchString         *string
	ResourceClassifiedAs []valueflows.URI
}

// ProcessSpecificationFilterParams says which process specifications to list.
type ProcessSpecificationFilterParams struct {
	Origin       []valueflows.ID
	SearchString *string
}

// ProcessFilterParams says which processes to list.
type ProcessFilterParams struct {
	Origin       []valueflows.ID
	SearchString *string
	Finished     *bool
	InScopeOf    []valueflows.ID
	ClassifiedAs []valueflows.URI
	BasedOn      []valueflows.ID
	Plan         []valueflows.ID
}

// EconomicEventFilterParams says which events to list.
type EconomicEventFilterParams struct {
	Origin                 []valueflows.ID
	SearchString           *string
	ProviderID, ReceiverID []valueflows.ID
	ResourceClassifiedAs   []valueflows.URI
	Action                 []valueflows.Action
	StartDate, EndDate     *valueflows.Instant
	ResourceConformsTo     []valueflows.ID
	Stream                 []valueflows.Stream
	Resource, Process      []valueflows.ID
}

// EconomicResourceFilterParams says which resources to list.
type EconomicResourceFilterParams struct {
	Origin                                                            []valueflows.ID
	SearchString                                                      *string
	ClassifiedAs                                                      []valueflows.URI
	ConformsTo, PrimaryAccountable, Custodian, CurrentLocation, Stage []valueflows.ID
	State, TrackingIdentifier                                         []string
}

// BatchLotRecordFilterParams says which lots to list.
type BatchLotRecordFilterParams struct {
	Origin       []valueflows.ID
	SearchString *string
}

// SpatialThingFilterParams says which places to list.
type SpatialThingFilterParams struct {
	Origin       []valueflows.ID
	SearchString *string
}
