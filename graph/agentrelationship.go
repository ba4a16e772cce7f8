package graph

import (
	"context"

	"disconode/graph/generated"
	"disconode/graph/model"
	"disconode/valueflows"
)

type agentRelationships struct {
	records[valueflows.AgentRelationship]
}

// Subject is who stands so.
func (agentRelationships) Subject(ctx context.Context, r *valueflows.AgentRelationship) (model.Agent, error) {
	return party(ctx, r.Subject)
}

// Object is whom the subject stands so to.
func (agentRelationships) Object(ctx context.Context, r *valueflows.AgentRelationship) (model.Agent, error) {
	return party(ctx, r.Object)
}

// Relationship is the role.
func (agentRelationships) Relationship(ctx context.Context, r *valueflows.AgentRelationship) (*valueflows.AgentRelationshipRole, error) {
	return one[valueflows.AgentRelationshipRole](ctx, r.Relationship)
}

// InScopeOf are the agents that it is grouped under.
func (agentRelationships) InScopeOf(ctx context.Context, r *valueflows.AgentRelationship) ([]model.Agent, error) {
	return severalAgents(ctx, r.InScopeOf)
}

// AgentRelationship is one agent relationship.
func (q query) AgentRelationship(ctx context.Context, id string) (*valueflows.AgentRelationship, error) {
	return found[valueflows.AgentRelationship](ctx, q.node, id)
}

// AgentRelationships are the agent relationships.
func (query) AgentRelationships(ctx context.Context, _ *int, _ *string, _ *int, _ *string, filter *model.AgentRelationshipFilterParams) (*model.AgentRelationshipConnection, error) {
	return listed[valueflows.AgentRelationship](ctx, agentRelationshipFilter(filter))
}

// CreateAgentRelationship adds an agent relationship.
func (m mutation) CreateAgentRelationship(ctx context.Context, relationship valueflows.AgentRelationship) (*generated.AgentRelationshipResponse, error) {
	made, err := created(ctx, m.node, "relationship", relationship)
	return &generated.AgentRelationshipResponse{AgentRelationship: made}, err
}

// UpdateAgentRelationship changes an agent relationship.
func (m mutation) UpdateAgentRelationship(ctx context.Context, said model.AgentRelationshipUpdate) (*generated.AgentRelationshipResponse, error) {
	made, err := changed(ctx, m.node, "relationship", said.Target, func(r *valueflows.AgentRelationship) error {
		set(&r.Subject, said.Subject)
		set(&r.Object, said.Object)
		set(&r.Relationship, said.Relationship)
		put(&r.InScopeOf, said.InScopeOf)
		set(&r.Note, said.Note)
		return nil
	})
	return &generated.AgentRelationshipResponse{AgentRelationship: made}, err
}

// DeleteAgentRelationship deletes an agent relationship that nothing names.
func (m mutation) DeleteAgentRelationship(ctx context.Context, revisionID, id *string) (bool, error) {
	return deleted[valueflows.AgentRelationship](ctx, m.node, revisionID, id)
}
