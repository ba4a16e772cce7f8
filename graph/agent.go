package graph

import (
	"context"

	"disconode/graph/generated"
	"disconode/graph/model"
	"disconode/node"
	"disconode/valueflows"
)

// anAgent is any of the Go types of an agent.
type anAgent interface {
	*model.Person | *model.Organization | *model.EcologicalAgent
}

// agents answers what agents of each kind have.
type agents[A anAgent] struct{ node *node.Node }

func agentBehind[A anAgent](a A) *valueflows.Agent { return (*valueflows.Agent)(a) }

// Iri is the agent's name on the wire.
func (r agents[A]) Iri(_ context.Context, a A) (valueflows.URI, error) {
	return iri(r.node, agentBehind(a)), nil
}

// Origin is the LAB in whose books the agent is.
func (r agents[A]) Origin(_ context.Context, a A) (*valueflows.URI, error) {
	return origin(r.node, agentBehind(a)), nil
}

// PrimaryLocation is where the agent mostly is.
func (agents[A]) PrimaryLocation(ctx context.Context, a A) (*valueflows.SpatialThing, error) {
	return one[valueflows.SpatialThing](ctx, agentBehind(a).PrimaryLocation)
}

// EconomicEvents are the events that the agent is a party to.
func (agents[A]) EconomicEvents(ctx context.Context, a A, _ *int, _ *string, _ *int, _ *string, _ *model.EconomicEventFilterParams) (*model.EconomicEventConnection, error) {
	return paged[valueflows.EconomicEvent](ctx, agentBehind(a))
}

// EconomicEventsAsProvider are the events that the agent is provider of.
func (agents[A]) EconomicEventsAsProvider(ctx context.Context, a A, _ *int, _ *string, _ *int, _ *string, _ *model.EconomicEventFilterParams) (*model.EconomicEventConnection, error) {
	return paged[valueflows.EconomicEvent](ctx, agentBehind(a))
}

// EconomicEventsAsReceiver are the events that the agent is receiver of.
func (agents[A]) EconomicEventsAsReceiver(ctx context.Context, a A, _ *int, _ *string, _ *int, _ *string, _ *model.EconomicEventFilterParams) (*model.EconomicEventConnection, error) {
	return paged[valueflows.EconomicEvent](ctx, agentBehind(a))
}

// EconomicEventsInScope are the events of the processes in the agent's scope.
func (agents[A]) EconomicEventsInScope(ctx context.Context, a A, _ *int, _ *string, _ *int, _ *string, _ *model.EconomicEventFilterParams) (*model.EconomicEventConnection, error) {
	return paged[valueflows.EconomicEvent](ctx, agentBehind(a))
}

// InventoriedEconomicResources are the resources that the agent is accountable for.
func (agents[A]) InventoriedEconomicResources(ctx context.Context, a A, _ *int, _ *string, _ *int, _ *string, _ *model.EconomicResourceFilterParams) (*model.EconomicResourceConnection, error) {
	return paged[valueflows.EconomicResource](ctx, agentBehind(a))
}

// Processes are the processes in the agent's scope.
func (agents[A]) Processes(ctx context.Context, a A, _ *int, _ *string, _ *int, _ *string, _ *model.ProcessFilterParams) (*model.ProcessConnection, error) {
	return paged[valueflows.Process](ctx, agentBehind(a))
}

// Revision is the agent as one of its revisions stated it.
func (r agents[A]) Revision(ctx context.Context, a A, revisionID string) (A, error) {
	then, err := revision(ctx, r.node, agentBehind(a), revisionID)
	return A(then), err
}

// Meta is the agent's history.
func (agents[A]) Meta(ctx context.Context, a A) (*node.Meta, error) {
	return meta(ctx, agentBehind(a))
}

// MyAgent is the person whom the token stands for.
func (q query) MyAgent(ctx context.Context) (model.Agent, error) {
	a, err := node.Get[valueflows.Agent](ctx, q.node, node.PrincipalOf(ctx).User)
	if err != nil {
		return nil, err
	}
	return model.AgentOf(a), aheadOf(ctx, a)
}

// Agent is one agent of any kind.
func (q query) Agent(ctx context.Context, id string) (model.Agent, error) {
	a, err := found[valueflows.Agent](ctx, q.node, id)
	return model.AgentOf(a), err
}

// foundOf is one agent of a kind.
func foundOf(ctx context.Context, n *node.Node, kind valueflows.Class, id string) (*valueflows.Agent, error) {
	a, err := found[valueflows.Agent](ctx, n, id)
	if err == nil && typeOf(a) != string(kind) {
		return nil, node.ErrNotFound
	}
	return a, err
}

// Person is one person.
func (q query) Person(ctx context.Context, id string) (*model.Person, error) {
	a, err := foundOf(ctx, q.node, valueflows.ClassPerson, id)
	return (*model.Person)(a), err
}

// Organization is one organization.
func (q query) Organization(ctx context.Context, id string) (*model.Organization, error) {
	a, err := foundOf(ctx, q.node, valueflows.ClassOrganization, id)
	return (*model.Organization)(a), err
}

// EcologicalAgent is one ecological agent.
func (q query) EcologicalAgent(ctx context.Context, id string) (*model.EcologicalAgent, error) {
	a, err := foundOf(ctx, q.node, valueflows.ClassEcologicalAgent, id)
	return (*model.EcologicalAgent)(a), err
}

// Agents are the agents of all kinds.
func (query) Agents(ctx context.Context, _ *int, _ *string, _ *int, _ *string, filter *model.AgentFilterParams) (*model.AgentConnection, error) {
	return listedAs(ctx, agentFilter(filter), model.AgentOf)
}

