package planning

import (
	"cmp"
	"slices"

	"disconode/valueflows"
)

// Change is what has become of a plan: a process that ends, or a flow that
// comes, at another time than planned, or with another quantity.
type Change struct {
	Process  valueflows.ID      // or else
	Flow     valueflows.ID      // a Commitment or an Intent
	At       valueflows.Instant // when the process ends, or the flow comes
	Quantity *valueflows.Measure
}

// Changes are what an event means for the commitments and intents that it
// fulfils and satisfies: they came when it happened, with its quantity.
func Changes(e *valueflows.EconomicEvent) []Change {
	var all []Change
	for _, id := range slices.Concat(e.Fulfills, e.Satisfies) {
		all = append(all, Change{Flow: id, At: e.At(), Quantity: e.ResourceQuantity})
	}
	return all
}

// Shift is what follows for a plan. Processes are only put off, never brought
// forward, and each takes as long as was planned.
type Shift struct {
	Moves []Move // each after what it follows from
	Late  []Late
	Short []Gap
}

// Move is a process that moves, and the process or flow that it waits for; that
// is zero where the change is its own.
type Move struct {
	Process          valueflows.ID
	WasBegin, WasEnd valueflows.Instant
	Begin, End       valueflows.Instant
	LaterMicros      int64 // of its end
	Because          valueflows.ID
}

// Late is a deliverable of the plan that will come after its due time.
type Late struct {
	Commitment valueflows.ID
	Due, At    valueflows.Instant
	LateMicros int64
}

// Gap is an input or a delivery that will not have all when it was to begin, as
// it would have had.
type Gap struct {
	Flow     valueflows.ID
	Process  valueflows.ID // zero for a delivery
	Kind     Kind
	Quantity valueflows.Measure // what is missing then
	From     valueflows.Instant // when it is needed
	Until    valueflows.Instant // when the last of it will be there; 0 for never
}

// Replan works out what follows from changes: which processes move and by how
// much, which deliverables become late, and what is now short at the time when
// it was to be used. Flows of no process count with those that are deliverables
// of the plan as taking from it, all others as bringing to it.
//
// It fails with an [*valueflows.InputError]: CYCLE as [Network.CriticalPath],
// REQUIRED where a process has no planned times, NOT_FOUND where a change names
// nothing of the network.
func (n *Network) Replan(changes []Change) (*Shift, error) {
	whole := n.withFlows()
	begin, end, err := whole.times()
	if err != nil {
		return nil, err
	}
	place := map[valueflows.ID]int{}
	for i, p := range whole.Processes {
		place[p.ID] = i
		timed := *p
		timed.HasBeginning, timed.HasEnd = &valueflows.Time{Instant: begin[i]}, &valueflows.Time{Instant: end[i]}
		whole.Processes[i] = &timed
	}
	inputs, outputs := whole.puts()
	earliest, ends := map[int]valueflows.Instant{}, map[int]valueflows.Instant{}
	quantities := map[valueflows.ID]*valueflows.Measure{}
	for _, c := range changes {
		flow := func(p put) bool { return p.id == c.Flow }
		if i, ok := place[either(c.Process, c.Flow)]; ok {
			ends[i] = max(ends[i], c.At)
		} else if i := slices.IndexFunc(outputs, flow); i >= 0 {
			ends[outputs[i].process] = max(ends[outputs[i].process], c.At)
		} else if i := slices.IndexFunc(inputs, flow); i >= 0 {
			earliest[inputs[i].process] = max(earliest[inputs[i].process], c.At)
		} else {
			return nil, valueflows.Invalid("NOT_FOUND", "the plan has no process or flow %s", either(c.Process, c.Flow))
		}
		if c.Quantity != nil {
			quantities[c.Flow] = c.Quantity
		}
	}
	s := &Shift{}
	newEnd, err := whole.shift(s, begin, end, earliest, ends, len(n.Processes))
	if err != nil {
		return nil, err
	}
	whole.late(s, newEnd)
	return s, whole.gaps(s, inputs, outputs, begin, end, newEnd, quantities, len(n.Processes))
}

