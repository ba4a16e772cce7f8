package planning

import (
	"maps"
	"slices"

	"disconode/valueflows"
)

// flow is a flow of the draft: a commitment where both agents are known, else
// an intent; neither for none.
type flow struct {
	commitment *valueflows.Commitment
	intent     *valueflows.Intent
}

func (f flow) none() bool { return f.commitment == nil && f.intent == nil }

func (f flow) planned() *valueflows.Planned {
	if f.commitment != nil {
		return &f.commitment.Planned
	}
	return &f.intent.Planned
}

func (f flow) id() valueflows.ID {
	if f.commitment != nil {
		return f.commitment.ID
	}
	return f.intent.ID
}

// promise adds a flow to the draft.
func (m *maker) promise(p valueflows.Planned) (flow, error) {
	most := m.request.FlowsMax
	if most == 0 {
		most = flowsMax
	}
	if m.flows++; m.flows > most {
		return flow{}, valueflows.Invalid("TOO_LARGE", "the plan has more than %d flows: plan fewer demands, or put more of them together", most)
	}
	record := valueflows.Record{ID: m.newID()}
	if p.Provider.IsZero() || p.Receiver.IsZero() {
		intent := &valueflows.Intent{Record: record, Planned: p}
		m.draft.Intents = append(m.draft.Intents, intent)
		return flow{intent: intent}, nil
	}
	c := m.store.commitment()
	c.Record, c.Planned = record, p
	m.draft.Commitments = append(m.draft.Commitments, c)
	return flow{commitment: c}, nil
}

// acquire plans to get from others what no process makes: by an exchange, or
// else by a transfer from whom the request names, or from somebody to be found.
func (m *maker) acquire(n *node, needs []*need, short valueflows.Decimal, by making) error {
	unit := needs[0].unit // in which it is asked for
	if by.exchange != nil {
		unit = by.flow.ResourceQuantity.HasUnit
	}
	quantity, err := m.sensible(n.Specification, valueflows.Measure{HasNumericalValue: short, HasUnit: n.unit}, unit)
	if err != nil {
		return err
	}
	l, err := m.newLot(nil, needs[0].due, quantity, quantity)
	if err != nil {
		return err
	}
	got, err := m.ask(n, m.store.stated(quantity, n.unit, unit), by)
	if err != nil {
		return err
	}
	l.outputs = append(l.outputs, got.planned())
	over, err := minus(quantity, short)
	if err != nil {
		return err
	}
	s := &supply{Kind: n.Kind, unit: n.unit, stated: unit, left: over, at: l.end, created: true, output: got.id(), lot: l}
	for _, want := range needs {
		if err := m.acquireFor(n, want, got, s); err != nil {
			return err
		}
	}
	m.keep(s, &valueflows.RecipeFlow{Action: got.planned().Action})
	if got.intent != nil {
		reason := Nobody
		switch {
		case by.exchange == nil && (n.making.recipe != nil || n.making.exchange != nil):
			reason = Cycle
		case by.exchange == nil:
			reason = NoMaking
		}
		m.lack(n.Kind, got, l, stated(valueflows.Measure{HasNumericalValue: short, HasUnit: n.unit}, unit), reason)
	}
	if by.exchange == nil {
		return nil
	}
	return m.giveFor(n, got, l, needs[0].priority, quantity, by)
}

// ask is the flow that brings what is acquired.
func (m *maker) ask(n *node, quantity *valueflows.Measure, by making) (flow, error) {
	planned := valueflows.Planned{
		Action: "transfer", Provider: m.request.Providers[n.Specification], Receiver: m.request.Agent, ResourceConformsTo: n.Specification,
		Stage: n.Stage, State: n.State, ResourceQuantity: quantity, PlannedWithin: m.draft.Plan,
	}
	if by.exchange != nil {
		planned.Action, planned.Note = by.flow.Action, by.flow.Note
	}
	return m.promise(planned)
}

