package graph

import (
	"context"

	"disconode/graph/generated"
	"disconode/graph/model"
	"disconode/valueflows"
)

type proposalLists struct {
	records[valueflows.ProposalList]
}

// ProposedTo are the agents that it is made to; none where it is for everybody.
func (proposalLists) ProposedTo(ctx context.Context, l *valueflows.ProposalList) ([]model.Agent, error) {
	return severalAgents(ctx, l.ProposedTo)
}

// Lists are the proposals on it.
func (proposalLists) Lists(ctx context.Context, l *valueflows.ProposalList, _ *model.ProposalFilterParams) ([]*valueflows.Proposal, error) {
	return plain[valueflows.Proposal](ctx, l)
}

// ProposalList is one proposal list.
func (q query) ProposalList(ctx context.Context, id string) (*valueflows.ProposalList, error) {
	return found[valueflows.ProposalList](ctx, q.node, id)
}

// ProposalLists are the proposal lists.
func (query) ProposalLists(ctx context.Context, _ *int, _ *string, _ *int, _ *string, filter *model.ProposalListFilterParams) (*model.ProposalListConnection, error) {
	return listed[valueflows.ProposalList](ctx, proposalListFilter(filter))
}

// CreateProposalList adds a proposal list.
func (m mutation) CreateProposalList(ctx context.Context, proposalList valueflows.ProposalList) (*generated.ProposalListResponse, error) {
	made, err := created(ctx, m.node, "proposalList", proposalList)
	return &generated.ProposalListResponse{ProposalList: made}, err
}

// UpdateProposalList changes a proposal list.
func (m mutation) UpdateProposalList(ctx context.Context, said model.ProposalListUpdate) (*generated.ProposalListResponse, error) {
	made, err := changed(ctx, m.node, "proposalList", said.Target, func(l *valueflows.ProposalList) error {
		set(&l.Name, said.Name)
		set(&l.Note, said.Note)
		put(&l.ProposedTo, said.ProposedTo)
		put(&l.Created, said.Created)
		return nil
	})
	return &generated.ProposalListResponse{ProposalList: made}, err
}

// DeleteProposalList deletes a proposal list that nothing names.
func (m mutation) DeleteProposalList(ctx context.Context, revisionID, id *string) (bool, error) {
	return deleted[valueflows.ProposalList](ctx, m.node, revisionID, id)
}
