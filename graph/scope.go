package graph

import (
	"context"
	"slices"

	"disconode/node"
	"disconode/valueflows"
)

// What is found by way of processes: the events of the processes in an agent's
// scope.

// eventsInScope are the events of the processes that each agent groups: a page
// of each process's events, in recorded order, cut to one page.
func eventsInScope(ctx context.Context, n *node.Node, agents []valueflows.ID, f node.Filter, p node.Page) ([]node.Listing[valueflows.EconomicEvent], error) {
	scopes, err := node.ListBy[valueflows.Process](ctx, n, node.LinkInScopeOf, agents, node.Filter{}, node.Page{First: listMax})
	if err != nil {
		return nil, err
	}
	var processes []valueflows.ID
	for _, s := range scopes {
		if s.HasNext {
			return nil, &errTooMany{"an agent's scope of processes", "processes, and of each its events,"}
		}
		for _, process := range s.Nodes {
			processes = append(processes, process.ID)
		}
	}
	found := map[valueflows.ID][]*valueflows.EconomicEvent{}
	more := map[valueflows.ID]bool{}
	for _, side := range []node.Link{node.LinkInputOf, node.LinkOutputOf} {
		flows, err := node.ListBy[valueflows.EconomicEvent](ctx, n, side, processes, f, p)
		if err != nil {
			return nil, err
		}
		for i, flow := range flows {
			found[processes[i]] = append(found[processes[i]], flow.Nodes...)
			more[processes[i]] = more[processes[i]] || flow.HasNext && p.First > 0 || flow.HasPrevious && p.Last > 0
		}
	}
	pages := make([]node.Listing[valueflows.EconomicEvent], len(agents))
	for i, s := range scopes {
		var events []*valueflows.EconomicEvent
		beyond := false
		for _, process := range s.Nodes {
			events = append(events, found[process.ID]...)
			beyond = beyond || more[process.ID]
		}
		pages[i] = cut(events, p)
		if p.First > 0 {
			pages[i].HasNext = pages[i].HasNext || beyond
		} else {
			pages[i].HasPrevious = pages[i].HasPrevious || beyond
		}
	}
	return pages, nil
}

// cut is a page of records, each of them once, in recorded order.
func cut[T node.Kept](all []*T, p node.Page) node.Listing[T] {
	at := func(record *T) int64 { return any(record).(kept).Rec().Position }
	slices.SortFunc(all, func(a, b *T) int {
		switch {
		case at(a) < at(b):
			return -1
		case at(a) > at(b):
			return 1
		}
		return 0
	})
	all = slices.CompactFunc(all, func(a, b *T) bool { return at(a) == at(b) })
	page := node.Listing[T]{HasPrevious: p.After != 0, HasNext: p.Before != 0}
	for _, record := range all {
		if (p.After == 0 || at(record) > p.After) && (p.Before == 0 || at(record) < p.Before) {
			page.Nodes = append(page.Nodes, record)
		}
	}
	if p.First > 0 && len(page.Nodes) > p.First {
		page.Nodes, page.HasNext = page.Nodes[:p.First], true
	}
	if p.Last > 0 && len(page.Nodes) > p.Last {
		page.Nodes, page.HasPrevious = page.Nodes[len(page.Nodes)-p.Last:], true
	}
	return page
}
