package node

import (
	"bytes"
	"cmp"
	"context"
	"slices"

	"disconode/node/store"
	"disconode/valueflows"
	"disconode/valueflows/flow"
)

// NetworkQuestion asks what flowed between specifications and processes,
// between agents, or between processes.
type NetworkQuestion struct {
	Between flow.Between
	// From and Until bound when it happened, the second exclusive; nil is no bound.
	From, Until *valueflows.Instant
	// Stages takes for each process the specification that it is based on, so that
	// all baking is one; a process that is based on none is left out.
	Stages bool
	Limit  int // of edges; zero is networkMax
}

// Network is what flowed: the edges that most events made, in the order of the
// ids. More tells that the limit cut some off.
type Network struct {
	Edges []flow.NetworkEdge
	More  bool
}

// networkMax is how many edges are answered.
const networkMax = 1_000

// FlowNetwork adds up what flowed in the books that the caller acts in, in one
// statement. Care for people, which is its parties' own, is left out. Agents
// that the caller may not see are one, the zero id: (not shown).
//
// It fails with a [*valueflows.InputError]: TIME_CONFLICT, TOO_MANY, OUT_OF_RANGE.
func (n *Node) FlowNetwork(ctx context.Context, q NetworkQuestion) (*Network, error) {
	p := PrincipalOf(ctx)
	if May(p.Role, See, Contributions) == Never {
		return nil, ErrForbidden
	}
	if p.Lab.IsZero() {
		return nil, errNoLab
	}
	if err := checkSpan(q.From, q.Until); err != nil {
		return nil, err
	}
	if q.Limit == 0 {
		q.Limit = networkMax
	}
	if q.Limit < 0 || q.Limit > networkMax {
		return nil, valueflows.At(valueflows.Invalid("TOO_MANY", "ask for 1 to %d edges", networkMax), "limit")
	}
	o := flow.NetworkOptions{Between: q.Between}
	o.From, o.Until = bounds(q.From, q.Until)
	if q.Stages {
		based := map[valueflows.ID]valueflows.ID{}
		if err := n.store.EachBase(ctx, p.Lab, func(process, on valueflows.ID) { based[process] = on }); err != nil {
			return nil, outward(err)
		}
		o.Group = func(process valueflows.ID) valueflows.ID { return based[process] }
	}
	network := flow.NewNetwork(o)
	span := store.Span{From: q.From, Until: q.Until}
	if q.Between == flow.BetweenProcesses { // what is in stock is told by all that happened
		span = store.Span{}
	}
	err := n.store.EachFlowing(ctx, p.Lab, span, func(e *store.Event) error {
		if e.ResourceConformsTo.IsZero() {
			e.ResourceConformsTo = e.Specification
		}
		return network.Add(&e.EconomicEvent)
	})
	if err != nil {
		return nil, outward(err)
	}
	edges, err := network.Edges()
	if err == nil && q.Between == flow.BetweenAgents {
		edges, err = n.edgesSeen(ctx, p, edges)
	}
	if err != nil {
		return nil, err
	}
	return cut(edges, q.Limit), nil
}

// edgesSeen are edges between agents, with those that the principal may not see as one.
func (n *Node) edgesSeen(ctx context.Context, p Principal, edges []flow.NetworkEdge) ([]flow.NetworkEdge, error) {
	var ids []valueflows.ID
	asked := map[valueflows.ID]bool{}
	for _, e := range edges {
		for _, id := range []valueflows.ID{e.From, e.To} {
			if !asked[id] {
				asked[id] = true
				ids = append(ids, id)
			}
		}
	}
	known, err := n.agentsSeen(ctx, p, ids)
	if err != nil {
		return nil, outward(err)
	}
	type key struct{ from, to, unit valueflows.ID }
	sums := map[key]*valueflows.Sum{}
	events := map[key]int{}
	var order []key
	for _, e := range edges {
		k := key{e.From, e.To, e.Quantity.HasUnit}
		if known[e.From] == nil {
			k.from = valueflows.ID{}
		}
		if known[e.To] == nil {
			k.to = valueflows.ID{}
		}
		if sums[k] == nil {
			sums[k] = new(valueflows.Sum)
			order = append(order, k)
		}
		sums[k].Add(e.Quantity.HasNumericalValue)
		events[k] += e.Events
	}
	var shown []flow.NetworkEdge
	for _, k := range order {
		d, err := sums[k].Decimal()
		if err != nil {
			return nil, err
		}
		shown = append(shown, flow.NetworkEdge{From: k.from, To: k.to, Quantity: valueflows.Measure{HasNumericalValue: d, HasUnit: k.unit}, Events: events[k]})
	}
	return shown, nil
}

// cut keeps the edges that most events made.
func cut(edges []flow.NetworkEdge, most int) *Network {
	network := &Network{Edges: edges}
	byID := func(a, b flow.NetworkEdge) int {
		return cmp.Or(bytes.Compare(a.From[:], b.From[:]), bytes.Compare(a.To[:], b.To[:]), bytes.Compare(a.Quantity.HasUnit[:], b.Quantity.HasUnit[:]))
	}
	if len(edges) > most {
		slices.SortFunc(edges, func(a, b flow.NetworkEdge) int { return cmp.Or(cmp.Compare(b.Events, a.Events), byID(a, b)) })
		network.Edges, network.More = edges[:most], true
	}
	slices.SortFunc(network.Edges, byID)
	return network
}
