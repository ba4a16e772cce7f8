package node

import (
	"cmp"
	"context"
	"slices"

	"disconode/valueflows"
	"disconode/valueflows/planning"
)

// Shortages tells what is short of a plan now, and from whom it could come: what
// its flows take from the agent whose processes they are and neither its stock
// nor what is scheduled covers, after what was planned before; and the intents
// of the plan for which nobody was found. What comes later than it is needed is
// not short. It fails with [ErrNotFound].
func (n *Node) Shortages(ctx context.Context, plan valueflows.ID) ([]planning.Shortage, error) {
	r, _, network, err := n.work(ctx, plan)
	if err != nil {
		return nil, err
	}
	agent := r.lab
	for _, p := range slices.Backward(network.Processes) {
		agent = cmp.Or(p.InScopeOf, agent)
	}
	var conforming []valueflows.ID
	own := map[valueflows.ID]bool{}
	for _, c := range network.Commitments {
		conforming, own[c.ID] = append(conforming, c.ResourceConformsTo), true
	}
	for _, i := range network.Intents {
		conforming, own[i.ID] = append(conforming, i.ResourceConformsTo), true
	}
	conforming = sorted(conforming)
	s, err := r.supplies(agent, conforming)
	if err != nil {
		return nil, err
	}
	if err := s.reserve(func(*taking) bool { return false }, nil); err != nil {
		return nil, err
	}
	var all []planning.Shortage
	for _, t := range s.taking {
		if own[t.flow] && t.left.Sign() > 0 {
			short := valueflows.Measure{HasNumericalValue: t.left, HasUnit: t.unit}
			if in, err := short.In(t.stated); err == nil { // else as it was counted
				short = in
			}
			all = append(all, planning.Shortage{Kind: t.Kind, Quantity: short, Due: instantOf(t.due),
				Reason: planning.Nobody, Flow: t.flow})
		}
	}
	wanted, err := r.wanted(network.Intents)
	if err != nil {
		return nil, err
	}
	all = append(all, wanted...)
	sources, err := r.sources(agent, conforming)
	if err != nil {
		return nil, err
	}
	for i := range all {
		all[i].From = where(sources, func(s planning.Source) bool { return s.Specification == all[i].Specification })
	}
	slices.SortStableFunc(all, func(a, b planning.Shortage) int { return cmp.Compare(a.Due, b.Due) })
	return all, nil
}

// wanted are the intents that ask for something and have not been satisfied.
func (r *planReader) wanted(intents []*valueflows.Intent) ([]planning.Shortage, error) {
	satisfied, err := r.satisfactions(intents)
	if err != nil {
		return nil, err
	}
	var all []planning.Shortage
	for _, i := range intents {
		f := satisfied[i.ID]
		if f == nil || f.Done || f.Finished || !i.Provider.IsZero() {
			continue
		}
		short := planning.Shortage{Kind: planning.Kind{Specification: i.ResourceConformsTo, Stage: i.Stage, State: i.State},
			Due: instantOf(plannedAt(&i.Planned)), Reason: planning.Nobody, Flow: i.ID}
		if p := cmp.Or(f.Effort, f.Resource); p != nil {
			short.Quantity = valueflows.Measure{HasNumericalValue: p.Open, HasUnit: p.Unit}
		}
		all = append(all, short)
	}
	return all, nil
}

func instantOf(t *valueflows.Time) valueflows.Instant {
	if t == nil {
		return 0
	}
	return t.Instant
}
