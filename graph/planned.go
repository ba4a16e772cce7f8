package graph

import (
	"context"
	"slices"

	"github.com/99designs/gqlgen/graphql"

	"disconode/graph/model"
	"disconode/node"
	"disconode/valueflows"
)

// What a plan says by what is part of it: the vocabulary derives its times, its
// scope and whether it is finished from its processes.

// processesOf are the processes of each plan, read once a request.
func processesOf(ctx context.Context, l *loads, plans []valueflows.ID) (map[valueflows.ID][]*valueflows.Process, error) {
	key := func(plan valueflows.ID) listKey { return listKey{nil, plan} }
	found := map[valueflows.ID][]*valueflows.Process{}
	var missing []valueflows.ID
	l.mu.Lock()
	for _, plan := range plans {
		if processes, ok := l.lists[key(plan)].([]*valueflows.Process); ok {
			found[plan] = processes
		} else {
			missing = append(missing, plan)
		}
	}
	l.mu.Unlock()
	if len(missing) == 0 {
		return found, nil
	}
	pages, err := node.ListBy[valueflows.Process](ctx, l.node, node.LinkPlannedWithin, missing, node.Filter{}, node.Page{First: listMax})
	if err != nil {
		return nil, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for i, page := range pages {
		if page.HasNext {
			return nil, &errTooMany{"a plan", "processes(filter: {plan: …})"}
		}
		found[missing[i]] = page.Nodes
		l.lists[key(missing[i])] = page.Nodes
	}
	return found, nil
}

// planOfProcess tells of each process of some plans which of these it is of.
func planOfProcess(ctx context.Context, plans []valueflows.ID) (map[valueflows.ID]int, error) {
	processes, err := processesOf(ctx, loadsOf(ctx), plans)
	if err != nil {
		return nil, err
	}
	of := map[valueflows.ID]int{}
	for i, plan := range plans {
		for _, process := range processes[plan] {
			of[process.ID] = i
		}
	}
	return of, nil
}

// fromProcesses is what is worked out of a plan's processes.
func fromProcesses[V any](work func([]*valueflows.Process) V) func(context.Context, *loads, []valueflows.ID) ([]V, error) {
	return func(ctx context.Context, l *loads, plans []valueflows.ID) ([]V, error) {
		processes, err := processesOf(ctx, l, plans)
		if err != nil {
			return nil, err
		}
		values := make([]V, len(plans))
		for i, plan := range plans {
			values[i] = work(processes[plan])
		}
		return values, nil
	}
}

// startOf is when the first of some processes begins; nil where none says.
func startOf(processes []*valueflows.Process) *valueflows.Time {
	var first *valueflows.Time
	for _, p := range processes {
		if t := p.HasBeginning; t != nil && (first == nil || t.Instant < first.Instant) {
			first = t
		}
	}
	return first
}

// endOf is when the last of some processes ends; nil where none says.
func endOf(processes []*valueflows.Process) *valueflows.Time {
	var last *valueflows.Time
	for _, p := range processes {
		if t := p.HasEnd; t != nil && (last == nil || t.Instant > last.Instant) {
			last = t
		}
	}
	return last
}

// allFinished tells whether all of some processes are finished; nil where there
// is none.
func allFinished(processes []*valueflows.Process) *bool {
	if len(processes) == 0 {
		return nil
	}
	all := !slices.ContainsFunc(processes, func(p *valueflows.Process) bool { return p.Finished == nil || !*p.Finished })
	return &all
}

// scopesOf are the agents that some processes are grouped under.
func scopesOf(processes []*valueflows.Process) []valueflows.ID {
	var ids []valueflows.ID
	for _, p := range processes {
		ids = append(ids, p.InScopeOf)
	}
	return once(ids)
}

// InScopeOf are the agents that its processes are grouped under.
func (plans) InScopeOf(ctx context.Context, p *valueflows.Plan) ([]model.Agent, error) {
	ids, err := derivedOf[[]valueflows.ID](ctx, p)
	if err != nil {
		return nil, err
	}
	return severalAgents(ctx, ids)
}

// PlanIncludes are the processes, commitments and intents that are part of it.
func (plans) PlanIncludes(ctx context.Context, p *valueflows.Plan) ([]model.PlanItem, error) {
	found, err := derivedOf[[]any](ctx, p)
	if err != nil {
		return nil, err
	}
	items := []model.PlanItem{}
	for _, item := range found {
		items = append(items, item.(model.PlanItem))
	}
	return items, nil
}

// planItems is the link from plans to all that is part of them.
type planItems struct{ selected }

func (planItems) wants([]any) (reader, []valueflows.ID) { return nil, nil }

func (planItems) follow(ctx context.Context, owners []any, f graphql.CollectedField) ([]any, error) {
	l, plans := loadsOf(ctx), idsOf(owners)
	items := make([][]any, len(plans))
	for _, add := range []func(context.Context, *node.Node, []valueflows.ID, [][]any) error{
		include[valueflows.Process], include[valueflows.Commitment], include[valueflows.Intent],
	} {
		if err := add(ctx, l.node, plans, items); err != nil {
			return nil, err
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	var found []any
	for i, plan := range plans {
		l.lists[listKey{f.Field, plan}] = items[i]
		found = append(found, items[i]...)
	}
	return found, nil
}

// include adds the records of a class that are part of each plan.
func include[T node.Kept](ctx context.Context, n *node.Node, plans []valueflows.ID, items [][]any) error {
	pages, err := node.ListBy[T](ctx, n, node.LinkPlannedWithin, plans, node.Filter{}, node.Page{First: listMax})
	if err != nil {
		return err
	}
	for i, page := range pages {
		for _, item := range page.Nodes {
			items[i] = append(items[i], item)
		}
		if page.HasNext || len(items[i]) > listMax {
			return &errTooMany{"a plan", "processes, commitments and intents with filter: {plan: …}"}
		}
	}
	return nil
}

func (planItems) write(d *direct, owner any, f graphql.CollectedField) bool {
	items, ok := valueIn[[]any](d.loads, f, owner)
	return ok && d.objects(f.Selections, items)
}

// outsideProcesses tells whether a flow is part of no process.
func outsideProcesses(p *valueflows.Planned) bool { return p.InputOf.IsZero() && p.OutputOf.IsZero() }
