package graph

import (
	"context"

	"disconode/graph/generated"
	"disconode/graph/model"
	"disconode/valueflows"
)

type claims struct {
	records[valueflows.Claim]
}

// Action is what is asked for.
func (claims) Action(_ context.Context, c *valueflows.Claim) (*model.Action, error) {
	return model.ActionOf(c.Action), nil
}

// Provider is who it is asked of.
func (claims) Provider(ctx context.Context, c *valueflows.Claim) (model.Agent, error) {
	return agent(ctx, c.Provider)
}

// Receiver is who may ask for it.
func (claims) Receiver(ctx context.Context, c *valueflows.Claim) (model.Agent, error) {
	return agent(ctx, c.Receiver)
}

// TriggeredBy is the event for which it is asked in return.
func (claims) TriggeredBy(ctx context.Context, c *valueflows.Claim) (*valueflows.EconomicEvent, error) {
	return one[valueflows.EconomicEvent](ctx, c.TriggeredBy)
}

// ResourceConformsTo is the kind of resource or work.
func (claims) ResourceConformsTo(ctx context.Context, c *valueflows.Claim) (*valueflows.ResourceSpecification, error) {
	return one[valueflows.ResourceSpecification](ctx, c.ResourceConformsTo)
}

// SettledBy are the events that settle it, wholly or in part.
func (claims) SettledBy(ctx context.Context, c *valueflows.Claim, _ *model.EconomicEventFilterParams) ([]*valueflows.EconomicEvent, error) {
	return plain[valueflows.EconomicEvent](ctx, c)
}

// Claim is one claim.
func (q query) Claim(ctx context.Context, id string) (*valueflows.Claim, error) {
	return found[valueflows.Claim](ctx, q.node, id)
}

// Claims are the claims.
func (query) Claims(ctx context.Context, _ *int, _ *string, _ *int, _ *string, filter *model.ClaimFilterParams) (*model.ClaimConnection, error) {
	return listed[valueflows.Claim](ctx, claimFilter(filter))
}

// CreateClaim adds a claim.
func (m mutation) CreateClaim(ctx context.Context, claim valueflows.Claim) (*generated.ClaimResponse, error) {
	made, err := created(ctx, m.node, "claim", claim)
	return &generated.ClaimResponse{Claim: made}, err
}

// UpdateClaim changes a claim.
func (m mutation) UpdateClaim(ctx context.Context, said model.ClaimUpdate) (*generated.ClaimResponse, error) {
	made, err := changed(ctx, m.node, "claim", said.Target, func(c *valueflows.Claim) error {
		set(&c.Action, said.Action)
		set(&c.Provider, said.Provider)
		set(&c.Receiver, said.Receiver)
		set(&c.TriggeredBy, said.TriggeredBy)
		set(&c.ResourceConformsTo, said.ResourceConformsTo)
		put(&c.ResourceClassifiedAs, said.ResourceClassifiedAs)
		put(&c.ResourceQuantity, said.ResourceQuantity)
		put(&c.EffortQuantity, said.EffortQuantity)
		put(&c.Due, said.Due)
		put(&c.Created, said.Created)
		put(&c.Finished, said.Finished)
		set(&c.Note, said.Note)
		set(&c.AgreedIn, said.AgreedIn)
		return nil
	})
	return &generated.ClaimResponse{Claim: made}, err
}

// DeleteClaim deletes a claim that nothing names.
func (m mutation) DeleteClaim(ctx context.Context, revisionID, id *string) (bool, error) {
	return deleted[valueflows.Claim](ctx, m.node, revisionID, id)
}