// giveFor makes the agreement for what is acquired by an exchange, and needs of
// what is given in return.
func (m *maker) giveFor(n *node, got flow, l *lot, priority int, quantity valueflows.Decimal, by making) error {
	once, err := m.counted(n.Specification, by.flow.ResourceQuantity)
	if err != nil {
		return valueflows.At(err, "recipeFlows", by.flow.ID.String(), "resourceQuantity")
	}
	returns, err := m.settleLot(by.exchange, by.flow, got, l, quantity, once.HasNumericalValue)
	if err != nil {
		return err
	}
	for i, part := range n.parts {
		if part != nil {
			if err := m.wanted(part, returns[i], l, l.end, priority, n.cyclic[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// wanted adds a need of a node for an input or a return of a lot.
func (m *maker) wanted(n *node, in flow, l *lot, due valueflows.Instant, priority int, cyclic bool) error {
	q := in.planned().ResourceQuantity
	counted, err := m.counted(n.Specification, q)
	if err != nil {
		return err
	}
	want := &need{whole: counted.HasNumericalValue, quantity: counted.HasNumericalValue, unit: q.HasUnit, due: due, priority: priority, lot: l, flow: in}
	if cyclic {
		n.held = append(n.held, want)
	} else {
		n.needs = append(n.needs, want)
	}
	return nil
}

// acquireFor meets a need from an acquisition.
func (m *maker) acquireFor(n *node, want *need, got flow, s *supply) error {
	m.allocate(n, want, s, want.quantity)
	if want.lot == nil {
		d := &m.draft.Deliveries[want.demand]
		if got.intent != nil {
			open, _, err := decimal(converted(valueflows.Measure{HasNumericalValue: want.quantity, HasUnit: n.unit}, want.unit), true)
			if err != nil {
				return err
			}
			if d.Open, err = plus(d.Open, open); err != nil {
				return err
			}
		} else if want.flow.none() {
			got.commitment.IndependentDemandOf, d.Commitment = m.draft.Plan, got.id()
		}
	}
	want.quantity = valueflows.Decimal{}
	return nil
}

// seek tells what must be found for an input that is no demand of its own:
// somebody for work or a service, something of the kind for use and citation.
func (m *maker) seek(f *valueflows.RecipeFlow, in flow, l *lot) {
	kind := Kind{f.ResourceConformsTo, f.Stage, f.State}
	switch {
	case in.intent != nil:
		q := in.planned().EffortQuantity
		if q == nil {
			q = in.planned().ResourceQuantity
		}
		if q == nil {
			q = &valueflows.Measure{}
		}
		m.lack(kind, in, l, *q, Nobody)
	case isService(f.Action):
	case isTaken(f.Action):
		m.note(NoQuantity, f.ID, "the recipe does not say how much it takes, or of what: nothing was planned for it")
	case !isEffort(f.Action) && in.planned().Provider == m.request.Agent && !kind.Specification.IsZero():
		m.used[kind] = f.Action
	}
}

// missing notes what processes use or cite and nobody has or makes.
func (m *maker) missing() {
	kinds := slices.SortedFunc(maps.Keys(m.used), func(a, b Kind) int { return key{Kind: a}.compare(key{Kind: b}) })
	for _, kind := range kinds {
		if !slices.ContainsFunc(m.there[kind.Specification], kind.takes) {
			m.note(NotOnHand, kind.Specification, "nothing of %s is in stock or planned, which the plan needs to %s", m.name(kind.Specification), m.used[kind].Label())
		}
	}
}

// lack tells that somebody must be found.
func (m *maker) lack(kind Kind, asked flow, l *lot, quantity valueflows.Measure, reason Code) {
	m.lacking = append(m.lacking, lacking{l, Shortage{
		Kind: kind, Quantity: quantity, Reason: reason, Flow: asked.id(), From: m.index.sources[kind.Specification],
	}})
}

// lacking is a shortage of which the time is not yet known.
type lacking struct {
	lot *lot
	Shortage
}

// store makes many small records at once.
type store struct {
	commitments []valueflows.Commitment
	measures    []valueflows.Measure
}

const storeChunk = 256

func (s *store) commitment() *valueflows.Commitment {
	if len(s.commitments) == 0 {
		s.commitments = make([]valueflows.Commitment, storeChunk)
	}
	c := &s.commitments[0]
	s.commitments = s.commitments[1:]
	return c
}

func (s *store) measure(d valueflows.Decimal, unit valueflows.ID) *valueflows.Measure {
	if len(s.measures) == 0 {
		s.measures = make([]valueflows.Measure, storeChunk)
	}
	q := &s.measures[0]
	s.measures = s.measures[1:]
	q.HasNumericalValue, q.HasUnit = d, unit
	return q
}

// stated is [stated], kept.
func (s *store) stated(d valueflows.Decimal, counted, unit valueflows.ID) *valueflows.Measure {
	if counted == unit {
		return s.measure(d, unit)
	}
	q := stated(valueflows.Measure{HasNumericalValue: d, HasUnit: counted}, unit)
	return s.measure(q.HasNumericalValue, q.HasUnit)
}
