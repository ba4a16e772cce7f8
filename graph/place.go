package graph

import (
	"context"

	"disconode/graph/generated"
	"disconode/graph/model"
	"disconode/valueflows"
)

type places struct {
	records[valueflows.SpatialThing]
}

// Agents are the agents that are mostly there.
func (places) Agents(ctx context.Context, p *valueflows.SpatialThing, _ *int, _ *string, _ *int, _ *string, _ *model.AgentFilterParams) (*model.AgentConnection, error) {
	return pagedAs(ctx, p, model.AgentOf)
}

// EconomicResources are the resources that are there.
func (places) EconomicResources(ctx context.Context, p *valueflows.SpatialThing, _ *int, _ *string, _ *int, _ *string, _ *model.EconomicResourceFilterParams) (*model.EconomicResourceConnection, error) {
	return paged[valueflows.EconomicResource](ctx, p)
}

// Proposals are the proposals that hold there.
func (places) Proposals(ctx context.Context, p *valueflows.SpatialThing, _ *int, _ *string, _ *int, _ *string, _ *model.ProposalFilterParams) (*model.ProposalConnection, error) {
	return paged[valueflows.Proposal](ctx, p)
}

// SpatialThing is one place.
func (q query) SpatialThing(ctx context.Context, id string) (*valueflows.SpatialThing, error) {
	return found[valueflows.SpatialThing](ctx, q.node, id)
}

// SpatialThings are the places.
func (query) SpatialThings(ctx context.Context, _ *int, _ *string, _ *int, _ *string, filter *model.SpatialThingFilterParams) (*model.SpatialThingConnection, error) {
	return listed[valueflows.SpatialThing](ctx, spatialThingFilter(filter))
}

// CreateSpatialThing adds a place.
func (m mutation) CreateSpatialThing(ctx context.Context, place valueflows.SpatialThing) (*generated.SpatialThingResponse, error) {
	made, err := created(ctx, m.node, "spatialThing", place)
	return &generated.SpatialThingResponse{SpatialThing: made}, err
}

// UpdateSpatialThing changes a place.
func (m mutation) UpdateSpatialThing(ctx context.Context, said model.SpatialThingUpdate) (*generated.SpatialThingResponse, error) {
	made, err := changed(ctx, m.node, "spatialThing", said.Target, func(p *valueflows.SpatialThing) error {
		set(&p.Name, said.Name)
		set(&p.MappableAddress, said.MappableAddress)
		set(&p.Note, said.Note)
		put(&p.Lat, said.Lat)
		put(&p.Long, said.Long)
		put(&p.Alt, said.Alt)
		put(&p.HasDetailedGeometry, said.HasDetailedGeometry)
		return nil
	})
	return &generated.SpatialThingResponse{SpatialThing: made}, err
}

// DeleteSpatialThing deletes a place that nothing names.
func (m mutation) DeleteSpatialThing(ctx context.Context, revisionID, id *string) (bool, error) {
	return deleted[valueflows.SpatialThing](ctx, m.node, revisionID, id)
}
