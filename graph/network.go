package graph

import (
	"context"

	"github.com/99designs/gqlgen/graphql"

	"disconode/graph/generated"
	"disconode/graph/model"
	"disconode/node"
	"disconode/valueflows"
	"disconode/valueflows/flow"
)

// networkFlowsDefault is how many flows of a network are answered with, where the
// query does not say; networkFlowsMax how many at most.
const (
	networkFlowsDefault = 200
	networkFlowsMax     = 1000
)

// FlowNetwork is what flowed between kinds and processes, agents, or processes.
func (q query) FlowNetwork(ctx context.Context, between *generated.NetworkBetween, from, to *valueflows.Time, stages *bool, limit *int) (*model.FlowNetwork, error) {
	asked := node.NetworkQuestion{From: instant(from), Until: instant(to), Stages: stages != nil && *stages}
	if between != nil {
		asked.Between = map[generated.NetworkBetween]flow.Between{
			generated.NetworkBetweenAgents: flow.BetweenAgents, generated.NetworkBetweenProcesses: flow.BetweenProcesses,
		}[*between]
	}
	var err error
	if asked.Limit, err = within(limit, "limit", networkFlowsDefault, 1, networkFlowsMax); err != nil {
		return nil, err
	}
	found, err := q.node.FlowNetwork(ctx, asked)
	if err != nil {
		return nil, err
	}
	network := &model.FlowNetwork{Flows: make([]*model.NetworkFlow, len(found.Edges)), More: found.More}
	for i, e := range found.Edges {
		network.Flows[i] = &model.NetworkFlow{NetworkEdge: e, Between: asked.Between, Stages: asked.Stages}
	}
	return network, aheadOf(ctx, network)
}

// instant is when a time is; nil for none.
func instant(t *valueflows.Time) *valueflows.Instant {
	if t == nil {
		return nil
	}
	return &t.Instant
}

// networkClasses are the classes that what an edge is between may be of. An id
// is of one of them only.
func networkClasses(e *model.NetworkFlow) []reader {
	var process reader = class[valueflows.Process]{}
	if e.Stages {
		process = class[valueflows.ProcessSpecification]{}
	}
	switch e.Between {
	case flow.BetweenAgents:
		return []reader{class[valueflows.Agent]{}}
	case flow.BetweenProcesses:
		return []reader{process}
	}
	return []reader{process, class[valueflows.ResourceSpecification]{}}
}

// networkEnd is the link from edges to where they are from, or go to.
type networkEnd struct {
	id func(*model.NetworkFlow) valueflows.ID
	selected
}

func (networkEnd) wants([]any) (reader, []valueflows.ID) { return nil, nil }

func (n networkEnd) follow(ctx context.Context, owners []any, _ graphql.CollectedField) ([]any, error) {
	var ids []valueflows.ID
	for _, owner := range owners {
		ids = append(ids, n.id(owner.(*model.NetworkFlow)))
	}
	var found []any
	if len(owners) == 0 {
		return found, nil
	}
	l := loadsOf(ctx)
	for _, read := range networkClasses(owners[0].(*model.NetworkFlow)) { // the edges of a network are alike
		if err := read.read(ctx, l, ids); err != nil {
			return nil, err
		}
		var left []valueflows.ID
		for _, id := range once(ids) {
			if record := read.get(l, id); record != nil {
				found = append(found, record)
			} else {
				left = append(left, id)
			}
		}
		ids = left
	}
	return found, nil
}

// networkLinks are the links of networks, as Type.field.
func networkLinks() map[string]link {
	type (
		network = model.FlowNetwork
		edge    = model.NetworkFlow
	)
	return map[string]link{
		"FlowNetwork.flows":    part[network, edge]{parts: func(n *network) []*edge { return n.Flows }},
		"NetworkFlow.from":     networkEnd{id: func(e *edge) valueflows.ID { return e.NetworkEdge.From }},
		"NetworkFlow.to":       networkEnd{id: func(e *edge) valueflows.ID { return e.NetworkEdge.To }},
		"NetworkFlow.quantity": measureOf(func(e *edge) *valueflows.Measure { return &e.Quantity }),
	}
}

type networkFlows struct{}

// From is where it is from.
func (networkFlows) From(ctx context.Context, e *model.NetworkFlow) (model.FlowNetworkNode, error) {
	return networkNode(ctx, e, e.NetworkEdge.From)
}

// To is where it goes to.
func (networkFlows) To(ctx context.Context, e *model.NetworkFlow) (model.FlowNetworkNode, error) {
	return networkNode(ctx, e, e.NetworkEdge.To)
}

func networkNode(ctx context.Context, e *model.NetworkFlow, id valueflows.ID) (model.FlowNetworkNode, error) {
	if e.Between == flow.BetweenAgents {
		return party(ctx, id)
	}
	l := loadsOf(ctx)
	for _, read := range networkClasses(e) {
		if err := read.read(ctx, l, []valueflows.ID{id}); err != nil {
			return nil, err
		}
		if record, ok := read.get(l, id).(model.FlowNetworkNode); ok {
			return record, nil
		}
	}
	return nil, nil
}