// People are the persons.
func (query) People(ctx context.Context, _ *int, _ *string, _ *int, _ *string, filter *model.AgentFilterParams) (*model.PersonConnection, error) {
	return listedAs(ctx, agentsOf(valueflows.ClassPerson, filter), func(a *valueflows.Agent) *model.Person { return (*model.Person)(a) })
}

// Organizations are the organizations.
func (query) Organizations(ctx context.Context, _ *int, _ *string, _ *int, _ *string, filter *model.AgentFilterParams) (*model.OrganizationConnection, error) {
	return listedAs(ctx, agentsOf(valueflows.ClassOrganization, filter), func(a *valueflows.Agent) *model.Organization { return (*model.Organization)(a) })
}

// EcologicalAgents are the ecological agents.
func (query) EcologicalAgents(ctx context.Context, _ *int, _ *string, _ *int, _ *string, filter *model.AgentFilterParams) (*model.EcologicalAgentConnection, error) {
	return listedAs(ctx, agentsOf(valueflows.ClassEcologicalAgent, filter), func(a *valueflows.Agent) *model.EcologicalAgent { return (*model.EcologicalAgent)(a) })
}

func (m mutation) createAgent(ctx context.Context, argument string, kind valueflows.Class, a valueflows.Agent) (*valueflows.Agent, error) {
	a.Kind = kind
	return created(ctx, m.node, argument, a)
}

func (m mutation) updateAgent(ctx context.Context, argument string, kind valueflows.Class, said model.AgentUpdate) (*valueflows.Agent, error) {
	return changed(ctx, m.node, argument, said.Target, func(a *valueflows.Agent) error {
		if a.Kind != kind {
			return node.ErrNotFound
		}
		set(&a.Name, said.Name)
		put(&a.ClassifiedAs, said.ClassifiedAs)
		set(&a.Image, said.Image)
		set(&a.Note, said.Note)
		set(&a.PrimaryLocation, said.PrimaryLocation)
		return nil
	})
}

// deleteAgent deletes an agent of a kind. An id that names one of another kind
// names none of this kind.
func (m mutation) deleteAgent(ctx context.Context, kind valueflows.Class, revisionID, id *string) (bool, error) {
	return deleted(ctx, m.node, revisionID, id, func(a *valueflows.Agent) error {
		if a.Kind != kind {
			return node.ErrNotFound
		}
		return nil
	})
}

// CreatePerson adds a person.
func (m mutation) CreatePerson(ctx context.Context, person valueflows.Agent) (*generated.PersonResponse, error) {
	a, err := m.createAgent(ctx, "person", valueflows.ClassPerson, person)
	return &generated.PersonResponse{Agent: (*model.Person)(a)}, err
}

// UpdatePerson changes what is known of a person.
func (m mutation) UpdatePerson(ctx context.Context, person model.AgentUpdate) (*generated.PersonResponse, error) {
	a, err := m.updateAgent(ctx, "person", valueflows.ClassPerson, person)
	return &generated.PersonResponse{Agent: (*model.Person)(a)}, err
}

// DeletePerson erases who a person is.
func (m mutation) DeletePerson(ctx context.Context, revisionID, id *string) (bool, error) {
	return m.deleteAgent(ctx, valueflows.ClassPerson, revisionID, id)
}

// CreateOrganization adds an organization.
func (m mutation) CreateOrganization(ctx context.Context, organization valueflows.Agent) (*generated.OrganizationResponse, error) {
	a, err := m.createAgent(ctx, "organization", valueflows.ClassOrganization, organization)
	return &generated.OrganizationResponse{Agent: (*model.Organization)(a)}, err
}

// UpdateOrganization changes an organization.
func (m mutation) UpdateOrganization(ctx context.Context, organization model.AgentUpdate) (*generated.OrganizationResponse, error) {
	a, err := m.updateAgent(ctx, "organization", valueflows.ClassOrganization, organization)
	return &generated.OrganizationResponse{Agent: (*model.Organization)(a)}, err
}

// DeleteOrganization deletes an organization that nothing names.
func (m mutation) DeleteOrganization(ctx context.Context, revisionID, id *string) (bool, error) {
	return m.deleteAgent(ctx, valueflows.ClassOrganization, revisionID, id)
}

// CreateEcologicalAgent adds an ecological agent.
func (m mutation) CreateEcologicalAgent(ctx context.Context, ecologicalAgent valueflows.Agent) (*generated.EcologicalAgentResponse, error) {
	a, err := m.createAgent(ctx, "ecologicalAgent", valueflows.ClassEcologicalAgent, ecologicalAgent)
	return &generated.EcologicalAgentResponse{Agent: (*model.EcologicalAgent)(a)}, err
}

// UpdateEcologicalAgent changes an ecological agent.
func (m mutation) UpdateEcologicalAgent(ctx context.Context, ecologicalAgent model.AgentUpdate) (*generated.EcologicalAgentResponse, error) {
	a, err := m.updateAgent(ctx, "ecologicalAgent", valueflows.ClassEcologicalAgent, ecologicalAgent)
	return &generated.EcologicalAgentResponse{Agent: (*model.EcologicalAgent)(a)}, err
}

// DeleteEcologicalAgent deletes an ecological agent that nothing names.
func (m mutation) DeleteEcologicalAgent(ctx context.Context, revisionID, id *string) (bool, error) {
	return m.deleteAgent(ctx, valueflows.ClassEcologicalAgent, revisionID, id)
}
