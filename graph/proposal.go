package graph

import (
	"context"

	"disconode/graph/generated"
	"disconode/graph/model"
	"disconode/valueflows"
)

type proposals struct {
	records[valueflows.Proposal]
}

// Publishes is what is proposed.
func (proposals) Publishes(ctx context.Context, p *valueflows.Proposal) ([]*valueflows.Intent, error) {
	return several[valueflows.Intent](ctx, p.Publishes)
}

// Reciprocal is what is wanted in return.
func (proposals) Reciprocal(ctx context.Context, p *valueflows.Proposal) ([]*valueflows.Intent, error) {
	return several[valueflows.Intent](ctx, p.Reciprocal)
}

// ProposedTo are the agents that it is made to; none where it is for everybody.
func (proposals) ProposedTo(ctx context.Context, p *valueflows.Proposal) ([]model.Agent, error) {
	return severalAgents(ctx, p.ProposedTo)
}

// ListedIn are the lists that it is on.
func (proposals) ListedIn(ctx context.Context, p *valueflows.Proposal) ([]*valueflows.ProposalList, error) {
	return several[valueflows.ProposalList](ctx, p.ListedIn)
}

// EligibleLocation is the place in or around which it holds.
func (proposals) EligibleLocation(ctx context.Context, p *valueflows.Proposal) (*valueflows.SpatialThing, error) {
	return one[valueflows.SpatialThing](ctx, p.EligibleLocation)
}

// Offers is what it publishes that somebody would give.
func (proposals) Offers(ctx context.Context, p *valueflows.Proposal) ([]*valueflows.Intent, error) {
	return severalOf(ctx, p.Publishes, offered)
}

// Requests is what it publishes that somebody wants.
func (proposals) Requests(ctx context.Context, p *valueflows.Proposal) ([]*valueflows.Intent, error) {
	return severalOf(ctx, p.Publishes, requested)
}

// InScopeOf are the agents that it is grouped under.
func (proposals) InScopeOf(ctx context.Context, p *valueflows.Proposal) ([]model.Agent, error) {
	return severalAgents(ctx, p.InScopeOf)
}

// Proposal is one proposal.
func (q query) Proposal(ctx context.Context, id string) (*valueflows.Proposal, error) {
	return found[valueflows.Proposal](ctx, q.node, id)
}

// Proposals are the proposals.
func (query) Proposals(ctx context.Context, _ *int, _ *string, _ *int, _ *string, filter *model.ProposalFilterParams) (*model.ProposalConnection, error) {
	return listed[valueflows.Proposal](ctx, proposalFilter(filter))
}

// Offers are the proposals made as offers.
func (query) Offers(ctx context.Context, _ *int, _ *string, _ *int, _ *string, filter *model.ProposalFilterParams) (*model.ProposalConnection, error) {
	return listed[valueflows.Proposal](ctx, madeFor(valueflows.Offer, proposalFilter(filter)))
}

// Requests are the proposals made as requests.
func (query) Requests(ctx context.Context, _ *int, _ *string, _ *int, _ *string, filter *model.ProposalFilterParams) (*model.ProposalConnection, error) {
	return listed[valueflows.Proposal](ctx, madeFor(valueflows.Request, proposalFilter(filter)))
}

// CreateProposal adds a proposal.
func (m mutation) CreateProposal(ctx context.Context, proposal valueflows.Proposal) (*generated.ProposalResponse, error) {
	made, err := created(ctx, m.node, "proposal", proposal)
	return &generated.ProposalResponse{Proposal: made}, err
}

// UpdateProposal changes a proposal.
func (m mutation) UpdateProposal(ctx context.Context, said model.ProposalUpdate) (*generated.ProposalResponse, error) {
	made, err := changed(ctx, m.node, "proposal", said.Target, func(p *valueflows.Proposal) error {
		set(&p.Purpose, said.Purpose)
		set(&p.Name, said.Name)
		set(&p.Note, said.Note)
		put(&p.Publishes, said.Publishes)
		put(&p.Reciprocal, said.Reciprocal)
		put(&p.ProposedTo, said.ProposedTo)
		put(&p.ListedIn, said.ListedIn)
		set(&p.EligibleLocation, said.EligibleLocation)
		put(&p.HasBeginning, said.HasBeginning)
		put(&p.HasEnd, said.HasEnd)
		put(&p.UnitBased, said.UnitBased)
		put(&p.Created, said.Created)
		put(&p.InScopeOf, said.InScopeOf)
		return nil
	})
	return &generated.ProposalResponse{Proposal: made}, err
}

// DeleteProposal deletes a proposal that nothing names.
func (m mutation) DeleteProposal(ctx context.Context, revisionID, id *string) (bool, error) {
	return deleted[valueflows.Proposal](ctx, m.node, revisionID, id)
}
