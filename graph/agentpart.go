package graph

import (
	"context"

	"disconode/graph/model"
	"disconode/node"
	"disconode/valueflows"
)

// What an agent has a part in.

// rolesOf are the roles in which each agent stands to others, each once.
func rolesOf(ctx context.Context, l *loads, agents []valueflows.ID) ([][]valueflows.ID, error) {
	pages, err := node.ListBy[valueflows.AgentRelationship](ctx, l.node, node.LinkSubject, agents, node.Filter{}, node.Page{First: listMax})
	if err != nil {
		return nil, err
	}
	roles := make([][]valueflows.ID, len(agents))
	for i, page := range pages {
		if page.HasNext {
			return nil, &errTooMany{"what an agent is to others", "relationshipsAsSubject"}
		}
		for _, r := range page.Nodes {
			roles[i] = append(roles[i], r.Relationship)
		}
		roles[i] = once(roles[i])
	}
	return roles, nil
}

// Roles are the roles in which the agent stands to others, each once.
func (agents[A]) Roles(ctx context.Context, a A) ([]*valueflows.AgentRelationshipRole, error) {
	ids, err := derivedOf[[]valueflows.ID](ctx, agentBehind(a))
	if err != nil {
		return nil, err
	}
	return several[valueflows.AgentRelationshipRole](ctx, ids)
}

// Relationships are the agent's relationships with others, whichever side of them it is.
func (agents[A]) Relationships(ctx context.Context, a A, _ *int, _ *string, _ *int, _ *string, _ *model.AgentRelationshipFilterParams) (*model.AgentRelationshipConnection, error) {
	return paged[valueflows.AgentRelationship](ctx, agentBehind(a))
}

// RelationshipsAsSubject are the relationships in which the agent stands so to others.
func (agents[A]) RelationshipsAsSubject(ctx context.Context, a A, _ *int, _ *string, _ *int, _ *string, _ *model.AgentRelationshipFilterParams) (*model.AgentRelationshipConnection, error) {
	return paged[valueflows.AgentRelationship](ctx, agentBehind(a))
}

// RelationshipsAsObject are the relationships in which others stand so to the agent.
func (agents[A]) RelationshipsAsObject(ctx context.Context, a A, _ *int, _ *string, _ *int, _ *string, _ *model.AgentRelationshipFilterParams) (*model.AgentRelationshipConnection, error) {
	return paged[valueflows.AgentRelationship](ctx, agentBehind(a))
}

// Commitments are the commitments that the agent is provider or receiver of.
func (agents[A]) Commitments(ctx context.Context, a A, _ *int, _ *string, _ *int, _ *string, _ *model.CommitmentFilterParams) (*model.CommitmentConnection, error) {
	return paged[valueflows.Commitment](ctx, agentBehind(a))
}

// CommitmentsAsProvider are the commitments that the agent is provider of.
func (agents[A]) CommitmentsAsProvider(ctx context.Context, a A, _ *int, _ *string, _ *int, _ *string, _ *model.CommitmentFilterParams) (*model.CommitmentConnection, error) {
	return paged[valueflows.Commitment](ctx, agentBehind(a))
}

// CommitmentsAsReceiver are the commitments that the agent is receiver of.
func (agents[A]) CommitmentsAsReceiver(ctx context.Context, a A, _ *int, _ *string, _ *int, _ *string, _ *model.CommitmentFilterParams) (*model.CommitmentConnection, error) {
	return paged[valueflows.Commitment](ctx, agentBehind(a))
}

// CommitmentsInScope are the commitments in the agent's scope.
func (agents[A]) CommitmentsInScope(ctx context.Context, a A, _ *int, _ *string, _ *int, _ *string, _ *model.CommitmentFilterParams) (*model.CommitmentConnection, error) {
	return paged[valueflows.Commitment](ctx, agentBehind(a))
}