// withFlows is the network with a process, an instant long, in place of each
// flow of none, under its id.
func (n *Network) withFlows() *Network {
	whole := &Network{Processes: slices.Clone(n.Processes), Durations: n.Durations, Zone: n.Zone}
	add := func(id valueflows.ID, p *valueflows.Planned, delivery bool) {
		if !p.InputOf.IsZero() || !p.OutputOf.IsZero() {
			return
		}
		at := &valueflows.Time{Instant: p.At()}
		whole.Processes = append(whole.Processes, &valueflows.Process{Record: valueflows.Record{ID: id}, BasedOn: p.Stage, HasBeginning: at, HasEnd: at})
		if delivery {
			p.InputOf = id
		} else {
			p.OutputOf = id
		}
	}
	for _, c := range n.Commitments {
		c := *c
		add(c.ID, &c.Planned, !c.IndependentDemandOf.IsZero())
		whole.Commitments = append(whole.Commitments, &c)
	}
	for _, i := range n.Intents {
		i := *i
		add(i.ID, &i.Planned, false)
		whole.Intents = append(whole.Intents, &i)
	}
	return whole
}

// times are the planned beginning and end of each process.
func (n *Network) times() (begin, end []valueflows.Instant, err error) {
	for i, p := range n.Processes {
		span, err := n.span(i)
		if err != nil {
			return nil, nil, err
		}
		b, e := instant(p.HasBeginning), instant(p.HasEnd)
		switch {
		case p.HasBeginning == nil && p.HasEnd == nil:
			return nil, nil, valueflows.Invalid("REQUIRED", "process %s has no planned times: schedule the plan first", n.name(i))
		case p.HasBeginning == nil:
			b = span.Before(e, n.zone())
		case p.HasEnd == nil:
			e = span.After(b, n.zone())
		}
		begin, end = append(begin, b), append(end, e)
	}
	return begin, end, nil
}

// shift puts off what waits for what comes later, and gives the new ends.
func (n *Network) shift(s *Shift, begin, end []valueflows.Instant, earliest, ends map[int]valueflows.Instant, processes int) ([]valueflows.Instant, error) {
	g := n.graph()
	order, err := n.order(g)
	if err != nil {
		return nil, err
	}
	newEnd := make([]valueflows.Instant, len(g.next))
	cause := make([]valueflows.ID, len(g.next)) // of a gate, what opens it last
	for _, node := range order {
		var from valueflows.Instant
		var because valueflows.ID
		for _, before := range g.before[node] {
			if newEnd[before] > from {
				from, because = newEnd[before], cause[before]
			}
		}
		if node >= len(n.Processes) {
			newEnd[node], cause[node] = from, because
			continue
		}
		p := n.Processes[node]
		cause[node] = p.ID
		newBegin := max(begin[node], from, earliest[node])
		if p.Finished != nil && *p.Finished {
			newBegin = begin[node]
		}
		if newBegin == begin[node] || newBegin == earliest[node] && from < newBegin {
			because = valueflows.ID{}
		}
		newEnd[node] = newBegin + end[node] - begin[node]
		if changed, ok := ends[node]; ok && (newBegin == begin[node] || changed > newEnd[node]) {
			newEnd[node] = changed
		}
		if node < processes && (newBegin != begin[node] || newEnd[node] != end[node]) {
			s.Moves = append(s.Moves, Move{p.ID, begin[node], end[node], newBegin, newEnd[node], int64(newEnd[node] - end[node]), because})
		}
	}
	return newEnd[:len(n.Processes)], nil
}

// late finds the deliverables that will come after they are due.
func (n *Network) late(s *Shift, newEnd []valueflows.Instant) {
	place := map[valueflows.ID]int{}
	for i, p := range n.Processes {
		place[p.ID] = i
	}
	for _, c := range n.Commitments {
		i, ok := place[either(c.OutputOf, c.InputOf)]
		due := c.Due
		if due == nil {
			due = cmp.Or(c.HasPointInTime, c.HasEnd)
		}
		if ok && !c.IndependentDemandOf.IsZero() && due != nil && newEnd[i] > due.Instant {
			s.Late = append(s.Late, Late{c.ID, due.Instant, newEnd[i], int64(newEnd[i] - due.Instant)})
		}
	}
}
