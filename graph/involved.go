package graph

import (
	"context"
	"slices"

	"disconode/node"
	"disconode/valueflows"
)

// Who has a part in a process, a plan or an agreement: the parties of its events
// and of what is planned or promised in it.

// parties are some agents of each of several owners, collected from lists of
// their flows.
type parties struct {
	ctx    context.Context
	n      *node.Node
	owners []valueflows.ID
	found  [][]valueflows.ID // of each owner
}

// partiesOf starts a collection.
func partiesOf(ctx context.Context, n *node.Node, owners []valueflows.ID) *parties {
	return &parties{ctx, n, owners, make([][]valueflows.ID, len(owners))}
}

// collect adds of each owner's flows by each of some links the parties that of
// tells.
func collect[T node.Kept](p *parties, of func(*T) []valueflows.ID, by ...node.Link) error {
	for _, link := range by {
		lists, err := node.ListBy[T](p.ctx, p.n, link, p.owners, node.Filter{}, node.Page{First: listMax})
		if err != nil {
			return err
		}
		for i, list := range lists {
			if list.HasNext {
				return &errTooMany{"what it has to do with", "its flows"}
			}
			for _, flow := range list.Nodes {
				p.found[i] = append(p.found[i], of(flow)...)
			}
		}
	}
	return nil
}

// pages are the agents collected, of each owner a page.
func (p *parties) pages(f node.Filter, page node.Page) ([]node.Listing[valueflows.Agent], error) {
	var all []valueflows.ID
	for _, some := range p.found {
		all = append(all, some...)
	}
	agents, l := class[valueflows.Agent]{}, loadsOf(p.ctx)
	if err := agents.read(p.ctx, l, all); err != nil {
		return nil, err
	}
	pages := make([]node.Listing[valueflows.Agent], len(p.owners))
	for i, some := range p.found {
		var found []*valueflows.Agent
		for _, id := range once(some) {
			if a, ok := agents.get(l, id).(*valueflows.Agent); ok && !a.ID.IsZero() && suits(a, f) {
				found = append(found, a)
			}
		}
		pages[i] = cut(found, page)
	}
	return pages, nil
}

// The parties of a flow.

func eventParties(e *valueflows.EconomicEvent) []valueflows.ID {
	return []valueflows.ID{e.Provider, e.Receiver}
}

func commitmentParties(c *valueflows.Commitment) []valueflows.ID {
	return []valueflows.ID{c.Provider, c.Receiver}
}

func intentParties(i *valueflows.Intent) []valueflows.ID {
	return []valueflows.ID{i.Provider, i.Receiver}
}

// agentsOfProcess are the providers and receivers of each process's events, and
// of the commitments and intents into and out of it.
func agentsOfProcess(ctx context.Context, n *node.Node, processes []valueflows.ID, f node.Filter, page node.Page) ([]node.Listing[valueflows.Agent], error) {
	p := partiesOf(ctx, n, processes)
	if err := collect(p, eventParties, node.LinkInputs, node.LinkOutputs); err != nil {
		return nil, err
	}
	if err := collect(p, commitmentParties, node.LinkInputOf, node.LinkOutputOf); err != nil {
		return nil, err
	}
	if err := collect(p, intentParties, node.LinkInputOf, node.LinkOutputOf); err != nil {
		return nil, err
	}
	return p.pages(f, page)
}

// workingAgents are the providers of each process's work: of what is counted as
// effort alone.
func workingAgents(ctx context.Context, n *node.Node, processes []valueflows.ID, f node.Filter, page node.Page) ([]node.Listing[valueflows.Agent], error) {
	p := partiesOf(ctx, n, processes)
	err := collect(p, func(e *valueflows.EconomicEvent) []valueflows.ID {
		if valueflows.Actions[e.Action].EventQuantity != "effort" {
			return nil
		}
		return []valueflows.ID{e.Provider}
	}, node.LinkInputs, node.LinkOutputs)
	if err != nil {
		return nil, err
	}
	return p.pages(f, page)
}

// agentsOfAgreement are the providers and receivers of each agreement's clauses
// and events.
func agentsOfAgreement(ctx context.Context, n *node.Node, agreements []valueflows.ID, f node.Filter, page node.Page) ([]node.Listing[valueflows.Agent], error) {
	p := partiesOf(ctx, n, agreements)
	if err := collect(p, commitmentParties, node.LinkClauses); err != nil {
		return nil, err
	}
	if err := collect(p, eventParties, node.LinkOfAgreement); err != nil {
		return nil, err
	}
	return p.pages(f, page)
}

// agentsOfPlan are the providers and receivers of each plan's events, and of the
// commitments and intents that are part of it or of its processes.
func agentsOfPlan(ctx context.Context, n *node.Node, plans []valueflows.ID, f node.Filter, page node.Page) ([]node.Listing[valueflows.Agent], error) {
	p := partiesOf(ctx, n, plans)
	if err := collect(p, eventParties, node.LinkOfPlan); err != nil {
		return nil, err
	}
	if err := collect(p, commitmentParties, node.LinkPlannedWithin, node.LinkIndependentDemandOf); err != nil {
		return nil, err
	}
	if err := collect(p, intentParties, node.LinkPlannedWithin); err != nil {
		return nil, err
	}
	of, err := planOfProcess(ctx, plans)
	if err != nil || len(of) == 0 {
		return p.pages(f, page)
	}
	inProcesses := node.Filter{}
	for process := range of {
		inProcesses.Process = append(inProcesses.Process, process)
	}
	slices.SortFunc(inProcesses.Process, func(a, b valueflows.ID) int { return slices.Compare(a[:], b[:]) })
	commitments, err := flowsIn[valueflows.Commitment](ctx, n, inProcesses)
	if err != nil {
		return nil, err
	}
	for _, c := range commitments {
		p.add(of, c.InputOf, c.OutputOf, commitmentParties(c))
	}
	intents, err := flowsIn[valueflows.Intent](ctx, n, inProcesses)
	if err != nil {
		return nil, err
	}
	for _, i := range intents {
		p.add(of, i.InputOf, i.OutputOf, intentParties(i))
	}
	return p.pages(f, page)
}

// add adds the parties of a flow of processes to the owners that the processes are of.
func (p *parties) add(of map[valueflows.ID]int, input, output valueflows.ID, parties []valueflows.ID) {
	for _, process := range []valueflows.ID{input, output} {
		if owner, ok := of[process]; ok {
			p.found[owner] = append(p.found[owner], parties...)
		}
	}
}

// flowsMost is how many flows of processes are read at once.
const flowsMost = 10 * listMax

// flowsIn are the flows into and out of processes.
func flowsIn[T node.Kept](ctx context.Context, n *node.Node, inProcesses node.Filter) ([]*T, error) {
	tooMany := &errTooMany{"what the plans' processes have to do with", "fewer plans"}
	if len(inProcesses.Process) > flowsMost/2 {
		return nil, tooMany
	}
	list, err := node.List[T](ctx, n, inProcesses, node.Page{First: flowsMost})
	if err == nil && list.HasNext {
		err = tooMany
	}
	return list.Nodes, err
}