// Intents are the intents that the agent is provider or receiver of.
func (agents[A]) Intents(ctx context.Context, a A, _ *int, _ *string, _ *int, _ *string, _ *model.IntentFilterParams) (*model.IntentConnection, error) {
	return paged[valueflows.Intent](ctx, agentBehind(a))
}

// IntentsAsProvider are the intents that the agent is provider of.
func (agents[A]) IntentsAsProvider(ctx context.Context, a A, _ *int, _ *string, _ *int, _ *string, _ *model.IntentFilterParams) (*model.IntentConnection, error) {
	return paged[valueflows.Intent](ctx, agentBehind(a))
}

// IntentsAsReceiver are the intents that the agent is receiver of.
func (agents[A]) IntentsAsReceiver(ctx context.Context, a A, _ *int, _ *string, _ *int, _ *string, _ *model.IntentFilterParams) (*model.IntentConnection, error) {
	return paged[valueflows.Intent](ctx, agentBehind(a))
}

// IntentsInScope are the intents in the agent's scope.
func (agents[A]) IntentsInScope(ctx context.Context, a A, _ *int, _ *string, _ *int, _ *string, _ *model.IntentFilterParams) (*model.IntentConnection, error) {
	return paged[valueflows.Intent](ctx, agentBehind(a))
}

// Claims are the claims that the agent is provider or receiver of.
func (agents[A]) Claims(ctx context.Context, a A, _ *int, _ *string, _ *int, _ *string, _ *model.ClaimFilterParams) (*model.ClaimConnection, error) {
	return paged[valueflows.Claim](ctx, agentBehind(a))
}

// ClaimsAsProvider are the claims on the agent.
func (agents[A]) ClaimsAsProvider(ctx context.Context, a A, _ *int, _ *string, _ *int, _ *string, _ *model.ClaimFilterParams) (*model.ClaimConnection, error) {
	return paged[valueflows.Claim](ctx, agentBehind(a))
}

// ClaimsAsReceiver are the claims that the agent has on others.
func (agents[A]) ClaimsAsReceiver(ctx context.Context, a A, _ *int, _ *string, _ *int, _ *string, _ *model.ClaimFilterParams) (*model.ClaimConnection, error) {
	return paged[valueflows.Claim](ctx, agentBehind(a))
}

// Plans are the plans in which the agent has a part: a process in its scope, a
// commitment or an intent.
func (agents[A]) Plans(ctx context.Context, a A, _ *int, _ *string, _ *int, _ *string, _ *model.PlanFilterParams) (*model.PlanConnection, error) {
	return paged[valueflows.Plan](ctx, agentBehind(a))
}

// Proposals are the proposals that publish what the agent would give or wants.
func (agents[A]) Proposals(ctx context.Context, a A, _ *int, _ *string, _ *int, _ *string, _ *model.ProposalFilterParams) (*model.ProposalConnection, error) {
	return paged[valueflows.Proposal](ctx, agentBehind(a))
}

// ProposalsInScope are the proposals in the agent's scope.
func (agents[A]) ProposalsInScope(ctx context.Context, a A, _ *int, _ *string, _ *int, _ *string, _ *model.ProposalFilterParams) (*model.ProposalConnection, error) {
	return paged[valueflows.Proposal](ctx, agentBehind(a))
}

// ProposalsTo are the proposals that are made to the agent.
func (agents[A]) ProposalsTo(ctx context.Context, a A, _ *int, _ *string, _ *int, _ *string, _ *model.ProposalFilterParams) (*model.ProposalConnection, error) {
	return paged[valueflows.Proposal](ctx, agentBehind(a))
}

// ProposalListsTo are the lists of proposals that are made to the agent.
func (agents[A]) ProposalListsTo(ctx context.Context, a A, _ *int, _ *string, _ *int, _ *string, _ *model.ProposalListFilterParams) (*model.ProposalListConnection, error) {
	return paged[valueflows.ProposalList](ctx, agentBehind(a))
}
