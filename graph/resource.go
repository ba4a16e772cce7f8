package graph

import (
	"context"

	"disconode/graph/generated"
	"disconode/graph/model"
	"disconode/valueflows"
)

type resources struct {
	records[valueflows.EconomicResource]
	beside[valueflows.EconomicResource]
}

// ConformsTo is the kind of resource it is.
func (resources) ConformsTo(ctx context.Context, r *valueflows.EconomicResource) (*valueflows.ResourceSpecification, error) {
	return specified(ctx, r.ConformsTo)
}

// PrimaryAccountable is who has the rights and duties over it.
func (resources) PrimaryAccountable(ctx context.Context, r *valueflows.EconomicResource) (model.Agent, error) {
	return agent(ctx, r.PrimaryAccountable)
}

// Custodian is who has it in hand.
func (resources) Custodian(ctx context.Context, r *valueflows.EconomicResource) (model.Agent, error) {
	return agent(ctx, r.Custodian)
}

// UnitOfEffort is what its use is counted in.
func (resources) UnitOfEffort(ctx context.Context, r *valueflows.EconomicResource) (*valueflows.Unit, error) {
	return one[valueflows.Unit](ctx, r.UnitOfEffort)
}

// OfBatchLot is the lot that it belongs to.
func (resources) OfBatchLot(ctx context.Context, r *valueflows.EconomicResource) (*valueflows.BatchLotRecord, error) {
	return one[valueflows.BatchLotRecord](ctx, r.OfBatchLot)
}

// Stage is the kind of process that it last came out of.
func (resources) Stage(ctx context.Context, r *valueflows.EconomicResource) (*valueflows.ProcessSpecification, error) {
	return one[valueflows.ProcessSpecification](ctx, r.Stage)
}

// CurrentLocation is where it is.
func (resources) CurrentLocation(ctx context.Context, r *valueflows.EconomicResource) (*valueflows.SpatialThing, error) {
	return one[valueflows.SpatialThing](ctx, r.CurrentLocation)
}

// ContainedIn is the resource that it is in.
func (resources) ContainedIn(ctx context.Context, r *valueflows.EconomicResource) (*valueflows.EconomicResource, error) {
	return one[valueflows.EconomicResource](ctx, r.ContainedIn)
}

// Containers are all the resources that it is in.
func (resources) Containers(ctx context.Context, r *valueflows.EconomicResource) ([]*valueflows.EconomicResource, error) {
	return several[valueflows.EconomicResource](ctx, r.Containers())
}

// Contains are the resources directly in it.
func (resources) Contains(ctx context.Context, r *valueflows.EconomicResource, _ *model.EconomicResourceFilterParams) ([]*valueflows.EconomicResource, error) {
	return plain[valueflows.EconomicResource](ctx, r)
}

// Contents are the resources directly in it, page by page.
func (resources) Contents(ctx context.Context, r *valueflows.EconomicResource, _ *int, _ *string, _ *int, _ *string, _ *model.EconomicResourceFilterParams) (*model.EconomicResourceConnection, error) {
	return paged[valueflows.EconomicResource](ctx, r)
}

// EconomicEventsInOutFrom are the events that happened to it.
func (resources) EconomicEventsInOutFrom(ctx context.Context, r *valueflows.EconomicResource, _ *int, _ *string, _ *int, _ *string, _ *model.EconomicEventFilterParams) (*model.EconomicEventConnection, error) {
	return paged[valueflows.EconomicEvent](ctx, r)
}

// EconomicEventsFrom are the events that happened to it.
func (resources) EconomicEventsFrom(ctx context.Context, r *valueflows.EconomicResource, _ *int, _ *string, _ *int, _ *string, _ *model.EconomicEventFilterParams) (*model.EconomicEventConnection, error) {
	return paged[valueflows.EconomicEvent](ctx, r)
}

// EconomicEventsTo are the events that went to it from another resource.
func (resources) EconomicEventsTo(ctx context.Context, r *valueflows.EconomicResource, _ *int, _ *string, _ *int, _ *string, _ *model.EconomicEventFilterParams) (*model.EconomicEventConnection, error) {
	return paged[valueflows.EconomicEvent](ctx, r)
}

// Commitments are the commitments that name it.
func (resources) Commitments(ctx context.Context, r *valueflows.EconomicResource, _ *int, _ *string, _ *int, _ *string, _ *model.CommitmentFilterParams) (*model.CommitmentConnection, error) {
	return paged[valueflows.Commitment](ctx, r)
}

// Intents are the intents that name it.
func (resources) Intents(ctx context.Context, r *valueflows.EconomicResource, _ *int, _ *string, _ *int, _ *string, _ *model.IntentFilterParams) (*model.IntentConnection, error) {
	return paged[valueflows.Intent](ctx, r)
}

// EconomicResource is one resource.
func (q query) EconomicResource(ctx context.Context, id string) (*valueflows.EconomicResource, error) {
	return found[valueflows.EconomicResource](ctx, q.node, id)
}

// EconomicResources are the resources.
func (query) EconomicResources(ctx context.Context, _ *int, _ *string, _ *int, _ *string, filter *model.EconomicResourceFilterParams) (*model.EconomicResourceConnection, error) {
	return listed[valueflows.EconomicResource](ctx, resourceFilter(filter))
}

// UpdateEconomicResource changes what describes a resource.
func (m mutation) UpdateEconomicResource(ctx context.Context, said model.EconomicResourceUpdate) (*generated.EconomicResourceResponse, error) {
	resource, err := changed(ctx, m.node, "resource", said.Target, func(r *valueflows.EconomicResource) error {
		set(&r.Name, said.Name)
		set(&r.TrackingIdentifier, said.TrackingIdentifier)
		set(&r.Note, said.Note)
		set(&r.Image, said.Image)
		put(&r.ImageList, said.ImageList)
		put(&r.ClassifiedAs, said.ClassifiedAs)
		set(&r.OfBatchLot, said.OfBatchLot)
		set(&r.UnitOfEffort, said.UnitOfEffort)
		set(&r.CurrentVirtualLocation, said.CurrentVirtualLocation)
		set(&r.CurrentCurrencyLocation, said.CurrentCurrencyLocation)
		return fixed(r.ContainedIn, said.ContainedIn, "containedIn", "a resource is put into another and taken out by the actions combine and separate: record such an event")
	})
	return &generated.EconomicResourceResponse{EconomicResource: resource}, err
}
