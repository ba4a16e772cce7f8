package flow

import (
	"cmp"
	"math/big"
	"slices"

	"disconode/valueflows"
)

// earlier orders events as they were recorded, else as they happened.
func earlier(a, b *valueflows.EconomicEvent) int {
	return cmp.Or(cmp.Compare(a.Position, b.Position), cmp.Compare(a.At(), b.At()), compareIDs(a.ID, b.ID))
}

// net counts corrections on what they correct, and files the flows.
func (r *rollupReader) net() {
	all := map[valueflows.ID]*valueflows.EconomicEvent{}
	for _, events := range r.everything() {
		for _, e := range events {
			all[e.ID] = e
		}
	}
	flows := map[valueflows.ID]*rollupFlow{}
	for _, e := range inOrder(all) {
		root := original(e, all)
		if flows[root.ID] == nil {
			flows[root.ID] = r.facts.flow(root)
		}
		flows[root.ID].count(e)
	}
	for _, e := range inOrder(all) {
		f := flows[e.ID]
		if f == nil || f.cameToNothing() {
			delete(flows, e.ID)
			continue
		}
		if r.events[e.ID] == nil {
			continue // of a deal only
		}
		for _, id := range distinct(f.resource, f.to) {
			if !id.IsZero() {
				r.facts.into[id] = append(r.facts.into[id], f)
			}
		}
		if !f.inputOf.IsZero() {
			r.facts.inputs[f.inputOf] = append(r.facts.inputs[f.inputOf], f)
		}
		if !f.outputOf.IsZero() {
			r.facts.outputs[f.outputOf] = append(r.facts.outputs[f.outputOf], f)
		}
	}
	r.sides(flows)
}

// sides files the deals by event.
func (r *rollupReader) sides(flows map[valueflows.ID]*rollupFlow) {
	agreements := make([]valueflows.ID, 0, len(r.deals))
	for id := range r.deals {
		agreements = append(agreements, id)
	}
	slices.SortFunc(agreements, compareIDs)
	of := func(events []*valueflows.EconomicEvent, open []RollupOpen) (side []*rollupFlow) {
		events = slices.SortedFunc(slices.Values(events), earlier)
		for _, e := range slices.CompactFunc(events, func(a, b *valueflows.EconomicEvent) bool { return a.ID == b.ID }) {
			if f := flows[e.ID]; f != nil {
				side = append(side, f)
			}
		}
		open = slices.SortedFunc(slices.Values(open), func(a, b RollupOpen) int { return compareIDs(a.Clause.ID, b.Clause.ID) })
		for _, clause := range open {
			if clause.Open.Sign() > 0 {
				side = append(side, r.facts.open(clause))
			}
		}
		return side
	}
	for _, id := range agreements {
		d := r.deals[id]
		primary, reciprocal := of(d.Primary, d.PrimaryOpen), of(d.Reciprocal, d.ReciprocalOpen)
		for _, side := range []rollupSide{{id, primary, reciprocal}, {id, reciprocal, primary}} {
			for _, f := range side.mine {
				r.facts.deals[f.record] = append(r.facts.deals[f.record], side)
			}
		}
	}
}

func inOrder(events map[valueflows.ID]*valueflows.EconomicEvent) []*valueflows.EconomicEvent {
	list := make([]*valueflows.EconomicEvent, 0, len(events))
	for _, e := range events {
		list = append(list, e)
	}
	slices.SortFunc(list, earlier)
	return list
}

// original is what a correction corrects in the end, where it is among all.
func original(e *valueflows.EconomicEvent, all map[valueflows.ID]*valueflows.EconomicEvent) *valueflows.EconomicEvent {
	for steps := 0; steps < len(all) && all[e.Corrects] != nil; steps++ {
		e = all[e.Corrects]
	}
	return e
}

// flow is an event that nothing has been counted of yet.
func (k *rollupFacts) flow(e *valueflows.EconomicEvent) *rollupFlow {
	f := &rollupFlow{
		record: e.ID, class: valueflows.ClassEconomicEvent, action: e.Action, specification: e.ResourceConformsTo, state: e.State,
		agent: e.Provider, resource: e.ResourceInventoriedAs, to: e.LeadsTo(), inputOf: e.InputOf, outputOf: e.OutputOf, event: e,
	}
	for _, id := range []valueflows.ID{f.resource, f.to} {
		if resource := k.resources[id]; f.specification.IsZero() && resource != nil {
			f.specification = resource.ConformsTo
		}
	}
	return f
}

// open is what is still to come of a clause.
func (k *rollupFacts) open(o RollupOpen) *rollupFlow {
	c := o.Clause
	f := &rollupFlow{
		record: c.ID, class: valueflows.ClassCommitment, action: c.Action, specification: c.ResourceConformsTo, agent: c.Provider, resource: c.ResourceInventoriedAs,
	}
	if resource := k.resources[f.resource]; f.specification.IsZero() && resource != nil {
		f.specification = resource.ConformsTo
	}
	switch {
	case c.ResourceQuantity != nil:
		f.quantity = &amount{ratOf(o.Open), c.ResourceQuantity.HasUnit}
	case c.EffortQuantity != nil:
		f.effort = &amount{ratOf(o.Open), c.EffortQuantity.HasUnit}
	}
	return f
}

// count adds what the event, or a correction of it, says.
func (f *rollupFlow) count(e *valueflows.EconomicEvent) {
	for _, q := range []struct {
		sum   **amount
		event *valueflows.Measure
	}{{&f.quantity, e.ResourceQuantity}, {&f.effort, e.EffortQuantity}} {
		if q.event == nil {
			continue
		}
		if *q.sum == nil {
			*q.sum = &amount{new(big.Rat), q.event.HasUnit}
		}
		(*q.sum).number.Add((*q.sum).number, ratOf(q.event.HasNumericalValue))
	}
}

// cameToNothing tells whether what happened was taken back in full.
func (f *rollupFlow) cameToNothing() bool {
	for _, a := range f.amounts() {
		if a.number.Sign() != 0 {
			return false
		}
	}
	return true
}
