package node

import (
	"context"

	"disconode/valueflows"
	"disconode/valueflows/flow"
)

// ProcessesBeside are the processes directly before or after one. More tells
// that they were not all looked for.
type ProcessesBeside struct {
	Processes []valueflows.ID
	More      bool
}

// NextProcesses are the processes that come directly after each of some that the
// caller has read: those that what came out of it went into, in the order of
// [Node.Track]; then, within its plan, those that a planned flow connects it
// with as for [Node.CriticalPath], in recorded order. most bounds how many steps
// along the events one looks at.
func (n *Node) NextProcesses(ctx context.Context, of []*valueflows.Process, most int) ([]ProcessesBeside, error) {
	return n.processesBeside(ctx, of, true, most)
}

// PreviousProcesses are the processes directly before each of some, as
// [Node.NextProcesses] are those after.
func (n *Node) PreviousProcesses(ctx context.Context, of []*valueflows.Process, most int) ([]ProcessesBeside, error) {
	return n.processesBeside(ctx, of, false, most)
}

// besideDepth is how far a process is from the next along events: an event, a
// resource, an event and the process.
const besideDepth = 4

func (n *Node) processesBeside(ctx context.Context, of []*valueflows.Process, ahead bool, most int) ([]ProcessesBeside, error) {
	starts := make([]Traced, len(of))
	for i, p := range of {
		starts[i] = p
	}
	along := (*flow.Graph).Trace
	if ahead {
		along = (*flow.Graph).Track
	}
	walks, err := n.walks(ctx, starts, WalkOptions{Depth: besideDepth, Nodes: most}, along)
	if err != nil {
		return nil, err
	}
	planned, err := n.plannedBeside(ctx, of, ahead)
	if err != nil {
		return nil, err
	}
	all := make([]ProcessesBeside, len(of))
	for i, w := range walks {
		all[i].More = w.More
		happened := map[valueflows.ID]bool{}
		for _, s := range w.Steps {
			if s.Kind == flow.Process && s.Depth > 0 {
				happened[s.ID] = true
				all[i].Processes = append(all[i].Processes, s.ID)
			}
		}
		for _, id := range planned[of[i].ID] {
			if !happened[id] {
				all[i].Processes = append(all[i].Processes, id)
			}
		}
	}
	return all, nil
}

// plannedBeside are the processes that flows of its plan connect each of some
// with: six statements, or none where nothing is planned.
func (n *Node) plannedBeside(ctx context.Context, of []*valueflows.Process, ahead bool) (map[valueflows.ID][]valueflows.ID, error) {
	var within []valueflows.ID
	for _, p := range of {
		if !p.PlannedWithin.IsZero() {
			within = append(within, p.PlannedWithin)
		}
	}
	r, err := n.planReader(ctx)
	if r == nil || err != nil || len(within) == 0 {
		return nil, err
	}
	plans, err := Many[valueflows.Plan](ctx, n, sorted(within))
	if err != nil {
		return nil, err
	}
	plans = where(plans, func(p *valueflows.Plan) bool { return p != nil })
	work, err := r.planned(plans, true)
	if err != nil {
		return nil, err
	}
	all := map[valueflows.ID][]valueflows.ID{}
	for i, plan := range plans {
		network, books := &work[i], r.booksOf(&plan.Record)
		network.Processes = ofBooks(r, books, network.Processes)
		network.Commitments = ofBooks(r, books, network.Commitments)
		network.Intents = ofBooks(r, books, network.Intents)
		asked := where(of, func(p *valueflows.Process) bool { return p.PlannedWithin == plan.ID })
		for id, beside := range network.Beside(idsOf(asked), ahead) {
			all[id] = beside
		}
	}
	return all, nil
}
