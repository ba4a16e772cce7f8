package node

import (
	"cmp"
	"slices"

	"disconode/node/store"
	"disconode/valueflows"
	"disconode/valueflows/planning"
)

// fill puts into the books what there is of some specifications: the stock and
// the scheduled outputs of the agent, as far as no flow that stands open takes
// them, and who could give more.
func (r *planReader) fill(b *planning.Books, of *PlanRequest, conforming []valueflows.ID) error {
	keeps := map[valueflows.ID]bool{} // the promises that the plan shall keep take nothing beside it
	for _, d := range of.Demands {
		keeps[d.Commitment] = true
	}
	instead := insteadOf(of.Substitutes, b.Specifications)
	all := conforming
	for id, others := range instead { // who else takes of what the plan may take
		if slices.ContainsFunc(others, func(other valueflows.ID) bool { return slices.Contains(conforming, other) }) {
			all = append(slices.Clone(all), id)
		}
	}
	s, err := r.supplies(of.Agent, sorted(all))
	if err != nil {
		return err
	}
	if err := s.reserve(func(t *taking) bool { return keeps[t.flow] }, instead); err != nil {
		return err
	}
	for _, one := range s.all {
		switch {
		case one.stock != nil:
			b.Stock = append(b.Stock, planning.Stock{Resource: one.stock, Free: &valueflows.Measure{HasNumericalValue: one.left, HasUnit: one.unit}, Expires: one.expires})
		case !one.asked && one.left.Sign() > 0:
			b.Outputs = append(b.Outputs, planning.Output{Flow: one.flow, Kind: one.Kind, Free: valueflows.Measure{HasNumericalValue: one.left, HasUnit: one.unit}, At: r.coming(one.at)})
		}
	}
	b.Sources, err = r.sources(of.Agent, conforming)
	return err
}

// insteadOf are, of those specifications for which others may stand in, these others.
func insteadOf(substitutes map[valueflows.ID][]valueflows.ID, specifications []*valueflows.ResourceSpecification) map[valueflows.ID][]valueflows.ID {
	all := map[valueflows.ID][]valueflows.ID{}
	for _, s := range specifications {
		if s.Substitutable != nil && *s.Substitutable && len(substitutes[s.ID]) > 0 {
			all[s.ID] = substitutes[s.ID]
		}
	}
	return all
}

// coming is when something that stands open comes: not before now.
func (r *planReader) coming(at *valueflows.Time) *valueflows.Time {
	if at == nil || at.Instant >= r.now {
		return at
	}
	return &valueflows.Time{Instant: r.now, OffsetMinutes: at.OffsetMinutes}
}

// supplies reads what an agent has on hand, and the flows that stand open:
// outputs of processes and transfers to it bring, inputs and transfers by it
// take. A deliverable that stays with the agent is wanted for its own sake:
// nothing else takes that.
func (r *planReader) supplies(agent valueflows.ID, conforming []valueflows.ID) (*supplies, error) {
	s := &supplies{}
	stock, err := r.n.store.StockOf(r.ctx, r.lab, agent, conforming)
	if err != nil {
		return nil, outward(err)
	}
	var lots []valueflows.ID
	of := map[valueflows.ID]valueflows.ID{} // specification by resource
	for _, res := range stock {
		lots = append(lots, res.OfBatchLot)
		of[res.ID] = res.ConformsTo
	}
	known, err := store.Linked[valueflows.BatchLotRecord](r.ctx, r.n.store, r.sight, sorted(lots), store.LinkSelf)
	if err != nil {
		return nil, outward(err)
	}
	expires := map[valueflows.ID]*valueflows.Time{}
	for _, lot := range known {
		expires[lot.ID] = lot.ExpirationDate
	}
	for _, res := range stock {
		s.all = append(s.all, &supply{Kind: planning.Kind{Specification: res.ConformsTo, Stage: res.Stage, State: valueflows.Text(res.State)}, stock: res,
			resource: res.ID, unit: res.OnhandQuantity.HasUnit, left: res.OnhandQuantity.HasNumericalValue, expires: expires[res.OfBatchLot]})
	}
	if err := r.flows(s, agent, conforming, of); err != nil {
		return nil, err
	}
	slices.SortStableFunc(s.all, func(a, b *supply) int {
		return cmp.Or(first(a.stock != nil, b.stock != nil), first(a.expires != nil, b.expires != nil), compareTimes(a.expires, b.expires), compareTimes(a.at, b.at))
	})
	slices.SortStableFunc(s.taking, func(a, b *taking) int { return cmp.Compare(a.position, b.position) })
	return s, nil
}

