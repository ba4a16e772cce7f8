package graph

import (
	"context"

	"disconode/graph/generated"
	"disconode/graph/model"
	"disconode/valueflows"
)

type agentRelationshipRoles struct {
	records[valueflows.AgentRelationshipRole]
}

// AgentRelationships are the relationships in this role.
func (agentRelationshipRoles) AgentRelationships(ctx context.Context, r *valueflows.AgentRelationshipRole, _ *int, _ *string, _ *int, _ *string, _ *model.AgentRelationshipFilterParams) (*model.AgentRelationshipConnection, error) {
	return paged[valueflows.AgentRelationship](ctx, r)
}

// AgentRelationshipRole is one agent relationship role.
func (q query) AgentRelationshipRole(ctx context.Context, id string) (*valueflows.AgentRelationshipRole, error) {
	return found[valueflows.AgentRelationshipRole](ctx, q.node, id)
}

// AgentRelationshipRoles are the agent relationship roles.
func (query) AgentRelationshipRoles(ctx context.Context, _ *int, _ *string, _ *int, _ *string, filter *model.AgentRelationshipRoleFilterParams) (*model.AgentRelationshipRoleConnection, error) {
	return listed[valueflows.AgentRelationshipRole](ctx, agentRelationshipRoleFilter(filter))
}

// CreateAgentRelationshipRole adds an agent relationship role.
func (m mutation) CreateAgentRelationshipRole(ctx context.Context, agentRelationshipRole valueflows.AgentRelationshipRole) (*generated.AgentRelationshipRoleResponse, error) {
	made, err := created(ctx, m.node, "agentRelationshipRole", agentRelationshipRole)
	return &generated.AgentRelationshipRoleResponse{AgentRelationshipRole: made}, err
}

// UpdateAgentRelationshipRole changes an agent relationship role.
func (m mutation) UpdateAgentRelationshipRole(ctx context.Context, said model.AgentRelationshipRoleUpdate) (*generated.AgentRelationshipRoleResponse, error) {
	made, err := changed(ctx, m.node, "agentRelationshipRole", said.Target, func(r *valueflows.AgentRelationshipRole) error {
		set(&r.RoleLabel, said.RoleLabel)
		set(&r.InverseRoleLabel, said.InverseRoleLabel)
		set(&r.Note, said.Note)
		return nil
	})
	return &generated.AgentRelationshipRoleResponse{AgentRelationshipRole: made}, err
}

// DeleteAgentRelationshipRole deletes an agent relationship role that nothing names.
func (m mutation) DeleteAgentRelationshipRole(ctx context.Context, revisionID, id *string) (bool, error) {
	return deleted[valueflows.AgentRelationshipRole](ctx, m.node, revisionID, id)
}