func first(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

// compareTimes orders times, none before all.
func compareTimes(a, b *valueflows.Time) int {
	switch {
	case a == nil || b == nil:
		return first(a == nil, b == nil)
	}
	return cmp.Compare(a.Instant, b.Instant)
}

// flows adds the flows that stand open.
func (r *planReader) flows(s *supplies, agent valueflows.ID, conforming []valueflows.ID, of map[valueflows.ID]valueflows.ID) error {
	commitments, err := store.OpenFlows[valueflows.Commitment](r.ctx, r.n.store, r.lab, conforming)
	if err != nil {
		return outward(err)
	}
	intents, err := store.OpenFlows[valueflows.Intent](r.ctx, r.n.store, r.lab, conforming)
	if err != nil {
		return outward(err)
	}
	fulfilled, err := r.fulfilments(commitments)
	if err != nil {
		return err
	}
	satisfied, err := r.satisfactions(intents)
	if err != nil {
		return err
	}
	var made []valueflows.ID
	for _, c := range commitments {
		made = append(made, c.OutputOf)
	}
	for _, i := range intents {
		made = append(made, i.OutputOf)
	}
	processes, err := store.Linked[valueflows.Process](r.ctx, r.n.store, r.sight, sorted(made), store.LinkSelf)
	if err != nil {
		return outward(err)
	}
	stages := map[valueflows.ID]valueflows.ID{}
	for _, p := range processes {
		stages[p.ID] = p.BasedOn
	}
	for _, c := range commitments {
		if c.IndependentDemandOf.IsZero() || c.Receiver != agent {
			s.add(&c.Record, &c.Planned, fulfilled[c.ID], agent, stages, of)
		}
	}
	for _, i := range intents {
		s.add(&i.Record, &i.Planned, satisfied[i.ID], agent, stages, of)
	}
	return nil
}

// add sorts a flow under what it does to what the agent has.
func (s *supplies) add(rec *valueflows.Record, p *valueflows.Planned, f *Fulfilment, agent valueflows.ID, stages, of map[valueflows.ID]valueflows.ID) {
	if f == nil || f.Done || f.Resource == nil || f.Resource.Open.Sign() <= 0 {
		return
	}
	kind := planning.Kind{Specification: cmp.Or(p.ResourceConformsTo, of[p.ResourceInventoriedAs]), Stage: p.Stage, State: p.State}
	does, at := valueflows.Actions[p.Action], plannedAt(p)
	transfers := p.InputOf.IsZero() && p.OutputOf.IsZero() && does.OnhandEffect == "decrementIncrement"
	switch {
	case !p.OutputOf.IsZero() && p.Receiver == agent && does.OnhandEffect == "increment":
		kind.Stage = stages[p.OutputOf]
		fallthrough
	case transfers && p.Receiver == agent && p.Provider != agent:
		s.all = append(s.all, &supply{Kind: kind, flow: rec.ID, resource: p.ResourceInventoriedAs, unit: f.Resource.Unit, left: f.Resource.Open, at: at,
			asked: p.Provider.IsZero()})
	case !p.InputOf.IsZero() && p.Provider == agent && does.OnhandEffect == "decrement", transfers && p.Provider == agent && !p.Receiver.IsZero():
		s.taking = append(s.taking, &taking{Kind: kind, flow: rec.ID, resource: p.ResourceInventoriedAs, unit: f.Resource.Unit,
			left: f.Resource.Open, due: at, position: rec.Position})
	}
}

// plannedAt is when a flow is planned for; nil where it does not say.
func plannedAt(p *valueflows.Planned) *valueflows.Time {
	return cmp.Or(p.HasPointInTime, p.HasEnd, p.Due, p.HasBeginning)
}

// sources are who could give something of some specifications: who offers it,
// on this node or in what the LABs say that this one follows, and who gave it before.
func (r *planReader) sources(agent valueflows.ID, conforming []valueflows.ID) ([]planning.Source, error) {
	if len(conforming) == 0 {
		return nil, nil
	}
	offers, err := r.n.store.Published(r.ctx, r.sight, LinkProvider, conforming)
	if err != nil {
		return nil, outward(err)
	}
	satisfied, err := r.satisfactions(offers)
	if err != nil {
		return nil, err
	}
	var all []planning.Source
	for _, o := range offers {
		if o.Provider == agent || !o.Receiver.IsZero() && o.Receiver != agent || satisfied[o.ID].Done && o.AvailableQuantity == nil {
			continue
		}
		left, err := leftOf(o, satisfied[o.ID])
		if err != nil {
			return nil, err
		}
		if left != nil && left.HasNumericalValue.Sign() <= 0 {
			continue
		}
		all = append(all, planning.Source{Specification: o.ResourceConformsTo, Agent: o.Provider, Offer: o.ID, Available: left})
	}
	givers, err := r.n.store.Givers(r.ctx, r.lab, agent, conforming)
	if err != nil {
		return nil, outward(err)
	}
	for _, g := range givers {
		all = append(all, planning.Source{Specification: g.Specification, Agent: g.Agent, Last: &valueflows.Time{Instant: g.Last}})
	}
	return all, nil
}

// leftOf is how much of an intent is left: of what there is of it, where it says
// so, else of what it asks for; nil where it says neither.
func leftOf(i *valueflows.Intent, f *Fulfilment) (*valueflows.Measure, error) {
	p := f.Resource
	if p == nil {
		p = f.Effort
	}
	switch there := i.AvailableQuantity; {
	case there == nil && p == nil:
		return nil, nil
	case there == nil:
		return &valueflows.Measure{HasNumericalValue: p.Open, HasUnit: p.Unit}, nil
	case p == nil || p.Unit != there.HasUnit:
		return there, nil
	default:
		left, err := there.HasNumericalValue.Add(p.Done.Neg())
		return &valueflows.Measure{HasNumericalValue: left, HasUnit: there.HasUnit}, err
	}
}
